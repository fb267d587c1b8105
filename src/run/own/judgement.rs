//! What the decision scores of one method, or of one network, say of a set.

use super::Split;
use crate::analysis::stats::average_precision;
use crate::analysis::stats::roc::{Auc, Confusion, auc, threshold};
use crate::data::PictureSet;
use serde::Serialize;

/// Thresholds and figures of one list of scores; `None` for what the set cannot answer.
///
/// Without pictures that are held out there is no threshold and nothing to tell anomalies from, so no figure either;
/// without anomalies there is a threshold, a confusion with false alarms alone, and no AUC.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// The score above which a picture counts as an anomaly.
    pub threshold: Option<f32>,
    /// The share of all pictures of the set above it.
    pub above: Option<f64>,
    /// All anomalies against the normal pictures that are held out.
    pub auc: Option<Auc>,
    /// Of the same.
    pub average_precision: Option<f64>,
    /// What the threshold does to the same.
    pub confusion: Option<Confusion>,
    /// F1 of this confusion.
    pub f1: Option<f64>,
    /// The same for each label that is not normal, in order.
    pub by_label: Vec<OfLabel>,
}

/// The figures of the anomalies with one label, against the normal pictures that are held out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfLabel {
    /// Their label.
    pub label: String,
    /// How many there are.
    pub pictures: u32,
    /// AUC.
    pub auc: Option<Auc>,
    /// Average precision.
    pub average_precision: Option<f64>,
    /// What the threshold does to them.
    pub confusion: Option<Confusion>,
    /// F1 of this confusion.
    pub f1: Option<f64>,
}

impl Judgement {
    /// Of the scores of all pictures of a set, in its order. Of the held-out ones at most `false_alarms`, a share, lie
    /// above the threshold; with none allowed it is the highest of them.
    pub fn of(set: &PictureSet, split: &Split, scores: &[f32], false_alarms: f64) -> Judgement {
        let held_out: Vec<f32> = split.held_out.iter().map(|&i| scores[i as usize]).collect();
        Judgement::above(set, split, scores, threshold(&held_out, false_alarms))
    }

    /// Of the same at a threshold that somebody chose.
    pub fn above(set: &PictureSet, split: &Split, scores: &[f32], threshold: Option<f32>) -> Judgement {
        let at = |places: &[u32]| places.iter().map(|&i| scores[i as usize]).collect::<Vec<_>>();
        let label = |place: &u32| &*set.pictures()[*place as usize].label;
        let (normal, anomalous) = (at(&split.held_out), at(&split.anomalies));
        let of_label = |places: &[u32]| OfLabel::of(label(&places[0]), threshold, &normal, &at(places));
        // A set is in the order of its labels, so those of one label stand together.
        let runs = split.anomalies.chunk_by(|a, b| label(a) == label(b));
        let all = OfLabel::of("", threshold, &normal, &anomalous);
        let above =
            |level| scores.iter().filter(|&&score| score > level).count() as f64 / scores.len() as f64;
        Judgement {
            threshold,
            above: threshold.map(above),
            auc: all.auc,
            average_precision: all.average_precision,
            confusion: all.confusion,
            f1: all.f1,
            by_label: runs.map(of_label).collect(),
        }
    }
}

impl OfLabel {
    fn of(label: &str, threshold: Option<f32>, normal: &[f32], anomalous: &[f32]) -> OfLabel {
        let confusion = threshold.map(|level| Confusion::at(level, normal, anomalous));
        OfLabel {
            label: label.into(),
            pictures: anomalous.len() as u32,
            auc: auc(normal, anomalous),
            average_precision: average_precision(normal, anomalous),
            confusion,
            f1: confusion.and_then(|counts| counts.f1()),
        }
    }
}
