//! Images in: binary pictures of half planes, the four 2×2 images of the paper, pictures with greys, and sets of grey
//! pictures that somebody brings.

mod defects;
mod half_planes;
mod images;
pub mod lines;
mod picture_set;
mod quad;
mod spots;

pub use defects::{Defect, Sizes, salt_pepper_pixels};
pub use half_planes::HalfPlanes;
pub use images::Images;
pub use lines::{half_plane, lines};
pub use picture_set::{Picture, PictureSet};
pub use quad::{QUAD, quad};
pub use spots::spots;

use serde::{Deserialize, Serialize};

/// Which training set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Half planes whose edge passes through the centre of a `side × side` image.
    Lines,
    /// The four 2×2 images 0011, 1010, 1100, 0101.
    Quad,
    /// The handwritten digits: a set of pictures that is always there.
    Digits,
    /// A set of pictures that somebody brings.
    Own,
}

/// The range from which the angle of a half plane is drawn, uniformly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// 180°: one polarity, "a line with a slope".
    #[serde(rename = "180")]
    Half,
    /// 360°: both polarities; the images form a circle.
    #[serde(rename = "360")]
    Full,
}

impl Span {
    /// Its width in degrees.
    pub fn degrees(self) -> f32 {
        match self {
            Span::Half => 180.0,
            Span::Full => 360.0,
        }
    }
}
