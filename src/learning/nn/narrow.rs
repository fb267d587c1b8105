//! The gradients of [`dense`](super::dense) for layers of two inputs.
//!
//! The decoder of the paper's network has a last layer of 2 × 1,024 weights: too few inputs for a tile to pay. With their
//! number known to the compiler, gradients of weights and biases are taken together. The orders are those of `dense`, so
//! the bits are the same. They are for one network: of four side by side, one weight is a vector, and the tiles of `dense`
//! do as well.

use crate::num::{Number, Real, lanes::SAMPLES};
use std::array::from_fn;

/// Inputs.
pub(super) const K: usize = 2;

/// See [`dense::gradients`](super::dense::gradients).
pub(super) fn gradients<N: Number>(
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
    n_out: usize,
    dw: &mut [N],
    db: &mut [N],
) {
    let x: [&[N::Samples]; K] = from_fn(|k| &x[k * groups..][..groups]);
    let rows = |o: usize| &dy[o * groups..];
    let whole = db.len() / SAMPLES * SAMPLES;
    for o in (0..whole).step_by(SAMPLES) {
        // Two outputs at a time read the inputs once, and their sums stay in registers; four share the sums across lanes.
        let pairs = [0, 2].map(|first| sums_of::<N, 2>(x, rows(o + first), groups));
        let sums = |row: usize| N::sums(from_fn(|i| pairs[i / 2][row][i % 2]));
        db[o..o + SAMPLES].copy_from_slice(&sums(K));
        for k in 0..K {
            dw[k * n_out + o..][..SAMPLES].copy_from_slice(&sums(k));
        }
    }
    for o in whole..db.len() {
        let sums = sums_of::<N, 1>(x, rows(o), groups);
        db[o] = N::sum(sums[K][0]);
        for k in 0..K {
            dw[k * n_out + o] = N::sum(sums[k][0]);
        }
    }
}

/// For `R` rows of `dy`: their products with each row of `x`, then their sums, all still apart by lanes.
#[inline(always)]
fn sums_of<N: Number, const R: usize>(
    x: [&[N::Samples]; K],
    dy: &[N::Samples],
    groups: usize,
) -> [[N::Samples; R]; K + 1] {
    let dy: [&[N::Samples]; R] = from_fn(|r| &dy[r * groups..][..groups]);
    let mut sums = [[N::Samples::splat(0.0); R]; K + 1];
    for g in 0..groups {
        for r in 0..R {
            let d = dy[r][g];
            for k in 0..K {
                sums[k][r] = sums[k][r] + x[k][g] * d;
            }
            sums[K][r] = sums[K][r] + d;
        }
    }
    sums
}
