//! The place of one network in a census: proved from the pieces, verified by whoever has the proof alone.

use super::call::Refusal;
use super::merge;
use super::piece::{Piece, each};
use bottleneck::Error;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::recipe::merkle::{Hash, Proof, Span};
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::census::{Entry, leaf};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Networks that are trained at a time.
const CHUNK: u64 = 1024;

/// A proof that holds.
#[derive(Serialize)]
pub struct Proved {
    /// Always: what does not hold is refused.
    holds: bool,
    /// The number of the network.
    network: u64,
    /// How many networks its census has.
    networks: u64,
    /// What it ended as.
    outcome: String,
    /// The root of the census.
    root: String,
    /// Its own link.
    link: String,
}

impl fmt::Display for Proved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Proved { network, networks, outcome, root, link, .. } = self;
        writeln!(
            f,
            "Holds: network {network} of {networks} ended as {outcome}, and is in the census with root {root}."
        )?;
        writeln!(f, "{link}")
    }
}

/// A proof as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The census, with the first 64 bits of its root as `check`.
    link: String,
    /// The number of the network.
    network: u64,
    /// What it ended as.
    outcome: String,
    /// Its own link, with its digest as `check` unless it diverged.
    own: String,
    /// From its neighbour up to the branch under the root.
    path: Vec<String>,
    /// The root of the census.
    root: String,
}

/// Proves that network `k` is in the census that the files hold. The subtree in which it stands is trained again, for a
/// piece keeps none of its networks.
///
/// # Errors
///
/// A sentence where the files are not this census or do not give the digest that the link asks for, or where its networks do not give the subtree in the file.
pub fn prove(link: &Link, k: u64, files: &[String]) -> Result<Written, Refusal> {
    let (found, pieces) = merge::read(files)?;
    if found.recipe != link.recipe {
        return Err(Refusal::Unfit(format!("{} is a piece of another census than this link's", files[0])));
    }
    let root = merge::root(&pieces);
    if let Some(asked) = link.check.filter(|asked| *asked != root.digest()) {
        return Err(Refusal::Unfit(format!(
            "the pieces are of a census with the digest {}, and this link asks for {asked}",
            root.digest()
        )));
    }
    let networks = u64::from(link.recipe.networks);
    if k >= networks {
        return Err(Refusal::Unfit(format!(
            "there is no network {k}: this census has networks 0 to {}",
            networks - 1
        )));
    }
    let parts: Vec<Span> =
        pieces.iter().filter_map(Piece::span).flat_map(|span| span.parts().collect::<Vec<_>>()).collect();
    let own = parts.iter().position(|part| (part.from()..part.to()).contains(&k)).expect("no gaps");
    let Around { before, at, after, entry } = around(&link.recipe, k, &parts[own]).map_err(Refusal::Link)?;
    let mut again = before.clone();
    if !(again.join(&at) && again.join(&after) && again == parts[own]) {
        return Err(Refusal::Unfit(format!(
            "networks {} to {} do not end as the pieces say: they were trained by something else",
            parts[own].from(),
            parts[own].to() - 1
        )));
    }
    let spans = [&parts[..own], &[before, at, after], &parts[own + 1..]].concat();
    let proof = Proof::of(k, &spans).expect("every leaf is covered");
    Ok(Written {
        link: Link { check: Some(root.digest()), ..found }.to_string(),
        network: k,
        outcome: entry.ending.outcome.label().into(),
        own: own_link(&link.recipe, k, &entry).map_err(Refusal::Link)?,
        path: proof.path.iter().map(Hash::to_string).collect(),
        root: root.to_string(),
    })
}

/// A subtree, taken apart at one network.
struct Around {
    before: Span,
    at: Span,
    after: Span,
    entry: Entry,
}

fn around(recipe: &CheckedRecipe, k: u64, part: &Span) -> Result<Around, Error> {
    let [mut before, mut at, mut after] = [part.from(), k, k + 1].map(Span::starting_at);
    let mut found = None;
    let mut next = part.from();
    while next < part.to() {
        let count = CHUNK.min(part.to() - next);
        let mut number = next;
        each(recipe, next, count, |entry, leaf| {
            match number.cmp(&k) {
                std::cmp::Ordering::Less => before.push(leaf),
                std::cmp::Ordering::Equal => {
                    at.push(leaf);
                    found = Some(entry.clone());
                }
                std::cmp::Ordering::Greater => after.push(leaf),
            }
            number += 1;
        })?;
        next += count;
    }
    Ok(Around { before, at, after, entry: found.expect("it is in this subtree") })
}

fn own_link(recipe: &CheckedRecipe, k: u64, entry: &Entry) -> Result<String, Error> {
    let alone = recipe.alone(k as u32, recipe.model)?;
    let check = (entry.ending.outcome != Outcome::Diverged).then_some(entry.digest);
    Ok(Link { check, ..Link::from(alone) }.to_string())
}

/// Checks a proof: the network is trained again, and its leaf leads to the root by the path.
///
/// # Errors
///
/// A sentence on what does not hold.
pub fn verify(file: &str) -> Result<Proved, Refusal> {
    let unfit = |what: &str| Refusal::Unfit(format!("{file} {what}"));
    let text = std::fs::read_to_string(file).map_err(|error| unfit(&format!("cannot be read: {error}")))?;
    let written: Written =
        serde_json::from_str(&text).map_err(|error| unfit(&format!("is no proof: {error}")))?;
    let Link { recipe, check, .. } = Link::parse_in_pieces(&written.link)
        .map_err(|error| unfit(&format!("is damaged: its link is refused, {error}")))?;
    let (k, leaves) = (written.network, u64::from(recipe.networks));
    if k >= leaves {
        return Err(unfit(&format!("names network {k}, and its census has networks 0 to {}", leaves - 1)));
    }
    let hash = |what: String, text: &str| {
        let damaged = |_| unfit(&format!("is damaged: {what} is no hash of 64 hexadecimal digits"));
        text.parse::<Hash>().map_err(damaged)
    };
    let root = hash("its root".into(), &written.root)?;
    let steps = (1..).zip(&written.path);
    let path =
        steps.map(|(step, text)| hash(format!("step {step} of its path"), text)).collect::<Result<_, _>>()?;
    if check != Some(root.digest()) {
        return Err(unfit("has another root than its link's check"));
    }
    let mut trained = None;
    each(&recipe, k, 1, |entry, _| trained = Some(entry.clone())).map_err(Refusal::Link)?;
    let entry = trained.expect("one network");
    let own = own_link(&recipe, k, &entry).map_err(Refusal::Link)?;
    if own != written.own || entry.ending.outcome.label() != written.outcome {
        return Err(unfit(&format!("names another network than network {k} of its census")));
    }
    let leads = Proof { leaf: k, leaves, path }.root(leaf(entry.ending.outcome, entry.digest));
    if leads != Some(root) {
        return Err(unfit(&format!("does not hold: from network {k} the path does not lead to the root")));
    }
    let (outcome, root) = (written.outcome, root.to_string());
    Ok(Proved { holds: true, network: k, networks: leaves, outcome, root, link: own })
}
