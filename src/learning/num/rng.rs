//! Seeded random streams: one for each use, the same on every machine.
//!
//! ChaCha with 8 rounds, whose crate promises value stability. The key is the seed, the stream
//! number the [`Purpose`], so neighbouring seeds share nothing and one use never shifts another.
//! Numbers are made from `u32` here rather than by `rand`'s distributions, which may change theirs.

use super::{
    Number,
    lanes::{MOST_NETWORKS, SAMPLES},
    math,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::array::from_fn;
use wide::f32x4;

/// What a stream is for. The number is part of the promise of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The angles of the training images.
    Data = 0,
    /// Initial weights of the layers that both models have.
    Init = 1,
    /// The order of the images in an epoch.
    Shuffle = 2,
    /// ε of the variational code during training.
    Noise = 3,
    /// Initial weights of the head for log σ².
    InitLogVar = 4,
    /// Defects of test images.
    Defect = 5,
    /// Resampling in statistics.
    Resample = 6,
    /// ε when a figure shows sampled codes.
    Show = 7,
    /// Images held out to set a threshold.
    HeldOut = 8,
    /// Which of the pictures that somebody brought are held out.
    Split = 9,
}

/// A stream of random numbers.
///
/// ```
/// use bottleneck::num::rng::{Purpose, Stream};
/// let mut a = Stream::new(1, Purpose::Data);
/// let mut b = Stream::new(1, Purpose::Data);
/// assert_eq!(a.uniform(), b.uniform());
/// ```
#[derive(Clone, Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of `seed` for `purpose`.
    pub fn new(seed: u32, purpose: Purpose) -> Stream {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&seed.to_le_bytes());
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(purpose as u64);
        Stream(rng)
    }

    /// 32 random bits.
    pub fn bits(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Uniform on [0, 1), a multiple of 2⁻²⁴.
    pub fn uniform(&mut self) -> f32 {
        (self.bits() >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// Uniform on (0, 1].
    fn uniform_above_zero(&mut self) -> f32 {
        ((self.bits() >> 8) as f32 + 1.0) * (1.0 / 16_777_216.0)
    }

    /// Uniform on {0, …, n − 1}; the bias of multiplying by `n` is below n·2⁻³².
    pub fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.bits()) * u64::from(n)) >> 32) as u32
    }

    /// Shuffles in place (Fisher and Yates), every order equally likely.
    pub fn shuffle(&mut self, items: &mut [u32]) {
        for last in (1..items.len()).rev() {
            let chosen = self.below(last as u32 + 1) as usize;
            items.swap(last, chosen);
        }
    }
}

/// Standard normal numbers for groups of four samples, one stream for each network side by side.
///
/// Eight draws of a stream make the numbers of two neighbours in `out`; an odd last one uses half.
pub fn fill_normal<N: Number>(streams: &mut [Stream], out: &mut [N::Samples]) {
    let mut drawn = [[[0.0; SAMPLES]; 2]; MOST_NETWORKS];
    for pair in out.chunks_mut(2) {
        for (numbers, stream) in drawn.iter_mut().zip(&mut *streams) {
            *numbers = normals(stream);
        }
        for (i, value) in pair.iter_mut().enumerate() {
            *value = N::gather(from_fn(|sample| N::per_network(|k| drawn[k][i][sample])));
        }
    }
}

/// Two normal numbers for each of four samples.
#[inline(never)]
fn normals(stream: &mut Stream) -> [[f32; SAMPLES]; 2] {
    let u = f32x4::from(from_fn(|_| stream.uniform_above_zero()));
    let v = f32x4::from(from_fn(|_| stream.uniform() - 0.5));
    let (first, second) = math::normal_pair(u, v);
    [first.to_array(), second.to_array()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_of_a_stream_never_change() {
        let mut stream = Stream::new(1, Purpose::Init);
        let first: Vec<u32> = (0..4).map(|_| stream.bits()).collect();
        assert_eq!(first, VALUE_STABILITY);
    }
    const VALUE_STABILITY: [u32; 4] = [2_356_144_660, 444_671_444, 2_890_502_546, 3_513_247_313];

    #[test]
    fn normal_numbers_have_the_moments_of_a_normal() {
        let mut out = vec![f32x4::default(); 50_000];
        fill_normal::<f32>(&mut [Stream::new(7, Purpose::Noise)], &mut out);
        let all: Vec<f64> = out.iter().flat_map(|v| v.to_array()).map(f64::from).collect();
        let n = all.len() as f64;
        let moment = |k: i32| all.iter().map(|x| x.powi(k)).sum::<f64>() / n;
        // Four standard errors of each moment: √(1/n), √(2/n), √(15/n), √(96/n).
        assert!(moment(1).abs() < 4.0 * (1.0 / n).sqrt());
        assert!((moment(2) - 1.0).abs() < 4.0 * (2.0 / n).sqrt());
        assert!(moment(3).abs() < 4.0 * (15.0 / n).sqrt());
        assert!((moment(4) - 3.0).abs() < 4.0 * (96.0 / n).sqrt());
    }

    #[test]
    fn networks_side_by_side_draw_what_each_would_alone() {
        let stream = |seed| Stream::new(seed, Purpose::Noise);
        let mut together = vec![Default::default(); 5];
        fill_normal::<f32x4>(&mut [stream(3), stream(4), stream(5), stream(6)], &mut together);
        let mut alone = vec![Default::default(); 5];
        fill_normal::<f32>(&mut [stream(5)], &mut alone);
        for (t, a) in together.iter().zip(&alone) {
            let network_2: [f32; 4] = f32x4::scatter(*t).map(|n| n.of_network(2));
            assert_eq!(network_2, a.to_array());
        }
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Stream::new(1, Purpose::Shuffle).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
