//! A part of a census of any size: trained in a stream, so that its memory does not grow with it, and kept as a file.

use super::call::Refusal;
use super::cores::over_cores;
use super::ends::NAMED;
use super::progress::Bar;
use bottleneck::analysis::quad::cause::Cause;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::recipe::merkle::{Hash, Span};
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::census::{Census, Entry, leaf};
use bottleneck::run::tally::Tally;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Instant;

/// Networks that a core takes at a time.
const CHUNK: u64 = 64;

/// Counts and subtrees of consecutive networks, as they stand in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// The whole census.
    pub link: String,
    /// The number of the first network.
    pub from: u64,
    /// How many there are.
    pub count: u64,
    /// Networks by label.
    pub outcomes: BTreeMap<String, u64>,
    /// Networks by cause.
    pub causes: BTreeMap<String, u64>,
    /// Networks that merge one pair of images and nothing else, by pair.
    pub alone: [u64; 6],
    /// Networks in which both images of a pair come out alike, by pair.
    pub merged: [u64; 6],
    /// The first networks of each label, by number.
    pub first: BTreeMap<String, Vec<u64>>,
    /// The roots of the largest subtrees that the networks fill, in order.
    pub subtrees: Vec<String>,
    /// Time that it took.
    pub milliseconds: u64,
    /// SHA-256 of the piece without this: shows damage, and is no signature.
    pub seal: String,
}

/// Finished networks that follow one another.
struct Finished {
    span: Span,
    tally: Tally,
    outcomes: Vec<Outcome>,
}

/// Trains networks `from … from + count − 1` of a census; without a count, all from there on.
///
/// # Errors
///
/// A sentence where the census does not have them.
pub fn train(link: &Link, from: u64, count: Option<u64>) -> Result<Piece, Refusal> {
    let networks = u64::from(link.recipe.networks);
    let count = count.unwrap_or(networks.saturating_sub(from));
    let to = from.checked_add(count).filter(|&to| to <= networks && count > 0).ok_or_else(|| {
        let last = networks - 1;
        Refusal::Unfit(format!(
            "{count} networks from {from} on are no piece of this census: it has networks 0 to {last}"
        ))
    })?;
    let start = Instant::now();
    let mut piece = Piece::empty(link, from);
    let mut span = Span::starting_at(from);
    let mut bar = Bar::new(u32::try_from(count).unwrap_or(u32::MAX), "networks");
    // Finished before those in front of them: as few as the cores are apart.
    let mut waiting = BTreeMap::new();
    let chunks = (from..to).step_by(CHUNK as usize).map(|at| (at, CHUNK.min(to - at)));
    let work = |&(at, n): &(u64, u64)| finish(&link.recipe, at, n);
    over_cores(chunks, work, |(at, n), finished| {
        bar.add(n as u32);
        waiting.insert(at, finished);
        while let Some(next) = waiting.remove(&span.to()) {
            piece.add(span.to(), &next);
            span.join(&next.span);
        }
        Ok(())
    })
    .map_err(Refusal::Link)?;
    bar.clear();
    piece.subtrees = span.hashes().map(|hash| hash.to_string()).collect();
    piece.milliseconds = start.elapsed().as_millis() as u64;
    piece.seal = piece.sealed();
    Ok(piece)
}

/// Trains some networks, and hands each one's label and leaf on in order.
pub fn each(
    recipe: &CheckedRecipe,
    from: u64,
    count: u64,
    mut hear: impl FnMut(&Entry, Hash),
) -> Result<(), bottleneck::Error> {
    let mut census = Census::new(recipe.clone(), from as u32, count as u32)?;
    while !census.is_done() {
        census.train(u32::MAX);
    }
    census.entries().iter().for_each(|entry| hear(entry, leaf(entry.ending.outcome, entry.digest)));
    Ok(())
}

fn finish(recipe: &CheckedRecipe, from: u64, count: u64) -> Result<Finished, bottleneck::Error> {
    let (mut span, mut labels, mut outcomes) = (Span::starting_at(from), Vec::new(), Vec::new());
    each(recipe, from, count, |entry, leaf| {
        span.push(leaf);
        labels.extend(entry.labels());
        outcomes.push(entry.ending.outcome);
    })?;
    Ok(Finished { span, tally: Tally::of(&labels), outcomes })
}

impl Piece {
    fn empty(link: &Link, from: u64) -> Piece {
        let zeros = |labels: &[&str]| labels.iter().map(|&label| (label.into(), 0)).collect();
        Piece {
            link: link.to_string(),
            from,
            count: 0,
            outcomes: zeros(&Outcome::ALL.map(Outcome::label)),
            causes: zeros(&Cause::ALL.map(Cause::label)),
            alone: [0; 6],
            merged: [0; 6],
            first: BTreeMap::new(),
            subtrees: Vec::new(),
            milliseconds: 0,
            seal: String::new(),
        }
    }

    fn add(&mut self, at: u64, more: &Finished) {
        let sum = |counts: &mut BTreeMap<String, u64>, labels: &[&str], more: &[u32]| {
            for (&label, &n) in labels.iter().zip(more) {
                *counts.entry(label.into()).or_default() += u64::from(n);
            }
        };
        self.count += u64::from(more.tally.finished);
        sum(&mut self.outcomes, &Outcome::ALL.map(Outcome::label), &more.tally.outcomes);
        sum(&mut self.causes, &Cause::ALL.map(Cause::label), &more.tally.causes);
        for k in 0..6 {
            self.alone[k] += u64::from(more.tally.alone[k]);
            self.merged[k] += u64::from(more.tally.merged[k]);
        }
        for (k, outcome) in (at..).zip(&more.outcomes) {
            let first = self.first.entry(outcome.label().into()).or_default();
            if first.len() < NAMED {
                first.push(k);
            }
        }
    }

    /// The number behind that of the last network.
    pub fn to(&self) -> u64 {
        self.from.saturating_add(self.count)
    }

    fn sealed(&self) -> String {
        let bare = Piece { seal: String::new(), ..self.clone() };
        let text = serde_json::to_string(&bare).expect("numbers and strings have a JSON form");
        Hash::of_leaf(text.as_bytes()).to_string()
    }

    /// Its subtrees; `None` where they are not those of so many networks.
    pub fn span(&self) -> Option<Span> {
        let hashes: Option<Vec<Hash>> = self.subtrees.iter().map(|text| text.parse().ok()).collect();
        Span::from_hashes(self.from, self.to(), &hashes?)
    }

    /// Reads a file, and says by name what is wrong with it.
    pub fn read(file: &str) -> Result<Piece, Refusal> {
        let unfit = |what: &str| Refusal::Unfit(format!("{file} {what}"));
        let text =
            std::fs::read_to_string(file).map_err(|error| unfit(&format!("cannot be read: {error}")))?;
        let piece: Piece = serde_json::from_str(&text)
            .map_err(|error| unfit(&format!("is no whole piece of a census: {error}")))?;
        if piece.seal != piece.sealed() {
            return Err(unfit("was changed or damaged: its seal is that of another content"));
        }
        let sums = [&piece.outcomes, &piece.causes]
            .map(|counts| counts.values().try_fold(0_u64, |sum, &n| sum.checked_add(n)));
        if sums != [Some(piece.count); 2] || piece.span().is_none() {
            return Err(unfit(
                "contradicts itself: its counts and its subtrees are not those of as many networks",
            ));
        }
        Ok(piece)
    }
}
