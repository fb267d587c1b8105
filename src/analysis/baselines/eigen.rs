//! Eigenvectors of a symmetric matrix, by nothing but +, −, ×, ÷ and √ of f64 in a written order.

/// Rows of equal length, one after the other.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Length of a row.
    pub width: usize,
    /// Row-major.
    pub values: Vec<f64>,
}

impl Rows {
    /// `count` rows of zeros.
    pub fn zeros(count: usize, width: usize) -> Rows {
        Rows { width, values: vec![0.0; count * width] }
    }

    /// Row `i`.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.values[i * self.width..][..self.width]
    }

    /// Row `i`, to be changed.
    pub fn row_mut(&mut self, i: usize) -> &mut [f64] {
        &mut self.values[i * self.width..][..self.width]
    }

    /// How many rows.
    pub fn count(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// `self · other`, rows of `other` added up in order.
    pub fn times(&self, other: &Rows) -> Rows {
        let mut product = Rows::zeros(self.count(), other.width);
        for i in 0..self.count() {
            for (k, &factor) in self.row(i).iter().enumerate() {
                add_scaled(product.row_mut(i), factor, other.row(k));
            }
        }
        product
    }
}

/// The inner product, in order.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
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
pub fn orthonormalise(rows: &mut Rows) {
    for i in 0..rows.count() {
        let before = dot(rows.row(i), rows.row(i)).sqrt();
        for _ in 0..2 {
            let (done, rest) = rows.values.split_at_mut(i * rows.width);
            let row = &mut rest[..rows.width];
            for earlier in done.chunks_exact(row.len()) {
                let along = dot(row, earlier);
                add_scaled(row, -along, earlier);
            }
        }
        let length = dot(rows.row(i), rows.row(i)).sqrt();
        let factor = if length > DEPENDENT * before { 1.0 / length } else { 0.0 };
        rows.row_mut(i).iter_mut().for_each(|value| *value *= factor);
    }
}

/// Sweeps after which a matrix of this size is diagonal to the last digits.
const SWEEPS: usize = 12;

/// The eigenvalues of a small symmetric matrix and its eigenvectors as rows (Jacobi's method).
pub fn jacobi(mut matrix: Rows) -> (Vec<f64>, Rows) {
    let n = matrix.width;
    let mut vectors = Rows::zeros(n, n);
    (0..n).for_each(|i| vectors.row_mut(i)[i] = 1.0);
    for _ in 0..SWEEPS {
        for p in 0..n {
            for q in p + 1..n {
                let off = matrix.row(p)[q];
                if off != 0.0 {
                    let (cos, sin) = rotation(matrix.row(p)[p], matrix.row(q)[q], off);
                    rotate_columns(&mut matrix, p, q, cos, sin);
                    rotate_rows(&mut matrix, p, q, cos, sin);
                    rotate_rows(&mut vectors, p, q, cos, sin);
                }
            }
        }
    }
    ((0..n).map(|i| matrix.row(i)[i]).collect(), vectors)
}

/// The rotation that makes the off-diagonal entry zero.
fn rotation(a: f64, b: f64, off: f64) -> (f64, f64) {
    let theta = (b - a) / (2.0 * off);
    let root = (theta * theta + 1.0).sqrt();
    let tan = if theta >= 0.0 { 1.0 / (theta + root) } else { 1.0 / (theta - root) };
    let cos = 1.0 / (tan * tan + 1.0).sqrt();
    (cos, tan * cos)
}

fn rotate_rows(matrix: &mut Rows, p: usize, q: usize, cos: f64, sin: f64) {
    for k in 0..matrix.width {
        let (a, b) = (matrix.row(p)[k], matrix.row(q)[k]);
        matrix.row_mut(p)[k] = cos * a - sin * b;
        matrix.row_mut(q)[k] = sin * a + cos * b;
    }
}

fn rotate_columns(matrix: &mut Rows, p: usize, q: usize, cos: f64, sin: f64) {
    for k in 0..matrix.count() {
        let (a, b) = (matrix.row(k)[p], matrix.row(k)[q]);
        matrix.row_mut(k)[p] = cos * a - sin * b;
        matrix.row_mut(k)[q] = sin * a + cos * b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jacobi_finds_the_eigenvalues_of_a_known_matrix() {
        // 2 on the diagonal, −1 beside it: 2 − 2·cos(kπ/4), that is 2 − √2, 2, 2 + √2.
        let matrix = Rows { width: 3, values: vec![2.0, -1.0, 0.0, -1.0, 2.0, -1.0, 0.0, -1.0, 2.0] };
        let (mut values, vectors) = jacobi(matrix.clone());
        for (value, i) in values.iter().zip(0..) {
            let image = Rows { width: 3, values: vectors.row(i).to_vec() }.times(&matrix);
            let expected: Vec<f64> = vectors.row(i).iter().map(|v| v * value).collect();
            assert!(image.values.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-14));
        }
        values.sort_by(f64::total_cmp);
        let root = 2f64.sqrt();
        assert!(values.iter().zip([2.0 - root, 2.0, 2.0 + root]).all(|(a, b)| (a - b).abs() < 1e-14));
    }

    #[test]
    fn orthonormal_rows_stay_apart_and_dependent_ones_vanish() {
        let mut rows = Rows { width: 3, values: vec![3.0, 0.0, 4.0, 1.0, 1.0, 1.0, 4.0, 1.0, 5.0] };
        orthonormalise(&mut rows);
        assert!((dot(rows.row(0), rows.row(0)) - 1.0).abs() < 1e-15);
        assert!(dot(rows.row(0), rows.row(1)).abs() < 1e-15);
        assert_eq!(rows.row(2), [0.0; 3]); // the sum of the two others
    }
}
