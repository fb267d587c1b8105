//! The ROC figures agree with another implementation, and the baselines with their definitions.
//!
//! `data/roc.json` holds twenty pairs of score lists with ties and what scikit-learn makes of them; its
//! first line names the versions and how the scores were drawn.

use bottleneck::analysis::baselines::{NearestImage, Pca, half_plane};
use bottleneck::analysis::stats::roc::{Confusion, auc, curve};
use bottleneck::data::{HalfPlanes, Span, lines};
use serde_json::Value;

fn scores(case: &Value, name: &str) -> Vec<f32> {
    let list = case[name].as_array().expect("a list");
    list.iter().map(|v| v.as_f64().expect("a number") as f32).collect()
}

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("data/roc.json")).expect("JSON");
    file["cases"].as_array().expect("a list").clone()
}

/// Both absent, or one f64 apart: the parser of the fixtures may be off by that.
fn agree(found: Option<f64>, expected: &Value) -> bool {
    match (found, expected.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() <= f64::EPSILON,
        (a, b) => a.is_none() && b.is_none(),
    }
}

#[test]
fn auc_agrees_with_scikit_learn_on_twenty_fixtures_with_ties() {
    let cases = cases();
    assert_eq!(cases.len(), 20);
    for (number, case) in cases.iter().enumerate() {
        let (normal, anomalous) = (scores(case, "normal"), scores(case, "anomalous"));
        let found = auc(&normal, &anomalous).expect("scores on both sides");
        let expected = case["auc"].as_f64().expect("a number");
        // Theirs is a sum of trapezoids, ours one division: both in f64, a few roundings apart.
        assert!((found.value - expected).abs() < 1e-14, "case {number}: {} and {expected}", found.value);
        assert!(found.low <= found.value && found.value <= found.high);
    }
}

#[test]
fn precision_and_recall_agree_with_scikit_learn() {
    for (number, case) in cases().iter().enumerate() {
        let threshold = case["threshold"].as_f64().expect("a number") as f32;
        let confusion = Confusion::at(threshold, &scores(case, "normal"), &scores(case, "anomalous"));
        assert!(agree(confusion.precision(), &case["precision"]), "precision of case {number}");
        assert!(agree(confusion.recall(), &case["recall"]), "recall of case {number}");
    }
}

#[test]
fn a_curve_rises_from_corner_to_corner_and_encloses_the_auc() {
    for case in cases() {
        let (normal, anomalous) = (scores(&case, "normal"), scores(&case, "anomalous"));
        let points = curve(&normal, &anomalous);
        assert!(
            points.windows(2).all(|p| p[0].false_alarms <= p[1].false_alarms && p[0].recall <= p[1].recall)
        );
        let area: f64 = points
            .windows(2)
            .map(|p| (p[1].false_alarms - p[0].false_alarms) * (p[0].recall + p[1].recall) / 2.0)
            .sum();
        let expected = case["auc"].as_f64().expect("a number");
        assert!((area - expected).abs() < 1e-14);
    }
}

#[test]
fn every_training_image_is_its_own_nearest_one_and_its_own_half_plane() {
    let images = lines(16, 100, Span::Half, 1);
    let (seen, planes) = (NearestImage::new(&images), HalfPlanes::new(16));
    for i in 0..images.count() {
        assert_eq!(seen.of(images.image(i)), images.image(i));
        assert_eq!(half_plane(&planes, images.image(i)), images.image(i));
    }
}

#[test]
fn more_components_never_reconstruct_the_training_set_worse() {
    let images = lines(16, 300, Span::Half, 1);
    let pca = Pca::fit(&images, 32, 1);
    let residual = |k: usize| -> f64 {
        (0..images.count())
            .flat_map(|i| pca.reconstruct(images.image(i), k).into_iter().zip(images.image(i)))
            .map(|(y, &x)| f64::from(y - f32::from(x)).powi(2))
            .sum()
    };
    let all: Vec<f64> = [0, 1, 2, 8, 32].map(residual).to_vec();
    assert!(all.windows(2).all(|pair| pair[1] < pair[0]), "{all:?}");
}

#[test]
fn every_row_says_what_is_done_and_no_two_do_the_same() {
    use bottleneck::data::{HalfPlanes, Span};
    use bottleneck::num::rng::{Purpose, Stream};
    use bottleneck::run::anomalies::conditions;

    for side in 4..=64 {
        let rows = conditions(side);
        let planes = HalfPlanes::new(side);
        let drawn = |row: &bottleneck::run::anomalies::Condition| {
            let mut stream = Stream::new(7, Purpose::Defect);
            // The size in the row is the one that is drawn: taken to the ends of its range it stays what it is.
            let sizes = row.defect.sizes(side);
            assert_eq!(
                (sizes.nearest(row.low), sizes.nearest(row.high)),
                (row.low, row.high),
                "{}",
                row.name()
            );
            (0..3)
                .flat_map(|_| row.defect.draw(row.low, side, Span::Half, &planes, &mut stream))
                .collect::<Vec<u8>>()
        };
        for (k, row) in rows.iter().enumerate() {
            for other in &rows[..k] {
                assert_ne!(row.name(), other.name(), "side {side}");
                let same = row.defect == other.defect && row.high == other.high && drawn(row) == drawn(other);
                assert!(!same, "side {side}: {} and {}", row.name(), other.name());
            }
        }
    }
    let names = |side| conditions(side).iter().map(|row| row.name()).collect::<Vec<_>>();
    assert_eq!(names(32).len(), 12, "the paper's images have room for all");
    assert_eq!(
        names(8),
        [
            "block_1",
            "block_2",
            "block_4",
            "salt_pepper_5",
            "offset_2_3.5",
            "curve_4",
            "circle_4",
            "wedge_45",
            "checkerboard_4",
            "blank"
        ]
    );
    assert!(!names(4).iter().any(|name| name.starts_with("salt_pepper")), "one pixel of 16 is one pixel");
}
