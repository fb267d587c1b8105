//! Levels of grey and their numbers.

/// The highest level, white; 0 is black.
pub const WHITE: u8 = 255;

/// The number of each level: `level as f32 / 255.0`, correctly rounded, from 0 to 1.
///
/// Looked up rather than divided: a division takes longer, and a product with 1/255 is another number for some levels.
///
/// ```
/// use bottleneck::num::grey::VALUES;
/// assert_eq!((VALUES[51], VALUES[255]), (0.2, 1.0));
/// ```
pub static VALUES: [f32; WHITE as usize + 1] = {
    let mut values = [0.0; WHITE as usize + 1];
    let mut level = 0;
    while level < values.len() {
        values[level] = level as f32 / WHITE as f32;
        level += 1;
    }
    values
};

/// `Σₚ (a[p] − b[p])²` of two rows of levels: a whole number, exact for up to 33,000 pixels. Given up where it comes to
/// `enough`, and any number from there on is the answer.
///
/// ```
/// use bottleneck::num::grey::squared_distance;
/// assert_eq!(squared_distance(&[0, 255, 7], &[3, 0, 7], u32::MAX), 9 + 255 * 255);
/// ```
#[inline(never)]
pub fn squared_distance(a: &[u8], b: &[u8], enough: u32) -> u32 {
    let square = |(&a, &b): (&u8, &u8)| {
        let off = i32::from(i16::from(a) - i16::from(b));
        off * off
    };
    let mut sum = 0;
    for (a, b) in a.chunks(LEVELS_AT_A_TIME).zip(b.chunks(LEVELS_AT_A_TIME)) {
        sum += a.iter().zip(b).map(square).sum::<i32>() as u32;
        if sum >= enough {
            break;
        }
    }
    sum
}

/// Levels between two looks at whether it is enough.
const LEVELS_AT_A_TIME: usize = 256;

/// `Σₚ a[p]·b[p]` of two rows of levels, exact for up to 33,000 pixels.
#[inline(never)]
pub fn product(a: &[u8], b: &[u8]) -> u32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(i16::from(a)) * i32::from(i16::from(b))).sum::<i32>() as u32
}

/// `to[q] += factor·from[q]`.
#[inline(never)]
pub fn add_multiple(to: &mut [u32], factor: u32, from: &[u32]) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}
