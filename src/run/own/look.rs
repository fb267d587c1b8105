//! What a reader looks at: how scores lie, and where a picture is odd.

use super::Split;
use crate::num::grey::VALUES;
use serde::Serialize;

/// How many pictures of each part have a score in each of equal bins from 0 to `high`, the last one with its end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lying {
    /// The greatest score.
    pub high: f32,
    /// Of the pictures that are learned.
    pub training: Vec<u32>,
    /// Of the normal ones that are held out.
    pub held_out: Vec<u32>,
    /// Of those that must be found.
    pub anomalies: Vec<u32>,
}

impl Lying {
    /// Of the scores of all pictures, in `bins` bins; one that is not finite is in none.
    ///
    /// ```
    /// use bottleneck::run::own::{Lying, Split};
    ///
    /// let split = Split { training: vec![0, 1], held_out: vec![2], anomalies: vec![3] };
    /// let lying = Lying::of(&split, &[0.0, 0.4, 0.5, 1.0], 2);
    /// assert_eq!((lying.high, lying.training, lying.held_out, lying.anomalies), (1.0, vec![2, 0], vec![0, 1], vec![0, 1]));
    /// ```
    pub fn of(split: &Split, scores: &[f32], bins: u32) -> Lying {
        let finite = |&score: &f32| score.is_finite();
        let high = scores.iter().copied().filter(finite).fold(0.0, |a, b| if b > a { b } else { a });
        let count = |places: &[u32]| {
            let mut counts = vec![0; bins as usize];
            for score in places.iter().map(|&i| scores[i as usize]).filter(finite) {
                let bin = if high > 0.0 { (score / high * bins as f32) as u32 } else { 0 };
                counts[bin.min(bins.saturating_sub(1)) as usize] += 1;
            }
            counts
        };
        Lying {
            high,
            training: count(&split.training),
            held_out: count(&split.held_out),
            anomalies: count(&split.anomalies),
        }
    }
}

/// The score that stands in the middle of the colours of [`oddity`]: the threshold, or where nothing is held out that gives
/// one, the greatest finite score of what is learned.
///
/// ```
/// use bottleneck::run::own::{Split, middle_score};
///
/// let split = Split { training: vec![0, 1], held_out: vec![], anomalies: vec![2] };
/// assert_eq!(middle_score(&split, &[0.1, 0.2, 0.9], None), 0.2);
/// assert_eq!(middle_score(&split, &[0.1, 0.2, 0.9], Some(0.5)), 0.5);
/// ```
pub fn middle_score(split: &Split, scores: &[f32], threshold: Option<f32>) -> f32 {
    let learned = split.training.iter().map(|&i| scores[i as usize]).filter(|score| score.is_finite());
    threshold.unwrap_or_else(|| learned.fold(0.0, |a, b| if b > a { b } else { a }))
}

/// How odd each pixel of a picture is, from 0 to 1: `r² / (r² + threshold)` with the residual r. So a pixel that is off by as
/// much as the whole picture may be, in the mean, stands in the middle, and a clean picture looks clean whatever else is
/// in the set. A threshold that is not above 0 is taken for the least number that is.
///
/// ```
/// use bottleneck::run::own::oddity;
/// assert_eq!(oddity(&[0, 255], &[0.5, 1.0], 0.25), [0.5, 0.0]);
/// ```
pub fn oddity(levels: &[u8], output: &[f32], threshold: f32) -> Vec<f32> {
    let threshold = if threshold > f32::MIN_POSITIVE { threshold } else { f32::MIN_POSITIVE };
    let of = |(&level, &y): (&u8, &f32)| {
        let residual = y - VALUES[usize::from(level)];
        residual * residual / (residual * residual + threshold)
    };
    levels.iter().zip(output).map(of).collect()
}
