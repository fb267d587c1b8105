//! Where a code tears.

use crate::num::order;
use serde::Serialize;

/// The widest step of a code between two images that are neighbours in angle.
///
/// Half planes of all angles form a circle (or, over 180°, a line), and a one-number code is a
/// line: over the circle it must tear somewhere. A smooth ramp has steps of range / n.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tear {
    /// The angle before it, in degrees.
    pub low_angle: f32,
    /// The angle after it, in degrees.
    pub high_angle: f32,
    /// The step as a share of the range of all codes, 0 to 1.
    pub jump: f32,
}

/// The tear of the first code dimension; `codes` is `[n, code]` with `n = angles.len()`.
///
/// `None` without angles, or where all codes are equal.
///
/// ```
/// use bottleneck::analysis::code::tear::tear;
/// let found = tear(&[30.0, 10.0, 20.0], &[2.0, 0.0, 0.1]).expect("codes differ");
/// assert_eq!((found.low_angle, found.high_angle, found.jump), (20.0, 30.0, 0.95));
/// ```
pub fn tear(angles: &[f32], codes: &[f32]) -> Option<Tear> {
    let width = codes.len().checked_div(angles.len())?;
    let points: Vec<(f32, f32)> =
        angles.iter().zip(codes.chunks(width.max(1))).map(|(&a, c)| (a, c[0])).collect();
    let points = order::sorted_by(&points, |a, b| a.0.total_cmp(&b.0).is_lt());
    let low = points.iter().map(|p| p.1).fold(f32::INFINITY, |a, b| if b < a { b } else { a });
    let high = points.iter().map(|p| p.1).fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a });
    let widest = points.windows(2).max_by(|a, b| step(a).total_cmp(&step(b)))?;
    let range = high - low;
    (range > 0.0).then(|| Tear {
        low_angle: widest[0].0,
        high_angle: widest[1].0,
        jump: step(widest) / range,
    })
}

fn step(pair: &[(f32, f32)]) -> f32 {
    (pair[1].1 - pair[0].1).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_says_nothing_has_no_tear() {
        assert_eq!(tear(&[1.0, 2.0, 3.0], &[0.5, 0.5, 0.5]), None);
        assert_eq!(tear(&[], &[]), None);
    }
}
