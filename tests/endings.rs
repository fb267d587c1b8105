//! The labels of end states: hand-made examples of every class, and any outputs at all.

use bottleneck::analysis::quad::outcome::{self, Ending, Outcome};
use bottleneck::analysis::quad::partition::Partition;
use bottleneck::data::QUAD;
use bottleneck::num::matrix::rows;
use bottleneck::num::rng::{Purpose, Stream};

/// A code for each image.
const APART: [f32; 4] = [-3.0, -1.0, 1.0, 3.0];

/// The ending of 16 outputs, image by image, and of codes of one number.
fn ending(outputs: &[f32], codes: &[f32]) -> Ending {
    outcome::ending(rows(4, outputs), rows(1, codes))
}

/// What a network gives at best that cannot tell the images of a class apart.
fn averages(classes: [u8; 4]) -> Vec<f32> {
    let mean = |i: usize, p: usize| {
        let class: Vec<usize> = (0..4).filter(|&j| classes[j] == classes[i]).collect();
        class.iter().map(|&j| f32::from(QUAD[j][p])).sum::<f32>() / class.len() as f32
    };
    (0..16).map(|at| mean(at / 4, at % 4)).collect()
}

#[test]
fn hand_made_examples_of_every_class_are_labelled() {
    for (classes, codes, label) in [
        ([0, 1, 2, 3], APART, "solved"),
        ([0, 0, 1, 2], APART, "one_pair_adjacent"),
        ([0, 1, 2, 0], APART, "one_pair_adjacent"),
        ([0, 0, 1, 1], APART, "two_pairs_adjacent"),
        ([0, 1, 1, 0], APART, "two_pairs_adjacent"),
        ([0, 0, 0, 1], APART, "three_merged"),
        ([0, 0, 0, 0], APART, "all_grey"),
        ([0, 1, 0, 1], APART, "all_grey"),
        ([0, 1, 0, 1], [-1.0, 2.0, -1.0, 2.0], "two_pairs_opposite"),
        ([0, 1, 0, 2], APART, "one_pair_opposite"),
        ([0, 1, 2, 1], APART, "one_pair_opposite"),
    ] {
        let found = ending(&averages(classes), &codes);
        assert_eq!(found.outcome.label(), label, "{classes:?}");
        // Two opposite pairs look like all four together; only the codes can tell.
        if label != "all_grey" {
            assert_eq!(found.partition, Partition::from_classes(classes));
        }
    }
}

#[test]
fn the_first_label_that_matches_wins() {
    let mut outputs = averages([0, 1, 2, 3]);
    outputs[0] = 0.09;
    assert_eq!(ending(&outputs, &APART).outcome, Outcome::Solved);
    outputs[0] = 0.95;
    assert_eq!(ending(&outputs, &APART).outcome, Outcome::Saturated);
    outputs[0] = 0.3;
    assert_eq!(ending(&outputs, &APART).outcome, Outcome::Unsettled);
    // 0011 and 0101 merged in their second pixel alone.
    let mut partly = averages([0, 1, 2, 3]);
    (partly[1], partly[13]) = (0.5, 0.5);
    assert_eq!(ending(&partly, &APART).outcome, Outcome::PartlyMerged);
    partly[1] = f32::NAN;
    assert_eq!(ending(&partly, &APART).outcome, Outcome::Diverged);
}

/// Many values are ties or near misses of the tolerances, where a gap between two rules would be.
#[test]
fn any_finite_outputs_have_one_label_and_its_partition() {
    let values = [0.0, 0.04, 0.0999, 0.1, 0.3, 0.45, 0.5, 0.52, 0.75, 0.9, 0.901, 0.96, 1.0];
    let mut stream = Stream::new(6, Purpose::Show);
    let mut seen = [0u32; 11];
    for _ in 0..200_000 {
        let mut draw = |n: u32| stream.below(n) as usize;
        let outputs: Vec<f32> = match draw(3) {
            0 => (0..16).map(|_| values[draw(13)]).collect(),
            1 => {
                let pixels: [Vec<f32>; 4] =
                    std::array::from_fn(|_| averages(Partition::ALL[draw(15)].classes()));
                (0..16).map(|at| pixels[at % 4][at]).collect()
            }
            _ => {
                let near = averages(Partition::ALL[draw(15)].classes());
                near.into_iter().map(|y| (y + values[draw(4)] * 0.4).clamp(0.0, 1.0)).collect()
            }
        };
        let codes: Vec<f32> = (0..4).map(|_| values[draw(13)]).collect();
        let found = ending(&outputs, &codes);
        seen[found.outcome as usize] += 1;
        assert_ne!(found.outcome, Outcome::Diverged, "{outputs:?}");
        let errors = outputs.iter().zip(QUAD.as_flattened()).map(|(y, &x)| (y - f32::from(x)).abs());
        assert_eq!(errors.clone().all(|e| e < 0.1), found.outcome == Outcome::Solved, "{outputs:?}");
        if errors.clone().any(|e| e > 0.9) {
            assert_eq!(found.outcome, Outcome::Saturated, "{outputs:?}");
        }
        let classes = found.partition.count();
        match found.outcome {
            Outcome::OnePairAdjacent | Outcome::OnePairOpposite => assert_eq!(classes, 3),
            Outcome::TwoPairsAdjacent | Outcome::TwoPairsOpposite | Outcome::ThreeMerged => {
                assert_eq!(classes, 2);
            }
            Outcome::AllGrey => assert_eq!(classes, 1),
            _ => {}
        }
    }
    let never: Vec<_> = Outcome::ALL.iter().filter(|&&label| seen[label as usize] == 0).collect();
    assert_eq!(never, [&Outcome::Diverged], "every label came up: {seen:?}");
}
