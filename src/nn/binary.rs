//! The first layer, whose inputs are 0 or 1: sums of subsets, looked up instead of multiplied.
//!
//! With binary inputs a layer only ever adds up subsets of its weights. Four inputs have sixteen
//! subsets; a table of their sums turns four multiplications and additions into one addition
//! (the method of the four Russians). Forwards, the table is over four pixels and serves all
//! samples; backwards, it is over four samples and serves all pixels.
//!
//! The order of the sums: the four members of a group as `(0 + 1) + (2 + 3)`, absent members left
//! out; then the groups in ascending order, after the bias.

use crate::num::{Many, Number, Real, lanes::SAMPLES};
use std::array::from_fn;

/// Tables made at a time: enough to make up for going through all samples once more, few enough to
/// stay in the first-level cache.
const TABLES: usize = 16;

/// Groups of samples worked on at a time on the way back: those of a batch of 32.
const GROUPS: usize = 8;

/// How many values of scratch the functions here need; its content does not matter.
pub const SCRATCH_LEN: usize = TABLES * 16 * MOST_VECTORS;

/// Vectors in the widest block.
const MOST_VECTORS: usize = 4;

/// Neurons in a vector.
const LANES: usize = SAMPLES;

/// Four neighbouring neurons of one sample stand in one vector, as four samples of one neuron do
/// elsewhere; a block is `V` such vectors.
type Block<N, const V: usize> = [<N as Number>::Samples; V];

/// The sums of all subsets of four terms, as two sums of pairs whose own sum is yet to be taken.
#[derive(Clone, Copy)]
pub(crate) struct Pairs<T> {
    low: [T; 4],
    high: [T; 4],
}

impl<T: Real> Pairs<T> {
    /// Of four terms.
    #[inline(always)]
    pub(crate) fn new([a, b, c, d]: [T; 4]) -> Self {
        let zero = T::splat(0.0);
        Pairs { low: [zero, a, b, a + b], high: [zero, c, d, c + d] }
    }

    /// The sum of those whose bit is set in `subset`.
    #[inline(always)]
    pub(crate) fn sum(&self, subset: u8) -> T {
        self.low[usize::from(subset & 3)] + self.high[usize::from(subset >> 2 & 3)]
    }
}

/// Scratch seen as tables of the sums of sixteen subsets.
#[inline(always)]
fn tables<N: Number, const V: usize>(scratch: &mut [N::Samples]) -> &mut [[Block<N, V>; 16]; TABLES] {
    let (blocks, _) = scratch.as_chunks_mut::<V>();
    let (tables, _) = blocks.as_chunks_mut::<16>();
    tables.first_chunk_mut().expect("scratch holds SCRATCH_LEN values")
}

/// `sums` plus the table's entry for a subset.
#[inline(always)]
fn add_subset<N: Number, const V: usize>(
    sums: Block<N, V>,
    table: &[Block<N, V>; 16],
    subset: u8,
) -> Block<N, V> {
    (Many(sums) + Many(table[usize::from(subset & 15)])).0
}

/// `W` neurons from `first` on, out of a row of numbers; the last vector is filled up with 0.
#[inline(always)]
fn load<N: Number, const V: usize, const W: usize>(row: &[N], first: usize) -> Block<N, V> {
    let row: &[N] = &row[first..first + W];
    from_fn(|v| N::gather(from_fn(|j| if LANES * v + j < W { row[LANES * v + j] } else { N::splat(0.0) })))
}

/// The inverse of [`load`].
#[inline(always)]
fn store<N: Number, const V: usize, const W: usize>(block: Block<N, V>, row: &mut [N], first: usize) {
    let values = block.map(N::scatter);
    for (j, slot) in row[first..first + W].iter_mut().enumerate() {
        *slot = values[j / LANES][j % LANES];
    }
}

/// Calls a function for blocks of `V` vectors with `W` neurons that cover all of a layer. Where networks stand
/// side by side, one such vector fills the registers.
macro_rules! in_blocks {
    ($n_out:expr, |$first:ident| $function:ident::<$number:ty>($($argument:expr),*)) => {{
        let mut $first = 0;
        while $first < $n_out {
            $first += match $n_out - $first {
                16.. if <$number>::NETWORKS == 1 => $function::<$number, 4, 16>($($argument),*),
                4.. => $function::<$number, 1, 4>($($argument),*),
                3 => $function::<$number, 1, 3>($($argument),*),
                2 => $function::<$number, 1, 2>($($argument),*),
                _ => $function::<$number, 1, 1>($($argument),*),
            };
        }
    }};
}

/// `y[s][o] = b[o] + Σ_i x[s][i]·w[i][o]`.
///
/// `quads` gives each sample's inputs, four to a byte (bit k of byte q is input 4q + k);
/// `w` is `[n_in, n_out]`, `y` is `[samples, n_out]`, both row-major.
pub fn forward<'a, N: Number>(
    quads: impl Iterator<Item = &'a [u8]> + Clone,
    w: &[N],
    b: &[N],
    y: &mut [N],
    scratch: &mut [N::Samples],
) {
    let n_out = b.len();
    for row in y.chunks_exact_mut(n_out) {
        row.copy_from_slice(b);
    }
    in_blocks!(n_out, |first| forward_block::<N>(quads.clone(), w, n_out, first, y, scratch));
}

#[inline(never)]
fn forward_block<'a, N: Number, const V: usize, const W: usize>(
    quads: impl Iterator<Item = &'a [u8]> + Clone,
    w: &[N],
    n_out: usize,
    first: usize,
    y: &mut [N],
    scratch: &mut [N::Samples],
) -> usize {
    let tables = tables::<N, V>(scratch);
    for (chunk, weights) in w.chunks(TABLES * 4 * n_out).enumerate() {
        let n_quads = weights.len().div_ceil(4 * n_out);
        for (table, weights) in tables.iter_mut().zip(weights.chunks(4 * n_out)) {
            let mut rows = [[N::Samples::splat(0.0); V]; 4];
            for (row, weights) in rows.iter_mut().zip(weights.chunks_exact(n_out)) {
                *row = load::<N, V, W>(weights, first);
            }
            let pairs = Pairs::new(rows.map(Many));
            *table = from_fn(|subset| pairs.sum(subset as u8).0);
        }
        for (row, subsets) in y.chunks_exact_mut(n_out).zip(quads.clone()) {
            let subsets = &subsets[chunk * TABLES..][..n_quads];
            let mut sums = load::<N, V, W>(row, first);
            if let Ok(subsets) = <&[u8; TABLES]>::try_from(subsets) {
                // The usual case, of a length that the compiler knows.
                for t in 0..TABLES {
                    sums = add_subset::<N, V>(sums, &tables[t], subsets[t]);
                }
            } else {
                for (table, &subset) in tables.iter().zip(subsets) {
                    sums = add_subset::<N, V>(sums, table, subset);
                }
            }
            store::<N, V, W>(sums, row, first);
        }
    }
    W
}

/// The batch seen across its samples: entry `[g][i]` has bit k set where input i of sample 4g + k is 1.
///
/// `inputs` gives each sample's inputs as 0 or 1; samples that the last group lacks count as 0.
/// `across` is `[groups, n_in]`.
#[inline(never)]
pub fn across_samples<'a>(inputs: impl Iterator<Item = &'a [u8]>, n_in: usize, across: &mut [u8]) {
    let mut inputs = inputs.fuse();
    for row in across.chunks_exact_mut(n_in) {
        let mut next = || inputs.next().map(|input| &input[..n_in]);
        match [next(), next(), next(), next()] {
            [Some(a), Some(b), Some(c), Some(d)] => {
                for i in 0..n_in {
                    // Additions of bits that do not overlap: bytes have no shift in wasm's vectors.
                    let (upper, lower) = (d[i] + d[i] + c[i], b[i] + b[i] + a[i]);
                    let twice = upper + upper;
                    row[i] = twice + twice + lower;
                }
            }
            some => {
                row.fill(0);
                for (k, input) in some.into_iter().flatten().enumerate() {
                    row.iter_mut().zip(input).for_each(|(bits, x)| *bits |= x << k);
                }
            }
        }
    }
}

/// `dw[i][o] = Σ_samples x[i]·dy[o]`, with `x` from [`across_samples`] and `dy` `[n_out, groups]`.
pub fn weight_gradient<N: Number>(
    across: &[u8],
    dy: &[N::Samples],
    groups: usize,
    dw: &mut [N],
    scratch: &mut [N::Samples],
) {
    let n_out = dy.len() / groups;
    dw.fill(N::splat(0.0));
    in_blocks!(n_out, |first| gradient_block::<N>(across, dy, groups, first, dw, scratch));
}

#[inline(never)]
fn gradient_block<N: Number, const V: usize, const W: usize>(
    across: &[u8],
    dy: &[N::Samples],
    groups: usize,
    first: usize,
    dw: &mut [N],
    scratch: &mut [N::Samples],
) -> usize {
    let (n_in, n_out) = (across.len() / groups, dy.len() / groups);
    let (tables, _) =
        tables::<N, V>(scratch).split_first_chunk_mut::<GROUPS>().expect("more tables than groups");
    for start in (0..groups).step_by(GROUPS) {
        let here = GROUPS.min(groups - start);
        for (g, table) in tables[..here].iter_mut().enumerate() {
            let pairs = Pairs::new(four_samples::<N, V, W>(dy, groups, start + g, first).map(Many));
            *table = from_fn(|subset| pairs.sum(subset as u8).0);
        }
        let rows: [&[u8]; GROUPS] = from_fn(|g| &across[(start + g).min(groups - 1) * n_in..][..n_in]);
        for (i, row) in dw.chunks_exact_mut(n_out).enumerate() {
            let mut sums = load::<N, V, W>(row, first);
            if here == GROUPS {
                // The usual case, of a length that the compiler knows.
                for g in 0..GROUPS {
                    sums = add_subset::<N, V>(sums, &tables[g], rows[g][i]);
                }
            } else {
                for (table, row) in tables[..here].iter().zip(&rows) {
                    sums = add_subset::<N, V>(sums, table, row[i]);
                }
            }
            store::<N, V, W>(sums, row, first);
        }
    }
    W
}

/// The four samples of group `g`, each with its values for a block of neurons.
#[inline(always)]
fn four_samples<N: Number, const V: usize, const W: usize>(
    dy: &[N::Samples],
    groups: usize,
    g: usize,
    first: usize,
) -> [Block<N, V>; SAMPLES] {
    let neuron = |j: usize| match j < W {
        true => N::scatter(dy[(first + j) * groups + g]),
        false => [N::splat(0.0); SAMPLES],
    };
    let blocks: [[[N; SAMPLES]; LANES]; V] = from_fn(|v| from_fn(|j| neuron(LANES * v + j)));
    from_fn(|s| from_fn(|v| N::gather(from_fn(|j| blocks[v][j][s]))))
}
