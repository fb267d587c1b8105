//! A last layer of two inputs with the squared errors of bits: forwards, and backwards to the inputs.
//!
//! What [`output::train`] says, in its orders, so the bits are the same. On the way from a pre-activation to its gradient
//! everything waits for what is before it, and a processor does not look far enough ahead to have enough of such ways under
//! way at once. With two inputs there is little else to do. So the way is cut where it is longest, before the division, and
//! what is on either side has company: the layer forwards there, backwards here.

use super::narrow::K;
#[cfg(doc)]
use super::output;
use super::output::{factors, squared_error};
use crate::num::math::Sigmoid;
use crate::num::{Number, lanes::SAMPLES};
use std::array::from_fn;

/// How much scratch [`squared_errors`] of so many outputs needs.
pub(super) const fn scratch_len(outputs: usize) -> usize {
    2 * PAIR * outputs
}

/// Some outputs of the layer, as [`dense`](super::dense) has them.
#[derive(Clone, Copy)]
pub(super) struct Outputs<'a, N: Number> {
    /// Their weights begin at the first element.
    pub w: &'a [N],
    /// Outputs of the whole layer.
    pub n_out: usize,
    /// Their biases.
    pub b: &'a [N],
    /// Their targets, `[⌈groups / 2⌉, n_out]`, begin at the first element.
    pub targets: &'a [u8],
}

/// Groups of samples that are worked on at a time.
const PAIR: usize = 2;

/// A pair of groups of `K` rows, each `groups` long.
#[inline(always)]
fn columns<S: Copy>(rows: &[S], groups: usize, g: usize) -> [[S; PAIR]; K] {
    from_fn(|k| {
        let row = &rows[k * groups + g..][..PAIR];
        from_fn(|c| row[c])
    })
}

/// Sets `block` to the gradient of the loss with respect to the pre-activations and adds what flows back to `d_hidden`;
/// returns `total` plus the loss. Groups come in pairs, and all samples are present. The scratch has [`scratch_len`] values.
#[inline(never)]
pub(super) fn squared_errors<N: Number>(
    Outputs { w, n_out, b, targets }: Outputs<N>,
    hidden: &[N::Samples],
    block: &mut [N::Samples],
    scratch: &mut [N::Samples],
    d_hidden: &mut [N::Samples],
    mut total: N::Samples,
) -> N::Samples {
    let (n, groups) = (b.len(), hidden.len() / K);
    let [w0, w1]: [&[N]; K] = from_fn(|k| &w[k * n_out..][..n]);
    let weights = || w0.iter().zip(w1).map(|(w0, w1)| [w0.spread(), w1.spread()]);
    let factor = |targets: u8, c: usize| factors::<N>(targets >> (SAMPLES * c));
    let fractions = &mut scratch.as_chunks_mut::<PAIR>().0.as_chunks_mut::<2>().0[..n];
    let sigmoid = Sigmoid::kept();

    for (h, targets) in targets.chunks(n_out).take(groups / PAIR).enumerate() {
        let g = PAIR * h;
        let x: [[N::Samples; PAIR]; K] = columns(hidden, groups, g);
        for (((fraction, weights), &targets), bias) in fractions.iter_mut().zip(weights()).zip(targets).zip(b)
        {
            for c in 0..PAIR {
                let a = (0..K).fold(bias.spread(), |sum, k| sum + weights[k] * x[k][c]);
                (fraction[0][c], fraction[1][c]) = sigmoid.fraction(factor(targets, c) * a);
            }
        }

        let mut sums: [[N::Samples; PAIR]; K] = columns(d_hidden, groups, g);
        let rows = block.chunks_exact_mut(groups).map(|row| &mut row[g..g + PAIR]);
        for (((&[above, below], weights), &targets), row) in
            fractions.iter().zip(weights()).zip(targets).zip(rows)
        {
            for c in 0..PAIR {
                let (loss, d) = squared_error(above[c] / below[c], factor(targets, c));
                total = total + loss;
                row[c] = d;
                for k in 0..K {
                    sums[k][c] = sums[k][c] + weights[k] * d;
                }
            }
        }
        for k in 0..K {
            d_hidden[k * groups + g..][..PAIR].copy_from_slice(&sums[k]);
        }
    }
    total
}
