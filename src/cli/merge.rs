//! Pieces of a census put together, in any order, from anywhere.

use super::call::Refusal;
use super::piece::{NAMED, Piece};
use super::report::{self, Report};
use bottleneck::analysis::quad::cause::Cause;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::analysis::stats::wilson_of;
use bottleneck::recipe::merkle::{Hash, Span};
use bottleneck::recipe::{CheckedRecipe, Digest, Link};
use bottleneck::run::Verdict;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// A label with at most this many networks is rare: the first of them are named.
const RARE: u64 = 1000;

/// A whole census out of its pieces.
pub struct Merged {
    link: Link,
    pieces: Vec<Piece>,
    root: Hash,
}

struct Counts(Vec<(&'static str, u64)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[derive(Serialize)]
struct Json<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    networks: u64,
    outcomes: Counts,
    causes: Counts,
    digest: String,
    root: String,
    verdict: Verdict,
    seconds: f64,
}

/// Reads pieces, in the order of their networks.
///
/// # Errors
///
/// A sentence that names the file that is damaged, of another recipe, that overlaps, or behind which networks are missing.
pub fn read(files: &[String]) -> Result<(Link, Vec<Piece>), Refusal> {
    let mut read = files
        .iter()
        .map(|file| Piece::read(file).map(|piece| (file, piece)))
        .collect::<Result<Vec<_>, _>>()?;
    let (first, text) = (read[0].0, read[0].1.link.clone());
    if let Some((file, _)) = read.iter().find(|(_, piece)| piece.link != text) {
        return Err(Refusal::Unfit(format!("{file} is of another recipe than {first}")));
    }
    let link = Link::parse_in_pieces(&text).map_err(Refusal::Link)?;
    read.sort_by_key(|(_, piece)| piece.from);
    let networks = u64::from(link.recipe.networks);
    let mut at = 0;
    let mut before = None;
    for (file, piece) in &read {
        let (from, to) = (piece.from, piece.to());
        if from > at {
            return Err(Refusal::Unfit(format!("networks {at} to {} are missing before {file}", from - 1)));
        }
        if let Some(before) = before.filter(|_| from < at) {
            return Err(Refusal::Unfit(format!("{file} overlaps {before}: both hold network {from}")));
        }
        if to > networks {
            return Err(Refusal::Unfit(format!(
                "{file} holds network {}, and its census has {networks}",
                to - 1
            )));
        }
        (at, before) = (to, Some(file));
    }
    if at < networks {
        return Err(Refusal::Unfit(format!("networks {at} to {} are missing at the end", networks - 1)));
    }
    Ok((link, read.into_iter().map(|(_, piece)| piece).collect()))
}

/// Puts pieces together.
///
/// # Errors
///
/// Those of [`read`].
pub fn run(files: &[String]) -> Result<Merged, Refusal> {
    let (link, pieces) = read(files)?;
    let root = root(&pieces);
    Ok(Merged { link, pieces, root })
}

/// The root over pieces that were [`read`].
pub fn root(pieces: &[Piece]) -> Hash {
    let mut whole = Span::starting_at(0);
    for span in pieces.iter().filter_map(Piece::span) {
        whole.join(&span);
    }
    whole.root().expect("it begins with the first")
}

impl Merged {
    fn sum(&self, labels: &[&'static str], of: fn(&Piece) -> &BTreeMap<String, u64>) -> Counts {
        let count = |label: &str| self.pieces.iter().filter_map(|piece| of(piece).get(label)).sum::<u64>();
        let all = labels.iter().map(|&label| (label, count(label)));
        Counts(all.filter(|&(label, count)| label != "diverged" || count > 0).collect())
    }

    fn outcomes(&self) -> Counts {
        self.sum(&Outcome::ALL.map(Outcome::label), |piece| &piece.outcomes)
    }

    fn causes(&self) -> Counts {
        self.sum(&Cause::ALL.map(Cause::label), |piece| &piece.causes)
    }

    fn digest(&self) -> Digest {
        self.root.digest()
    }

    fn proved(&self) -> Link {
        Link { check: Some(self.digest()), ..self.link.clone() }
    }

    fn seconds(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.milliseconds as f64).sum::<f64>() / 1000.0
    }

    /// The first networks of a label, as links of their own.
    fn first(&self, label: &str) -> Vec<String> {
        let recipe = &self.link.recipe;
        let named = self.pieces.iter().filter_map(|piece| piece.first.get(label)).flatten().take(NAMED);
        let alone = named.filter_map(|&k| recipe.alone(u32::try_from(k).ok()?, recipe.model).ok());
        alone.map(|recipe| Link::from(recipe).to_string()).collect()
    }
}

impl Report for Merged {
    fn json(&self) -> String {
        report::to_json(&Json {
            link: self.proved().to_string(),
            recipe: &self.link.recipe,
            networks: u64::from(self.link.recipe.networks),
            outcomes: self.outcomes(),
            causes: self.causes(),
            digest: self.digest().to_string(),
            root: self.root.to_string(),
            verdict: self.verdict(),
            seconds: self.seconds(),
        })
    }

    fn verdict(&self) -> Verdict {
        match self.link.check {
            None => Verdict::Unchecked,
            Some(asked) if asked == self.digest() => Verdict::Same,
            Some(_) => Verdict::Differs,
        }
    }
}

impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks = self.link.recipe.networks;
        writeln!(
            f,
            "{networks} networks in {} pieces, {:.0} s; root {}.",
            self.pieces.len(),
            self.seconds(),
            self.root
        )?;
        writeln!(f, "\n{:22}{:>11}{:>12}   95 % interval", "outcome", "networks", "share")?;
        let outcomes = self.outcomes().0;
        for &(label, count) in &outcomes {
            let share = 100.0 * count as f64 / f64::from(networks);
            let (low, high) = wilson_of(count as f64, f64::from(networks));
            let [low, high] = [low, high].map(|part| 100.0 * part);
            writeln!(f, "{label:22}{count:11}{share:10.6} %   {low:.6} to {high:.6} %")?;
        }
        writeln!(f, "\n{:22}{:>11}", "cause", "networks")?;
        for &(label, count) in &self.causes().0 {
            writeln!(f, "{label:22}{count:11}")?;
        }
        for &(label, _) in outcomes.iter().filter(|&&(_, count)| (1..=RARE).contains(&count)) {
            writeln!(f, "\nthe first that ended as {label}:")?;
            self.first(label).iter().try_for_each(|link| writeln!(f, "  {link}"))?;
        }
        writeln!(f, "\n{}", report::conclusion(self.verdict(), self.link.check, &self.proved()))
    }
}
