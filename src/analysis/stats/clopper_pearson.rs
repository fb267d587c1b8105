//! Exact intervals for frequencies, for what is rare.

use crate::num::double::{exp, ln, ln_1p};

/// Half of what a 95 % interval leaves out: so much lies beyond each end.
const TAIL: f64 = 0.025;
/// Halvings of 0 to 1 until no `f64` lies between the ends any more, even for shares of 10⁻¹⁰.
const HALVINGS: u32 = 100;

/// Clopper and Pearson's exact 95 % interval for a probability of which `successes` of `trials` were seen.
///
/// The ends are those `p` for which the count, or one farther out, has a chance of 2.5 %:
/// `P(X ≥ k | low) = 0.025 = P(X ≤ k | high)` with `X ~ Binomial(n, p)` (Clopper and Pearson 1934). It covers the
/// truth in at least 95 of 100 cases whatever that is, where Wilson's interval, which rests on the normal distribution,
/// covers it too seldom for counts of one or two.
/// Takes time in proportion to the smaller of `k` and `n − k`. Nothing is known without a trial: (0, 1).
///
/// ```
/// use bottleneck::analysis::stats::clopper_pearson;
/// // Three of a billion: as Garwood (1936) has it for Poisson's distribution, 0.6187 to 8.7673.
/// let (low, high) = clopper_pearson(3, 1_000_000_000);
/// assert!((low * 1e9 - 0.6187).abs() < 5e-5 && (high * 1e9 - 8.7673).abs() < 5e-5);
/// ```
///
/// # Panics
///
/// With more successes than trials.
pub fn clopper_pearson(successes: u64, trials: u64) -> (f64, f64) {
    assert!(successes <= trials, "{successes} successes of {trials} trials");
    if trials == 0 {
        return (0.0, 1.0);
    }
    if successes > trials / 2 {
        let (low, high) = clopper_pearson(trials - successes, trials);
        return (1.0 - high, 1.0 - low);
    }
    let below = |k| Below::new(k, trials);
    let low = successes.checked_sub(1).map_or(0.0, |fewer| below(fewer).probability(1.0 - TAIL));
    (low, below(successes).probability(TAIL))
}

/// `P(X ≤ k)` for `X ~ Binomial(n, p)`, as a function of `p`.
struct Below {
    k: u64,
    n: u64,
    /// `ln C(n, k)`.
    choices: f64,
}

impl Below {
    fn new(k: u64, n: u64) -> Below {
        // A sum of k terms: differences of ln Γ would lose all digits at n = 10⁹.
        let choices = (1..=k).map(|i| ln((n - k + i) as f64 / i as f64)).sum::<f64>();
        Below { k, n, choices }
    }

    fn at(&self, p: f64) -> f64 {
        let (k, n) = (self.k as f64, self.n as f64);
        let mut term = exp(self.choices + k * ln(p) + (n - k) * ln_1p(-p));
        let mut sum = term;
        // Down from k, each term by its ratio to the one above.
        for i in (1..=self.k).rev() {
            let i = i as f64;
            term *= i / (n - i + 1.0) * ((1.0 - p) / p);
            sum += term;
            if i < n * p && term < sum * f64::EPSILON * 0.1 {
                break;
            }
        }
        sum
    }

    /// The `p` for which it is `wanted`: it falls from 1 to 0.
    fn probability(&self, wanted: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if self.at(middle) > wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }
}

#[cfg(test)]
mod tests {
    use super::{Below, clopper_pearson};

    #[test]
    fn published_examples_come_out() {
        // Newcombe (1998), Statistics in Medicine 17, table I, method 5.
        for (k, n, low, high) in [
            (81, 263, 0.2527, 0.3676),
            (15, 148, 0.0578, 0.1617),
            (0, 20, 0.0000, 0.1684),
            (1, 29, 0.0009, 0.1776),
        ] {
            let found = clopper_pearson(k, n);
            assert!((found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5, "{k}/{n}: {found:?}");
        }
    }

    #[test]
    fn the_ends_have_closed_forms() {
        for n in [1_u64, 20, 1000, 4_000_000_000] {
            // (1 − p)ⁿ = 0.025.
            let high = -libm::expm1(libm::log(0.025) / n as f64);
            let found = clopper_pearson(0, n);
            assert!(found.0 == 0.0 && (found.1 / high - 1.0).abs() < 1e-12, "{n}: {found:?}, {high}");
            assert_eq!(clopper_pearson(n, n), (1.0 - found.1, 1.0));
        }
        assert_eq!(clopper_pearson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn the_tail_is_the_sum_of_its_terms() {
        for (k, n, p) in [(0, 5, 0.3), (3, 9, 0.2), (7, 20, 0.5), (49, 100, 0.01), (49, 100, 0.9)] {
            let choices = |i: u64| (1..=i).fold(1.0, |c, j| c * (n - i + j) as f64 / j as f64);
            let term = |i: u64| choices(i) * libm::pow(p, i as f64) * libm::pow(1.0 - p, (n - i) as f64);
            let naive: f64 = (0..=k).map(term).sum();
            let found = Below::new(k, n).at(p);
            assert!((found - naive).abs() < 1e-12 * naive, "P(X <= {k}; {n}, {p}): {found}, {naive}");
        }
    }
}
