//! The four 2×2 images of the paper.

use super::Images;

/// The digits of the four images: upper left, upper right, lower left, lower right.
///
/// They form a cycle: neighbours differ in two pixels, opposite ones in four.
pub const QUAD: [[u8; 4]; 4] = [[0, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]];

/// The four images, in the paper's order.
pub fn quad() -> Images {
    Images::new(2, QUAD.concat(), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_differ_in_two_pixels_and_opposites_in_four() {
        let distance = |a: usize, b: usize| (0..4).filter(|&p| QUAD[a][p] != QUAD[b][p]).count();
        for i in 0..4 {
            assert_eq!(distance(i, (i + 1) % 4), 2);
            assert_eq!(distance(i, (i + 2) % 4), 4);
        }
    }
}
