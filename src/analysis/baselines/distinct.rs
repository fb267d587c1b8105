//! The different images of a set, and how often each occurs.

use crate::data::Images;
use crate::num::order;

/// Different images in rising order of the 64-bit words that hold their pixels side by side.
pub struct Distinct {
    are_grey: bool,
    n_pixels: usize,
    words: Vec<u64>,
    /// How often each image occurs.
    pub counts: Vec<u32>,
}

/// Pixel `p` of a binary image in bit `p % 64` of word `p / 64`; a level in byte `p % 8`, from the highest, of word
/// `p / 8`.
fn pack(pixels: &[u8], are_grey: bool) -> Vec<u64> {
    let bits =
        |part: &[u8]| part.iter().enumerate().fold(0, |bits, (k, &pixel)| bits | u64::from(pixel) << k);
    let bytes =
        |part: &[u8]| (0..8).fold(0, |word, k| word << 8 | u64::from(part.get(k).copied().unwrap_or(0)));
    if are_grey { pixels.chunks(8).map(bytes).collect() } else { pixels.chunks(64).map(bits).collect() }
}

/// The levels of an image, with zeros at the end that fill a word.
fn levels(words: &[u64]) -> impl Iterator<Item = u8> {
    words.iter().flat_map(|word| word.to_be_bytes())
}

impl Distinct {
    /// Of all images of a set.
    pub fn of(images: &Images) -> Distinct {
        let are_grey = images.are_grey();
        let all: Vec<Vec<u64>> = (0..images.count()).map(|i| pack(images.image(i), are_grey)).collect();
        let all = order::sorted_by(&all, |a, b| a < b);
        let runs: Vec<&[Vec<u64>]> = all.chunk_by(|a, b| a == b).collect();
        Distinct {
            are_grey,
            n_pixels: images.n_pixels(),
            words: runs.iter().flat_map(|run| run[0].iter().copied()).collect(),
            counts: runs.iter().map(|run| run.len() as u32).collect(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.counts.len()
    }

    /// `Σ_p x[p]·y[p]` of images `i` and `j`: a whole number, at most 64²·255² and so exact.
    pub fn product(&self, i: usize, j: usize) -> u32 {
        let (a, b) = (self.row(i), self.row(j));
        if self.are_grey {
            return levels(a).zip(levels(b)).map(|(a, b)| u32::from(a) * u32::from(b)).sum();
        }
        a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// `Σᵢ wᵢ·xᵢ[p]·xᵢ[q]` for some pixels `p` and all `q`, wᵢ the times that image `i` occurs: `[rows, n_pixels]`, whole
    /// numbers, exact for up to 65,536 images.
    pub fn pixel_products(&self, rows: std::ops::Range<usize>) -> Vec<u32> {
        let mut sums = vec![0u32; rows.len() * self.n_pixels];
        for (i, &times) in self.counts.iter().enumerate() {
            let pixels: Vec<u32> = self.pixels(i).into_iter().map(u32::from).collect();
            for (row, &pixel) in sums.chunks_exact_mut(self.n_pixels).zip(&pixels[rows.clone()]) {
                let factor = times * pixel;
                for (sum, &other) in row.iter_mut().zip(&pixels) {
                    *sum += factor * other;
                }
            }
        }
        sums
    }

    /// The image that is nearest, by `Σ_p (x[p] − y[p])²`; of several equally near the first. `None` of no images.
    pub fn nearest(&self, image: &[u8]) -> Option<usize> {
        let words = pack(image, self.are_grey);
        let distance = |&i: &usize| -> u32 {
            if self.are_grey {
                return levels(self.row(i))
                    .zip(levels(&words))
                    .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2))
                    .sum();
            }
            self.row(i).iter().zip(&words).map(|(a, b)| (a ^ b).count_ones()).sum()
        };
        // `min_by_key` keeps the first of equals.
        (0..self.count()).min_by_key(distance)
    }

    /// The pixels of image `i`.
    pub fn pixels(&self, i: usize) -> Vec<u8> {
        let row = self.row(i);
        if self.are_grey {
            return levels(row).take(self.n_pixels).collect();
        }
        (0..self.n_pixels).map(|p| (row[p / 64] >> (p % 64) & 1) as u8).collect()
    }

    fn row(&self, i: usize) -> &[u64] {
        let width = self.words.len() / self.count();
        &self.words[i * width..][..width]
    }
}
