//! The nearest training image: remembering instead of learning.

use super::distinct::Distinct;
use crate::data::Images;

/// Looks up the training image from which the fewest pixels differ; of pictures with greys, the one at the smallest
/// sum of squared differences, which for black and white is the same.
///
/// ```
/// use bottleneck::analysis::baselines::NearestImage;
/// use bottleneck::data::Images;
/// let seen = NearestImage::new(&Images::new(2, vec![0, 0, 1, 1, 1, 0, 1, 0], vec![]));
/// assert_eq!(seen.of(&[0, 0, 0, 1]), [0, 0, 1, 1]);
/// ```
pub struct NearestImage(Distinct);

impl NearestImage {
    /// Of a training set.
    pub fn new(images: &Images) -> NearestImage {
        NearestImage(Distinct::of(images))
    }

    /// The pixels of the nearest one; of several equally near the first in the order of their bits, or levels. `image`
    /// has pixels like those of the training set, with the same [`white`](Images::white).
    pub fn of(&self, image: &[u8]) -> Vec<u8> {
        self.0.nearest(image).map(|i| self.0.pixels(i)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_grey_is_the_one_at_the_smallest_squared_distance() {
        let levels = [[0, 0, 0, 9], [100, 100, 100, 100], [0, 0, 0, 255], [100, 100, 100, 100]];
        let seen = NearestImage::new(&Images::of_levels(2, levels.concat()));
        assert_eq!(seen.of(&[90, 110, 100, 104]), [100; 4]);
        // Three pixels are off by 50, or one by 115.
        assert_eq!(seen.of(&[50, 50, 50, 100]), [100; 4]);
        assert_eq!(seen.of(&[0, 0, 0, 131]), [0, 0, 0, 9], "122 off, not 124");
    }
}
