//! Pieces of a census put together, in any order, from anywhere.

use super::call::Refusal;
use super::ends::{Counts, Ends, NAMED};
use super::piece::Piece;
use super::report::Report;
use bottleneck::analysis::quad::cause::Cause;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::recipe::Link;
use bottleneck::recipe::merkle::{Hash, Span};
use bottleneck::run::Verdict;
use std::collections::BTreeMap;
use std::fmt;

/// A whole census out of its pieces.
pub struct Merged {
    ends: Ends,
    pieces: usize,
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
    let link = shared(&read)?;
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

/// The link of all pieces: they may carry a digest or not, and those that do the same.
fn shared(pieces: &[(&String, Piece)]) -> Result<Link, Refusal> {
    let parsed = |(file, piece): &(&String, Piece)| {
        let link = Link::parse_in_pieces(&piece.link).map_err(Refusal::Link)?;
        Ok(((*file).clone(), link))
    };
    let links = pieces.iter().map(parsed).collect::<Result<Vec<_>, _>>()?;
    let (first, link) = &links[0];
    if let Some((file, _)) = links.iter().find(|(_, other)| other.recipe != link.recipe) {
        return Err(Refusal::Unfit(format!("{file} is of another recipe than {first}")));
    }
    let mut checks = links.iter().filter_map(|(file, link)| link.check.map(|check| (file, check)));
    let Some((asking, check)) = checks.next() else { return Ok(link.clone()) };
    match checks.find(|(_, other)| *other != check) {
        Some((file, _)) => {
            Err(Refusal::Unfit(format!("the link of {file} asks for another digest than that of {asking}")))
        }
        None => Ok(Link { check: Some(check), ..link.clone() }),
    }
}

/// Puts pieces together.
///
/// # Errors
///
/// Those of [`read`].
pub fn run(files: &[String]) -> Result<Merged, Refusal> {
    let (link, pieces) = read(files)?;
    let sum = |labels: &[&'static str], of: fn(&Piece) -> &BTreeMap<String, u64>| {
        let count = |label| pieces.iter().filter_map(|piece| of(piece).get(label)).sum();
        Counts::new(labels.iter().map(|&label| (label, count(label))))
    };
    let named = |label| pieces.iter().filter_map(move |piece| piece.first.get(label)).flatten().copied();
    let ends = Ends {
        link,
        outcomes: sum(&Outcome::ALL.map(Outcome::label), |piece| &piece.outcomes),
        causes: sum(&Cause::ALL.map(Cause::label), |piece| &piece.causes),
        first: Outcome::ALL
            .map(Outcome::label)
            .map(|label| (label, named(label).take(NAMED).collect()))
            .into(),
        root: root(&pieces),
        seconds: pieces.iter().map(|piece| piece.milliseconds as f64).sum::<f64>() / 1000.0,
    };
    Ok(Merged { ends, pieces: pieces.len() })
}

/// The root over pieces that were [`read`].
pub fn root(pieces: &[Piece]) -> Hash {
    let mut whole = Span::starting_at(0);
    for span in pieces.iter().filter_map(Piece::span) {
        whole.join(&span);
    }
    whole.root().expect("it begins with the first")
}

impl Report for Merged {
    fn json(&self) -> String {
        self.ends.json()
    }

    fn verdict(&self) -> Verdict {
        self.ends.verdict()
    }
}

impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ends { link, seconds, root, .. } = &self.ends;
        let networks = link.recipe.networks;
        let pieces = if self.pieces == 1 { "1 piece".into() } else { format!("{} pieces", self.pieces) };
        writeln!(f, "{networks} networks in {pieces}, {seconds:.0} s; root {root}.")?;
        self.ends.fmt(f)
    }
}
