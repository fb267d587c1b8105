//! The different images of a set, and how often each occurs.

use crate::data::Images;
use crate::num::matrix::{owned, row, row_mut, slices};
use crate::num::{grey, order};
use ndarray::Array2;

/// Different images in rising order: binary ones of the 64-bit words that hold their pixels side by side, pictures with
/// greys of their levels.
pub struct Distinct {
    n_pixels: usize,
    images: Stored,
    /// How often each image occurs.
    pub counts: Vec<u32>,
}

/// A row for each image.
enum Stored {
    /// Pixel `p` in bit `p % 64` of word `p / 64`.
    Bits(Array2<u64>),
    /// The levels themselves.
    Levels(Array2<u8>),
}

fn pack(pixels: &[u8]) -> impl Iterator<Item = u64> {
    let bits =
        |part: &[u8]| part.iter().enumerate().fold(0, |bits, (k, &pixel)| bits | u64::from(pixel) << k);
    pixels.chunks(64).map(bits)
}

impl Distinct {
    /// Of all images of a set.
    pub fn of(images: &Images) -> Distinct {
        let n_pixels = images.n_pixels();
        let (images, counts) = if images.are_grey() {
            let order = order::positions(images.count(), &|a, b| images.image(a) < images.image(b));
            let runs: Vec<&[usize]> = order.chunk_by(|&a, &b| images.image(a) == images.image(b)).collect();
            let levels = runs.iter().flat_map(|run| images.image(run[0])).copied().collect();
            (
                Stored::Levels(owned([runs.len(), n_pixels], levels)),
                runs.iter().map(|run| run.len() as u32).collect(),
            )
        } else {
            let all: Vec<Vec<u64>> = (0..images.count()).map(|i| pack(images.image(i)).collect()).collect();
            let all = order::sorted_by(&all, |a, b| a < b);
            let runs: Vec<&[Vec<u64>]> = all.chunk_by(|a, b| a == b).collect();
            let words = runs.iter().flat_map(|run| run[0].iter().copied()).collect();
            (
                Stored::Bits(owned([runs.len(), n_pixels.div_ceil(64)], words)),
                runs.iter().map(|run| run.len() as u32).collect(),
            )
        };
        Distinct { n_pixels, images, counts }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.counts.len()
    }

    /// `Σ_p x[p]·y[p]` of images `i` and `j`: a whole number, at most 64²·255² and so exact.
    pub fn product(&self, i: usize, j: usize) -> u32 {
        match &self.images {
            Stored::Levels(levels) => grey::product(row(levels, i), row(levels, j)),
            Stored::Bits(words) => {
                let both = row(words, i).iter().zip(row(words, j));
                both.map(|(a, b)| (a & b).count_ones()).sum::<u32>()
            }
        }
    }

    /// `Σᵢ wᵢ·xᵢ[p]·xᵢ[q]` for some pixels `p` and all `q`, wᵢ the times that image `i` occurs: `[rows, n_pixels]`, whole
    /// numbers, exact for up to 65,536 images.
    pub fn pixel_products(&self, rows: std::ops::Range<usize>) -> Array2<u32> {
        let mut sums = Array2::zeros((rows.len(), self.n_pixels));
        for (i, &times) in self.counts.iter().enumerate() {
            let pixels: Vec<u32> = self.pixels(i).into_iter().map(u32::from).collect();
            for (k, &pixel) in pixels[rows.clone()].iter().enumerate() {
                grey::add_multiple(row_mut(&mut sums, k), times * pixel, &pixels);
            }
        }
        sums
    }

    /// The image that is nearest, by `Σ_p (x[p] − y[p])²`; of several equally near the first. `None` of no images.
    pub fn nearest(&self, image: &[u8]) -> Option<usize> {
        match &self.images {
            Stored::Levels(levels) => {
                let mut nearest = (None, u32::MAX);
                for (i, levels) in slices(levels).enumerate() {
                    let distance = grey::squared_distance(levels, image, nearest.1);
                    if distance < nearest.1 {
                        nearest = (Some(i), distance);
                    }
                }
                nearest.0
            }
            Stored::Bits(words) => {
                let image: Vec<u64> = pack(image).collect();
                let differ = |(a, b): (&u64, &u64)| (a ^ b).count_ones();
                let distance = |&i: &usize| row(words, i).iter().zip(&image).map(differ).sum::<u32>();
                // `min_by_key` keeps the first of equals.
                (0..self.count()).min_by_key(distance)
            }
        }
    }

    /// The pixels of image `i`.
    pub fn pixels(&self, i: usize) -> Vec<u8> {
        match &self.images {
            Stored::Levels(levels) => row(levels, i).to_vec(),
            Stored::Bits(words) => {
                let row = row(words, i);
                (0..self.n_pixels).map(|p| (row[p / 64] >> (p % 64) & 1) as u8).collect()
            }
        }
    }
}
