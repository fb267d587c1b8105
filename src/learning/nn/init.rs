//! Initial weights.

use super::Init;
use crate::num::rng::Stream;

/// Draws a layer's `[n_in, n_out]` weights, row by row, uniformly on ±limit.
///
/// The limit is √(6/(n_in + n_out)) for Glorot and √(6/n_in) for He, computed in f64.
pub fn fill(init: Init, stream: &mut Stream, n_in: usize, n_out: usize, weights: &mut [f32]) {
    let fan = match init {
        Init::Glorot => n_in + n_out,
        Init::He => n_in,
    };
    let limit = (6.0 / fan as f64).sqrt() as f32;
    for weight in weights {
        *weight = (2.0 * stream.uniform() - 1.0) * limit;
    }
}
