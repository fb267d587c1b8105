//! A batch of binary images turned round: from eight pixels of one sample in a byte to eight samples of one pixel.
//!
//! Forwards, [`binary`] goes through the pixels of each sample; backwards, and where outputs meet their targets, through
//! the samples of each pixel.

#[cfg(doc)]
use super::binary;
use std::array::from_fn;
use wide::{bytemuck::cast, u8x16, u32x4};

/// Samples in a byte.
pub const SAMPLES_IN_A_BYTE: usize = 8;

/// The batch seen across its samples: bit k of entry `[h][i]` is input i of sample 8h + k.
///
/// `bits` gives each sample's inputs as [`binary::forward`] has them; samples that the last row lacks count as 0.
/// `across` is `[⌈samples / 8⌉, n_in]`.
#[inline(never)]
pub fn across_samples<'a>(bits: impl Iterator<Item = &'a [u8]>, n_in: usize, across: &mut [u8]) {
    let mut bits = bits.fuse();
    for row in across.chunks_exact_mut(n_in) {
        let eight: [&[u8]; SAMPLES_IN_A_BYTE] = from_fn(|_| bits.next().unwrap_or_default());
        if n_in <= 8 {
            // The four pixels of a census take less time one by one.
            for (i, across) in row.iter_mut().enumerate() {
                let bit = |k: usize| eight[k].first().map_or(0, |byte| (byte >> i & 1) << k);
                *across = (0..SAMPLES_IN_A_BYTE).fold(0, |bits, k| bits | bit(k));
            }
            continue;
        }
        for (i, row) in row.chunks_mut(128).enumerate() {
            let columns: [u8; 128] =
                cast(transpose_bits(eight.map(|bits| vector(&bits[(16 * i).min(bits.len())..]))));
            row.copy_from_slice(&columns[..row.len()]);
        }
    }
}

/// The first 16 bytes, filled up with zeros.
#[inline(always)]
fn vector(bytes: &[u8]) -> u32x4 {
    if let Some(sixteen) = bytes.first_chunk::<16>() {
        return cast(*sixteen);
    }
    // All of a picture of 8 × 8 pixels.
    match <[u8; 8]>::try_from(bytes) {
        Ok(eight) => cast([eight, [0; 8]]),
        Err(_) => cast(filled_up(bytes)),
    }
}

/// Apart, for [`vector`] to be a load nearly always.
#[inline(never)]
fn filled_up(bytes: &[u8]) -> [u8; 16] {
    let mut sixteen = [0; 16];
    for (to, &from) in sixteen.iter_mut().zip(bytes) {
        *to = from;
    }
    sixteen
}

/// Eight rows of 128 bits to 128 columns of eight, a byte each.
#[inline(always)]
fn transpose_bits(rows: [u32x4; 8]) -> [u8x16; 8] {
    // Within each column of bytes, blocks of 4 × 4, then of 2 × 2 bits, then single bits change places across the diagonal.
    let rows = change_places::<4>(rows, 0x0f0f_0f0f);
    let rows = change_places::<2>(rows, 0x3333_3333);
    let rows = change_places::<1>(rows, 0x5555_5555);
    // Now byte j of row k is column 8j + k. To shuffle two halves into each other moves an index's first bit to its end;
    // three times, and 16k + j has become 8j + k.
    shuffle_halves(shuffle_halves(shuffle_halves(rows.map(cast))))
}

/// Blocks of `D × D` bits change places across the diagonal. Four bytes are shifted at a time; the mask takes what came
/// over from a neighbour.
#[inline(always)]
fn change_places<const D: usize>(rows: [u32x4; 8], mask: u32) -> [u32x4; 8] {
    let mask = u32x4::splat(mask);
    let differ = |k: usize| ((rows[k] >> D as u32) ^ rows[k + D]) & mask;
    from_fn(|k| rows[k] ^ if k & D == 0 { differ(k) << D as u32 } else { differ(k - D) })
}

/// The first half and the second, byte by byte in turn.
#[inline(always)]
fn shuffle_halves(bytes: [u8x16; 8]) -> [u8x16; 8] {
    from_fn(|i| {
        let halves = (bytes[i / 2], bytes[i / 2 + 4]);
        if i % 2 == 0 {
            u8x16::unpack_low(halves.0, halves.1)
        } else {
            u8x16::unpack_high(halves.0, halves.1)
        }
    })
}
