//! Many networks of one link over all cores, and what they ended as.

use super::cores::over_cores;
use super::progress::Bar;
use super::report::{self, Report};
use bottleneck::analysis::quad::cause::Cause;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::analysis::stats::wilson;
use bottleneck::error::Error;
use bottleneck::recipe::merkle::Hash;
use bottleneck::recipe::{CheckedRecipe, Digest, Link};
use bottleneck::run::Verdict;
use bottleneck::run::census::{Census, Entry};
use bottleneck::run::tally::{self, Tally};
use serde::{Serialize, Serializer};
use std::fmt;
use std::time::Instant;

/// Networks that a core takes at a time.
const PIECE: u32 = 64;

/// A census whose networks are all there.
pub struct Counted {
    link: Link,
    labels: Vec<u8>,
    numbers: Vec<f32>,
    root: Hash,
    seconds: f64,
}

/// How many networks have each label, in the order of the labels.
struct Counts(Vec<(&'static str, u32)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[derive(Serialize)]
struct Json<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    networks: u32,
    outcomes: Counts,
    causes: Counts,
    digest: String,
    root: String,
    verdict: Verdict,
    seconds: f64,
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
    let root = tally::root_of(&labels).expect("every network is trained");
    Ok(Counted { link, labels, numbers, root, seconds: start.elapsed().as_secs_f64() })
}

fn train_piece(recipe: &CheckedRecipe, piece: u32) -> Result<Vec<Entry>, Error> {
    let first = piece * PIECE;
    let mut census = Census::new(recipe.clone(), first, PIECE.min(recipe.networks - first))?;
    while !census.is_done() {
        census.train(u32::MAX);
    }
    Ok(census.entries().to_vec())
}

impl Counted {
    fn tally(&self) -> Tally {
        Tally::of(&self.labels)
    }

    fn outcomes(&self) -> Counts {
        named(&Outcome::ALL.map(Outcome::label), &self.tally().outcomes)
    }

    fn causes(&self) -> Counts {
        named(&Cause::ALL.map(Cause::label), &self.tally().causes)
    }

    /// What a link carries of the root.
    fn digest(&self) -> Digest {
        self.root.digest()
    }

    /// The link with what came out.
    fn proved(&self) -> Link {
        Link { check: Some(self.digest()), ..self.link.clone() }
    }
}

/// A label that most censuses cannot have is named only where it occurs.
fn named(labels: &[&'static str], counts: &[u32]) -> Counts {
    let all = labels.iter().copied().zip(counts.iter().copied());
    Counts(all.filter(|&(label, count)| label != "diverged" || count > 0).collect())
}

impl Report for Counted {
    fn json(&self) -> String {
        report::to_json(&Json {
            link: self.proved().to_string(),
            recipe: &self.link.recipe,
            networks: self.tally().finished,
            outcomes: self.outcomes(),
            causes: self.causes(),
            digest: self.digest().to_string(),
            root: self.root.to_string(),
            verdict: self.verdict(),
            seconds: self.seconds,
        })
    }

    fn verdict(&self) -> Verdict {
        match self.link.check {
            None => Verdict::Unchecked,
            Some(asked) if asked == self.digest() => Verdict::Same,
            Some(_) => Verdict::Differs,
        }
    }

    fn csv(&self) -> String {
        tally::csv(&self.link.recipe, &self.labels, &self.numbers)
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks = self.tally().finished;
        writeln!(f, "{networks} networks in {:.2} s; digest {}.", self.seconds, self.digest())?;
        writeln!(f, "\n{:22}{:>9}{:>9}   95 % interval", "outcome", "networks", "share")?;
        for &(label, count) in &self.outcomes().0 {
            let share = f64::from(count) / f64::from(networks.max(1));
            let (low, high) = wilson(count, networks);
            let [share, low, high] = [share, low, high].map(|part| 100.0 * part);
            writeln!(f, "{label:22}{count:9}{share:8.2} %   {low:.2} to {high:.2} %")?;
        }
        writeln!(f, "\n{:22}{:>9}", "cause", "networks")?;
        for &(label, count) in &self.causes().0 {
            writeln!(f, "{label:22}{count:9}")?;
        }
        writeln!(f, "\n{}", report::conclusion(self.verdict(), self.link.check, &self.proved()))
    }
}
