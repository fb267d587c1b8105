//! The precision of a decision score, averaged over the recall that it reaches.

use super::roc::sorted;

/// `Σ (Rₖ − Rₖ₋₁)·Pₖ` over the distinct scores, the highest first: precision and recall of what scores at least that
/// much, as scikit-learn's `average_precision_score` has it. Ties are found together.
///
/// `None` without normal scores, without anomalies, or with a score that is not a number.
///
/// ```
/// use bottleneck::analysis::stats::average_precision;
/// // The highest is an anomaly (precision 1), then come one of either kind at one score (2 of 3).
/// assert_eq!(average_precision(&[0.2, 0.1], &[0.2, 0.9]), Some((1.0 + 2.0 / 3.0) / 2.0));
/// ```
pub fn average_precision(normal: &[f32], anomalous: &[f32]) -> Option<f64> {
    let (normal, anomalous) = (sorted(normal)?, sorted(anomalous)?);
    let mut sum = 0.0;
    let mut end = anomalous.len();
    while let Some(&score) = anomalous[..end].last() {
        let start = anomalous[..end].partition_point(|&other| other < score);
        let found = (anomalous.len() - start) as f64;
        let false_alarms = (normal.len() - normal.partition_point(|&other| other < score)) as f64;
        sum += (end - start) as f64 * found / (found + false_alarms);
        end = start;
    }
    Some(sum / anomalous.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::average_precision;

    #[test]
    fn without_an_order_or_a_side_there_is_none() {
        assert_eq!(average_precision(&[], &[1.0]), None);
        assert_eq!(average_precision(&[1.0], &[]), None);
        assert_eq!(average_precision(&[1.0], &[f32::NAN]), None);
    }

    #[test]
    fn equal_scores_give_the_share_of_anomalies() {
        assert_eq!(average_precision(&[1.0; 6], &[1.0; 2]), Some(0.25));
    }
}
