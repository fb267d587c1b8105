//! Pictures with greys that a few integers make: what machines are compared by where no file is at hand.

use super::Images;

/// A spot of light on each picture, which falls off with the square of the distance.
///
/// Picture i has it in row i mod side, in a column of its own, and as wide as i says; all in whole numbers, so that every
/// program draws the same levels.
///
/// ```
/// use bottleneck::data::spots;
/// assert_eq!(spots(2, 1), bottleneck::data::Images::of_levels(2, vec![255, 226, 226, 204]));
/// ```
pub fn spots(side: u32, count: u32) -> Images {
    let squared = |a: u32, b: u32| a.abs_diff(b).pow(2);
    let level = |i: u32, row: u32, column: u32| {
        let width = 8 + i % 23;
        let distance = squared(row, i % side) + squared(column, (i / side + 5 * i) % side);
        (255 * width / (width + distance)) as u8
    };
    let pixels = (0..count).flat_map(|i| (0..side * side).map(move |at| level(i, at / side, at % side)));
    Images::of_levels(side, pixels.collect())
}
