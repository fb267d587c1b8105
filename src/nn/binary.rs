//! The first layer, whose inputs are 0 or 1: sums of subsets, looked up instead of multiplied.
//!
//! With binary inputs a layer only ever adds up subsets of its weights. Four inputs have sixteen
//! subsets; a table of their sums turns four multiplications and additions into one addition
//! (the method of the four Russians). Forwards, the table is over four pixels and serves all
//! samples; backwards, it is over four samples and serves all pixels.
//!
//! A subset stands in the upper half of a byte, bit 4 + k for its member k: shifted down to where a table is looked
//! up, it is below sixteen for the compiler to see, and on the way to an address that shift and the one up cancel.
//!
//! The order of the sums: the four members of a group as `(0 + 1) + (2 + 3)`, absent members left
//! out; then the groups in ascending order, after the bias.

use crate::num::{Many, Number, Real, lanes::SAMPLES};
use std::array::from_fn;
use wide::{bytemuck::cast, u32x4};

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

    /// The sum of those whose bit is set in `subset`, from bit 0 on.
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
    (Many(sums) + Many(table[usize::from(subset >> 4)])).0
}

/// The numbers at the beginning of a matrix, or of what is left of one; 0 where nothing is left.
///
/// A row that is shorter than a block is loaded with the beginning of the next one, which costs less than to tell
/// where it ends: what is computed in those lanes, nobody reads.
#[inline(always)]
fn load<N: Number, const V: usize>(matrix: &[N]) -> Block<N, V> {
    if let Some(whole) = matrix.as_chunks().0.first_chunk::<V>() {
        return from_fn(|v| N::gather(whole[v]));
    }
    let number = |i: usize| matrix.get(i).copied().unwrap_or_default();
    from_fn(|v| N::gather(from_fn(|j| number(LANES * v + j))))
}

/// A block into what is left of a row.
#[inline(always)]
fn store<N: Number, const V: usize>(block: Block<N, V>, row: &mut [N]) {
    if let Some(whole) = row.as_chunks_mut().0.first_chunk_mut::<V>() {
        *whole = block.map(N::scatter);
        return;
    }
    // Three stores written out: a loop of unknown length costs more than all the sums before it. Only a single vector
    // is ever filled up.
    let values = N::scatter(block[0]);
    row[0] = values[0];
    if row.len() > 1 {
        row[1] = values[1];
    }
    if row.len() > 2 {
        row[2] = values[2];
    }
}

/// Calls a function for blocks of four vectors and of one, of which the last may be filled up. Where networks stand
/// side by side, one such vector fills the registers.
macro_rules! in_blocks {
    ($n_out:expr, |$first:ident| $function:ident::<$number:ty>($($argument:expr),*)) => {{
        let mut $first = 0;
        while $first < $n_out {
            if <$number>::NETWORKS == 1 && $n_out - $first >= MOST_VECTORS * LANES {
                $function::<$number, MOST_VECTORS>($($argument),*);
                $first += MOST_VECTORS * LANES;
            } else {
                $function::<$number, 1>($($argument),*);
                $first += LANES;
            }
        }
    }};
}

/// Numbers from one row of [`forward`]'s result to the next: whole vectors, so that a row is read and written as such.
pub fn stride(n_out: usize) -> usize {
    n_out.next_multiple_of(LANES)
}

/// `y[s][o] = b[o] + Σ_i x[s][i]·w[i][o]`.
///
/// `quads` gives each sample's inputs, four to a byte (bit 4 + k of byte q is input 4q + k);
/// `w` is `[n_in, n_out]`, `y` is `[samples, stride(n_out)]`, both row-major.
pub fn forward<'a, N: Number>(
    quads: impl Iterator<Item = &'a [u8]> + Clone,
    w: &[N],
    b: &[N],
    y: &mut [N],
    scratch: &mut [N::Samples],
) {
    let n_out = b.len();
    for row in y.chunks_exact_mut(stride(n_out)) {
        let (row, padding) = row.split_at_mut(n_out);
        row.copy_from_slice(b);
        // What gathers there would otherwise grow from step to step.
        padding.fill(N::splat(0.0));
    }
    in_blocks!(n_out, |first| forward_block::<N>(quads.clone(), w, n_out, first, y, scratch));
}

#[inline(never)]
fn forward_block<'a, N: Number, const V: usize>(
    quads: impl Iterator<Item = &'a [u8]> + Clone,
    w: &[N],
    n_out: usize,
    first: usize,
    y: &mut [N],
    scratch: &mut [N::Samples],
) {
    let tables = tables::<N, V>(scratch);
    for (chunk, weights) in w.chunks(TABLES * 4 * n_out).enumerate() {
        let n_quads = weights.len().div_ceil(4 * n_out);
        for (table, weights) in tables.iter_mut().zip(weights.chunks(4 * n_out)) {
            let mut rows = [[N::Samples::splat(0.0); V]; 4];
            for (k, row) in rows.iter_mut().enumerate().take(weights.len() / n_out) {
                *row = load::<N, V>(&weights[k * n_out + first..]);
            }
            let pairs = Pairs::new(rows.map(Many));
            *table = from_fn(|subset| pairs.sum(subset as u8).0);
        }
        let mut subsets = quads.clone().map(|subsets| &subsets[chunk * TABLES..][..n_quads]);
        let mut rows = y.chunks_exact_mut(stride(n_out)).map(|row| &mut row[first..]);
        while let (Some(row), Some(subset)) = (rows.next(), subsets.next()) {
            // Each addition to a sum waits for the one before it: where there is one sum a sample, two samples go
            // together.
            let second = if V == 1 && N::NETWORKS == 1 { rows.next().zip(subsets.next()) } else { None };
            match second {
                Some((other, more)) => add_subsets::<N, V, 2>([row, other], [subset, more], tables),
                None => add_subsets::<N, V, 1>([row], [subset], tables),
            }
        }
    }
}

/// Adds to a block of each of `P` samples what the tables have for its subsets.
#[inline(always)]
fn add_subsets<N: Number, const V: usize, const P: usize>(
    rows: [&mut [N]; P],
    subsets: [&[u8]; P],
    tables: &[[Block<N, V>; 16]; TABLES],
) {
    let mut sums: [Block<N, V>; P] = from_fn(|p| load::<N, V>(rows[p]));
    let mut add = |t: usize, subsets: [&[u8]; P]| {
        for p in 0..P {
            sums[p] = add_subset::<N, V>(sums[p], &tables[t], subsets[p][t]);
        }
    };
    if subsets[0].len() == TABLES {
        // The usual case, of a length that the compiler knows.
        let subsets = subsets.map(|subsets| &subsets[..TABLES]);
        for t in 0..TABLES {
            add(t, subsets);
        }
    } else {
        for t in 0..subsets[0].len() {
            add(t, subsets);
        }
    }
    for (row, sums) in rows.into_iter().zip(sums) {
        store::<N, V>(sums, row);
    }
}

/// The batch seen across its samples: bit 4 + k of entry `[g][i]` is input i of sample 4g + k.
///
/// `inputs` gives each sample's inputs as 0 or 1; samples that the last group lacks count as 0.
/// `across` is `[groups, n_in]`.
#[inline(never)]
pub fn across_samples<'a>(inputs: impl Iterator<Item = &'a [u8]>, n_in: usize, across: &mut [u8]) {
    let mut inputs = inputs.fuse();
    for row in across.chunks_exact_mut(n_in) {
        let four: [&[u8]; SAMPLES] = from_fn(|_| inputs.next().map_or([].as_slice(), |input| &input[..n_in]));
        let vectors = four.map(|input| input.as_chunks::<16>().0);
        let (rows, _) = row.as_chunks_mut::<16>();
        let whole = rows.len().min(vectors[SAMPLES - 1].len());
        for (i, bits) in rows[..whole].iter_mut().enumerate() {
            // Four bytes a lane: processors shift those, but not single bytes, and a bit stays within its byte.
            let [a, b, c, d] = vectors.map(|input| cast::<[u8; 16], u32x4>(input[i]));
            *bits = cast(((a << 4u32) | (b << 5u32)) | ((c << 6u32) | (d << 7u32)));
        }
        for i in 16 * whole..n_in {
            let bit = |k: usize| four[k].get(i).map_or(0, |x| x << (4 + k));
            row[i] = (0..SAMPLES).fold(0, |bits, k| bits | bit(k));
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
    in_blocks!(n_out, |first| gradient_block::<N>(across, dy, groups, first, dw, scratch));
}

#[inline(never)]
fn gradient_block<N: Number, const V: usize>(
    across: &[u8],
    dy: &[N::Samples],
    groups: usize,
    first: usize,
    dw: &mut [N],
    scratch: &mut [N::Samples],
) {
    let (n_in, n_out) = (across.len() / groups, dy.len() / groups);
    let (tables, _) =
        tables::<N, V>(scratch).split_first_chunk_mut::<GROUPS>().expect("more tables than groups");
    for start in (0..groups).step_by(GROUPS) {
        let here = GROUPS.min(groups - start);
        for (g, table) in tables[..here].iter_mut().enumerate() {
            let pairs = Pairs::new(four_samples::<N, V>(dy, groups, start + g, first).map(Many));
            *table = from_fn(|subset| pairs.sum(subset as u8).0);
        }
        let rows: [&[u8]; GROUPS] = from_fn(|g| &across[(start + g).min(groups - 1) * n_in..][..n_in]);
        for (i, row) in dw.chunks_exact_mut(n_out).enumerate() {
            let row = &mut row[first..];
            let mut sums = if start == 0 { [N::Samples::splat(0.0); V] } else { load::<N, V>(row) };
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
            store::<N, V>(sums, row);
        }
    }
}

/// The four samples of group `g`, each with its values for a block of neurons; 0 for those the layer lacks.
#[inline(always)]
fn four_samples<N: Number, const V: usize>(
    dy: &[N::Samples],
    groups: usize,
    g: usize,
    first: usize,
) -> [Block<N, V>; SAMPLES] {
    let neuron = |j: usize| N::scatter(dy.get((first + j) * groups + g).copied().unwrap_or_default());
    let blocks: [[[N; SAMPLES]; LANES]; V] = from_fn(|v| from_fn(|j| neuron(LANES * v + j)));
    from_fn(|s| from_fn(|v| N::gather(from_fn(|j| blocks[v][j][s]))))
}
