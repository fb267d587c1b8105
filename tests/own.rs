//! What is odd among pictures: the plain methods and their figures agree with scikit-learn on the handwritten digits.
//!
//! `data/own.json` takes each digit as the normal one in turn; its first line names the versions, `data/own.py` the
//! methods.

use bottleneck::data::{Images, Picture, PictureSet};
use bottleneck::recipe::{Experiment, Link, Recipe};
use bottleneck::run::Session;
use bottleneck::run::own::{Judgement, PLAIN, Plain, Split, network_scores};
use serde_json::Value;

/// Scores are f32 here and f64 there: where two differ by less than a rounding, a pair may change its order or not.
/// Of the least number of pairs, 43 × 1,614, this is one.
const A_PAIR: f64 = 1.5e-5;
/// Of f32 against f64.
const ROUNDING: f64 = 1e-6;

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("data/own.json")).expect("JSON");
    file["cases"].as_array().expect("a list").clone()
}

/// The split of a case: what is normal and not held out is learned.
fn split_of(case: &Value, set: &PictureSet) -> Split {
    let held_out: Vec<u32> = serde_json::from_value(case["held_out"].clone()).expect("places");
    let (mut training, mut anomalies) = (Vec::new(), Vec::new());
    for (place, picture) in (0..).zip(set.pictures()) {
        if picture.label != case["normal"].as_str().expect("a label") {
            anomalies.push(place);
        } else if !held_out.contains(&place) {
            training.push(place);
        }
    }
    Split { training, held_out, anomalies }
}

fn near(found: f64, expected: &Value, tolerance: f64, what: &str) {
    let expected = expected.as_f64().expect("a number");
    assert!((found - expected).abs() <= tolerance, "{what}: {found} instead of {expected}");
}

#[test]
fn plain_methods_judge_the_digits_as_scikit_learn_does() {
    let set = bottleneck_pictures::digits();
    assert_eq!(cases().len(), 10);
    for case in cases() {
        let split = split_of(&case, &set);
        let plain = Plain::fit(&set, &split.training, 1).expect("there are normal pictures");
        for (name, way) in PLAIN {
            let expected = &case["methods"][name];
            let scores = plain.scores(way, &set);
            let found = Judgement::of(&set, &split, &scores, 0.0);
            let what = |figure: &str| format!("{figure} of {name}, normal {}", case["normal"]);
            near(found.auc.expect("both sides").value, &expected["auc"], A_PAIR, &what("AUC"));
            let precision = found.average_precision.expect("both sides");
            near(precision, &expected["average_precision"], A_PAIR, &what("average precision"));
            let level = f64::from(found.threshold.expect("some are held out"));
            near(level, &expected["threshold"], ROUNDING, &what("threshold"));
            // One picture of 1,600 more or less above the threshold.
            near(found.f1.expect("anomalies"), &expected["f1"], 1e-3, &what("F1"));
            let judged = split.held_out.iter().chain(&split.anomalies);
            let sum: f64 = judged.map(|&i| f64::from(scores[i as usize])).sum();
            let count = split.held_out.len() + split.anomalies.len();
            near(sum / count as f64, &expected["mean_score"], ROUNDING, &what("mean score"));
        }
    }
}

#[test]
fn every_label_that_is_not_normal_has_its_figures() {
    let set = bottleneck_pictures::digits();
    let split = Split::of(&set, "3", 25, 1);
    let plain = Plain::fit(&set, &split.training, 1).expect("there are normal pictures");
    let found = Judgement::of(&set, &split, &plain.scores(PLAIN[3].1, &set), 0.0);
    let labels: Vec<&str> = found.by_label.iter().map(|of| &*of.label).collect();
    assert_eq!(labels, ["0", "1", "2", "4", "5", "6", "7", "8", "9"]);
    let pictures: u32 = found.by_label.iter().map(|of| of.pictures).sum();
    assert_eq!(pictures as usize, split.anomalies.len());
    let hits = |counts: Option<bottleneck::analysis::stats::roc::Confusion>| counts.expect("a threshold");
    let by_label: u32 = found.by_label.iter().map(|of| hits(of.confusion).true_positives).sum();
    assert_eq!(by_label, hits(found.confusion).true_positives);
    assert_eq!(
        hits(found.confusion).false_positives,
        0,
        "the threshold is the highest of the held-out scores"
    );
}

fn set_of(pictures: &[(&str, [u8; 4])]) -> PictureSet {
    let picture = |(label, levels): &(&str, [u8; 4])| Picture {
        label: label.to_string(),
        name: String::new(),
        levels: levels.to_vec(),
    };
    PictureSet::new(2, pictures.iter().map(picture).collect())
}

/// The judgement of the mean picture and of every other plain method, which must not panic on any set.
fn judged(set: &PictureSet, percent: u32) -> (Split, Option<Judgement>) {
    let split = Split::of(set, "good", percent, 1);
    let plain = Plain::fit(set, &split.training, 1);
    let all = plain.map(|plain| {
        PLAIN.map(|(_, way)| {
            let scores = plain.scores(way, set);
            assert!(scores.iter().all(|score| score.is_finite()));
            Judgement::of(set, &split, &scores, 0.0)
        })
    });
    (split, all.map(|[mean, ..]| mean))
}

#[test]
fn one_picture_is_learned_and_has_no_threshold() {
    let (split, found) = judged(&set_of(&[("good", [1, 2, 3, 4])]), 90);
    assert_eq!((split.training.len(), split.held_out.len()), (1, 0));
    let found = found.expect("something is learned");
    assert_eq!((found.threshold, found.above, found.auc, found.f1), (None, None, None, None));
}

#[test]
fn pictures_that_are_all_alike_are_none_of_them_odd() {
    let set =
        set_of(&[("good", [9; 4]), ("good", [9; 4]), ("good", [9; 4]), ("good", [9; 4]), ("bad", [9; 4])]);
    let found = judged(&set, 50).1.expect("something is learned");
    assert_eq!((found.threshold, found.above), (Some(0.0), Some(0.0)));
    assert_eq!(found.auc.map(|auc| auc.value), Some(0.5));
    assert_eq!((found.f1, found.by_label.len()), (Some(0.0), 1));
}

#[test]
fn without_anomalies_there_is_a_threshold_and_no_auc() {
    let set = set_of(&[("good", [0; 4]), ("good", [90; 4]), ("good", [200; 4]), ("good", [255; 4])]);
    let found = judged(&set, 50).1.expect("something is learned");
    assert!(found.threshold.is_some() && found.above.is_some() && found.by_label.is_empty());
    assert_eq!((found.auc, found.average_precision, found.f1), (None, None, None));
}

#[test]
fn with_anomalies_alone_nothing_is_learned() {
    let (split, found) = judged(&set_of(&[("bad", [0; 4]), ("worse", [90; 4])]), 25);
    assert_eq!((split.training, split.held_out, split.anomalies), (vec![], vec![], vec![0, 1]));
    assert_eq!(found, None);
}

#[test]
fn with_none_held_out_there_is_nothing_to_tell_anomalies_from() {
    let set = set_of(&[("good", [0; 4]), ("good", [90; 4]), ("bad", [200; 4])]);
    let found = judged(&set, 0).1.expect("something is learned");
    assert_eq!((found.threshold, found.auc, found.confusion), (None, None, None));
}

#[test]
fn greys_are_odd_among_black_and_white_pictures() {
    let normal = [("good", [0, 255, 0, 255]), ("good", [0, 0, 255, 255]), ("good", [0, 255, 0, 255])];
    let set = set_of(&[&normal[..], &[("good", [0, 0, 255, 255]), ("grey", [0, 128, 128, 255])]].concat());
    let split = Split { training: vec![0, 2], held_out: vec![1, 3], anomalies: vec![4] };
    let plain = Plain::fit(&set, &split.training, 1).expect("something is learned");
    // Two different pictures span one component, so that nothing but the mean picture is off.
    for (name, way) in PLAIN {
        let scores = plain.scores(way, &set);
        let normal = if name == "mean" { 0.125 } else { 0.0 };
        assert!(scores[..4].iter().all(|score| (score - normal).abs() < 1e-12), "{name}: {scores:?}");
    }
    // 128 is off by 128 of 255 from black and by 127 from white, in two of four pixels.
    assert!((plain.scores(PLAIN[5].1, &set)[4] - 0.126).abs() < 1e-3);
}

/// The network of 32-8-32 that learns what a split says, and the scores it gives.
fn trained_scores(set: &PictureSet, split: &Split, variational: bool) -> Vec<f32> {
    let exp = if variational { Experiment::Variational } else { Experiment::Classical };
    let count = split.training.len() as u32;
    let recipe =
        Recipe { side: set.side(), count, l1: 32, code: 8, l3: 32, epochs: 500, ..Recipe::default_of(exp) };
    let levels = split.training.iter().flat_map(|&i| &set.pictures()[i as usize].levels).copied().collect();
    let link = Link::from(recipe.check().expect("a recipe in range"));
    let pictures = Images::of_levels(set.side(), levels);
    let mut session = Session::on(link, pictures).expect("as many pictures as the recipe counts");
    assert!(session.train(u32::MAX).done);
    network_scores(&session.network(), set)
}

/// An independent implementation has a mean of 0.997 (classical) and 0.996 (variational) over the ten digits.
#[test]
fn networks_of_either_kind_tell_the_other_digits_from_threes() {
    let set = bottleneck_pictures::digits();
    let split = Split::of(&set, "3", 25, 1);
    for variational in [false, true] {
        let scores = trained_scores(&set, &split, variational);
        assert_eq!(scores.len(), set.pictures().len());
        let found = Judgement::of(&set, &split, &scores, 0.0).auc.expect("both sides").value;
        // The same bits on every machine, so it holds or not: 0.995 and 0.994 when it was written.
        assert!(found > 0.99, "variational: {variational}, AUC {found}");
    }
}

#[test]
fn another_seed_holds_out_others_and_the_same_seed_the_same() {
    let set = bottleneck_pictures::digits();
    let split = |seed| Split::of(&set, "7", 25, seed);
    assert_eq!(split(1), split(1));
    assert_ne!(split(1).held_out, split(2).held_out);
    assert_eq!(split(1).held_out[..4], FIRST_HELD_OUT);
    let all = [split(1).training, split(1).held_out, split(1).anomalies].concat();
    let mut rising = all.clone();
    rising.sort_unstable();
    assert_eq!(rising, (0..1797).collect::<Vec<u32>>());
}

/// What a seed holds out is a part of every link to such a run.
const FIRST_HELD_OUT: [u32; 4] = [1267, 1276, 1278, 1279];
