//! The kernels of [`dense`](super::dense) for layers of two inputs.
//!
//! The decoder of the paper's network has a last layer of 2 × 1,024 weights. Its sums have two terms
//! each, too few for a tile to pay; with the number of inputs known to the compiler, and four
//! groups of samples kept in registers while the outputs pass by, they are straight lines. The orders
//! are those of `dense`, so the bits are the same. They are for one network: of four side by side, one weight is a
//! vector, and the tiles of `dense` do as well.

use crate::num::{Number, Real, lanes::SAMPLES};
use std::array::from_fn;

/// Inputs.
const K: usize = 2;

/// Groups that stay in registers.
const AT_A_TIME: usize = 4;

/// `C` neighbouring groups of `K` rows, each `groups` long.
#[inline(always)]
fn columns<S: Copy, const C: usize>(rows: &[S], groups: usize, g: usize) -> [[S; C]; K] {
    from_fn(|k| {
        let row = &rows[k * groups + g..][..C];
        from_fn(|c| row[c])
    })
}

/// Calls `$function::<N, C>` for columns of four groups, then of one.
macro_rules! in_columns {
    ($groups:expr, |$g:ident| $function:ident::<$number:ty>($($argument:expr),*)) => {{
        let mut $g = 0;
        while $g < $groups {
            if $g + AT_A_TIME <= $groups {
                $function::<$number, AT_A_TIME>($($argument),*);
                $g += AT_A_TIME;
            } else {
                $function::<$number, 1>($($argument),*);
                $g += 1;
            }
        }
    }};
}

/// See [`dense::forward`](super::dense::forward).
pub(super) fn forward<N: Number>(
    w: &[N],
    n_out: usize,
    b: &[N],
    x: &[N::Samples],
    groups: usize,
    y: &mut [N::Samples],
) {
    in_columns!(groups, |g| forward_columns::<N>(w, n_out, b, x, groups, g, y));
}

#[inline(always)]
fn forward_columns<N: Number, const C: usize>(
    w: &[N],
    n_out: usize,
    b: &[N],
    x: &[N::Samples],
    groups: usize,
    g: usize,
    y: &mut [N::Samples],
) {
    let x: [[N::Samples; C]; K] = columns(x, groups, g);
    let w: [&[N]; K] = from_fn(|k| &w[k * n_out..][..b.len()]);
    for (o, row) in y[..b.len() * groups].chunks_exact_mut(groups).enumerate() {
        let bias = b[o].spread();
        let weights: [N::Samples; K] = from_fn(|k| w[k][o].spread());
        for (c, y) in row[g..g + C].iter_mut().enumerate() {
            *y = (0..K).fold(bias, |sum, k| sum + weights[k] * x[k][c]);
        }
    }
}

/// See [`dense::backward`](super::dense::backward).
pub(super) fn backward<N: Number>(
    w: &[N],
    n_out: usize,
    dy: &[N::Samples],
    groups: usize,
    dx: &mut [N::Samples],
) {
    in_columns!(groups, |g| backward_columns::<N>(w, n_out, dy, groups, g, dx));
}

#[inline(always)]
fn backward_columns<N: Number, const C: usize>(
    w: &[N],
    n_out: usize,
    dy: &[N::Samples],
    groups: usize,
    g: usize,
    dx: &mut [N::Samples],
) {
    let mut sums: [[N::Samples; C]; K] = columns(dx, groups, g);
    let w: [&[N]; K] = from_fn(|k| &w[k * n_out..][..dy.len() / groups]);
    for (o, row) in dy.chunks_exact(groups).enumerate() {
        let d: &[N::Samples] = &row[g..g + C];
        for k in 0..K {
            let weight = w[k][o].spread();
            for c in 0..C {
                sums[k][c] = sums[k][c] + weight * d[c];
            }
        }
    }
    for k in 0..K {
        dx[k * groups + g..][..C].copy_from_slice(&sums[k]);
    }
}

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
