//! The link: a recipe, and what must come out of it, as the fragment of a URL.
//!
//! `v=1&exp=…&…&check=…`: `key=value` pairs joined by `&`, only those that differ from the
//! experiment's defaults, in the order of the tables. Every recipe has exactly one such spelling;
//! reading is a little more generous (see [`Link::parse`]) and writing always gives that one.
//!
//! What a link holds beside the recipe is listed in [`ENVELOPE`]. A later key of the page or of a
//! network (as hand-set weights and a painted image are) is a row there, a field of [`Link`] and a
//! line in `Link::parse` and in its `Display`; the recipe and its table stay as they are.

use std::fmt;

use super::keys::{self, Key};
use super::received::Pair;
use super::spelling::{Integer, read_integer};
use super::{
    CheckedRecipe, Digest, Experiment, Painting, Recipe, Teaching, begin, received, set_file, teaching, tour,
    weights,
};
use crate::autoencoder::Network;
use crate::error::Error;

/// The version of the promise: the same link gives the same bits.
pub const VERSION: &str = "1";
/// The longest text that is read as a link, in bytes, everything before `#` included.
///
/// The keys of a link have their own limits, and all of them at their longest, percent-encoded twice, stay below this:
/// so whatever is read can be written, with everything that is added to it, and read again.
pub const LONGEST_LINK: usize = 16 * 1024;
/// Networks of a sample of a census that is too large for one run.
const SAMPLE: u32 = 10_000;

/// A key of a link that is no part of the recipe.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub name: &'static str,
    /// What it takes.
    pub rule: &'static str,
    /// What it does.
    pub help: &'static str,
}

/// The keys of a link that are no part of the recipe; `v` and `exp` begin it, the others end it.
pub(super) const ENVELOPE: [Part; 12] = [
    Part { name: "v", rule: "1", help: "Version of the promise: the same link gives the same bits." },
    Part {
        name: "exp",
        rule: "classical, inside, variational, minima, duel, anomalies or own",
        help: "The experiment, a section of the page; it sets the defaults of the keys below.",
    },
    Part {
        name: "weights",
        rule: weights::RULE,
        help: "What training begins with instead of weights drawn from the seed; `exp=inside` only.",
    },
    Part {
        name: "from",
        rule: keys::DIGEST_RULE,
        help: "The digest of a saved network that training begins with instead of weights drawn from the seed: whoever opens the link must have its file. Of a recipe that trains one network, or a set of pictures.",
    },
    Part {
        name: "set",
        rule: set_file::RULE,
        help: "A file beside the page that holds the set of pictures, which the page fetches; with `data=own` only.",
    },
    Part {
        name: "paint",
        rule: "one bit a pixel as base64url, with exp=anomalies",
        help: "An image to be judged, row by row.",
    },
    Part {
        name: "at",
        rule: "a whole number, at most that of the epochs, where one network is trained",
        help: "The epoch that the page shows when training is over.",
    },
    Part {
        name: "hide",
        rule: teaching::CONTROLS_RULE,
        help: "Controls that the page leaves out; never a result.",
    },
    Part {
        name: "lock",
        rule: teaching::CONTROLS_RULE,
        help: "Controls that the page shows and keeps as they are.",
    },
    Part { name: "only", rule: teaching::ONLY_RULE, help: "The one section that is shown, to be embedded." },
    Part { name: "say", rule: teaching::SAY_RULE, help: "A question, shown above the experiment as text." },
    Part {
        name: "check",
        rule: "16 hexadecimal digits, 0-9 and a-f",
        help: "The digest of the trained parameters: what must come out.",
    },
];

/// A recipe, the weights that somebody set by hand or saved, and the digest that the run must end in.
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::Link;
///
/// let link: Link = "https://example.org/page/#v=1&exp=classical&seed=7&lr=1e-3".parse()?;
/// assert_eq!(link.recipe.seed, 7);
/// assert_eq!(link.to_string(), "v=1&exp=classical&seed=7"); // lr=0.001 is the default
/// # Ok::<(), bottleneck::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What to train.
    pub recipe: CheckedRecipe,
    /// What training begins with, in the order of the digest; `None` for what the seed draws.
    pub weights: Option<Vec<f32>>,
    /// The digest of these weights where they are those of a saved network, which the link names and does not hold.
    pub from: Option<Digest>,
    /// The file beside the page that holds the set of pictures.
    pub set: Option<String>,
    /// An image to be judged beside the run; of the anomalies only.
    pub paint: Option<Painting>,
    /// The epoch that is looked at when the run is over.
    pub at: Option<u32>,
    /// What is for the reader of the link, and changes nothing of the run.
    pub teaching: Teaching,
    /// What must come out.
    pub check: Option<Digest>,
}

impl From<CheckedRecipe> for Link {
    fn from(recipe: CheckedRecipe) -> Link {
        Link {
            recipe,
            weights: None,
            from: None,
            set: None,
            paint: None,
            at: None,
            teaching: Teaching::default(),
            check: None,
        }
    }
}

impl Link {
    /// Reads a fragment, with or without its `#`, or a whole URL with one.
    ///
    /// Keys may come in any order, and values that equal the default may be spelled out. Numbers
    /// may be spelled as plain or scientific decimals (`1e-3`, `0.0010`, `.001`), and digests in
    /// capitals. What a chat or a mail did to the link on its way is undone where it can have been
    /// only one thing: see `received.rs`. Everything else has one spelling: a plus sign, a blank
    /// inside a value, a leading zero, an empty value or pair is refused.
    ///
    /// # Errors
    ///
    /// One sentence that names key, value and rule. In this order: [`Error::TooLong`]; the first
    /// pair that is [`Error::Malformed`], then the first that is [`Error::Foreign`];
    /// [`Error::Version`]; a missing or unknown `exp`; then the
    /// first pair, as they stand, that is an [`Error::UnknownKey`], [`Error::DuplicateKey`],
    /// [`Error::UnusedKey`], [`Error::NotOfKind`], [`Error::OutOfRange`] or
    /// [`Error::Combination`]; then [`Error::Workload`]; last [`Error::MissingNetwork`] for a link that begins with a
    /// saved network, which [`parse_with`](Self::parse_with) takes.
    pub fn parse(text: &str) -> Result<Link, Error> {
        Link::read(text, Size::AtOnce, None)
    }

    /// Reads a link whose run begins with a saved network, that of `from=` where the link has it, and otherwise the link
    /// names it from here on. The optimiser begins anew.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse), [`Error::UnusedKey`] where the experiment begins with no such network, and
    /// [`Error::Combination`] for a network with another digest, where both are named, with other sizes than those of
    /// the recipe, or with numbers that are not finite.
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    /// use bottleneck::run::Session;
    ///
    /// let mut first = Session::new(Link::parse("v=1&exp=inside&epochs=50")?);
    /// first.train(u32::MAX);
    /// let link = Link::parse_with("v=1&exp=inside&epochs=50&seed=2", &first.network())?;
    /// assert_eq!(link.to_string(), format!("v=1&exp=inside&epochs=50&seed=2&from={}", first.digest()?));
    /// assert!(Link::parse(&link.to_string()).is_err()); // the network is missing
    /// assert_eq!(Link::parse_with(&link.to_string(), &first.network())?, link);
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn parse_with(text: &str, network: &Network) -> Result<Link, Error> {
        Link::read(text, Size::AtOnce, Some(network))
    }

    /// Reads a link whose networks are trained in pieces: a census may have more than one run holds.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    ///
    /// let large = "v=1&exp=minima&networks=4000000000";
    /// assert!(Link::parse(large).is_err());
    /// assert_eq!(Link::parse_in_pieces(large)?.to_string(), large);
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn parse_in_pieces(text: &str) -> Result<Link, Error> {
        Link::read(text, Size::InPieces, None)
    }

    /// The first networks of a census that is too large for one run, as a census of their own.
    ///
    /// `None` for every other text: one that can be read, and one that cannot be trained in pieces either.
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    ///
    /// let sample = Link::sample_of("v=1&exp=minima&epochs=300&networks=100000000").expect("a large census");
    /// assert_eq!(sample.to_string(), "v=1&exp=minima&epochs=300"); // 10,000 networks
    /// assert_eq!(Link::sample_of("v=1&exp=minima&networks=20000"), None);
    /// assert_eq!(Link::sample_of("v=1&exp=classical&networks=100000000"), None);
    /// ```
    pub fn sample_of(text: &str) -> Option<Link> {
        if Link::parse(text).is_ok() {
            return None;
        }
        let whole = Link::parse_in_pieces(text).ok()?.recipe;
        Recipe { networks: SAMPLE, ..Recipe::clone(&whole) }.check().ok().map(Link::from)
    }

    /// A link of a tour, whose pairs have been told apart.
    pub(super) fn of_pairs(pairs: &[Pair]) -> Result<Link, Error> {
        Link::of(pairs, Size::AtOnce, None)
    }

    fn read(text: &str, size: Size, network: Option<&Network>) -> Result<Link, Error> {
        let pairs = received::pairs(text)?;
        if pairs.first().is_some_and(|(key, _)| key == tour::KEY) {
            let (key, value) = (tour::KEY.into(), pairs[0].1.clone());
            let rule = "it begins a tour of several links, and one link is asked for".into();
            return Err(Error::Combination { key, value, rule });
        }
        Link::of(&pairs, size, network)
    }

    fn of(pairs: &[Pair], size: Size, network: Option<&Network>) -> Result<Link, Error> {
        let large =
            |key: &Key, exp| size == Size::InPieces && exp == Experiment::Minima && key.name == "networks";
        check_version(pairs)?;
        let exp = experiment(pairs)?;
        let named = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut recipe = keys::base(exp, named);
        let (mut check, mut by_hand, mut from, mut set, mut paint, mut at) =
            (None, None, None, None, None, None);
        let mut teaching = Teaching::default();
        for (position, (name, value)) in pairs.iter().enumerate() {
            let known = known(name)?;
            if pairs[..position].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::DuplicateKey { key: known.name() });
            }
            match known {
                // Its range is that of a census at once; the larger one is checked below.
                Known::Recipe(key) if large(key, exp) => key.set(&mut recipe, value)?,
                Known::Recipe(key) => key.place_spelled(&mut recipe, value)?,
                Known::Part(part) if part.name == "check" => check = Some(read_check(value)?),
                Known::Part(part) if part.name == "weights" => by_hand = Some(value),
                Known::Part(part) if part.name == "from" => from = Some(read_from(value)?),
                Known::Part(part) if part.name == "set" => set = Some(value.as_str()),
                Known::Part(part) if part.name == "paint" => paint = Some(value.as_str()),
                Known::Part(part) if part.name == "at" => at = Some(value.as_str()),
                // These were read above.
                Known::Part(Part { name: "v" | "exp", .. }) => {}
                Known::Part(part) => teaching.place(exp, part.name, value)?,
            }
        }
        let recipe = match size {
            Size::AtOnce => recipe.check(),
            Size::InPieces => recipe.check_in_pieces(),
        }?;
        // Read last: how many there must be is known when everything else is.
        let weights = by_hand.map(|text| read_weights(&recipe, text)).transpose()?;
        let set = set.map(|text| set_file::read(&recipe, text)).transpose()?;
        let paint = paint.map(|text| Painting::parse(text, &recipe)).transpose()?;
        let at = at.map(|text| read_at(&recipe, text)).transpose()?;
        let link = Link { weights, set, paint, at, teaching, check, ..Link::from(recipe) };
        match (from, network) {
            (None, None) => Ok(link),
            (from, Some(network)) => link.begun_with(from, network),
            (Some(from), None) => {
                begin::takes_from(&link.recipe, &from.to_string())?;
                Err(Error::MissingNetwork { digest: from.to_string() })
            }
        }
    }

    /// The same, begun with a network that was brought, where `from` says which.
    fn begun_with(self, from: Option<Digest>, network: &Network) -> Result<Link, Error> {
        let begun = begin::begun_with(&self.recipe, from, network)?;
        let from = Digest::of_parameters(&begun);
        match self.weights {
            None => Ok(Link { weights: Some(begun), from: Some(from), ..self }),
            Some(_) => Err(Error::Combination {
                key: "from".into(),
                value: from.to_string(),
                rule: "the link has weights, and training begins with these or with a saved network".into(),
            }),
        }
    }

    /// Whether a fragment is meant as a link, one that can be read or not; a plain anchor is none.
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    ///
    /// assert!(Link::is_meant("v%3D1%26exp%3Dduel") && Link::is_meant("v=2") && Link::is_meant("v＝1"));
    /// assert!(!Link::is_meant("") && !Link::is_meant("duel") && !Link::is_meant("fig-4"));
    /// ```
    pub fn is_meant(fragment: &str) -> bool {
        received::is_meant(fragment)
    }

    /// The experiment that a text names, as far as that can be told where it cannot be read.
    ///
    /// ```
    /// use bottleneck::recipe::{Experiment, Link};
    ///
    /// assert_eq!(Link::meant_for("v=1&exp=duel&colour=red"), Some(Experiment::Duel));
    /// assert_eq!(Link::meant_for("v%3D3%26exp%3Dinside%26lr="), Some(Experiment::Inside));
    /// assert_eq!(Link::meant_for("v=1&exp=theirs"), None);
    /// ```
    pub fn meant_for(text: &str) -> Option<Experiment> {
        Experiment::named(&received::glimpse(text, "exp")?)
    }

    /// The link of a network set by hand: the same recipe, begun with these weights.
    ///
    /// # Errors
    ///
    /// [`Error::UnusedKey`] outside `exp=inside`, [`Error::OutOfRange`] for a number that is not
    /// finite or beyond ±1e6, [`Error::Combination`] unless there are as many as the network has, or
    /// where these are more than a link holds.
    ///
    /// # Examples
    ///
    /// ```
    /// use bottleneck::recipe::Link;
    ///
    /// let link = Link::parse("v=1&exp=inside")?.with_weights(vec![0.5; 29])?;
    /// assert_eq!(Link::parse(&link.to_string())?, link);
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn with_weights(self, by_hand: Vec<f32>) -> Result<Link, Error> {
        takes_weights(&self.recipe, "(by hand)")?;
        weights::check(&self.recipe, &by_hand)?;
        Ok(Link { weights: Some(by_hand), ..Link::from(self.recipe) })
    }
}

/// How the networks of a link are to be trained.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    AtOnce,
    InPieces,
}

/// A capital is the same digit; where another character is wrong, the value is named as it was found.
fn read_check(text: &str) -> Result<Digest, Error> {
    text.to_ascii_lowercase().parse().or_else(|_| text.parse())
}

fn read_from(text: &str) -> Result<Digest, Error> {
    let (key, rule) = ("from".into(), keys::DIGEST_RULE.into());
    read_check(text).map_err(|_| Error::NotOfKind { key, value: text.into(), rule })
}

fn read_weights(recipe: &CheckedRecipe, text: &str) -> Result<Vec<f32>, Error> {
    takes_weights(recipe, text)?;
    weights::read(recipe, text)
}

/// Weights can be set where the whole network is laid open, nowhere else.
fn takes_weights(recipe: &CheckedRecipe, text: &str) -> Result<(), Error> {
    let (key, experiment) = ("weights", recipe.exp.name());
    match recipe.exp {
        Experiment::Inside => Ok(()),
        _ => Err(Error::UnusedKey { key, value: text.into(), experiment }),
    }
}

/// The epoch that a link looks at.
pub(super) fn read_at(recipe: &CheckedRecipe, text: &str) -> Result<u32, Error> {
    let experiment = recipe.exp.name();
    if !recipe.exp.has_timeline() {
        return Err(Error::UnusedKey { key: "at", value: text.into(), experiment });
    }
    let out_of_range = || {
        let rule = format!("a whole number from 0 to {}, the epochs that are trained", recipe.epochs);
        Error::OutOfRange { key: "at".into(), value: text.into(), rule }
    };
    match read_integer(text) {
        Integer::Fits(epoch) if epoch <= recipe.epochs => Ok(epoch),
        Integer::Fits(_) | Integer::OutOfRange => Err(out_of_range()),
        Integer::Misspelled => {
            let rule = "a whole number".into();
            Err(Error::NotOfKind { key: "at".into(), value: text.into(), rule })
        }
    }
}

impl std::str::FromStr for Link {
    type Err = Error;

    fn from_str(text: &str) -> Result<Link, Error> {
        Link::parse(text)
    }
}

/// The canonical fragment, without `#`.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v={VERSION}&exp={}", self.recipe.exp.name())?;
        let defaults = self.recipe.defaults();
        for key in keys::TABLE {
            if key.get(&self.recipe) != key.get(&defaults) {
                write!(f, "&{}={}", key.name, key.spelled(&self.recipe))?;
            }
        }
        match (self.from, &self.weights) {
            (Some(from), _) => write!(f, "&from={from}")?,
            (None, Some(by_hand)) => write!(f, "&weights={}", weights::encode(by_hand))?,
            (None, None) => {}
        }
        if let Some(set) = &self.set {
            write!(f, "&set={set}")?;
        }
        if let Some(paint) = &self.paint {
            write!(f, "&paint={paint}")?;
        }
        if let Some(epoch) = self.at {
            write!(f, "&at={epoch}")?;
        }
        write!(f, "{}", self.teaching)?;
        match self.check {
            Some(digest) => write!(f, "&check={digest}"),
            None => Ok(()),
        }
    }
}

/// A key that exists.
enum Known {
    Recipe(&'static Key),
    Part(&'static Part),
}

impl Known {
    fn name(&self) -> &'static str {
        match self {
            Known::Recipe(key) => key.name,
            Known::Part(part) => part.name,
        }
    }
}

fn known(name: &str) -> Result<Known, Error> {
    let part = ENVELOPE.iter().find(|part| part.name == name).map(Known::Part);
    let known = part.or_else(|| keys::find(name).map(Known::Recipe));
    known.ok_or_else(|| Error::UnknownKey { key: name.into() })
}

/// Whether a link may have a key of that name.
pub(super) fn is_key(name: &str) -> bool {
    name == tour::KEY || known(name).is_ok()
}

fn check_version(pairs: &[Pair]) -> Result<(), Error> {
    match value_of(pairs, "v") {
        Some(VERSION) => Ok(()),
        found => Err(Error::Version { found: found.map(String::from) }),
    }
}

fn experiment(pairs: &[Pair]) -> Result<Experiment, Error> {
    let rule = ENVELOPE[1].rule;
    let name = value_of(pairs, "exp").ok_or(Error::MissingKey { key: "exp", rule })?;
    Experiment::named(name).ok_or_else(|| Error::NotOfKind {
        key: "exp".into(),
        value: name.into(),
        rule: rule.into(),
    })
}

fn value_of<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
