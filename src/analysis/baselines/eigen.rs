//! Eigenvectors of a symmetric matrix, by nothing but +, −, ×, ÷ and √ of f64 in a written order.

use crate::num::matrix::{row, row_mut, slices};
use ndarray::{Array2, ArrayViewMut2, Axis};

/// `a · b`, rows of `b` added up in order.
pub fn times(a: &Array2<f64>, b: &Array2<f64>) -> Array2<f64> {
    let mut product = Array2::zeros((a.nrows(), b.ncols()));
    for i in 0..a.nrows() {
        for (k, &factor) in row(a, i).iter().enumerate() {
            add_scaled(row_mut(&mut product, i), factor, row(b, k));
        }
    }
    product
}

/// The inner product, in order.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>()
}

/// `to += factor · from`.
pub fn add_scaled(to: &mut [f64], factor: f64, from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}

/// Below this share of its former length a row counts as a combination of the rows before it.
const DEPENDENT: f64 = 1e-10;

/// Makes the rows orthonormal, each from what the rows before it leave (Gram and Schmidt, twice, so
/// that rounding leaves no trace); rows of which nothing is left become zero.
pub fn orthonormalise(rows: &mut Array2<f64>) {
    for i in 0..rows.nrows() {
        let before = dot(row(rows, i), row(rows, i)).sqrt();
        for _ in 0..2 {
            let (done, mut rest) = rows.view_mut().split_at(Axis(0), i);
            let left = row_mut(&mut rest, 0);
            for earlier in slices(&done) {
                let along = dot(left, earlier);
                add_scaled(left, -along, earlier);
            }
        }
        let length = dot(row(rows, i), row(rows, i)).sqrt();
        let factor = if length > DEPENDENT * before { 1.0 / length } else { 0.0 };
        row_mut(rows, i).iter_mut().for_each(|value| *value *= factor);
    }
}

/// Sweeps after which a matrix of this size is diagonal to the last digits.
const SWEEPS: usize = 12;

/// The eigenvalues of a small symmetric matrix and its eigenvectors as rows (Jacobi's method).
pub fn jacobi(mut matrix: Array2<f64>) -> (Vec<f64>, Array2<f64>) {
    let n = matrix.nrows();
    let mut vectors = Array2::zeros((n, n));
    (0..n).for_each(|i| vectors[[i, i]] = 1.0);
    for _ in 0..SWEEPS {
        for p in 0..n {
            for q in p + 1..n {
                let off = matrix[[p, q]];
                if off != 0.0 {
                    let turn = rotation(matrix[[p, p]], matrix[[q, q]], off);
                    rotate(matrix.view_mut().reversed_axes(), p, q, turn);
                    rotate(matrix.view_mut(), p, q, turn);
                    rotate(vectors.view_mut(), p, q, turn);
                }
            }
        }
    }
    ((0..n).map(|i| matrix[[i, i]]).collect(), vectors)
}

/// The rotation that makes the off-diagonal entry zero.
fn rotation(a: f64, b: f64, off: f64) -> (f64, f64) {
    let theta = (b - a) / (2.0 * off);
    let root = (theta * theta + 1.0).sqrt();
    let tan = if theta >= 0.0 { 1.0 / (theta + root) } else { 1.0 / (theta - root) };
    let cos = 1.0 / (tan * tan + 1.0).sqrt();
    (cos, tan * cos)
}

/// Rows `p` and `q`, turned within the plane of the two.
fn rotate(mut matrix: ArrayViewMut2<'_, f64>, p: usize, q: usize, (cos, sin): (f64, f64)) {
    for k in 0..matrix.ncols() {
        let (a, b) = (matrix[[p, k]], matrix[[q, k]]);
        matrix[[p, k]] = cos * a - sin * b;
        matrix[[q, k]] = sin * a + cos * b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn jacobi_finds_the_eigenvalues_of_a_known_matrix() {
        // 2 on the diagonal, −1 beside it: 2 − 2·cos(kπ/4), that is 2 − √2, 2, 2 + √2.
        let matrix = array![[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]];
        let (mut values, vectors) = jacobi(matrix.clone());
        let images = times(&vectors, &matrix);
        for ((image, vector), value) in images.rows().into_iter().zip(vectors.rows()).zip(&values) {
            assert!(image.iter().zip(vector).all(|(a, v)| (a - v * value).abs() < 1e-14));
        }
        values.sort_by(f64::total_cmp);
        let root = 2f64.sqrt();
        assert!(values.iter().zip([2.0 - root, 2.0, 2.0 + root]).all(|(a, b)| (a - b).abs() < 1e-14));
    }

    #[test]
    fn orthonormal_rows_stay_apart_and_dependent_ones_vanish() {
        let mut rows = array![[3.0, 0.0, 4.0], [1.0, 1.0, 1.0], [4.0, 1.0, 5.0]];
        orthonormalise(&mut rows);
        assert!((dot(row(&rows, 0), row(&rows, 0)) - 1.0).abs() < 1e-15);
        assert!(dot(row(&rows, 0), row(&rows, 1)).abs() < 1e-15);
        assert_eq!(row(&rows, 2), [0.0; 3]); // the sum of the two others
    }
}
