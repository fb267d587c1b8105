//! The different images of a set, one bit a pixel, and how often each occurs.

use crate::data::Images;
use crate::num::order;

/// Bits of images side by side in 64-bit words, in rising order of those words.
pub struct Distinct {
    /// Words of one image.
    width: usize,
    words: Vec<u64>,
    /// How often each image occurs.
    pub counts: Vec<u32>,
}

/// One image, pixel `p` in bit `p % 64` of word `p / 64`.
pub fn pack(pixels: &[u8]) -> Vec<u64> {
    let word =
        |part: &[u8]| part.iter().enumerate().fold(0, |bits, (k, &pixel)| bits | u64::from(pixel) << k);
    pixels.chunks(64).map(word).collect()
}

/// Bits that differ.
pub fn differing(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}

/// Bits that both have.
pub fn shared(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum()
}

impl Distinct {
    /// Of all images of a set.
    pub fn of(images: &Images) -> Distinct {
        let all: Vec<Vec<u64>> = (0..images.count()).map(|i| pack(images.image(i))).collect();
        let all = order::sorted_by(&all, |a, b| a < b);
        let runs: Vec<&[Vec<u64>]> = all.chunk_by(|a, b| a == b).collect();
        Distinct {
            width: images.n_pixels().div_ceil(64),
            words: runs.iter().flat_map(|run| run[0].iter().copied()).collect(),
            counts: runs.iter().map(|run| run.len() as u32).collect(),
        }
    }

    /// The images, one after the other.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, u64> {
        self.words.chunks_exact(self.width)
    }

    /// The pixels of image `i`.
    pub fn pixels(&self, i: usize, n_pixels: usize) -> impl Iterator<Item = u8> + '_ {
        let row = &self.words[i * self.width..][..self.width];
        (0..n_pixels).map(move |p| (row[p / 64] >> (p % 64) & 1) as u8)
    }
}
