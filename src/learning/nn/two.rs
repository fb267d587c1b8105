//! The kernels of [`binary`](super::binary) for a layer of two neurons, that of the paper's network.
//!
//! One of its sums fills half a vector, so two stand in each: forwards those of two samples, backwards those of two inputs.
//! A table has two subsets in a vector, which makes it half as long. The orders are those of `binary`, and so are the bits.
//! (A sum that is zero may have another sign; the relu that follows knows none.) Backwards, a table of all 256 bytes is made
//! of the tables of each byte's halves, which pays from [`FEWEST_INPUTS`] on.

use crate::num::lanes::SAMPLES;
use std::array::from_fn;
use wide::{bytemuck, f32x4, u64x2};

/// From how many inputs on these kernels are the faster ones.
pub(super) const FEWEST_INPUTS: usize = 64;

/// Neurons.
const TWO: usize = 2;

/// Bytes of a sample whose tables are made at a time: 8 KiB, which stay in the first-level cache.
const BYTES: usize = 16;

/// The sums of all subsets of four terms, two of them in a vector.
type Table = [f32x4; 8];

/// What the neurons have.
type Sums = [f32; TWO];

/// The same as one number of 64 bits, which is loaded at once.
type Entry = u64;

/// The tables of a byte's halves.
type Halves = [Table; 2];

/// Two entries in a vector.
#[inline(always)]
fn beside(first: Entry, second: Entry) -> f32x4 {
    bytemuck::cast(u64x2::from([first, second]))
}

/// The sums that four terms have, of which each vector holds two.
#[inline(always)]
fn table(terms: [f32x4; 2]) -> Table {
    let [[a, b], [c, d]]: [[Entry; 2]; 2] = bytemuck::cast(terms);
    let [_, a_and_b]: [Entry; 2] = bytemuck::cast(beside(b, a) + terms[0]);
    let (zero, c, d) = (f32x4::splat(0.0), beside(c, c), beside(d, d));
    let low = [beside(0, a), beside(b, a_and_b)];
    let high = [zero, c, d, c + d];
    from_fn(|v| low[v % 2] + high[v / 2])
}

/// A table, subset by subset.
#[inline(always)]
fn subsets(table: &Table) -> &[Entry; 16] {
    bytemuck::cast_ref(table)
}

/// Adds `Σ_i x[s][i]·w[i][o]` to `y[s][o]`, whose rows are four numbers apart; see [`binary::forward`](super::binary::forward).
#[inline(never)]
pub(super) fn forward<'a>(bits: impl Iterator<Item = &'a [u8]> + Clone, w: &[f32], y: &mut [f32]) {
    let mut tables: [Halves; BYTES] = [[[f32x4::splat(0.0); 8]; 2]; BYTES];
    for (chunk, weights) in w.chunks(BYTES * 8 * TWO).enumerate() {
        let tables = &mut tables[..weights.len().div_ceil(8 * TWO)];
        for (halves, weights) in tables.iter_mut().zip(weights.chunks(8 * TWO)) {
            let whole: [f32; 8 * TWO] = weights.first_chunk().copied().unwrap_or_else(|| filled_up(weights));
            let [low, high] = bytemuck::cast(whole);
            *halves = [table(low), table(high)];
        }
        let mut bits = bits.clone().map(|bits| &bits[chunk * BYTES..][..tables.len()]);
        for rows in y.chunks_mut(SAMPLES * SAMPLES) {
            let Some(first) = bits.next() else { return };
            // Four samples at a time; in the place of absent ones stands the first.
            let samples: [&[u8]; SAMPLES] =
                from_fn(|k| if k == 0 { first } else { bits.next().unwrap_or(first) });
            let mut sums = [[0.0; TWO]; SAMPLES];
            for (sums, row) in sums.iter_mut().zip(rows.chunks_exact(SAMPLES)) {
                sums.copy_from_slice(&row[..TWO]);
            }
            let mut sums: [f32x4; 2] = bytemuck::cast(sums);
            let [b0, b1, b2, b3] = samples.map(|bytes| bytes.iter());
            for (halves, ((b0, b1), (b2, b3))) in tables.iter().zip(b0.zip(b1).zip(b2.zip(b3))) {
                let [low, high] = halves.each_ref().map(subsets);
                let of = |a: u8, b: u8| {
                    let low = beside(low[usize::from(a & 15)], low[usize::from(b & 15)]);
                    low + beside(high[usize::from(a >> 4)], high[usize::from(b >> 4)])
                };
                sums = [sums[0] + of(*b0, *b1), sums[1] + of(*b2, *b3)];
            }
            let sums: [Sums; SAMPLES] = bytemuck::cast(sums);
            for (row, sums) in rows.chunks_exact_mut(SAMPLES).zip(sums) {
                row[..TWO].copy_from_slice(&sums);
            }
        }
    }
}

/// Weights with zeros in the place of those that are not there.
#[inline(never)]
fn filled_up(weights: &[f32]) -> [f32; 8 * TWO] {
    from_fn(|i| weights.get(i).copied().unwrap_or(0.0))
}

/// See [`binary::weight_gradient`](super::binary::weight_gradient); `dy` is `[2, 4·groups]`.
#[inline(never)]
pub(super) fn weight_gradient(across: &[u8], dy: &[f32], dw: &mut [f32]) {
    let n_in = dw.len() / TWO;
    let mut whole: [Table; 16] = [[f32x4::splat(0.0); 8]; 16];
    let dy = dy.split_at(dy.len() / TWO);
    dw.fill(0.0);
    for (h, bytes) in across.chunks_exact(n_in).enumerate() {
        let sample = |dy: &[f32], s: usize| dy.get(s).copied().unwrap_or(0.0);
        let samples: [Sums; 8] = from_fn(|k| [sample(dy.0, 8 * h + k), sample(dy.1, 8 * h + k)]);
        let [low, high] = bytemuck::cast(samples);
        let (low, high) = (table(low), table(high));
        for (rows, &high) in whole.iter_mut().zip(subsets(&high)) {
            *rows = low.map(|low| low + beside(high, high));
        }
        let sums: &[Entry; 256] = bytemuck::cast_ref(&whole);
        let of = |byte: u8| sums[usize::from(byte)];
        let (pairs, rest) = dw.as_chunks_mut::<4>();
        let (bytes, last) = bytes.as_chunks::<2>();
        for (pair, &[a, b]) in pairs.iter_mut().zip(bytes) {
            *pair = (f32x4::from(*pair) + beside(of(a), of(b))).to_array();
        }
        if let ([p, q], &[byte]) = (rest, last) {
            let [a, b]: Sums = bytemuck::cast(of(byte));
            (*p, *q) = (*p + a, *q + b);
        }
    }
}
