//! Pictures of grey that a few integers make.

use bottleneck::data::Images;

/// A spot of light on each picture, as `benches/browser/spots.js` draws them.
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
