//! The rank test and the quartiles against SciPy and NumPy.

use bottleneck::analysis::stats::rank::{MannWhitney, Method, mann_whitney, quartiles};
use serde_json::Value;

/// Both sides compute in f64 from a few thousand additions or one tail of the normal.
const RELATIVE: f64 = 1e-11;

fn cases() -> Vec<Value> {
    let text = include_str!("data/rank.json");
    let all: Value = serde_json::from_str(text).expect("rank.json is JSON");
    all["cases"].as_array().expect("it has cases").clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|v| v.as_f64().expect("a number")).collect()
}

fn sample(value: &Value) -> Vec<f32> {
    numbers(value).into_iter().map(|v| v as f32).collect()
}

fn compare(case: &Value) -> MannWhitney {
    mann_whitney(&sample(&case["a"]), &sample(&case["b"])).expect("neither sample is empty")
}

#[test]
fn u_and_p_agree_with_scipy_on_twenty_data_sets() {
    assert_eq!(cases().len(), 20);
    for case in cases() {
        let found = compare(&case);
        let name = &case["name"];
        assert_eq!(found.u, case["u"].as_f64().expect("a number"), "U of {name}");
        let p = case["p"].as_f64().expect("a number");
        assert!((found.p / p - 1.0).abs() < RELATIVE, "p of {name}: {} instead of {p}", found.p);
        let method = if found.method == Method::Exact { "exact" } else { "normal" };
        assert_eq!(method, case["method"].as_str().expect("a word"), "method of {name}");
    }
}

#[test]
fn quartiles_agree_with_numpy() {
    for case in cases() {
        for (values, expected) in [("a", "quartiles_a"), ("b", "quartiles_b")] {
            let found = quartiles(&sample(&case[values])).expect("not empty");
            let expected = numbers(&case[expected]);
            // NumPy interpolates from the nearer end, so the last bit may differ.
            for (found, expected) in [found.low, found.median, found.high].into_iter().zip(expected) {
                assert!(
                    (found - expected).abs() <= f64::EPSILON * expected,
                    "{found} instead of {expected}, {}",
                    case["name"]
                );
            }
        }
    }
}

#[test]
fn swapping_the_samples_mirrors_u_and_keeps_p() {
    for case in cases() {
        let there = compare(&case);
        let (a, b) = (sample(&case["a"]), sample(&case["b"]));
        let back = mann_whitney(&b, &a).expect("neither sample is empty");
        assert_eq!(there.u + back.u, (a.len() * b.len()) as f64);
        assert_eq!(there.superiority + back.superiority, 1.0);
        assert_eq!(there.p, back.p, "{}", case["name"]);
    }
}

#[test]
fn nothing_compares_with_an_empty_sample() {
    assert_eq!(mann_whitney(&[], &[1.0]), None);
    assert_eq!(quartiles(&[]), None);
}

#[test]
fn samples_that_are_all_equal_show_nothing() {
    let found = mann_whitney(&[0.25; 8], &[0.25; 5]).expect("neither sample is empty");
    assert_eq!((found.p, found.superiority, found.method), (1.0, 0.5, Method::Normal));
}

#[test]
fn a_network_that_diverged_ranks_last() {
    let sane = [0.1, 0.2, 0.3, 0.4];
    let found = mann_whitney(&sane, &[f32::INFINITY; 4]).expect("neither sample is empty");
    assert_eq!(found.superiority, 0.0);
    let q = quartiles(&[0.1, 0.2, f32::INFINITY]).expect("not empty");
    assert_eq!((q.median, q.high), (f64::from(0.2_f32), f64::INFINITY));
    let all = quartiles(&[f32::INFINITY; 4]).expect("not empty");
    assert_eq!(all.low, f64::INFINITY);
}

/// Counts beyond 2³², which a page's `usize` does not hold.
#[test]
fn as_many_values_as_a_link_may_ask_for_are_compared_without_a_count_that_wraps() {
    let tied = mann_whitney(&[0.25; 2000], &[0.25; 1700]).expect("neither sample is empty");
    assert_eq!((tied.u, tied.p, tied.superiority), (1.7e6, 1.0, 0.5));
    let n = 1 << 16; // n² is 0 in 32 bits
    let low: Vec<f32> = (0..n).map(|k| k as f32).collect();
    let high: Vec<f32> = (n..2 * n).map(|k| k as f32).collect();
    let apart = mann_whitney(&high, &low).expect("neither sample is empty");
    assert_eq!((apart.u, apart.method, apart.superiority), (4294967296.0, Method::Normal, 1.0));
}
