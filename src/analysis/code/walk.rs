//! A walk along the code: from one end of what the data use to the other.

use crate::num::matrix::{WrongShape, expect_width};
use crate::num::order;
use ndarray::ArrayView2;

/// The code at a share of the way from the data's smallest to their largest first number: 0 and 1
/// are these two, −0.1 is a tenth of the way beyond. The other numbers of a wider code stand at
/// their means. `codes` is `[n, code]`; without any, the code is 0.
///
/// ```
/// use bottleneck::analysis::code::walk::place;
/// use bottleneck::ndarray::array;
/// assert_eq!(place(array![[2.0], [4.0], [3.0]].view(), 0.25), [2.5]);
/// assert_eq!(place(array![[0.0, 7.0], [1.0, 9.0]].view(), 1.5), [1.5, 8.0]);
/// ```
pub fn place(codes: ArrayView2<'_, f32>, share: f32) -> Vec<f32> {
    let (n, width) = codes.dim();
    if n == 0 {
        return vec![0.0; width];
    }
    let first = || (0..n).map(|i| codes[[i, 0]]);
    let low = first().fold(f32::INFINITY, |a, b| if b < a { b } else { a });
    let high = first().fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a });
    let mean = |k| ((0..n).map(|i| f64::from(codes[[i, k]])).sum::<f64>() / n as f64) as f32;
    (0..width).map(|k| if k == 0 { low + (high - low) * share } else { mean(k) }).collect()
}

/// `n` evenly spaced codes from `low` to `high`, both included.
///
/// ```
/// use bottleneck::analysis::code::walk::line;
/// assert_eq!(line(-1.0, 1.0, 5), [-1.0, -0.5, 0.0, 0.5, 1.0]);
/// ```
pub fn line(low: f32, high: f32, n: u32) -> Vec<f32> {
    let step = (high - low) / n.saturating_sub(1).max(1) as f32;
    (0..n).map(|i| low + i as f32 * step).collect()
}

/// The numbers of the images whose codes are nearest to `z`, the nearest first; of equally near
/// ones, the lower number first. At most `count` of them; `codes` is `[n, code]`.
///
/// # Errors
///
/// [`WrongShape`] unless codes are as wide as `z`.
///
/// ```
/// use bottleneck::analysis::code::walk::nearest;
/// use bottleneck::ndarray::array;
/// let codes = array![[2.0], [4.0], [3.0], [9.0]];
/// assert_eq!(nearest(codes.view(), &[3.1], 2), Ok(vec![2, 1]));
/// let error = nearest(codes.view(), &[3.1, 0.0], 2).unwrap_err();
/// assert_eq!(error.to_string(), "codes: expected the shape [n, 2], found [4, 1]");
/// ```
pub fn nearest(codes: ArrayView2<'_, f32>, z: &[f32], count: usize) -> Result<Vec<u32>, WrongShape> {
    expect_width("codes", z.len(), &codes)?;
    let squares = |i| z.iter().enumerate().map(move |(k, b)| (codes[[i, k]] - b) * (codes[[i, k]] - b));
    let order: Vec<(f32, u32)> = (0..codes.nrows()).map(|i| squares(i).sum::<f32>()).zip(0..).collect();
    // Equally near ones stay in order of number.
    let order = order::sorted_by(&order, |a, b| a.0.total_cmp(&b.0).is_lt());
    Ok(order.into_iter().take(count).map(|(_, image)| image).collect())
}
