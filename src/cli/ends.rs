//! What the networks of a census ended as: counts, shares with their intervals, and the first networks of what is rare.

use super::report;
use bottleneck::analysis::stats::{clopper_pearson, wilson_of};
use bottleneck::recipe::merkle::Hash;
use bottleneck::recipe::{CheckedRecipe, Digest, Link};
use bottleneck::run::Verdict;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// A label with at most this many networks is rare: its interval is given exactly, too, and its first networks named.
const RARE: u64 = 1000;
/// Of a rare label this many networks are named, the first.
pub const NAMED: usize = 10;

/// A census of which all networks are trained.
pub struct Ends {
    /// The link that was asked for.
    pub link: Link,
    /// Networks by outcome.
    pub outcomes: Counts,
    /// Networks by cause.
    pub causes: Counts,
    /// The first networks of each outcome, by number: [`NAMED`] of them or all.
    pub first: BTreeMap<&'static str, Vec<u64>>,
    /// The root over all of them.
    pub root: Hash,
    /// Time that they took.
    pub seconds: f64,
}

/// How many networks have each label, in the order of the labels.
pub struct Counts(Vec<(&'static str, u64)>);

impl Counts {
    /// A label that most censuses cannot have is named only where it occurs.
    pub fn new(counts: impl Iterator<Item = (&'static str, u64)>) -> Counts {
        Counts(counts.filter(|&(label, count)| label != "diverged" || count > 0).collect())
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// A share of the networks, with its 95 % intervals, low and high.
#[derive(Serialize)]
struct Share {
    share: f64,
    wilson: (f64, f64),
    /// Clopper and Pearson's.
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<(f64, f64)>,
}

impl Share {
    fn of(count: u64, networks: u64) -> Share {
        let (k, n) = (count as f64, networks as f64);
        let few = count.min(networks - count) <= RARE;
        Share { share: k / n, wilson: wilson_of(k, n), exact: few.then(|| clopper_pearson(count, networks)) }
    }
}

#[derive(Serialize)]
struct Json<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    networks: u64,
    outcomes: &'a Counts,
    causes: &'a Counts,
    shares: BTreeMap<&'static str, Share>,
    first: BTreeMap<&'static str, Vec<String>>,
    digest: String,
    root: String,
    verdict: Verdict,
    seconds: f64,
}

impl Ends {
    /// What a link carries of the root.
    pub fn digest(&self) -> Digest {
        self.root.digest()
    }

    fn networks(&self) -> u64 {
        u64::from(self.link.recipe.networks)
    }

    /// The link with what came out.
    fn proved(&self) -> Link {
        Link { check: Some(self.digest()), ..self.link.clone() }
    }

    /// Outcomes that were seen, and seldom.
    fn rare(&self) -> impl Iterator<Item = &'static str> {
        self.outcomes.0.iter().filter(|&&(_, count)| (1..=RARE).contains(&count)).map(|&(label, _)| label)
    }

    /// The first networks of an outcome, as links of their own.
    fn links(&self, outcome: &str) -> Vec<String> {
        let recipe = &self.link.recipe;
        let named = self.first.get(outcome).into_iter().flatten();
        let alone = named.filter_map(|&k| recipe.alone(u32::try_from(k).ok()?, recipe.model).ok());
        alone.map(|recipe| Link::from(recipe).to_string()).collect()
    }

    /// Same bits as the link, or not.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(Ok::<_, ()>(Some(self.digest())), self.link.check)
    }

    /// All of it as one object.
    pub fn json(&self) -> String {
        let networks = self.networks();
        report::to_json(&Json {
            link: self.proved().to_string(),
            recipe: &self.link.recipe,
            networks,
            outcomes: &self.outcomes,
            causes: &self.causes,
            shares: self
                .outcomes
                .0
                .iter()
                .map(|&(label, count)| (label, Share::of(count, networks)))
                .collect(),
            first: self.rare().map(|label| (label, self.links(label))).collect(),
            digest: self.digest().to_string(),
            root: self.root.to_string(),
            verdict: self.verdict(),
            seconds: self.seconds,
        })
    }

    /// Decimals of a share in percent, with which a hundredth of a network can be told: an interval of few begins there.
    fn decimals(&self) -> usize {
        self.networks().ilog10().max(2) as usize
    }
}

/// Tables: outcomes with their shares, causes, what is rare, and the verdict.
impl fmt::Display for Ends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (networks, decimals) = (self.networks(), self.decimals());
        let width = decimals + 4;
        writeln!(f, "\n{:22}{:>11}{:>width$}     95 % interval", "outcome", "networks", "share")?;
        for &(label, count) in &self.outcomes.0 {
            let Share { share, wilson, exact } = Share::of(count, networks);
            let of = |(low, high): (f64, f64)| {
                format!("{:.decimals$} to {:.decimals$} %", 100.0 * low, 100.0 * high)
            };
            write!(f, "{label:22}{count:11}{:width$.decimals$} %   {}", 100.0 * share, of(wilson))?;
            writeln!(f, "{}", exact.map_or(String::new(), |exact| format!(", exactly {}", of(exact))))?;
        }
        writeln!(f, "\n{:22}{:>11}", "cause", "networks")?;
        for &(label, count) in &self.causes.0 {
            writeln!(f, "{label:22}{count:11}")?;
        }
        for label in self.rare() {
            writeln!(f, "\nthe first that ended as {label}:")?;
            self.links(label).iter().try_for_each(|link| writeln!(f, "  {link}"))?;
        }
        writeln!(f, "\n{}", report::conclusion(self.verdict(), self.link.check, &self.proved()))
    }
}
