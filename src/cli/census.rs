//! Many networks of one link over all cores, and what they ended as.

use super::cores::over_cores;
use super::ends::{Counts, Ends, NAMED};
use super::progress::Bar;
use super::report::Report;
use bottleneck::analysis::quad::cause::Cause;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::error::Error;
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::Verdict;
use bottleneck::run::census::{Census, Entry};
use bottleneck::run::tally::{self, LABELS, Tally};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;

/// Networks that a core takes at a time.
const PIECE: u32 = 64;

/// A census whose networks are all there.
pub struct Counted {
    ends: Ends,
    labels: Vec<u8>,
    numbers: Vec<f32>,
}

/// Trains and sorts all networks.
///
/// # Errors
///
/// [`Error::NotOfKind`] for a training set that is not the four 2×2 images.
pub fn run(link: Link) -> Result<Counted, Error> {
    let start = Instant::now();
    let networks = link.recipe.networks;
    let mut bar = Bar::new(networks, "networks");
    // As rows at once: a million networks are to take no more room than that.
    let mut trained: Vec<(Vec<u8>, Vec<f32>)> = vec![Default::default(); networks.div_ceil(PIECE) as usize];
    let train = |&(piece, _): &(u32, _)| train_piece(&link.recipe, piece);
    over_cores((0..).zip(&mut trained), train, |(_, place), entries| {
        bar.add(entries.len() as u32);
        *place = (
            entries.iter().flat_map(Entry::labels).collect(),
            entries.iter().flat_map(Entry::numbers).collect(),
        );
        Ok(())
    })?;
    bar.clear();
    let labels: Vec<u8> = trained.iter().flat_map(|(labels, _)| labels).copied().collect();
    let numbers = trained.iter().flat_map(|(_, numbers)| numbers).copied().collect();
    let ends = ends(link, &labels, start.elapsed().as_secs_f64());
    Ok(Counted { ends, labels, numbers })
}

fn ends(link: Link, labels: &[u8], seconds: f64) -> Ends {
    let tally = Tally::of(labels);
    let counts = |labels: &[&'static str], counts: &[u32]| {
        Counts::new(labels.iter().copied().zip(counts.iter().copied().map(u64::from)))
    };
    Ends {
        link,
        outcomes: counts(&Outcome::ALL.map(Outcome::label), &tally.outcomes),
        causes: counts(&Cause::ALL.map(Cause::label), &tally.causes),
        first: first(labels),
        root: tally::root_of(labels).expect("every network is trained"),
        seconds,
    }
}

/// The first networks of each outcome.
fn first(labels: &[u8]) -> BTreeMap<&'static str, Vec<u64>> {
    let mut first: BTreeMap<_, Vec<u64>> = BTreeMap::new();
    for (k, row) in (0..).zip(labels.chunks_exact(LABELS)) {
        let named = first.entry(Outcome::ALL[usize::from(row[0])].label()).or_default();
        if named.len() < NAMED {
            named.push(k);
        }
    }
    first
}

fn train_piece(recipe: &CheckedRecipe, piece: u32) -> Result<Vec<Entry>, Error> {
    let first = piece * PIECE;
    let mut census = Census::new(recipe.clone(), first, PIECE.min(recipe.networks - first))?;
    while !census.is_done() {
        census.train(u32::MAX);
    }
    Ok(census.entries().to_vec())
}

impl Report for Counted {
    fn json(&self) -> String {
        self.ends.json()
    }

    fn verdict(&self) -> Verdict {
        self.ends.verdict()
    }

    fn csv(&self) -> String {
        tally::csv(&self.ends.link.recipe, &self.labels, &self.numbers)
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ends { link, seconds, .. } = &self.ends;
        let (networks, digest) = (link.recipe.networks, self.ends.digest());
        writeln!(f, "{networks} networks in {seconds:.2} s; digest {digest}.")?;
        self.ends.fmt(f)
    }
}
