//! The figures of all methods: of the plain ones as they are, of the networks their middle and their ends.

use super::{Judgement, Own, PLAIN};
use crate::analysis::stats::roc::Confusion;
use crate::autoencoder::Model;
use crate::run::anomalies::{Spread, spread};
use serde::Serialize;

/// A number of one method: of the only list of scores it has, or of those of all networks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// Of a plain method.
    Method(f64),
    /// Over the networks that did not diverge.
    Networks(Spread),
}

impl Figure {
    /// The number, or the median.
    pub fn middle(&self) -> f64 {
        match self {
            Figure::Method(value) => *value,
            Figure::Networks(spread) => spread.median,
        }
    }
}

/// What thresholds do: of a plain method, or of each network, `None` where it diverged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Counts {
    /// Of a plain method; `None` where nothing is held out.
    Method(Option<Confusion>),
    /// By network.
    Networks(Vec<Option<Confusion>>),
}

/// The figures of anomalies against the normal pictures that are held out; `None` for what the set cannot answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// AUC, ties one half.
    pub auc: Option<Figure>,
    /// Average precision.
    pub average_precision: Option<Figure>,
    /// F1 at the threshold.
    pub f1: Option<Figure>,
    /// What the threshold does.
    pub confusion: Counts,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The name in results: one of [`PLAIN`], or `ca` or `va`.
    pub name: &'static str,
    /// The score above which a picture counts as an anomaly.
    pub threshold: Option<Figure>,
    /// The share of all pictures of the set above it.
    pub above: Option<Figure>,
    /// Of all anomalies together.
    #[serde(flatten)]
    pub all: Figures,
    /// Of each label that is not normal, in the order of [`Table::labels`].
    pub by_label: Vec<Figures>,
}

/// All methods that are there: the plain ones once they are prepared, the networks once all of them are trained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// The labels that are not normal, each with its number of pictures, in order.
    pub labels: Vec<(String, u32)>,
    /// The plain methods in their order, and the networks.
    pub rows: Vec<Row>,
}

impl Table {
    /// Of a run at a share of false alarms, see [`Judgement::of`].
    pub fn of(run: &Own, false_alarms: f64) -> Table {
        let networks = if run.progress().done { run.scores() } else { Vec::new() };
        Table::with(run, &networks, false_alarms)
    }

    /// The same with the networks as they are [shown](Own::look_towards), where that is after another epoch than where
    /// training stands.
    pub fn shown(run: &mut Own, false_alarms: f64) -> Table {
        if !run.is_away() {
            return Table::of(run, false_alarms);
        }
        let networks: Vec<Vec<f32>> =
            (0..run.recipe().networks).map(|k| run.scores_shown(k).to_vec()).collect();
        let networks: Vec<Option<&[f32]>> = networks.iter().map(|scores| Some(&scores[..])).collect();
        Table::with(run, &networks, false_alarms)
    }

    fn with(run: &Own, networks: &[Option<&[f32]>], false_alarms: f64) -> Table {
        let judge = |scores: &[f32]| Judgement::of(run.set(), run.split(), scores, false_alarms);
        let mut rows = Vec::new();
        for ((name, _), scores) in PLAIN.iter().zip(run.plain_scores().unwrap_or_default()) {
            rows.push(Row::of(name, &[Some(judge(scores))], false));
        }
        if !networks.is_empty() {
            let judged: Vec<_> = networks.iter().map(|scores| scores.map(judge)).collect();
            rows.push(Row::of(network_name(run), &judged, true));
        }
        let counts = run.set().counts().into_iter();
        let normal = run.recipe().set.as_ref().map_or("", |set| &set.normal);
        let labels = counts.filter(|(label, _)| *label != normal).map(|(label, n)| (label.to_owned(), n));
        Table { labels: labels.collect(), rows }
    }
}

/// The name of the networks' row.
fn network_name(run: &Own) -> &'static str {
    match run.recipe().model {
        Model::Classical => "ca",
        Model::Variational => "va",
    }
}

impl Row {
    fn of(name: &'static str, judged: &[Option<Judgement>], are_networks: bool) -> Row {
        let there: Vec<&Judgement> = judged.iter().flatten().collect();
        let figure = |of: &dyn Fn(&Judgement) -> Option<f64>| {
            let values: Vec<f64> = there.iter().filter_map(|judgement| of(judgement)).collect();
            match are_networks {
                true => spread(values).map(Figure::Networks),
                false => values.first().copied().map(Figure::Method),
            }
        };
        let counts = |of: &dyn Fn(&Judgement) -> Option<Confusion>| {
            let each: Vec<_> = judged.iter().map(|judgement| of(judgement.as_ref()?)).collect();
            if are_networks { Counts::Networks(each) } else { Counts::Method(each[0]) }
        };
        let of_label = |i: usize| Figures {
            auc: figure(&|judgement| Some(judgement.by_label[i].auc?.value)),
            average_precision: figure(&|judgement| judgement.by_label[i].average_precision),
            f1: figure(&|judgement| judgement.by_label[i].f1),
            confusion: counts(&|judgement| judgement.by_label[i].confusion),
        };
        Row {
            name,
            threshold: figure(&|judgement| judgement.threshold.map(f64::from)),
            above: figure(&|judgement| judgement.above),
            all: Figures {
                auc: figure(&|judgement| Some(judgement.auc?.value)),
                average_precision: figure(&|judgement| judgement.average_precision),
                f1: figure(&|judgement| judgement.f1),
                confusion: counts(&|judgement| judgement.confusion),
            },
            by_label: (0..there.first().map_or(0, |judgement| judgement.by_label.len()))
                .map(of_label)
                .collect(),
        }
    }
}
