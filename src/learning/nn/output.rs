//! The last layer with its sigmoid and its loss: forwards and backwards in one pass.
//!
//! The outputs are worked through a block at a time, so that what a block computes is still in the
//! first-level cache when its gradient is taken: pre-activations, then errors in their place, then
//! the gradients of weights and biases and what flows back to the hidden layer.

use super::squares::{self, Outputs};
use super::{Loss, dense, narrow};
use crate::num::math::{self, Sigmoid};
use crate::num::width::{Width, at_width};
use crate::num::{Number, Real, lanes::SAMPLES};
use std::array::from_fn;
use std::f32::consts::{LN_2, LOG2_E};

/// Outputs in a block. With 16 groups a block holds 8 KiB of pre-activations. The order in which losses are added
/// depends on it.
const BLOCK: usize = 32;

/// Clip of the probability inside the logarithm of [`Loss::Bce`] where targets are bits: a loss of at most 16.6 nats.
const SMALLEST_PROBABILITY: f32 = 1.0 / 16_777_216.0;

/// One batch at the last layer.
pub struct Batch<'a, N: Number> {
    /// `[n_in, groups]`, the hidden layer's values.
    pub hidden: &'a [N::Samples],
    /// What should come out.
    pub targets: Targets<'a, N>,
    /// How many samples there are; the last group may hold fewer than four.
    pub samples: usize,
}

/// What the outputs are to become.
#[derive(Clone, Copy)]
pub enum Targets<'a, N: Number> {
    /// 0 or 1: `[⌈samples / 8⌉, n_out]`, as [`super::across::across_samples`] gives them.
    Bits(&'a [u8]),
    /// Anything from 0 to 1: `[n_out, groups]`, as [`super::greys::spread`] gives them.
    Greys(&'a [N::Samples]),
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
    BLOCK * groups + dense::scratch_len(groups).max(squares::scratch_len(BLOCK))
}

/// The sum of the loss over all samples and outputs, and its gradient.
///
/// With `a = h·W + b` and `y = sigmoid(a)`, an output is wrong by `u = |y − x|`. A target x that is 0 or 1 makes that a
/// sigmoid, too: of a, or of −a where x = 1. Taken from there, u is as exact near 0 as elsewhere. Per output and
/// sample:
///
/// | loss | value                 | gradient with respect to `a` |
/// |------|-----------------------|------------------------------|
/// | MSE  | `u²`                  | `±u·(u − u²)`, times 2       |
/// | BCE  | `−ln(1 − u)`, in nats | `±u`                         |
///
/// `2^(±a·log₂ e)` is what takes the sigmoid, and the same factor ±log₂ e gives the gradient its sign. So the gradients
/// are left with a factor −log₂ e, and without the 2 of MSE: [`gradient_scale`] mends both.
///
/// A grey target is seen from the end, 0 or 1, that is nearer: `t = ½ − |x − ½|` away from it. Nothing else changes, so
/// that a picture and its negative are treated alike, and 0 and 1 among greys as bits are: `v`, the sigmoid of a or −a,
/// is what `u` was, and an output is wrong by `e = v − t`.
///
/// | loss | value                            | gradient with respect to `a` |
/// |------|----------------------------------|------------------------------|
/// | MSE  | `e²`                             | `±e·(v − v²)`, times 2       |
/// | BCE  | `−(1 − t)·ln(1 − v) − t·ln v`    | `±e`                         |
///
/// With `v = 1 / (1 + 2ᵖ)`, that cross-entropy is `ln 2·(t·p + max(−p, 0)) − ln max(v, 1 − v)`: exact to the last digits
/// of its largest term for every p, where the logarithm of a sigmoid that has become 0 would be infinite.
///
/// The loss is summed in blocks of 32 outputs, and in the end by [`Number::sum`]. In a block, bits are taken two groups
/// of samples at a time, for these output by output; greys output by output, for each group by group. The other sums
/// have the orders of [`dense`].
pub fn train<N: Number>(loss: Loss, w: &[N], b: &[N], batch: &Batch<N>, out: Gradients<N>) -> N {
    let n_out = b.len();
    let groups = batch.samples.div_ceil(SAMPLES);
    out.d_hidden.fill(N::Samples::splat(0.0));
    let mut total = N::Samples::splat(0.0);
    let is_narrow = N::NETWORKS == 1
        && batch.hidden.len() == narrow::K * groups
        && loss == Loss::Mse
        && batch.samples.is_multiple_of(2 * SAMPLES);
    for first in (0..n_out).step_by(BLOCK) {
        let here = BLOCK.min(n_out - first);
        let (w, b) = (&w[first..], &b[first..first + here]);
        let (dw, db) = (&mut out.dw[first..], &mut out.db[first..first + here]);
        let (block, scratch) = out.scratch.split_at_mut(here * groups);
        if is_narrow && let Targets::Bits(bits) = batch.targets {
            let outputs = Outputs { w, n_out, b, targets: &bits[first..] };
            total = squares::squared_errors(outputs, batch.hidden, block, scratch, out.d_hidden, total);
            dense::gradients(batch.hidden, block, groups, n_out, (dw, db), scratch);
            continue;
        }
        dense::forward(w, n_out, b, batch.hidden, groups, block);
        total = match batch.targets {
            Targets::Bits(bits) => errors::<N>(loss, bits, batch.samples, first, n_out, block, total),
            Targets::Greys(greys) => {
                grey_errors::<N>(loss, &greys[first * groups..], batch.samples, block, scratch, total)
            }
        };
        dense::gradients(batch.hidden, block, groups, n_out, (dw, db), scratch);
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
    targets: &[u8],
    samples: usize,
    first: usize,
    n_out: usize,
    block: &mut [N::Samples],
    mut total: N::Samples,
) -> N::Samples {
    let groups = samples.div_ceil(SAMPLES);
    let whole = samples / SAMPLES;
    let sigmoid = Sigmoid::kept();
    let (all, present) = (N::Samples::splat(1.0), present::<N>(samples));
    for (h, targets) in targets.chunks_exact(n_out).take(groups.div_ceil(2)).enumerate() {
        let rows = block.chunks_exact_mut(groups).zip(&targets[first..]);
        for (row, &targets) in rows {
            for (half, value) in row[2 * h..].iter_mut().take(2).enumerate() {
                let factor = factors::<N>(targets >> (SAMPLES * half));
                let present = if 2 * h + half == whole { present } else { all };
                let (loss, d) = error(loss, sigmoid.of_exponent(factor * *value) * present, factor);
                total = total + loss;
                *value = d;
            }
        }
    }
    total
}

/// The same for targets `[outputs of the block and after, groups]` that are grey; the scratch is as long as the block.
#[inline(never)]
fn grey_errors<N: Number>(
    loss: Loss,
    targets: &[N::Samples],
    samples: usize,
    block: &mut [N::Samples],
    scratch: &mut [N::Samples],
    total: N::Samples,
) -> N::Samples {
    grey_errors_at::<N>(Width::filled_by::<N>(block.len()), loss, targets, samples, block, scratch, total)
}

/// The same in vectors of a width.
#[inline(always)]
fn grey_errors_at<N: Number>(
    width: Width,
    loss: Loss,
    targets: &[N::Samples],
    samples: usize,
    block: &mut [N::Samples],
    scratch: &mut [N::Samples],
    total: N::Samples,
) -> N::Samples {
    let losses = &mut scratch[..block.len()];
    if width.numbers() > SAMPLES
        && let (Some(targets), Some(values)) = (N::numbers_of(targets), N::numbers_of_mut(block))
        && let Some(losses) = N::numbers_of_mut(losses)
    {
        at_width!(width, |_vectors| errors_of_numbers(loss, targets, values, losses));
    } else {
        return grey_errors_in_fours::<N>(loss, targets, samples, block, total);
    }
    let (groups, last) = (samples.div_ceil(SAMPLES), present::<N>(samples));
    for row in block.chunks_exact_mut(groups).chain(losses.chunks_exact_mut(groups)) {
        row[groups - 1] = row[groups - 1] * last;
    }
    losses.iter().fold(total, |total, &loss| total + loss)
}

/// Errors of outputs one by one, all samples taken for present: their losses, and in place of the pre-activations the
/// gradients.
#[inline(always)]
fn errors_of_numbers(loss: Loss, targets: &[f32], values: &mut [f32], losses: &mut [f32]) {
    let sigmoid = Sigmoid::kept();
    let each = values.iter_mut().zip(targets).zip(losses);
    match loss {
        Loss::Mse => each.for_each(|((value, &target), loss)| {
            (*loss, *value) = grey_error(Loss::Mse, sigmoid, *value, target);
        }),
        Loss::Bce => each.for_each(|((value, &target), loss)| {
            (*loss, *value) = grey_error(Loss::Bce, sigmoid, *value, target);
        }),
    }
}

/// What [`grey_errors`] does where vectors have four numbers.
#[inline(always)]
fn grey_errors_in_fours<N: Number>(
    loss: Loss,
    targets: &[N::Samples],
    samples: usize,
    block: &mut [N::Samples],
    mut total: N::Samples,
) -> N::Samples {
    let groups = samples.div_ceil(SAMPLES);
    let (sigmoid, all, last) = (Sigmoid::kept(), N::Samples::splat(1.0), present::<N>(samples));
    for (row, targets) in block.chunks_exact_mut(groups).zip(targets.chunks_exact(groups)) {
        for (g, (value, &target)) in row.iter_mut().zip(targets).enumerate() {
            let present = if g + 1 == groups { last } else { all };
            let (loss, d) = grey_error(loss, sigmoid, *value, target);
            total = total + loss * present;
            *value = d * present;
        }
    }
    total
}

/// The loss of an output with the pre-activation `a` and a target from 0 to 1, and its gradient.
#[inline(always)]
fn grey_error<S: Real>(loss: Loss, sigmoid: Sigmoid, a: S, target: S) -> (S, S) {
    let (half, zero) = (S::splat(0.5), S::splat(0.0));
    let off_middle = target - half;
    let t = half - off_middle.abs();
    // The factor of the nearer end: one of the two numbers, exactly.
    let factor = S::splat(2.0 * LOG2_E).where_positive(off_middle) - S::splat(LOG2_E);
    let p = factor * a;
    let v = sigmoid.of_exponent(p);
    let e = v - t;
    match loss {
        Loss::Mse => (e * e, (v - v * v) * (e * factor)),
        Loss::Bce => {
            let opposite = zero - p;
            let straight = S::splat(LN_2) * (t * p + opposite.where_positive(opposite));
            (straight - math::ln((v - half).abs() + half), e * factor)
        }
    }
}

/// What [`train`] leaves as the gradient of the squared error, from a pre-activation and its [`factor`].
#[inline(always)]
pub(crate) fn squared_error_gradient<S: Real>(sigmoid: Sigmoid, a: S, factor: S) -> S {
    squared_error(sigmoid.of_exponent(factor * a), factor).1
}

/// The loss of outputs that are wrong by `u`, and its gradient.
#[inline(always)]
fn error<S: Real>(loss: Loss, u: S, factor: S) -> (S, S) {
    match loss {
        Loss::Mse => squared_error(u, factor),
        Loss::Bce => {
            let probability = (S::splat(1.0) - u).at_least(SMALLEST_PROBABILITY);
            (S::splat(0.0) - math::ln(probability), u * factor)
        }
    }
}

/// The same for [`Loss::Mse`].
#[inline(always)]
pub(super) fn squared_error<S: Real>(u: S, factor: S) -> (S, S) {
    let square = u * u;
    (square, (u - square) * (u * factor))
}

/// What a pre-activation is multiplied with to give the exponent of 2, if the target is 1 or 0.
pub(crate) const fn factor(target: u8) -> f32 {
    if target == 1 { LOG2_E } else { -LOG2_E }
}

/// What to multiply the gradients of [`train`] with, for a loss that is a mean over all outputs.
pub fn gradient_scale(loss: Loss, samples: usize, n_out: usize) -> f32 {
    let mean = -LN_2 / (samples * n_out) as f32;
    match loss {
        Loss::Mse => 2.0 * mean,
        Loss::Bce => mean,
    }
}

/// The [`factor`]s of four samples, for the sixteen ways in which they can be 0 or 1, from bit 0 on.
static FACTORS: [[f32; SAMPLES]; 16] = {
    let mut all = [[0.0; SAMPLES]; 16];
    let mut i = 0;
    while i < 16 * SAMPLES {
        all[i / SAMPLES][i % SAMPLES] = factor(((i / SAMPLES) >> (i % SAMPLES)) as u8 & 1);
        i += 1;
    }
    all
};

/// Those of the lowest four bits.
#[inline(always)]
pub(super) fn factors<N: Number>(bits: u8) -> N::Samples {
    N::gather(FACTORS[usize::from(bits & 15)].map(N::splat))
}

/// 1 for the samples that the last group has, 0 for those it lacks.
pub fn present<N: Number>(samples: usize) -> N::Samples {
    let last = (samples - 1) % SAMPLES;
    N::gather(from_fn(|k| N::splat(if k <= last { 1.0 } else { 0.0 })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::rng::{Purpose, Stream};
    use wide::f32x4;

    #[test]
    fn errors_of_greys_have_the_same_bits_at_every_width() {
        let mut stream = Stream::new(1, Purpose::Init);
        for samples in [1_usize, 4, 10, 32, 44] {
            for loss in [Loss::Mse, Loss::Bce] {
                let n = BLOCK * samples.div_ceil(SAMPLES);
                let mut numbers = |low: f32, high: f32| -> Vec<f32x4> {
                    let mut number = || low + (high - low) * stream.uniform();
                    (0..n).map(|_| f32x4::from([(); 4].map(|()| number()))).collect()
                };
                let (targets, block) = (numbers(0.0, 1.0), numbers(-60.0, 60.0));
                let bits = |values: &[f32x4]| -> Vec<[u32; 4]> {
                    values.iter().map(|four| four.to_array().map(f32::to_bits)).collect()
                };
                let at = |width| {
                    let (mut block, mut scratch) = (block.clone(), vec![f32x4::splat(f32::NAN); n]);
                    let zero = f32x4::splat(0.0);
                    let total =
                        grey_errors_at::<f32>(width, loss, &targets, samples, &mut block, &mut scratch, zero);
                    (bits(&[total]), bits(&block))
                };
                for width in Width::all() {
                    assert_eq!(at(width), at(Width::Four), "{loss:?} of {samples} samples at {width:?}");
                }
            }
        }
    }
}
