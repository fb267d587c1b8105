//! Intervals for frequencies.

/// The 97.5 % quantile of the standard normal: 95 % lie within ± this.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval for a probability of which `successes` of `trials` were seen.
///
/// `(p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)` (Wilson 1927). Unlike `p̂ ± z·√(p̂(1 − p̂)/n)`
/// it stays within 0 to 1 and says something of what was never seen.
/// Nothing is known without a trial: (0, 1).
///
/// ```
/// use bottleneck::analysis::stats::wilson;
/// // Newcombe (1998), table I: 81 of 263.
/// let (low, high) = wilson(81, 263);
/// assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5);
/// ```
pub fn wilson(successes: u32, trials: u32) -> (f64, f64) {
    wilson_of(f64::from(successes), f64::from(trials))
}

/// The same for counts that no `u32` holds: whole numbers, exact up to 2⁵³.
pub fn wilson_of(successes: f64, trials: f64) -> (f64, f64) {
    if trials == 0.0 {
        return (0.0, 1.0);
    }
    let n = trials;
    let p = successes / n;
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    // Exactly 0 and 1 at the ends, where rounding would leave 1e-17.
    let low = if successes == 0.0 { 0.0 } else { (centre - half) / scale };
    let high = if successes == trials { 1.0 } else { (centre + half) / scale };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn published_examples_come_out() {
        // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        for (r, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = wilson(r, n);
            assert!((found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5, "{r}/{n}: {found:?}");
        }
    }

    #[test]
    fn what_was_never_seen_may_still_happen() {
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert_eq!(wilson(0, 10).0, 0.0);
        assert_eq!(wilson(10, 10).1, 1.0);
        assert!(wilson(0, 10).1 > 0.2 && wilson(10, 10).0 < 0.8);
    }
}
