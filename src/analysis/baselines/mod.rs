//! What a sceptic asks for beside a network: methods that know the data and train nothing.
//!
//! Each turns an image into a reconstruction, as a network does, so all are scored by one rule.

mod distinct;
mod eigen;
mod nearest;
mod pca;

pub use nearest::NearestImage;
pub use pca::Pca;

use crate::data::HalfPlanes;

/// The centred half plane nearest to a binary image: the reconstruction of somebody who knows how
/// the data are made.
pub fn half_plane(planes: &HalfPlanes, image: &[u8]) -> Vec<u8> {
    let values: Vec<f32> = image.iter().map(|&p| f32::from(p)).collect();
    planes.pixels(planes.nearest(&values).index)
}
