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
