//! The figures of the table: over the networks of a method, their middle and their ends.

use super::{Anomalies, Exam};
use crate::analysis::stats::roc::Confusion;
use crate::error::Error;
use crate::num::order;
use serde::Serialize;

/// The share of normal images that a threshold may flag where nobody says otherwise.
pub const FALSE_ALARMS: f64 = 0.01;

/// Median, least and greatest of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The middle one, or the mean of the two in the middle.
    pub median: f64,
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// Of finite numbers; `None` of none.
pub fn spread(values: Vec<f64>) -> Option<Spread> {
    let values = order::sorted_by(&values, |a, b| a.total_cmp(b).is_lt());
    let n = values.len();
    let (low, high) = (*values.first()?, *values.last()?);
    Some(Spread { median: (values[(n - 1) / 2] + values[n / 2]) / 2.0, low, high })
}

/// One method against one kind of defect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// AUC over the networks; a plain method has one.
    #[serde(flatten)]
    pub auc: Spread,
    /// DeLong's 95 % interval of the AUC of the middle network (of two, the lower one).
    pub interval: [f64; 2],
    /// How many networks these figures are of.
    pub networks: u32,
    /// The share of outputs that are a line still, a mean over the networks.
    pub lines: f64,
    /// The median precision at the threshold, of networks that flag anything.
    pub precision: Option<f64>,
    /// The median recall at the threshold.
    pub recall: Option<f64>,
}

/// One image by one method.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// Its decision score by the network that is shown; `None` where that is not there.
    pub shown: Option<f32>,
    /// Over all networks of the method that are there.
    pub spread: Option<Spread>,
    /// Networks that label it an anomaly.
    pub flagged: u32,
    /// Networks that are there.
    pub networks: u32,
    /// Whether the output of the network that is shown is a line.
    pub line: bool,
}

/// What a threshold does, in counts and in shares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Flagged {
    /// The counts.
    #[serde(flatten)]
    pub confusion: Confusion,
    /// See [`Confusion::precision`].
    pub precision: Option<f64>,
    /// See [`Confusion::recall`].
    pub recall: Option<f64>,
}

/// Normal and spoilt scores counted in the same bins, as shares of their images.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Histograms {
    /// Where the first bin begins: 0.
    pub low: f64,
    /// Where the last bin ends: at the greatest of all these scores.
    pub high: f64,
    /// Shares of the images that set the threshold, by bin.
    pub normal: Vec<f64>,
    /// Shares of the spoilt images.
    pub spoilt: Vec<f64>,
}

impl Exam {
    /// The scores of condition `c` beside the normal ones, in `bins` equal bins.
    pub fn histograms(&self, c: usize, bins: usize) -> Histograms {
        let both = self.threshold.iter().chain(&self.spoilt[c]);
        let high = f64::from(both.fold(0.0, |high, &score| if score > high { score } else { high }));
        let counted = |scores: &[f32]| {
            let mut shares = vec![0.0; bins];
            for &score in scores {
                // The greatest score belongs to the last bin; where all are 0, so is every bin but the first.
                let place = if high > 0.0 { f64::from(score) / high * bins as f64 } else { 0.0 };
                shares[(place as usize).min(bins - 1)] += 1.0 / scores.len() as f64;
            }
            shares
        };
        Histograms { low: 0.0, high, normal: counted(&self.threshold), spoilt: counted(&self.spoilt[c]) }
    }
}

impl Anomalies {
    /// Method `m` against condition `c` at a share of false alarms; `None` before any of its networks
    /// is examined.
    pub fn cell(&self, c: usize, m: usize, false_alarms: f64) -> Option<Cell> {
        let aucs: Vec<_> = self.exams(m).filter_map(|exam| exam.auc[c]).collect();
        let aucs = order::sorted_by(&aucs, |a, b| a.value.total_cmp(&b.value).is_lt());
        let middle = aucs.get(aucs.len().checked_sub(1)? / 2)?;
        let confusions: Vec<Confusion> =
            self.exams(m).filter_map(|exam| confusion(exam, c, false_alarms)).collect();
        let median = |of: fn(&Confusion) -> Option<f64>| {
            spread(confusions.iter().filter_map(of).collect()).map(|s| s.median)
        };
        Some(Cell {
            auc: spread(aucs.iter().map(|auc| auc.value).collect())?,
            interval: [middle.low, middle.high],
            networks: aucs.len() as u32,
            lines: self.exams(m).map(|exam| exam.lines[c]).sum::<f64>() / self.exams(m).count() as f64,
            precision: median(Confusion::precision),
            recall: median(Confusion::recall),
        })
    }

    /// What every method says of one image, the networks `k` in front.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] unless the image has the recipe's size.
    pub fn scored(&self, pixels: &[u8], k: u32, false_alarms: f64) -> Result<Vec<Scored>, Error> {
        let judgement = self.judge(pixels, k)?;
        let of = |(m, (scores, &line)): (usize, (&Vec<Option<f32>>, &bool))| {
            let levels = self.thresholds(m, false_alarms);
            let flags = |(score, level): &(Option<f32>, Option<f32>)| {
                score.zip(*level).is_some_and(|(score, level)| score > level)
            };
            let shown = if scores.len() == 1 { 0 } else { k as usize };
            let there: Vec<f64> = scores.iter().flatten().copied().map(f64::from).collect();
            Scored {
                shown: scores.get(shown).copied().flatten(),
                networks: there.len() as u32,
                spread: spread(there),
                flagged: scores.iter().copied().zip(levels).filter(flags).count() as u32,
                line,
            }
        };
        Ok(judgement.scores.iter().zip(&judgement.lines).enumerate().map(of).collect())
    }

    /// What a threshold does to condition `c` by network `k` of method `m`; `None` before that is examined.
    pub fn flagged(&self, m: usize, k: u32, c: usize, threshold: f32) -> Option<Flagged> {
        let exam = self.exam(m, k)?;
        let confusion = Confusion::at(threshold, &exam.normal, exam.spoilt.get(c)?);
        Some(Flagged { confusion, precision: confusion.precision(), recall: confusion.recall() })
    }

    /// The thresholds of method `m`'s networks; `None` where one is not examined.
    pub fn thresholds(&self, m: usize, false_alarms: f64) -> Vec<Option<f32>> {
        self.exams[m].iter().map(|exam| exam.as_ref()?.level(false_alarms)).collect()
    }
}

fn confusion(exam: &Exam, c: usize, false_alarms: f64) -> Option<Confusion> {
    Some(Confusion::at(exam.level(false_alarms)?, &exam.normal, &exam.spoilt[c]))
}
