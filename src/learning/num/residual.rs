//! How far a reconstruction is off: one rule for every score and every error of the project.

/// The mean over pixels of the squared residual `(1/D) Σ (y − x)²`, added up in f64 from pixel to pixel.
///
/// `x` is the image in numbers from 0 to 1, `y` its reconstruction, as long.
///
/// ```
/// use bottleneck::num::residual::mean_squared_error;
/// assert_eq!(mean_squared_error([0.0, 1.0], &[0.0, 0.5]), 0.125);
/// ```
pub fn mean_squared_error(x: impl IntoIterator<Item = f32>, y: &[f32]) -> f32 {
    let squares = x.into_iter().zip(y).map(|(x, &y)| {
        let residual = f64::from(y) - f64::from(x);
        residual * residual
    });
    (squares.sum::<f64>() / y.len() as f64) as f32
}
