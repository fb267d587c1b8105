//! Pictures with greys, a batch at a time: from levels to the numbers that [`dense`](super::dense) layers read.
//!
//! Pictures stay in memory as levels, a quarter of what their numbers would take. A batch of numbers is small enough
//! for a processor's second-level cache, where the first layer and the loss find it.

use crate::num::grey::VALUES;
use crate::num::{Number, lanes::SAMPLES};
use std::array::from_fn;

/// `x[i][g]` becomes pixel i of the four samples of group g; 0 for samples that the last group lacks.
///
/// `levels` gives each sample's pixels, at least as many as `x`, which is `[pixels, groups]`, has rows.
#[inline(never)]
pub fn spread<'a, N: Number>(
    mut levels: impl Iterator<Item = &'a [u8]>,
    groups: usize,
    x: &mut [N::Samples],
) {
    let n_in = x.len() / groups;
    for g in 0..groups {
        let four: [Option<&[u8]>; SAMPLES] = from_fn(|_| levels.next().map(|sample| &sample[..n_in]));
        for (i, row) in x.chunks_exact_mut(groups).enumerate() {
            let value = |sample: Option<&[u8]>| sample.map_or(0.0, |levels| VALUES[usize::from(levels[i])]);
            row[g] = N::gather(four.map(|sample| N::splat(value(sample))));
        }
    }
}
