//! Matrices: numbers of one row after the other, with their shape.
//!
//! [`ndarray`] is the container. What is computed is computed in the order that is written here and in the kernels, on
//! slices or element by element: ndarray's own products and sums take an order, and on some processors an
//! instruction, of their own.

use ndarray::{Array2, ArrayBase, ArrayView1, ArrayView2, Data, DataMut, Ix2};
use std::fmt;

/// A matrix with another number of columns than what it is for has.
///
/// ```
/// use bottleneck::num::matrix::WrongShape;
/// let error = WrongShape { what: "codes", width: 2, found: [5, 3] };
/// assert_eq!(error.to_string(), "codes: expected the shape [n, 2], found [5, 3]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongShape {
    /// What it was given as.
    pub what: &'static str,
    /// The columns that are needed.
    pub width: usize,
    /// Its shape.
    pub found: [usize; 2],
}

impl fmt::Display for WrongShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [rows, columns] = self.found;
        write!(f, "{}: expected the shape [n, {}], found [{rows}, {columns}]", self.what, self.width)
    }
}

impl std::error::Error for WrongShape {}

/// What cannot have a wrong shape, as it was made for this. (`expect` would bring the printing of everything's fields,
/// which the page would download.)
pub fn own<T>(made: Result<T, WrongShape>) -> T {
    made.unwrap_or_else(|error| panic!("{error}"))
}

/// Refuses a matrix that does not have `width` columns.
///
/// # Errors
///
/// [`WrongShape`], with both shapes.
pub fn expect_width<T>(
    what: &'static str,
    width: usize,
    matrix: &ArrayView2<'_, T>,
) -> Result<(), WrongShape> {
    let found = [matrix.nrows(), matrix.ncols()];
    if found[1] == width { Ok(()) } else { Err(WrongShape { what, width, found }) }
}

/// The rows `[n, width]` out of numbers that stand one row after the other; an unfinished row at the end is left out.
///
/// ```
/// use bottleneck::num::matrix::rows;
/// assert_eq!(rows(2, &[1.0, 2.0, 3.0, 4.0]), bottleneck::ndarray::array![[1.0, 2.0], [3.0, 4.0]]);
/// ```
pub fn rows<T>(width: usize, values: &[T]) -> ArrayView2<'_, T> {
    let n = values.len().checked_div(width).unwrap_or(0);
    shaped([n, width], &values[..n * width])
}

/// A view `[rows, columns]` of numbers that stand one row after the other.
///
/// # Panics
///
/// Unless there are rows × columns of them.
pub fn shaped<T>([rows, columns]: [usize; 2], values: &[T]) -> ArrayView2<'_, T> {
    ArrayView2::from_shape((rows, columns), values).unwrap_or_else(|_| misfit(rows, columns, values.len()))
}

/// The matrix `[rows, columns]` of numbers that stand one row after the other.
///
/// # Panics
///
/// Unless there are rows × columns of them.
pub fn owned<T>([rows, columns]: [usize; 2], values: Vec<T>) -> Array2<T> {
    let found = values.len();
    Array2::from_shape_vec((rows, columns), values).unwrap_or_else(|_| misfit(rows, columns, found))
}

fn misfit(rows: usize, columns: usize, found: usize) -> ! {
    panic!("expected {rows} × {columns} numbers, found {found}")
}

/// Its numbers, one row after the other.
///
/// ```
/// use bottleneck::{ndarray::array, num::matrix::flat};
/// assert_eq!(flat(&array![[1, 2], [3, 4]]), [1, 2, 3, 4]);
/// assert_eq!(flat(&array![[1, 2], [3, 4]].t()), [1, 3, 2, 4]);
/// ```
pub fn flat<S: Data>(matrix: &ArrayBase<S, Ix2>) -> Vec<S::Elem>
where
    S::Elem: Copy,
{
    let (rows, columns) = matrix.dim();
    let mut values = Vec::with_capacity(rows * columns);
    for i in 0..rows {
        match matrix.row(i).to_slice() {
            Some(row) => values.extend_from_slice(row),
            None => values.extend((0..columns).map(|j| matrix[[i, j]])),
        }
    }
    values
}

/// Row `i` as a slice.
///
/// # Panics
///
/// Where there is no such row.
pub fn row<S: Data>(matrix: &ArrayBase<S, Ix2>, i: usize) -> &[S::Elem] {
    contiguous(matrix.row(i))
}

/// Row `i` as a slice to be changed.
///
/// # Panics
///
/// Where there is no such row.
pub fn row_mut<S: DataMut>(matrix: &mut ArrayBase<S, Ix2>, i: usize) -> &mut [S::Elem] {
    matrix.row_mut(i).into_slice().expect("a matrix that was made row by row")
}

/// All rows in order, each as a slice.
pub fn slices<S: Data>(matrix: &ArrayBase<S, Ix2>) -> impl ExactSizeIterator<Item = &[S::Elem]> + Clone {
    (0..matrix.nrows()).map(|i| row(matrix, i))
}

fn contiguous<T>(row: ArrayView1<'_, T>) -> &[T] {
    row.to_slice().expect("a matrix that was made row by row")
}
