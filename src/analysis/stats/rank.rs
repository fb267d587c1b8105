//! Two samples compared by rank: which of them tends to be smaller, and could that be chance?

use crate::num::normal::upper_tail;
use crate::num::order;
use serde::Serialize;

/// Up to this product of the two sizes, samples without ties get an exact p: 32 of each, in well
/// under a millisecond. Beyond, the normal approximation is good to the third digit.
const MOST_EXACT_PAIRS: u64 = 32 * 32;

/// How a p-value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// By counting all orders in which the two samples could have fallen.
    Exact,
    /// From a normal distribution, corrected for ties and for continuity.
    Normal,
}

/// The two-sided test of Mann and Whitney (1947).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MannWhitney {
    /// U of the first sample: the pairs in which its value is the larger, ties counted half.
    pub u: f64,
    /// How likely a U at least as far from n·m/2 is, if both samples came from one distribution.
    pub p: f64,
    /// How p was found.
    pub method: Method,
    /// The share of the pairs in which the *second* sample's value is the smaller, ties counted
    /// half: with errors as values, the probability that a random second beats a random first.
    pub superiority: f64,
}

/// Compares `a` and `b`; `None` when one of them is empty.
///
/// Values are ordered as numbers; an infinite one (an error without end) is the largest, and
/// several of them tie. They must not be NaN.
///
/// Exact for samples without ties and at most 1,024 pairs, else
/// `z = (|U − nm/2| − ½) / √(nm/12·(N + 1 − Σ(t³ − t)/(N(N − 1))))` with N = n + m and t the sizes
/// of the groups of ties.
///
/// ```
/// use bottleneck::analysis::stats::rank::{Method, mann_whitney};
/// let test = mann_whitney(&[4.0, 5.0, 6.0], &[1.0, 2.0, 3.0]).expect("neither is empty");
/// assert_eq!((test.u, test.p, test.method), (9.0, 0.1, Method::Exact));
/// assert_eq!(test.superiority, 1.0); // every second is smaller than every first
/// ```
pub fn mann_whitney(a: &[f32], b: &[f32]) -> Option<MannWhitney> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (a, b) = (order::sorted(a), order::sorted(b));
    // Sizes are wide from here on: products of what a reader chooses do not fit a `usize` everywhere.
    let (n, m) = (a.len() as u64, b.len() as u64);
    let u = wins(&a, &b);
    let ties = tie_sizes(&a, &b);
    let (p, method) = if ties.is_empty() && n * m <= MOST_EXACT_PAIRS {
        (exact_p(n, m, u), Method::Exact)
    } else {
        (normal_p(n, m, u, &ties), Method::Normal)
    };
    Some(MannWhitney { u, p, method, superiority: u / (n * m) as f64 })
}

/// The pairs in which the value of `a` is the larger, ties counted half; `b` in rising order.
fn wins(a: &[f32], b: &[f32]) -> f64 {
    a.iter().map(|&x| twice_below(b, x)).sum::<u64>() as f64 / 2.0
}

/// Twice the number of sorted values below `value`, ties counted once.
pub(super) fn twice_below(sorted: &[f32], value: f32) -> u64 {
    let below = sorted.partition_point(|&other| other < value);
    let not_above = sorted.partition_point(|&other| other <= value);
    below as u64 + not_above as u64
}

/// The sizes of the groups of two or more equal values in both samples together.
fn tie_sizes(a: &[f32], b: &[f32]) -> Vec<u64> {
    let all = order::sorted(&[a, b].concat());
    all.chunk_by(|x, y| x == y).map(|group| group.len() as u64).filter(|&size| size > 1).collect()
}

/// Twice the share of the orders whose U is at least as far out on its side.
fn exact_p(n: u64, m: u64, u: f64) -> f64 {
    let counts = orders_by_u(n, m);
    let mirrored = (n * m) as f64 - u;
    let far = if u > mirrored { u } else { mirrored };
    let beyond = counts[far as usize..].iter().sum::<f64>();
    at_most_one(2.0 * beyond / counts.iter().sum::<f64>())
}

/// In how many orders of n and m different values U is 0, 1, …, n·m.
///
/// By the largest value: from the first sample it beats all j of the second, from the second it
/// beats none, so `f(i, j, u) = f(i − 1, j, u − j) + f(i, j − 1, u)`. Sums of positive f64, so the
/// counts are right to some 15 digits where they are too large to be exact.
fn orders_by_u(n: u64, m: u64) -> Vec<f64> {
    let m = m as usize;
    // No more than `MOST_EXACT_PAIRS` and one.
    let mut none = vec![0.0; n as usize * m + 1];
    none[0] = 1.0;
    // rows[j] is f(i, j, ·), at first for i = 0.
    let mut rows = vec![none; m + 1];
    for _ in 1..=n {
        for j in 1..=m {
            let (before, rest) = rows.split_at_mut(j);
            let row = &mut rest[0];
            for u in (0..row.len()).rev() {
                let beaten = if u >= j { row[u - j] } else { 0.0 };
                row[u] = beaten + before[j - 1][u];
            }
        }
    }
    rows.swap_remove(m)
}

fn normal_p(n: u64, m: u64, u: f64, ties: &[u64]) -> f64 {
    let (n, m) = (n as f64, m as f64);
    let all = n + m;
    // Two million equal values, the most that a link may ask for, have a cube of 8e18: that fits.
    let tied = ties.iter().map(|&t| (t * t * t - t) as f64).sum::<f64>();
    let variance = n * m / 12.0 * ((all + 1.0) - tied / (all * (all - 1.0)));
    // Everything ties with everything: nothing speaks against one distribution.
    if variance <= 0.0 {
        return 1.0;
    }
    let distance = (u - n * m / 2.0).abs() - 0.5;
    at_most_one(2.0 * upper_tail(distance / variance.sqrt()))
}

fn at_most_one(p: f64) -> f64 {
    if p > 1.0 { 1.0 } else { p }
}

/// A sample in three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quartiles {
    /// A quarter of the values lies below.
    pub low: f64,
    /// Half of them.
    pub median: f64,
    /// Three quarters.
    pub high: f64,
}

/// The quartiles of a sample, linear between neighbours: the q-quantile of n values stands at place
/// q·(n − 1) of their order, from 0 on (definition 7 of Hyndman and Fan 1996, NumPy's default).
///
/// `None` for an empty sample. A place between a finite and an infinite value is infinite.
///
/// ```
/// use bottleneck::analysis::stats::rank::quartiles;
/// let three = quartiles(&[4.0, 1.0, 2.0, 3.0]).expect("not empty");
/// assert_eq!((three.low, three.median, three.high), (1.75, 2.5, 3.25));
/// ```
pub fn quartiles(values: &[f32]) -> Option<Quartiles> {
    let values = order::sorted(values);
    let last = values.len().checked_sub(1)?;
    let quantile = |share: f64| {
        let place = share * last as f64;
        let below = place as usize;
        let rest = place - below as f64;
        let low = f64::from(values[below]);
        let next = values.get(below + 1).copied().map_or(low, f64::from);
        // On the spot, or between equals, nothing is added: 0·∞ and ∞ − ∞ would be NaN.
        if rest == 0.0 || next == low { low } else { low + rest * (next - low) }
    };
    Some(Quartiles { low: quantile(0.25), median: quantile(0.5), high: quantile(0.75) })
}
