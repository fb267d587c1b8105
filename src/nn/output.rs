//! The last layer with its sigmoid and its loss: forwards and backwards in one pass.
//!
//! The outputs are worked through a block at a time, so that what a block computes is still in the
//! first-level cache when its gradient is taken: pre-activations, then errors in their place, then
//! the gradients of weights and biases and what flows back to the hidden layer.

use super::{Loss, dense};
use crate::num::math::{self, Sigmoid};
use crate::num::{Number, Real, lanes::SAMPLES};
use std::array::from_fn;

/// Outputs in a block. With 16 groups a block holds 8 KiB of pre-activations.
const BLOCK: usize = 32;

/// Clip of the probability inside the logarithm of [`Loss::Bce`]: a loss of at most 16.6 nats.
const SMALLEST_PROBABILITY: f32 = 1.0 / 16_777_216.0;

/// One batch at the last layer.
pub struct Batch<'a, N: Number> {
    /// `[n_in, groups]`, the hidden layer's values.
    pub hidden: &'a [N::Samples],
    /// `[groups, n_out]`, the targets as [`super::binary::across_samples`] gives them.
    pub targets: &'a [u8],
    /// How many samples there are; the last group may hold fewer than four.
    pub samples: usize,
}

/// Where the results of [`train`] go.
pub struct Gradients<'a, N: Number> {
    /// `[n_in, n_out]`.
    pub dw: &'a mut [N],
    /// `[n_out]`.
    pub db: &'a mut [N],
    /// `[n_in, groups]`; set, not added to.
    pub d_hidden: &'a mut [N::Samples],
    /// At least `scratch_len(groups)` long; its content does not matter.
    pub scratch: &'a mut [N::Samples],
}

/// How much scratch [`train`] needs.
pub fn scratch_len(groups: usize) -> usize {
    BLOCK * groups
}

/// The sum of the loss over all samples and outputs, and its gradient.
///
/// With `a = h·W + b` and `y = sigmoid(a)`, per output and sample:
///
/// | loss | value                         | gradient with respect to `a` |
/// |------|-------------------------------|------------------------------|
/// | MSE  | `(y − x)²`                    | `(y − x)·y·(1 − y)`, times 2 |
/// | BCE  | `−ln(1 − \|y − x\|)`, in nats | `y − x`                      |
///
/// The gradients are left without the factor 2 of MSE: [`gradient_scale`] supplies it.
///
/// The loss is summed output by output, within an output group by group, then by [`Number::sum`];
/// the other sums have the orders of [`dense`].
pub fn train<N: Number>(loss: Loss, w: &[N], b: &[N], batch: &Batch<N>, out: Gradients<N>) -> N {
    let n_out = b.len();
    let groups = batch.samples.div_ceil(SAMPLES);
    out.d_hidden.fill(N::Samples::splat(0.0));
    let mut total = N::Samples::splat(0.0);
    for first in (0..n_out).step_by(BLOCK) {
        let here = BLOCK.min(n_out - first);
        let (w, b) = (&w[first..], &b[first..first + here]);
        let (dw, db) = (&mut out.dw[first..], &mut out.db[first..first + here]);
        let block = &mut out.scratch[..here * groups];
        dense::forward(w, n_out, b, batch.hidden, groups, block);
        total = errors(loss, batch, first, n_out, block, total);
        dense::gradients(batch.hidden, block, groups, n_out, dw, db);
        dense::backward(w, n_out, block, groups, out.d_hidden);
    }
    N::sum(total)
}

/// Replaces a block's pre-activations by the gradient of the loss; returns `total` plus the loss.
///
/// A pass of its own: the sigmoid is one long chain of operations that wait for each other, and a
/// processor overlaps the chains of neighbours only while they are short enough to be in sight.
#[inline(never)]
fn errors<N: Number>(
    loss: Loss,
    batch: &Batch<N>,
    first: usize,
    n_out: usize,
    block: &mut [N::Samples],
    mut total: N::Samples,
) -> N::Samples {
    let groups = batch.samples.div_ceil(SAMPLES);
    let table = binary_values::<N>();
    let sigmoid = Sigmoid::kept();
    let all = N::Samples::splat(1.0);
    let last = present::<N>(batch.samples);
    for (o, row) in block.chunks_exact_mut(groups).enumerate() {
        for (g, value) in row.iter_mut().enumerate() {
            let target = table[usize::from(batch.targets[g * n_out + first + o] >> 4)];
            let present = if g + 1 == groups { last } else { all };
            let (loss, d) = error(loss, sigmoid.at(*value), target, present);
            total = total + loss;
            *value = d;
        }
    }
    total
}

/// The squared error of the output `y` for four samples that are all there, and half its gradient with
/// respect to the pre-activation.
#[inline(always)]
pub(crate) fn squared_error<S: Real>(y: S, x: S) -> (S, S) {
    error(Loss::Mse, y, x, S::splat(1.0))
}

/// The loss of the output `y` for four samples, and its gradient with respect to the pre-activation.
#[inline(always)]
fn error<S: Real>(loss: Loss, y: S, x: S, present: S) -> (S, S) {
    let error = (y - x) * present;
    match loss {
        Loss::Mse => (error * error, error * (y - y * y)),
        Loss::Bce => {
            let probability = (S::splat(1.0) - error.abs()).at_least(SMALLEST_PROBABILITY);
            (S::splat(0.0) - math::ln(probability), error)
        }
    }
}

/// What to multiply the gradients of [`train`] with, for a loss that is a mean over all outputs.
pub fn gradient_scale(loss: Loss, samples: usize, n_out: usize) -> f32 {
    let mean = 1.0 / (samples * n_out) as f32;
    match loss {
        Loss::Mse => 2.0 * mean,
        Loss::Bce => mean,
    }
}

/// What four samples have at one output, as bits from bit 0 on.
#[inline(always)]
fn target<N: Number>(bits: u8) -> N::Samples {
    N::gather(from_fn(|k| N::splat(f32::from((bits >> k) & 1))))
}

/// The sixteen ways in which four samples can be 0 or 1.
fn binary_values<N: Number>() -> [N::Samples; 16] {
    from_fn(|s| target::<N>(s as u8))
}

/// 1 for the samples that the last group has, 0 for those it lacks.
pub fn present<N: Number>(samples: usize) -> N::Samples {
    let last = (samples - 1) % SAMPLES;
    N::gather(std::array::from_fn(|k| N::splat(if k <= last { 1.0 } else { 0.0 })))
}
