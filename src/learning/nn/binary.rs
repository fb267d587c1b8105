//! The first layer, whose inputs are 0 or 1: sums of subsets, looked up instead of multiplied.
//!
//! With binary inputs a layer only ever adds up subsets of its weights. Four inputs have sixteen
//! subsets; a table of their sums turns four multiplications and additions into one addition
//! (the method of the four Russians). Forwards, the table is over four pixels and serves all
//! samples; backwards, it is over four samples and serves all pixels.
//!
//! A byte holds two subsets, of its lower and its upper four bits. Backwards, where a layer has many inputs and few
//! neurons, a table of all 256 bytes is made of the two tables of sixteen.
//!
//! The order of the sums: the four members of a group as `(0 + 1) + (2 + 3)`, absent members left out; then the two
//! groups of a byte as one sum; then the bytes in ascending order, forwards after the bias.

#[cfg(doc)]
use super::across::across_samples;
use super::two;
use crate::num::{Many, Number, Real, lanes::SAMPLES};
use std::array::from_fn;

/// Vectors of all tables made at a time: enough to make up for going through all samples once more, few enough to
/// stay in the first-level cache.
const TABLES: usize = 64;

/// Bytes of [`across_samples`] worked on at a time on the way back: those of a batch of 32.
const BYTES: usize = 4;

/// How many values of scratch the functions here need; its content does not matter.
pub const SCRATCH_LEN: usize = {
    let (forwards, backwards) = (TABLES * 16, BYTES * (2 * 16 + 256));
    if forwards > backwards { forwards } else { backwards }
};

/// Vectors in the widest block.
const MOST_VECTORS: usize = 4;

/// Neurons in a vector.
const LANES: usize = SAMPLES;

/// Four neighbouring neurons of one sample stand in one vector, as four samples of one neuron do
/// elsewhere; a block is `V` such vectors.
type Block<N, const V: usize> = [<N as Number>::Samples; V];

/// The sums of all subsets of four terms, as two sums of pairs whose own sum is yet to be taken.
#[derive(Clone, Copy)]
struct Pairs<T> {
    low: [T; 4],
    high: [T; 4],
}

impl<T: Real> Pairs<T> {
    /// Of four terms.
    #[inline(always)]
    fn new([a, b, c, d]: [T; 4]) -> Self {
        let zero = T::splat(0.0);
        Pairs { low: [zero, a, b, a + b], high: [zero, c, d, c + d] }
    }

    /// The sum of those whose bit is set in `subset`, from bit 0 on.
    #[inline(always)]
    fn sum(&self, subset: u8) -> T {
        self.low[usize::from(subset & 3)] + self.high[usize::from(subset >> 2 & 3)]
    }
}

/// The sums of all subsets of four terms.
type Table<N, const V: usize> = [Block<N, V>; 16];

/// The sums that `terms` have.
#[inline(always)]
fn fill<N: Number, const V: usize>(table: &mut Table<N, V>, terms: [Block<N, V>; 4]) {
    let pairs = Pairs::new(terms.map(Many));
    *table = from_fn(|subset| pairs.sum(subset as u8).0);
}

/// Scratch seen as blocks.
#[inline(always)]
fn blocks<N: Number, const V: usize>(scratch: &mut [N::Samples]) -> &mut [Block<N, V>] {
    scratch.as_chunks_mut::<V>().0
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

/// A block of each of the first four rows; 0 for rows that the matrix lacks.
#[inline(always)]
fn four_rows<N: Number, const V: usize>(matrix: &[N], n_out: usize, first: usize) -> [Block<N, V>; 4] {
    match matrix.get(first..first + 3 * n_out + LANES * V) {
        // Almost always. Told apart once for all rows: each by itself would take longer than the sums.
        Some(whole) => from_fn(|k| load::<N, V>(&whole[k * n_out..][..LANES * V])),
        None => from_fn(|k| load::<N, V>(matrix.get(first + k * n_out..).unwrap_or_default())),
    }
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

/// Whether [`two`] has kernels for a layer with so many weights and neurons.
fn is_for_two(n_weights: usize, n_out: usize) -> bool {
    n_out == 2 && n_weights >= 2 * two::FEWEST_INPUTS
}

/// `y[s][o] = b[o] + Σ_i x[s][i]·w[i][o]`.
///
/// `bits` gives each sample's inputs, eight to a byte (bit k of byte j is input 8j + k);
/// `w` is `[n_in, n_out]`, `y` is `[samples, stride(n_out)]`, both row-major.
pub fn forward<'a, N: Number>(
    bits: impl Iterator<Item = &'a [u8]> + Clone,
    w: &[N],
    b: &[N],
    y: &mut [N],
    scratch: &mut [N::Samples],
) {
    let n_out = b.len();
    // Row after row would cost a call each, and of two neurons that takes longer than their sums.
    let mut filled = stride(n_out).min(y.len());
    for (i, y) in y[..filled].iter_mut().enumerate() {
        // Zeros beside the biases: what gathers there would otherwise grow from step to step.
        *y = b.get(i).copied().unwrap_or_default();
    }
    while filled < y.len() {
        let more = filled.min(y.len() - filled);
        y.copy_within(..more, filled);
        filled += more;
    }
    if is_for_two(w.len(), n_out)
        && let (Some(w), Some(y)) = (N::weights_of(w), N::weights_of_mut(y))
    {
        return two::forward(bits, w, y);
    }
    in_blocks!(n_out, |first| forward_block::<N>(bits.clone(), w, n_out, first, y, scratch));
}

#[inline(never)]
fn forward_block<'a, N: Number, const V: usize>(
    bits: impl Iterator<Item = &'a [u8]> + Clone,
    w: &[N],
    n_out: usize,
    first: usize,
    y: &mut [N],
    scratch: &mut [N::Samples],
) {
    let tables = blocks::<N, V>(scratch).as_chunks_mut::<16>().0;
    let at_a_time = TABLES / V;
    for (chunk, weights) in w.chunks(at_a_time * 4 * n_out).enumerate() {
        let tables = &mut tables[..weights.len().div_ceil(4 * n_out)];
        for (q, table) in tables.iter_mut().enumerate() {
            fill::<N, V>(table, four_rows::<N, V>(&weights[q * 4 * n_out..], n_out, first));
        }
        let (pairs, single) = tables.as_chunks::<2>();
        let bits = bits.clone().map(|bits| bits[chunk * at_a_time / 2..].split_at(pairs.len()));
        for (row, (bytes, rest)) in y.chunks_exact_mut(stride(n_out)).zip(bits) {
            let row = &mut row[first..];
            let mut sums = Many(load::<N, V>(row));
            for (tables, &byte) in pairs.iter().zip(bytes) {
                sums = sums + both::<N, V>(tables, byte);
            }
            if let ([table], [byte, ..]) = (single, rest) {
                sums = sums + Many(table[usize::from(byte & 15)]);
            }
            store::<N, V>(sums.0, row);
        }
    }
}

/// The sum of the two subsets of a byte.
#[inline(always)]
fn both<N: Number, const V: usize>([low, high]: &[Table<N, V>; 2], byte: u8) -> Many<N::Samples, V> {
    Many(low[usize::from(byte & 15)]) + Many(high[usize::from(byte >> 4)])
}

/// The subsets of a byte, each the sum of one subset of either half.
#[inline(always)]
fn join<N: Number, const V: usize>(table: &mut [Block<N, V>; 256], [low, high]: &[Table<N, V>; 2]) {
    let (rows, _) = table.as_chunks_mut::<16>();
    for (row, high) in rows.iter_mut().zip(high) {
        *row = low.map(|low| (Many(low) + Many(*high)).0);
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
    if is_for_two(dw.len(), n_out)
        && let (Some(dy), Some(dw)) = (N::numbers_of(dy), N::weights_of_mut(dw))
    {
        return two::weight_gradient(across, dy, dw);
    }
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
    let bytes = groups.div_ceil(2);
    let (n_in, n_out) = (across.len() / bytes, dy.len() / groups);
    let (halves, rest) = blocks::<N, V>(scratch).split_at_mut(BYTES * 2 * 16);
    let halves = halves.as_chunks_mut::<16>().0.as_chunks_mut::<2>().0;
    // A table of bytes is made once and looked up for each input. Of wide blocks it would not stay in the cache.
    let whole: &mut [[Block<N, V>; 256]] =
        if V == 1 && n_in > 256 { rest.as_chunks_mut().0 } else { &mut [] };
    for start in (0..bytes).step_by(BYTES) {
        let groups_here = (groups - 2 * start).min(2 * BYTES);
        for (g, table) in halves.as_flattened_mut()[..groups_here].iter_mut().enumerate() {
            fill::<N, V>(table, four_samples::<N, V>(dy, groups, 2 * start + g, first));
        }
        let pairs = &halves[..groups_here / 2];
        // The last group has no other beside it if there is an odd number of them.
        let single = (groups_here % 2 == 1).then(|| &halves[groups_here / 2][0]);
        let mut whole = whole.first_chunk_mut::<BYTES>().filter(|_| pairs.len() == BYTES);
        for (table, pair) in whole.iter_mut().flat_map(|tables| tables.iter_mut()).zip(pairs) {
            join::<N, V>(table, pair);
        }
        let rows: [&[u8]; BYTES] = from_fn(|h| &across[(start + h).min(bytes - 1) * n_in..][..n_in]);
        for (i, row) in dw.chunks_exact_mut(n_out).enumerate() {
            let row = &mut row[first..];
            let mut sums = Many(if start == 0 { [N::Samples::splat(0.0); V] } else { load::<N, V>(row) });
            if let Some(tables) = &whole {
                // The usual case, of a length that the compiler knows.
                for h in 0..BYTES {
                    sums = sums + Many(tables[h][usize::from(rows[h][i])]);
                }
            } else {
                for (tables, row) in pairs.iter().zip(&rows) {
                    sums = sums + both::<N, V>(tables, row[i]);
                }
                if let Some(table) = single {
                    sums = sums + Many(table[usize::from(rows[pairs.len() % BYTES][i] & 15)]);
                }
            }
            store::<N, V>(sums.0, row);
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
