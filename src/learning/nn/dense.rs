//! A fully connected layer, `y = x·W + b`, forwards and backwards.
//!
//! # Shapes
//!
//! | what      | shape             | stored as                              |
//! |-----------|-------------------|----------------------------------------|
//! | `W`       | `[n_in, n_out]`   | row-major, `w[i·n_out + o]`            |
//! | `b`       | `[n_out]`         |                                        |
//! | `x`, `dx` | `[n_in, groups]`  | row-major; a group is four samples     |
//! | `y`, `dy` | `[n_out, groups]` | row-major                              |
//!
//! The order of every sum is part of what a link promises: forwards, the bias first and then the
//! inputs in ascending order; backwards to the inputs, the outputs in ascending order; a weight's
//! gradient adds the groups in ascending order lane by lane, then the four lanes by
//! [`Number::sum`]. Tiling, and the kernels for narrow layers, change which sums are worked on at a
//! time, never the order inside one.
//!
//! Nothing here is inlined: a call costs nothing beside a whole layer, and a copy for each layer would be downloaded.

use super::narrow;
use crate::num::{Number, Real};
use std::array::from_fn;

/// Rows, or outputs, whose sums are taken together.
const TILE: usize = 4;

/// A matrix of weights seen with rows and columns of one's choice.
#[derive(Clone, Copy)]
struct Strided<'a, N> {
    weights: &'a [N],
    row: usize,
    column: usize,
}

/// `y = x·W + b` for the `b.len()` outputs that begin at the first element of `w`;
/// `n_out` is the width of a whole row of W.
#[inline(never)]
pub fn forward<N: Number>(
    w: &[N],
    n_out: usize,
    b: &[N],
    x: &[N::Samples],
    groups: usize,
    y: &mut [N::Samples],
) {
    match x.len() / groups {
        2 if N::NETWORKS == 1 => narrow::forward(w, n_out, b, x, groups, y),
        _ => {
            for (row, &bias) in y.chunks_exact_mut(groups).zip(b) {
                row.fill(bias.spread());
            }
            add_product::<N>(Strided { weights: w, row: 1, column: n_out }, b.len(), x, groups, y);
        }
    }
}

/// `dx += dy·Wᵀ`, for the `dy.len() / groups` outputs that begin at the first element of `w`.
#[inline(never)]
pub fn backward<N: Number>(w: &[N], n_out: usize, dy: &[N::Samples], groups: usize, dx: &mut [N::Samples]) {
    match dx.len() / groups {
        2 if N::NETWORKS == 1 => narrow::backward(w, n_out, dy, groups, dx),
        n_in => add_product::<N>(Strided { weights: w, row: n_out, column: 1 }, n_in, dy, groups, dx),
    }
}

/// `dW[i][o] = Σ_samples x[i]·dy[o]` and `db[o] = Σ_samples dy[o]` for the `db.len()` outputs that
/// begin at the first element of `dw`; `n_out` is the width of a whole row of dW.
#[inline(never)]
pub fn gradients<N: Number>(
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
    n_out: usize,
    dw: &mut [N],
    db: &mut [N],
) {
    match x.len() / groups {
        2 if N::NETWORKS == 1 => narrow::gradients(x, dy, groups, n_out, dw, db),
        n_in => {
            weight_gradient::<N>(n_in, x, dy, groups, n_out, dw);
            bias_gradient(dy, groups, db);
        }
    }
}

/// `out[r][g] += Σ_k m[r][k]·input[k][g]`, k ascending.
#[inline(never)]
fn add_product<N: Number>(
    m: Strided<N>,
    rows: usize,
    input: &[N::Samples],
    groups: usize,
    out: &mut [N::Samples],
) {
    let mut r = 0;
    while r < rows {
        let from = Strided { weights: &m.weights[r * m.row..], ..m };
        let out = &mut out[r * groups..];
        if rows - r >= TILE {
            tile_row::<N, TILE>(from, input, groups, out);
            r += TILE;
        } else {
            tile_row::<N, 1>(from, input, groups, out);
            r += 1;
        }
    }
}

/// `R` rows of the product, two groups at a time: that many sums stay in registers. Where networks stand side by side,
/// one group has as many.
#[inline(always)]
fn tile_row<N: Number, const R: usize>(
    m: Strided<N>,
    input: &[N::Samples],
    groups: usize,
    out: &mut [N::Samples],
) {
    let pairs = if N::NETWORKS == 1 { groups / 2 * 2 } else { 0 };
    for g in (0..pairs).step_by(2) {
        tile::<N, R, 2>(m, input, groups, g, out);
    }
    for g in pairs..groups {
        tile::<N, R, 1>(m, input, groups, g, out);
    }
}

#[inline(always)]
fn tile<N: Number, const R: usize, const C: usize>(
    m: Strided<N>,
    input: &[N::Samples],
    groups: usize,
    g: usize,
    out: &mut [N::Samples],
) {
    let mut sums: [[N::Samples; C]; R] = from_fn(|r| from_fn(|c| out[r * groups + g + c]));
    for (k, row) in input.chunks_exact(groups).enumerate() {
        let x: &[N::Samples] = &row[g..g + C];
        for r in 0..R {
            let weight = m.weights[r * m.row + k * m.column].spread();
            for c in 0..C {
                sums[r][c] = sums[r][c] + weight * x[c];
            }
        }
    }
    for r in 0..R {
        for c in 0..C {
            out[r * groups + g + c] = sums[r][c];
        }
    }
}

/// The weights' half of [`gradients`].
#[inline(never)]
fn weight_gradient<N: Number>(
    n_in: usize,
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
    n_out: usize,
    dw: &mut [N],
) {
    let outputs = dy.len() / groups;
    // Where networks stand side by side, one weight's sums fill the registers.
    let (tiled_i, tiled_o) = if N::NETWORKS == 1 { (n_in / 2 * 2, outputs / TILE * TILE) } else { (0, 0) };
    let (x, dy) = (|i: usize| &x[i * groups..], |o: usize| &dy[o * groups..]);
    for i in (0..tiled_i).step_by(2) {
        for o in (0..tiled_o).step_by(TILE) {
            gradient_tile::<N, 2, TILE>(x(i), dy(o), groups, n_out, &mut dw[i * n_out + o..]);
        }
    }
    for i in 0..n_in {
        for o in if i < tiled_i { tiled_o } else { 0 }..outputs {
            gradient_tile::<N, 1, 1>(x(i), dy(o), groups, n_out, &mut dw[i * n_out + o..]);
        }
    }
}

#[inline(always)]
fn gradient_tile<N: Number, const R: usize, const C: usize>(
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
    n_out: usize,
    dw: &mut [N],
) {
    let x: [&[N::Samples]; R] = from_fn(|r| &x[r * groups..][..groups]);
    let dy: [&[N::Samples]; C] = from_fn(|c| &dy[c * groups..][..groups]);
    let mut sums = [[N::Samples::splat(0.0); C]; R];
    for g in 0..groups {
        for r in 0..R {
            for c in 0..C {
                sums[r][c] = sums[r][c] + x[r][g] * dy[c][g];
            }
        }
    }
    for r in 0..R {
        for c in 0..C {
            dw[r * n_out + c] = N::sum(sums[r][c]);
        }
    }
}

/// `db[o] = Σ_samples dy[o]`.
#[inline(never)]
pub fn bias_gradient<N: Number>(dy: &[N::Samples], groups: usize, db: &mut [N]) {
    for (db, row) in db.iter_mut().zip(dy.chunks_exact(groups)) {
        *db = N::sum(row.iter().fold(N::Samples::splat(0.0), |sum, &d| sum + d));
    }
}

/// `y = max(x, 0)` in place.
#[inline(never)]
pub fn relu<S: Real>(values: &mut [S]) {
    for value in values {
        *value = value.where_positive(*value);
    }
}

/// `dx = dy` where the relu's output `y` is positive, else 0, in place; the derivative at 0 is 0.
#[inline(never)]
pub fn relu_backward<S: Real>(y: &[S], dy: &mut [S]) {
    for (d, &y) in dy.iter_mut().zip(y) {
        *d = d.where_positive(y);
    }
}
