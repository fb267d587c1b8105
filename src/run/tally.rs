//! A census summed up: how many networks ended how, and every one of them as a row.
//!
//! Finished networks are kept as flat rows, so that they cross to and from JavaScript as they are,
//! and so that a census trained in pieces, anywhere, is put together by copying.

use super::census::{Entry, root};
use crate::analysis::quad::cause::Cause;
use crate::analysis::quad::outcome::Outcome;
use crate::analysis::quad::partition::Partition;
use crate::analysis::stats::wilson;
use crate::recipe::merkle::Hash;
use crate::recipe::{CheckedRecipe, Digest, write_number};
use std::fmt::Write as _;

/// Bytes of a row of labels: the outcome, the partition and the cause as their numbers, then the
/// eight bytes of the digest.
pub const LABELS: usize = 11;
/// In place of an outcome: this network is not finished.
pub const WAITING: u8 = 255;
/// The six pairs of images: four of neighbours on their cycle, then two of opposites.
pub const PAIRS: [(usize, usize); 6] = [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2), (1, 3)];

impl Entry {
    /// Its row of labels.
    pub fn labels(&self) -> [u8; LABELS] {
        let Digest([a, b, c, d, e, f, g, h]) = self.digest;
        let (outcome, cause) = (self.ending.outcome as u8, self.cause as u8);
        [outcome, self.ending.partition.index(), cause, a, b, c, d, e, f, g, h]
    }

    /// Its row of numbers: the loss, then the codes of the four images, one image after the other.
    pub fn numbers(&self) -> impl Iterator<Item = f32> {
        [self.loss].into_iter().chain(self.codes.iter().copied())
    }
}

/// A finished network out of its row of labels.
struct Row {
    outcome: Outcome,
    partition: Partition,
    cause: Cause,
    digest: Digest,
}

/// Finished networks; rows that are waiting, or that no census writes, give `None`.
fn rows(labels: &[u8]) -> impl Iterator<Item = Option<Row>> {
    labels.chunks_exact(LABELS).map(|row| {
        Some(Row {
            outcome: *Outcome::ALL.get(usize::from(row[0]))?,
            partition: *Partition::ALL.get(usize::from(row[1]))?,
            cause: *Cause::ALL.get(usize::from(row[2]))?,
            digest: Digest(row[3..].try_into().ok()?),
        })
    })
}

/// How many networks ended how.
///
/// ```
/// use bottleneck::run::tally::{LABELS, Tally, WAITING};
/// let two = [[0; LABELS], [WAITING; LABELS]].concat(); // one solved, one not finished
/// let tally = Tally::of(&two);
/// assert_eq!((tally.finished, tally.outcomes[0]), (1, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Finished networks.
    pub finished: u32,
    /// Of each label, in the order of [`Outcome::ALL`].
    pub outcomes: [u32; 11],
    /// Of each cause, in the order of [`Cause::ALL`].
    pub causes: [u32; 9],
    /// That merge one pair of images and nothing else, by [`PAIRS`].
    pub alone: [u32; 6],
    /// In which both images of a pair come out alike in every pixel, by [`PAIRS`].
    pub merged: [u32; 6],
}

impl Tally {
    /// Counts rows of labels; those that are waiting are passed over.
    pub fn of(labels: &[u8]) -> Tally {
        let mut tally = Tally::default();
        for row in rows(labels).flatten() {
            let one_pair = matches!(row.outcome, Outcome::OnePairAdjacent | Outcome::OnePairOpposite);
            tally.finished += 1;
            tally.outcomes[row.outcome as usize] += 1;
            tally.causes[row.cause as usize] += 1;
            for (k, (i, j)) in PAIRS.into_iter().enumerate() {
                let together = u32::from(row.partition.is_together(i, j));
                tally.merged[k] += together;
                tally.alone[k] += if one_pair { together } else { 0 };
            }
        }
        tally
    }

    /// `[32, 4]`: count, share of the finished networks, and the ends of Wilson's 95 % interval; a
    /// row for each outcome, cause, pair alone and pair at all, in this order.
    pub fn shares(&self) -> Vec<f64> {
        let all = self.outcomes.iter().chain(&self.causes).chain(&self.alone).chain(&self.merged);
        all.flat_map(|&count| shares(count, self.finished)).collect()
    }
}

/// `[count, share, low, high]`, the last two Wilson's 95 % interval; the share is NaN of nothing.
pub fn shares(count: u32, of: u32) -> [f64; 4] {
    let (low, high) = wilson(count, of);
    [f64::from(count), f64::from(count) / f64::from(of), low, high]
}

/// The root of a whole census; `None` while a network is waiting.
pub fn root_of(labels: &[u8]) -> Option<Hash> {
    let done: Option<Vec<_>> = rows(labels).map(|row| row.map(|row| (row.outcome, row.digest))).collect();
    Some(root(done?.into_iter()))
}

/// One line per finished network: its seed, its end, its loss, its digest, its codes.
///
/// `numbers` are the rows of numbers, `[networks, 1 + 4·code]`.
pub fn csv(recipe: &CheckedRecipe, labels: &[u8], numbers: &[f32]) -> String {
    let mut text = String::from("network,seed,outcome,cause,classes,mse,digest");
    for image in 0..4 {
        for number in 0..recipe.code {
            let _ = match recipe.code {
                1 => write!(text, ",code_{image}"),
                _ => write!(text, ",code_{image}_{number}"),
            };
        }
    }
    text.push('\n');
    let width = 1 + 4 * recipe.code as usize;
    for (k, (row, numbers)) in (0..).zip(rows(labels).zip(numbers.chunks_exact(width))) {
        let Some(Row { outcome, partition, cause, digest }) = row else { continue };
        let (seed, outcome, cause) = (recipe.seed_of(k), outcome.label(), cause.label());
        let [a, b, c, d] = partition.classes();
        let loss = write_number(numbers[0]);
        let _ = write!(text, "{k},{seed},{outcome},{cause},{a}{b}{c}{d},{loss},{digest}");
        for &code in &numbers[1..] {
            text.push(',');
            text += &write_number(code);
        }
        text.push('\n');
    }
    text
}
