//! The different images of a set, and how often each occurs.

use crate::data::Images;
use crate::num::order;

/// Different images in rising order: of their bits, side by side in 64-bit words, or of their levels.
pub struct Distinct {
    n_pixels: usize,
    rows: Rows,
    /// How often each image occurs.
    pub counts: Vec<u32>,
}

/// One image after the other.
enum Rows {
    /// Of binary images: pixel `p` in bit `p % 64` of word `p / 64`. Eight pixels to a byte make the sums below short.
    Bits(Vec<u64>),
    /// Of pictures with greys.
    Levels(Vec<u8>),
}

/// The bits of one image.
fn pack(pixels: &[u8]) -> Vec<u64> {
    let word =
        |part: &[u8]| part.iter().enumerate().fold(0, |bits, (k, &pixel)| bits | u64::from(pixel) << k);
    pixels.chunks(64).map(word).collect()
}

/// The different ones of these rows, one after the other, and the times each occurs.
fn different<T: Clone + PartialEq>(
    rows: &[Vec<T>],
    before: fn(&Vec<T>, &Vec<T>) -> bool,
) -> (Vec<T>, Vec<u32>) {
    let sorted = order::sorted_by(rows, before);
    let runs = sorted.chunk_by(|a, b| a == b);
    let counts = runs.clone().map(|run| run.len() as u32).collect();
    (runs.flat_map(|run| run[0].iter().cloned()).collect(), counts)
}

impl Distinct {
    /// Of all images of a set.
    pub fn of(images: &Images) -> Distinct {
        let all = (0..images.count()).map(|i| images.image(i));
        let (rows, counts) = if images.are_grey() {
            let (levels, counts) = different(&all.map(<[u8]>::to_vec).collect::<Vec<_>>(), |a, b| a < b);
            (Rows::Levels(levels), counts)
        } else {
            let (words, counts) = different(&all.map(pack).collect::<Vec<_>>(), |a, b| a < b);
            (Rows::Bits(words), counts)
        };
        Distinct { n_pixels: images.n_pixels(), rows, counts }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.counts.len()
    }

    /// `Σ_p x[p]·y[p]` of images `i` and `j`: a whole number, at most 64²·255² and so exact.
    pub fn product(&self, i: usize, j: usize) -> u32 {
        match &self.rows {
            Rows::Bits(words) => {
                let (a, b) = (self.row(words, i), self.row(words, j));
                a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum()
            }
            Rows::Levels(levels) => {
                let (a, b) = (self.row(levels, i), self.row(levels, j));
                a.iter().zip(b).map(|(&a, &b)| u32::from(a) * u32::from(b)).sum()
            }
        }
    }

    /// The image that is nearest, by `Σ_p (x[p] − y[p])²`; of several equally near the first. `None` of no images.
    pub fn nearest(&self, image: &[u8]) -> Option<usize> {
        let distance: &dyn Fn(usize) -> u32 = match &self.rows {
            Rows::Bits(words) => {
                let bits = pack(image);
                &move |i| self.row(words, i).iter().zip(&bits).map(|(a, b)| (a ^ b).count_ones()).sum()
            }
            Rows::Levels(levels) => &|i| {
                self.row(levels, i).iter().zip(image).map(|(a, &b)| u32::from(a.abs_diff(b)).pow(2)).sum()
            },
        };
        // `min_by_key` keeps the first of equals.
        (0..self.count()).min_by_key(|&i| distance(i))
    }

    /// The pixels of image `i`.
    pub fn pixels(&self, i: usize) -> Vec<u8> {
        match &self.rows {
            Rows::Bits(words) => {
                let row = self.row(words, i);
                (0..self.n_pixels).map(|p| (row[p / 64] >> (p % 64) & 1) as u8).collect()
            }
            Rows::Levels(levels) => self.row(levels, i).to_vec(),
        }
    }

    fn row<'a, T>(&self, rows: &'a [T], i: usize) -> &'a [T] {
        let width = rows.len() / self.count();
        &rows[i * width..][..width]
    }
}
