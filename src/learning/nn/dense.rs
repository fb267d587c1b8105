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

use super::{narrow, wide};
use crate::num::lanes::SAMPLES;
use crate::num::width::{Vectors, Width, at_width};
use crate::num::{Number, Real};
use std::array::from_fn;

/// Rows, or outputs, whose sums are taken together.
const TILE: usize = 4;

/// For the rows of a product, in tiles and then one by one: `$r` is the first of `$R` rows.
macro_rules! in_tiles {
    ($rows:expr, |$r:ident, $R:ident| $body:expr) => {{
        let tiled = $rows / TILE * TILE;
        for $r in (0..tiled).step_by(TILE) {
            const $R: usize = TILE;
            $body
        }
        for $r in tiled..$rows {
            const $R: usize = 1;
            $body
        }
    }};
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
    forward_at(Width::filled_by::<N>(SAMPLES * groups), w, n_out, b, x, groups, y);
}

/// [`forward`] in vectors of a width.
#[inline(always)]
pub(super) fn forward_at<N: Number>(
    width: Width,
    w: &[N],
    n_out: usize,
    b: &[N],
    x: &[N::Samples],
    groups: usize,
    y: &mut [N::Samples],
) {
    at_width!(width, |vectors| forward_in(vectors, w, n_out, b, x, groups, y));
}

#[inline(always)]
fn forward_in<N: Number, V: Vectors>(
    vectors: V,
    w: &[N],
    n_out: usize,
    b: &[N],
    x: &[N::Samples],
    groups: usize,
    y: &mut [N::Samples],
) {
    for (row, &bias) in y.chunks_exact_mut(groups).zip(b) {
        row.fill(bias.spread());
    }
    in_tiles!(b.len(), |r, R| {
        let weights = |k: usize| *w[k * n_out + r..].first_chunk::<R>().expect("W has a row for each input");
        tile_row::<N, V, R>(vectors, weights, x, groups, &mut y[r * groups..]);
    });
}

/// `dx += dy·Wᵀ`, for the `dy.len() / groups` outputs that begin at the first element of `w`.
#[inline(never)]
pub fn backward<N: Number>(w: &[N], n_out: usize, dy: &[N::Samples], groups: usize, dx: &mut [N::Samples]) {
    backward_at(Width::filled_by::<N>(SAMPLES * groups), w, n_out, dy, groups, dx);
}

/// [`backward`] in vectors of a width.
#[inline(always)]
pub(super) fn backward_at<N: Number>(
    width: Width,
    w: &[N],
    n_out: usize,
    dy: &[N::Samples],
    groups: usize,
    dx: &mut [N::Samples],
) {
    at_width!(width, |vectors| backward_in(vectors, w, n_out, dy, groups, dx));
}

#[inline(always)]
fn backward_in<N: Number, V: Vectors>(
    vectors: V,
    w: &[N],
    n_out: usize,
    dy: &[N::Samples],
    groups: usize,
    dx: &mut [N::Samples],
) {
    in_tiles!(dx.len() / groups, |r, R| {
        let rows: [&[N]; R] = from_fn(|i| &w[(r + i) * n_out..][..dy.len() / groups]);
        tile_row::<N, V, R>(vectors, |k| rows.map(|row| row[k]), dy, groups, &mut dx[r * groups..]);
    });
}

/// `dW[i][o] = Σ_samples x[i]·dy[o]` and `db[o] = Σ_samples dy[o]` for the `db.len()` outputs that
/// begin at the first element of `dw`; `n_out` is the width of a whole row of dW, and the scratch is at least
/// `scratch_len(groups)` long; its content does not matter.
#[inline(never)]
pub fn gradients<N: Number>(
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
    n_out: usize,
    (dw, db): (&mut [N], &mut [N]),
    scratch: &mut [N::Samples],
) {
    match x.len() / groups {
        2 if N::NETWORKS == 1 => narrow::gradients(x, dy, groups, n_out, dw, db),
        _ => {
            weight_gradient_at(Width::filled_by::<N>(db.len()), x, dy, groups, n_out, dw, scratch);
            bias_gradient(dy, groups, db);
        }
    }
}

/// How much scratch [`gradients`] needs.
pub fn scratch_len(groups: usize) -> usize {
    wide::scratch_len(groups)
}

/// `R` rows of a product, `out[r][g] += Σ_k weights(k)[r]·input[k][g]`, k ascending, two groups at a time: that many
/// sums stay in registers. Where networks stand side by side, one group has as many.
#[inline(always)]
fn tile_row<N: Number, V: Vectors, const R: usize>(
    vectors: V,
    weights: impl Fn(usize) -> [N; R],
    input: &[N::Samples],
    groups: usize,
    out: &mut [N::Samples],
) {
    let mut begin = 0;
    if V::WIDTH > SAMPLES
        && let (Some(input), Some(out)) = (N::numbers_of(input), N::numbers_of_mut(out))
    {
        let weights = |k: usize| weights(k).map(|weight| weight.of_network(0));
        begin = wide::tile_row(vectors, weights, input, SAMPLES * groups, out) / SAMPLES;
    }
    let pairs = if N::NETWORKS == 1 { (groups - begin) / 2 * 2 } else { 0 };
    for g in (begin..begin + pairs).step_by(2) {
        tile::<N, R, 2>(&weights, input, groups, g, out);
    }
    for g in begin + pairs..groups {
        tile::<N, R, 1>(&weights, input, groups, g, out);
    }
}

#[inline(always)]
fn tile<N: Number, const R: usize, const C: usize>(
    weights: impl Fn(usize) -> [N; R],
    input: &[N::Samples],
    groups: usize,
    g: usize,
    out: &mut [N::Samples],
) {
    let mut sums: [[N::Samples; C]; R] = from_fn(|r| from_fn(|c| out[r * groups + g + c]));
    for (k, row) in input.chunks_exact(groups).enumerate() {
        let x: &[N::Samples] = &row[g..g + C];
        let weights = weights(k).map(N::spread);
        for r in 0..R {
            for c in 0..C {
                sums[r][c] = sums[r][c] + weights[r] * x[c];
            }
        }
    }
    for r in 0..R {
        for c in 0..C {
            out[r * groups + g + c] = sums[r][c];
        }
    }
}

/// The weights' half of [`gradients`], in vectors of a width.
#[inline(always)]
pub(super) fn weight_gradient_at<N: Number>(
    width: Width,
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
    n_out: usize,
    dw: &mut [N],
    scratch: &mut [N::Samples],
) {
    at_width!(width, |vectors| weight_gradient_in(vectors, x, dy, groups, n_out, dw, scratch));
}

#[inline(always)]
fn weight_gradient_in<N: Number, V: Vectors>(
    vectors: V,
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
    n_out: usize,
    dw: &mut [N],
    scratch: &mut [N::Samples],
) {
    let mut begin = 0;
    if V::WIDTH > SAMPLES
        && let (Some(x), Some(dy)) = (N::numbers_of(x), N::numbers_of(dy))
        && let (Some(dw), Some(scratch)) = (N::weights_of_mut(dw), N::numbers_of_mut(scratch))
    {
        begin = wide::weight_gradient(vectors, x, dy, SAMPLES * groups, n_out, dw, scratch);
    }
    weight_gradient(x.len() / groups, x, &dy[begin * groups..], groups, n_out, &mut dw[begin..]);
}

/// The same in vectors of four numbers.
#[inline(always)]
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
            let sums = products::<N, 2, TILE>(x(i), dy(o), groups);
            for r in 0..2 {
                dw[(i + r) * n_out + o..][..TILE].copy_from_slice(&N::sums(sums[r]));
            }
        }
    }
    for i in 0..n_in {
        for o in if i < tiled_i { tiled_o } else { 0 }..outputs {
            dw[i * n_out + o] = N::sum(products::<N, 1, 1>(x(i), dy(o), groups)[0][0]);
        }
    }
}

/// The products of `R` rows of `x` with `C` rows of `dy`, still apart by lanes.
#[inline(always)]
fn products<N: Number, const R: usize, const C: usize>(
    x: &[N::Samples],
    dy: &[N::Samples],
    groups: usize,
) -> [[N::Samples; C]; R] {
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
    sums
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
