//! A picture of any size to a square of one size.

use crate::grey::Grey;

/// How what is not square becomes so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The square in the middle; of an odd margin the larger half is cut at the right or below.
    Crop,
    /// The whole in the middle of a square of level 0; of an odd margin the larger half is at the right or below.
    Pad,
}

/// `side × side` levels: each the average of the box of the square that it stands for, rounded to the nearest, halves
/// up. Box `i` of `side` holds the rows from ⌊i·n / side⌋ up to ⌊(i+1)·n / side⌋, and at least one: so a picture
/// that is enlarged repeats its pixels.
///
/// # Panics
///
/// If the picture has no pixels, or not `width × height` levels.
pub fn fit(grey: &Grey, side: u32, fit: Fit) -> Vec<u8> {
    let square = Square::of(grey, fit);
    let boxes: Vec<(u32, u32)> = (0..side).map(|i| span(i, square.n, side)).collect();
    let places = boxes.iter().flat_map(|&rows| boxes.iter().map(move |&columns| (rows, columns)));
    places.map(|(rows, columns)| square.average(rows, columns)).collect()
}

/// From which row up to which box `i` reaches.
fn span(i: u32, n: u32, side: u32) -> (u32, u32) {
    let edge = |i: u32| (u64::from(i) * u64::from(n) / u64::from(side)) as u32;
    (edge(i), edge(i + 1).max(edge(i) + 1))
}

/// A square window of a picture, `n` wide; `left` and `top` are negative where it reaches beyond.
struct Square<'a> {
    grey: &'a Grey,
    n: u32,
    left: i64,
    top: i64,
}

impl Square<'_> {
    fn of(grey: &Grey, fit: Fit) -> Square<'_> {
        let (width, height) = (grey.width, grey.height);
        let n = if fit == Fit::Crop { width.min(height) } else { width.max(height) };
        // Towards zero, so that the smaller half of an odd margin is at the left or above.
        let before = |size: u32| (i64::from(size) - i64::from(n)) / 2;
        Square { grey, n, left: before(width), top: before(height) }
    }

    fn average(&self, rows: (u32, u32), columns: (u32, u32)) -> u8 {
        let inside = |(from, to): (u32, u32), start: i64, size: u32| {
            let clamp = |at: u32| (i64::from(at) + start).clamp(0, i64::from(size)) as usize;
            clamp(from)..clamp(to)
        };
        let kept = inside(columns, self.left, self.grey.width);
        let width = self.grey.width as usize;
        let row_sum = |row: usize| -> u64 {
            self.grey.levels[row * width..][kept.clone()].iter().map(|&level| u64::from(level)).sum()
        };
        let sum: u64 = inside(rows, self.top, self.grey.height).map(row_sum).sum();
        let area = u64::from(rows.1 - rows.0) * u64::from(columns.1 - columns.0);
        ((sum + area / 2) / area) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enlarging_repeats_pixels() {
        let grey = Grey { width: 2, height: 2, levels: vec![1, 2, 3, 4] };
        assert_eq!(fit(&grey, 4, Fit::Crop), [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
    }

    #[test]
    fn boxes_are_averaged_with_halves_rounded_up() {
        let grey = Grey { width: 2, height: 2, levels: vec![0, 1, 1, 0] };
        assert_eq!(fit(&grey, 1, Fit::Crop), [1]);
        let white = Grey { width: 97, height: 97, levels: vec![255; 97 * 97] };
        assert_eq!(fit(&white, 64, Fit::Crop), [255; 64 * 64]);
    }

    #[test]
    fn cropping_keeps_the_middle_and_padding_the_whole() {
        let grey = Grey { width: 5, height: 2, levels: vec![1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
        assert_eq!(fit(&grey, 2, Fit::Crop), [2, 3, 7, 8]);
        let mut padded = vec![0; 25];
        padded[5..15].copy_from_slice(&grey.levels);
        assert_eq!(fit(&grey, 5, Fit::Pad), padded);
    }
}
