//! How a network uses its code.

use crate::autoencoder::{Activation, Network};
use crate::data::Images;
use crate::num::order;
use serde::Serialize;
use std::fmt;

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
/// use bottleneck::analysis::code::latent::tear;
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

/// Above this mean squared error a network on half planes counts as stuck: a good one-number code
/// reaches 0.01, a code that carries nothing 0.25 (or about 0.1 where it finds half of the angles).
pub const STUCK_MSE: f32 = 0.03;

/// Why a network is stuck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stuck {
    /// Every image comes out the same.
    AllAlike,
    /// A tenth of the images or more share one code exactly, and so come out the same.
    Tied {
        /// How many share it.
        sharing: usize,
        /// Of how many.
        of: usize,
    },
    /// None of these, but the error stays high.
    Blurred {
        /// The mean squared error.
        mse: f32,
    },
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stuck::AllAlike => {
                write!(f, "every image comes out the same: nothing of the input reaches the output")
            }
            Stuck::Tied { sharing, of } => {
                write!(
                    f,
                    "{sharing} of {of} images share one code exactly, so the decoder cannot tell them apart"
                )
            }
            Stuck::Blurred { mse } => {
                // As whole numbers: the standard library's spelling of an f32 is a tenth of the download.
                let thousandths = (mse * 1000.0 + 0.5) as u32;
                write!(
                    f,
                    "the codes differ, but the error stays at {}.{:03}: the decoder turns its pixels in a poor order",
                    thousandths / 1000,
                    thousandths % 1000
                )
            }
        }
    }
}

/// Whether a network's error on its images is above [`STUCK_MSE`], and if so, why.
pub fn stuck(network: &Network, images: &Images) -> Option<Stuck> {
    let mse = network.mse(images, Activation::Sigmoid);
    if mse <= STUCK_MSE {
        return None;
    }
    let all: Vec<u32> = (0..images.count() as u32).collect();
    let codes = network.encode(images, &all).mean;
    let sharing = most_alike(&codes, network.architecture().code);
    let hidden = network.decode_hidden(&codes);
    if most_alike(&hidden, network.architecture().l3) == images.count() {
        Some(Stuck::AllAlike)
    } else if sharing * 10 >= images.count() && sharing > 1 {
        Some(Stuck::Tied { sharing, of: images.count() })
    } else {
        Some(Stuck::Blurred { mse })
    }
}

/// The size of the largest set of equal rows of `values`, `[n, width]`.
fn most_alike(values: &[f32], width: usize) -> usize {
    let rows: Vec<&[f32]> = values.chunks_exact(width).collect();
    let rows = order::sorted_by(&rows, |a, b| a < b);
    rows.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_says_nothing_has_no_tear() {
        assert_eq!(tear(&[1.0, 2.0, 3.0], &[0.5, 0.5, 0.5]), None);
        assert_eq!(tear(&[], &[]), None);
    }

    #[test]
    fn equal_rows_are_counted() {
        assert_eq!(most_alike(&[1.0, 2.0, 1.0, 2.0, 1.0, 3.0], 2), 2);
        assert_eq!(most_alike(&[], 2), 0);
    }
}
