//! The codes of a training set as a distribution: moments, histograms, samples.

use crate::autoencoder::Codes;
use crate::num::Number;
use crate::num::lanes::SAMPLES;
use crate::num::math::{exp, ln};
use crate::num::matrix::{flat, owned};
use crate::num::order;
use crate::num::rng::{Purpose, Stream, fill_normal};
use ndarray::{Array2, ArrayView2};
use serde::Serialize;
use wide::f32x4;

/// Bars of a histogram.
const BINS: usize = 48;
/// The histogram of the codes covers at least ±4, where N(0, 1) is drawn.
const AT_LEAST: f32 = 4.0;
/// σ is shown as far as this factor beyond the smallest and the largest.
const MARGIN: f32 = 1.25;
/// The smallest σ that is told apart from 0.
const LEAST_SIGMA: f32 = 1e-12;

/// A histogram whose bars have area 1 together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Histogram {
    /// `[bins + 1]`: where bars begin and end, ascending.
    pub edges: Vec<f32>,
    /// `[bins]`: values in `edges[i] ≤ v < edges[i + 1]`; the last bar has both its ends.
    pub counts: Vec<u32>,
    /// `[bins]`: the share of the values in a bar, divided by its width.
    pub density: Vec<f32>,
}

/// The codes of a training set (their means, where a code is drawn), all numbers of a code together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Distribution {
    /// How many.
    pub count: u32,
    /// Their mean.
    pub mean: f32,
    /// Their standard deviation, with n in the denominator; 1 is what the KL term pulls towards.
    pub sd: f32,
    /// The share of them in −3 to 3; of a standard normal, 0.9973.
    pub within_three: f32,
    /// The smallest.
    pub low: f32,
    /// The largest.
    pub high: f32,
    /// At even steps over ±4 or the range of the codes, whichever is wider.
    pub histogram: Histogram,
    /// `[bins]`: the density of N(0, 1) in the middle of each bar.
    pub normal: Vec<f32>,
}

/// σ over a training set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sigmas {
    /// The smallest.
    pub low: f32,
    /// The one in the middle: of an even number, the upper of the two.
    pub median: f32,
    /// The largest.
    pub high: f32,
    /// At even steps of ln σ.
    pub histogram: Histogram,
}

/// The distribution of codes `[n, code]`; `None` without any, or when one is not finite.
///
/// ```
/// use bottleneck::analysis::code::codes::distribution;
/// use bottleneck::ndarray::array;
/// let found = distribution(array![[-1.0, 1.0], [5.0, 3.0]].view()).expect("four numbers");
/// assert_eq!((found.mean, found.within_three), (2.0, 0.75));
/// ```
pub fn distribution(codes: ArrayView2<'_, f32>) -> Option<Distribution> {
    let codes = &flat(&codes)[..];
    let (low, high) = range(codes)?;
    let n = codes.len() as f64;
    let mean = codes.iter().map(|&z| f64::from(z)).sum::<f64>() / n;
    let squares = codes.iter().map(|&z| (f64::from(z) - mean) * (f64::from(z) - mean));
    let variance = squares.sum::<f64>() / n;
    let within = codes.iter().filter(|z| z.abs() <= 3.0).count();
    let from = if low < -AT_LEAST { low } else { -AT_LEAST };
    let to = if high > AT_LEAST { high } else { AT_LEAST };
    let edges = even_steps(from, to);
    let normal = edges.windows(2).map(|e| standard_normal(0.5 * (e[0] + e[1]))).collect();
    Some(Distribution {
        count: codes.len() as u32,
        mean: mean as f32,
        sd: variance.sqrt() as f32,
        within_three: (within as f64 / n) as f32,
        low,
        high,
        histogram: histogram(codes, edges),
        normal,
    })
}

/// How many codes `[n, code]` are different, bit by bit.
///
/// ```
/// use bottleneck::analysis::code::codes::different;
/// use bottleneck::ndarray::array;
/// assert_eq!(different(array![[1.0, 2.0], [1.0, 3.0], [1.0, 2.0]].view()), 2);
/// ```
pub fn different(codes: ArrayView2<'_, f32>) -> usize {
    let bits: Vec<u32> = flat(&codes).into_iter().map(f32::to_bits).collect();
    let codes: Vec<&[u32]> = bits.chunks_exact(codes.ncols().max(1)).collect();
    order::sorted_by(&codes, |a, b| a < b).chunk_by(|a, b| a == b).count()
}

/// The distribution of σ, `[n, code]`; `None` without any, or when one is not finite.
pub fn sigmas(sigmas: ArrayView2<'_, f32>) -> Option<Sigmas> {
    let sigmas = &flat(&sigmas)[..];
    let (low, high) = range(sigmas)?;
    let least = if low > LEAST_SIGMA { low } else { LEAST_SIGMA };
    let most = if high > least { high } else { least };
    let edges = even_steps(ln(least / MARGIN), ln(most * MARGIN)).into_iter().map(exp).collect();
    let ordered = order::sorted(sigmas);
    Some(Sigmas { low, median: ordered[ordered.len() / 2], high, histogram: histogram(sigmas, edges) })
}

/// The smallest and the largest; `None` without any, or when one is not finite.
fn range(values: &[f32]) -> Option<(f32, f32)> {
    let first = *values.first()?;
    let ends = values.iter().fold((first, first), |(low, high), &v| {
        (if v < low { v } else { low }, if v > high { v } else { high })
    });
    values.iter().all(|v| v.is_finite()).then_some(ends)
}

fn even_steps(from: f32, to: f32) -> Vec<f32> {
    (0..=BINS).map(|i| from + (to - from) * (i as f32 / BINS as f32)).collect()
}

/// Values outside the edges count in the first or the last bar: what rounding has put there.
fn histogram(values: &[f32], edges: Vec<f32>) -> Histogram {
    let mut counts = vec![0u32; edges.len() - 1];
    for value in values {
        let after = edges.partition_point(|edge| edge <= value);
        counts[after.clamp(1, edges.len() - 1) - 1] += 1;
    }
    let density = |(e, &c): (&[f32], &u32)| c as f32 / (values.len() as f32 * (e[1] - e[0]));
    let density = edges.windows(2).zip(&counts).map(density).collect();
    Histogram { edges, counts, density }
}

/// φ(z) = e^(−z²/2)/√(2π).
fn standard_normal(z: f32) -> f32 {
    0.398_942_28 * exp(-0.5 * z * z)
}

/// Codes drawn as in training, `z = μ + σ·ε`, with ε from a stream of its own for each `draw`.
///
/// The draws are `[n, code]`; without σ, as in a classical network, a code is its mean.
///
/// ```
/// use bottleneck::analysis::code::codes::sampled;
/// use bottleneck::autoencoder::Codes;
/// use bottleneck::ndarray::array;
///
/// let classical = Codes { mean: array![[1.0, 2.0]], log_var: None };
/// assert_eq!(sampled(&classical, 1), classical.mean);
/// let variational = Codes { mean: array![[1.0, 2.0]], log_var: Some(array![[-4.0, -4.0]]) };
/// assert_ne!(sampled(&variational, 1), sampled(&variational, 2));
/// ```
pub fn sampled(codes: &Codes, draw: u32) -> Array2<f32> {
    let Some(sigma) = codes.sigma() else { return codes.mean.clone() };
    let mut noise = vec![f32x4::splat(0.0); sigma.len().div_ceil(SAMPLES)];
    fill_normal::<f32>(&mut [Stream::new(draw, Purpose::Show)], &mut noise);
    let noise = noise.into_iter().flat_map(f32::scatter);
    let drawn = flat(&codes.mean).into_iter().zip(flat(&sigma)).zip(noise);
    let drawn = drawn.map(|((mean, sigma), noise)| mean + sigma * noise);
    owned([sigma.nrows(), sigma.ncols()], drawn.collect())
}
