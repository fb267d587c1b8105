//! How well a decision score tells anomalies from normal images.
//!
//! The words are those of outlier detection (PyOD): a *decision score* grows with strangeness, a
//! *threshold* is set on normal scores alone, and what lies *above* it is *labelled* an anomaly.
//!
//! What is decided where nothing is obvious:
//!
//! | case                       | decision                                                          |
//! |----------------------------|-------------------------------------------------------------------|
//! | a score equals the threshold | not an anomaly: the label takes `score > threshold`             |
//! | no normal scores           | no threshold and no AUC                                           |
//! | no anomalies               | no AUC and no recall; the threshold does not depend on them       |
//! | nothing is labelled        | no precision                                                      |
//! | all scores equal           | AUC ½, nothing is labelled                                        |
//! | a score is not a number    | no AUC, no threshold: there is no order to read                   |

use super::rank::twice_below;
use crate::num::order;
use serde::Serialize;

/// The area under the ROC curve with a 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Auc {
    /// The share of pairs (a normal image, an anomaly) in which the anomaly scores higher; ties one half.
    pub value: f64,
    /// Lower end of the interval, at least 0.
    pub low: f64,
    /// Upper end, at most 1.
    pub high: f64,
}

/// The 97.5 % point of the standard normal.
const Z_95: f64 = 1.959_963_984_540_054;

/// The AUC by exact counting of pairs, with the interval of DeLong, DeLong and Clarke-Pearson (1988).
///
/// The interval is `value ± 1.96·√(S₁₀/m + S₀₁/n)`, cut to 0…1, with S₁₀ and S₀₁ the variances
/// (ddof 1) of each anomaly's share of normal scores below it and of each normal's share of anomalies
/// above it. It has no width where every pair is in order; with fewer than two scores on a side it is
/// all of 0…1.
///
/// `None` without normal scores, without anomalies, or with a score that is not a number.
///
/// ```
/// use bottleneck::analysis::stats::roc::auc;
/// let found = auc(&[0.1, 0.2, 0.2], &[0.2, 0.9]).expect("scores on both sides");
/// assert_eq!(found.value, 5.0 / 6.0); // 4 pairs in order, 2 ties: (4 + 2 · ½) / 6
/// ```
pub fn auc(normal: &[f32], anomalous: &[f32]) -> Option<Auc> {
    let (normal, anomalous) = (sorted(normal)?, sorted(anomalous)?);
    // Twice the pairs in order plus the ties, so that the count is a whole number.
    let below: Vec<u64> = anomalous.iter().map(|&score| twice_below(&normal, score)).collect();
    let above: Vec<u64> =
        normal.iter().map(|&score| 2 * anomalous.len() as u64 - twice_below(&anomalous, score)).collect();
    let (n, m) = (normal.len() as f64, anomalous.len() as f64);
    let value = below.iter().sum::<u64>() as f64 / (2.0 * n * m);
    let variance =
        variance(&below, 2.0 * n).zip(variance(&above, 2.0 * m)).map(|(s10, s01)| s10 / m + s01 / n);
    let Some(variance) = variance else {
        return Some(Auc { value, low: 0.0, high: 1.0 });
    };
    let half = Z_95 * variance.sqrt();
    let low = if value - half > 0.0 { value - half } else { 0.0 };
    let high = if value + half < 1.0 { value + half } else { 1.0 };
    Some(Auc { value, low, high })
}

/// In rising order; `None` for no scores and for those without an order.
pub fn sorted(scores: &[f32]) -> Option<Vec<f32>> {
    if scores.is_empty() || scores.iter().any(|score| score.is_nan()) {
        return None;
    }
    Some(order::sorted(scores))
}

/// The variance (ddof 1) of `counts / unit`; `None` for fewer than two.
fn variance(counts: &[u64], unit: f64) -> Option<f64> {
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<u64>() as f64 / (unit * n);
    let squares: f64 =
        counts.iter().map(|&count| (count as f64 / unit - mean) * (count as f64 / unit - mean)).sum::<f64>();
    (counts.len() > 1).then(|| squares / (n - 1.0))
}

/// The least of the normal scores above which at most `false_alarms` (a share) of them lie.
///
/// Set on normal images alone, and on others than those it is judged by. With ties fewer alarms may
/// be given than allowed, never more. `None` without scores, or where one is not a number.
///
/// ```
/// use bottleneck::analysis::stats::roc::threshold;
/// assert_eq!(threshold(&[3.0, 1.0, 2.0, 4.0], 0.25), Some(3.0)); // only 4 lies above
/// assert_eq!(threshold(&[1.0, 4.0, 4.0, 4.0], 0.25), Some(4.0)); // 1 would flag three quarters
/// ```
pub fn threshold(normal: &[f32], false_alarms: f64) -> Option<f32> {
    threshold_of(&sorted(normal)?, false_alarms)
}

/// [`threshold`] of scores that are [`sorted`] already; `None` of none.
pub fn threshold_of(sorted: &[f32], false_alarms: f64) -> Option<f32> {
    let last = sorted.len().checked_sub(1)?;
    let share = if false_alarms > 0.0 { false_alarms } else { 0.0 };
    let allowed = (share * sorted.len() as f64) as usize;
    Some(sorted[last - allowed.min(last)])
}

/// What a threshold does to images whose label is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Anomalies that are labelled so.
    pub true_positives: u32,
    /// Anomalies that are missed.
    pub false_negatives: u32,
    /// Normal images that are labelled anomalies.
    pub false_positives: u32,
    /// Normal images that are left alone.
    pub true_negatives: u32,
}

impl Confusion {
    /// The counts at a threshold; `score > threshold` is labelled an anomaly.
    pub fn at(threshold: f32, normal: &[f32], anomalous: &[f32]) -> Confusion {
        let above = |scores: &[f32]| scores.iter().filter(|&&score| score > threshold).count() as u32;
        let (true_positives, false_positives) = (above(anomalous), above(normal));
        Confusion {
            true_positives,
            false_negatives: anomalous.len() as u32 - true_positives,
            false_positives,
            true_negatives: normal.len() as u32 - false_positives,
        }
    }

    /// The share of what is labelled that is an anomaly; `None` where nothing is labelled.
    pub fn precision(&self) -> Option<f64> {
        share(self.true_positives, self.false_positives)
    }

    /// The share of the anomalies that is labelled; `None` without anomalies.
    pub fn recall(&self) -> Option<f64> {
        share(self.true_positives, self.false_negatives)
    }

    /// The harmonic mean of precision and recall, `2·TP / (2·TP + FP + FN)`; `None` where there is no anomaly and
    /// nothing is labelled one.
    pub fn f1(&self) -> Option<f64> {
        let found = 2.0 * f64::from(self.true_positives);
        let all = found + f64::from(self.false_positives) + f64::from(self.false_negatives);
        (all > 0.0).then(|| found / all)
    }
}

/// `part / (part + rest)`.
fn share(part: u32, rest: u32) -> Option<f64> {
    let all = part + rest;
    (all > 0).then(|| f64::from(part) / f64::from(all))
}

/// A point of a ROC curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The share of normal images above the threshold.
    pub false_alarms: f64,
    /// The share of anomalies above it.
    pub recall: f64,
}

/// The ROC curve from (0, 0) to (1, 1): one point for each distinct score, and none that lies on the
/// straight line between its neighbours. Empty where [`auc`] gives `None`.
pub fn curve(normal: &[f32], anomalous: &[f32]) -> Vec<Point> {
    let (Some(normal), Some(anomalous)) = (sorted(normal), sorted(anomalous)) else {
        return Vec::new();
    };
    let mut counts = vec![(0, 0)];
    let (mut n, mut m) = (normal.len(), anomalous.len());
    while n + m > 0 {
        let highest = match (n.checked_sub(1), m.checked_sub(1)) {
            (Some(i), Some(j)) if normal[i] < anomalous[j] => anomalous[j],
            (Some(i), _) => normal[i],
            (None, Some(j)) => anomalous[j],
            (None, None) => break,
        };
        n = normal[..n].partition_point(|&score| score < highest);
        m = anomalous[..m].partition_point(|&score| score < highest);
        add_corner(&mut counts, ((normal.len() - n) as u64, (anomalous.len() - m) as u64));
    }
    let share = |part: u64, all: usize| part as f64 / all as f64;
    counts
        .iter()
        .map(|&(f, t)| Point { false_alarms: share(f, normal.len()), recall: share(t, anomalous.len()) })
        .collect()
}

/// Appends a point and drops the one before it where that was no corner.
fn add_corner(counts: &mut Vec<(u64, u64)>, next: (u64, u64)) {
    if let [.., (x0, y0), (x1, y1)] = counts[..]
        && (x1 - x0) * (next.1 - y1) == (next.0 - x1) * (y1 - y0)
    {
        counts.pop();
    }
    counts.push(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_normals_or_without_anomalies_there_is_no_auc() {
        assert_eq!(auc(&[], &[1.0]), None);
        assert_eq!(auc(&[1.0], &[]), None);
        assert_eq!(threshold(&[], 0.01), None);
        assert_eq!(curve(&[], &[1.0]), []);
    }

    #[test]
    fn equal_scores_give_one_half_and_label_nothing() {
        let found = auc(&[2.0; 5], &[2.0; 3]).expect("scores on both sides");
        assert_eq!((found.value, found.low, found.high), (0.5, 0.5, 0.5));
        let level = threshold(&[2.0; 5], 0.2).expect("scores");
        let confusion = Confusion::at(level, &[2.0; 5], &[2.0; 3]);
        assert_eq!((confusion.true_positives, confusion.false_positives), (0, 0));
        assert_eq!((confusion.precision(), confusion.recall()), (None, Some(0.0)));
    }

    #[test]
    fn no_anomalies_leave_the_threshold_alone_and_flag_no_more_than_allowed() {
        let normal: Vec<f32> = (0..200).map(|k| k as f32).collect();
        let level = threshold(&normal, 0.01).expect("scores");
        let confusion = Confusion::at(level, &normal, &[]);
        assert_eq!((level, confusion.false_positives), (197.0, 2));
        assert_eq!((confusion.precision(), confusion.recall()), (Some(0.0), None));
    }

    #[test]
    fn ties_at_the_threshold_are_never_labelled() {
        for false_alarms in [0.0, 0.1, 0.3, 0.6] {
            let normal = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0];
            let level = threshold(&normal, false_alarms).expect("scores");
            let flagged = Confusion::at(level, &normal, &[]).false_positives;
            assert!(f64::from(flagged) <= false_alarms * 10.0, "{flagged} at {false_alarms}");
        }
        assert_eq!(Confusion::at(2.0, &[], &[2.0, 2.5]).true_positives, 1);
    }

    #[test]
    fn more_false_alarms_than_normals_flag_all_but_the_least() {
        assert_eq!(threshold(&[1.0, 2.0], 1.0), Some(1.0));
        assert_eq!(threshold(&[1.0, 2.0], 7.0), Some(1.0));
    }

    #[test]
    fn a_score_that_is_no_number_is_refused() {
        assert_eq!(auc(&[f32::NAN], &[1.0]), None);
        assert_eq!(threshold(&[1.0, f32::NAN], 0.5), None);
    }

    #[test]
    fn the_area_under_the_curve_is_the_share_of_pairs() {
        let normal = [0.5, 0.25, 0.25, 0.75, 0.5];
        let anomalous = [0.5, 0.75, 1.0, 0.25];
        let points = curve(&normal, &anomalous);
        let slices = points
            .windows(2)
            .map(|p| (p[1].false_alarms - p[0].false_alarms) * (p[0].recall + p[1].recall) / 2.0);
        let area: f64 = slices.sum();
        let counted = auc(&normal, &anomalous).expect("scores on both sides").value;
        assert!((area - counted).abs() < 1e-15);
        assert_eq!((points[0].recall, points[points.len() - 1].recall), (0.0, 1.0));
    }

    #[test]
    fn one_score_on_a_side_leaves_the_interval_open() {
        let found = auc(&[1.0], &[2.0, 3.0]).expect("scores on both sides");
        assert_eq!((found.value, found.low, found.high), (1.0, 0.0, 1.0));
    }
}
