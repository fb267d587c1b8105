//! The nearest training image: remembering instead of learning.

use super::distinct::{Distinct, differing, pack};
use crate::data::Images;

/// Looks up the training image from which the fewest pixels differ.
///
/// ```
/// use bottleneck::analysis::baselines::NearestImage;
/// use bottleneck::data::Images;
/// let seen = NearestImage::new(&Images::new(2, vec![0, 0, 1, 1, 1, 0, 1, 0], vec![]));
/// assert_eq!(seen.of(&[0, 0, 0, 1]), [0, 0, 1, 1]);
/// ```
pub struct NearestImage {
    n_pixels: usize,
    images: Distinct,
}

impl NearestImage {
    /// Of a training set.
    pub fn new(images: &Images) -> NearestImage {
        NearestImage { n_pixels: images.n_pixels(), images: Distinct::of(images) }
    }

    /// The pixels of the nearest one; of several equally near the first in the order of their bits.
    pub fn of(&self, image: &[u8]) -> Vec<u8> {
        let bits = pack(image);
        let distances = self.images.rows().map(|row| differing(row, &bits));
        // `min_by_key` keeps the first of equals.
        let nearest = distances.enumerate().min_by_key(|&(_, distance)| distance);
        nearest.map(|(i, _)| self.images.pixels(i, self.n_pixels).collect()).unwrap_or_default()
    }
}
