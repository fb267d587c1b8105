//! A walk along the code: from one end of what the data use to the other.

use crate::num::order;

/// The code at a share of the way from the data's smallest to their largest first number: 0 and 1
/// are these two, −0.1 is a tenth of the way beyond. The other numbers of a wider code stand at
/// their means. `codes` is `[n, width]`; without any, the code is 0.
///
/// ```
/// use bottleneck::analysis::code::walk::place;
/// assert_eq!(place(&[2.0, 4.0, 3.0], 1, 0.25), [2.5]);
/// assert_eq!(place(&[0.0, 7.0, 1.0, 9.0], 2, 1.5), [1.5, 8.0]);
/// ```
pub fn place(codes: &[f32], width: usize, share: f32) -> Vec<f32> {
    let rows = codes.chunks_exact(width);
    let n = rows.len();
    if n == 0 {
        return vec![0.0; width];
    }
    let first = || rows.clone().map(|row| row[0]);
    let low = first().fold(f32::INFINITY, |a, b| if b < a { b } else { a });
    let high = first().fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a });
    let mean = |k: usize| (rows.clone().map(|row| f64::from(row[k])).sum::<f64>() / n as f64) as f32;
    (0..width).map(|k| if k == 0 { low + (high - low) * share } else { mean(k) }).collect()
}

/// The numbers of the images whose codes are nearest to `z`, the nearest first; of equally near
/// ones, the lower number first. At most `count` of them; `codes` is `[n, z.len()]`.
///
/// ```
/// use bottleneck::analysis::code::walk::nearest;
/// assert_eq!(nearest(&[2.0, 4.0, 3.0, 9.0], &[3.1], 2), [2, 1]);
/// ```
pub fn nearest(codes: &[f32], z: &[f32], count: usize) -> Vec<u32> {
    let distance = |row: &[f32]| row.iter().zip(z).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
    let order: Vec<(f32, u32)> = codes.chunks_exact(z.len().max(1)).map(distance).zip(0..).collect();
    // Equally near ones stay in order of number.
    let order = order::sorted_by(&order, |a, b| a.0.total_cmp(&b.0).is_lt());
    order.into_iter().take(count).map(|(_, image)| image).collect()
}
