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
use super::{CheckedRecipe, Digest, Experiment, Painting, Teaching, teaching, weights};
use crate::error::Error;

/// The version of the promise: the same link gives the same bits.
pub const VERSION: &str = "1";
/// The longest link that is read, in bytes, everything before `#` included.
pub const LONGEST_LINK: usize = 4096;

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
pub(super) const ENVELOPE: [Part; 9] = [
    Part { name: "v", rule: "1", help: "Version of the promise: the same link gives the same bits." },
    Part {
        name: "exp",
        rule: "classical, inside, variational, minima, duel or anomalies",
        help: "The experiment, a section of the page; it sets the defaults of the keys below.",
    },
    Part {
        name: "weights",
        rule: weights::RULE,
        help: "What training begins with instead of weights drawn from the seed; `exp=inside` only.",
    },
    Part {
        name: "paint",
        rule: "one bit a pixel as base64url, with exp=anomalies",
        help: "An image to be judged, row by row.",
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

/// A recipe, the weights that somebody set by hand, and the digest that the run must end in.
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
    /// An image to be judged beside the run; of the anomalies only.
    pub paint: Option<Painting>,
    /// What is for the reader of the link, and changes nothing of the run.
    pub teaching: Teaching,
    /// What must come out.
    pub check: Option<Digest>,
}

impl From<CheckedRecipe> for Link {
    fn from(recipe: CheckedRecipe) -> Link {
        Link { recipe, weights: None, paint: None, teaching: Teaching::default(), check: None }
    }
}

impl Link {
    /// Reads a fragment, with or without its `#`, or a whole URL with one.
    ///
    /// Keys may come in any order, and values that equal the default may be spelled out. Numbers
    /// may be spelled as plain or scientific decimals (`1e-3`, `0.0010`, `.001`), and plain ASCII
    /// characters as `%XX`. Everything else has one spelling: a plus sign, a blank, a leading zero,
    /// an empty value or pair, or a digest in capitals is refused.
    ///
    /// # Errors
    ///
    /// One sentence that names key, value and rule. In this order: [`Error::TooLong`]; the first
    /// pair that is [`Error::Malformed`]; [`Error::Version`]; a missing or unknown `exp`; then the
    /// first pair, as they stand, that is an [`Error::UnknownKey`], [`Error::DuplicateKey`],
    /// [`Error::UnusedKey`], [`Error::NotOfKind`], [`Error::OutOfRange`] or
    /// [`Error::Combination`]; last [`Error::Workload`].
    pub fn parse(text: &str) -> Result<Link, Error> {
        let pairs = split(text)?;
        check_version(&pairs)?;
        let exp = experiment(&pairs)?;
        let named = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut recipe = keys::base(exp, named);
        let (mut check, mut by_hand, mut paint) = (None, None, None);
        let mut teaching = Teaching::default();
        for (position, (name, value)) in pairs.iter().enumerate() {
            let known = known(name)?;
            if pairs[..position].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::DuplicateKey { key: known.name() });
            }
            match known {
                Known::Recipe(key) => key.place(&mut recipe, value)?,
                Known::Part(part) if part.name == "check" => check = Some(value.parse()?),
                Known::Part(part) if part.name == "weights" => by_hand = Some(value),
                Known::Part(part) if part.name == "paint" => paint = Some(value.as_str()),
                // These were read above.
                Known::Part(Part { name: "v" | "exp", .. }) => {}
                Known::Part(part) => teaching.place(exp, part.name, value)?,
            }
        }
        let recipe = recipe.check()?;
        // Read last: how many there must be is known when everything else is.
        let weights = by_hand.map(|text| read_weights(&recipe, text)).transpose()?;
        let paint = paint.map(|text| Painting::parse(text, &recipe)).transpose()?;
        Ok(Link { recipe, weights, paint, teaching, check })
    }

    /// The link of a network set by hand: the same recipe, begun with these weights.
    ///
    /// # Errors
    ///
    /// [`Error::UnusedKey`] outside `exp=inside`, [`Error::OutOfRange`] for a number that is not
    /// finite or beyond ±1e6, [`Error::Combination`] unless there are as many as the network has,
    /// [`Error::TooLong`] where the link could not be read again.
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
        let link = Link { weights: Some(by_hand), ..Link::from(self.recipe) };
        // With room for the digest that the finished run will add.
        let found = link.to_string().len() + "&check=".len() + 16;
        if found > LONGEST_LINK {
            return Err(Error::TooLong { found, limit: LONGEST_LINK });
        }
        Ok(link)
    }
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
            let value = key.get(&self.recipe);
            if value != key.get(&defaults) {
                write!(f, "&{}={value}", key.name)?;
            }
        }
        if let Some(by_hand) = &self.weights {
            write!(f, "&weights={}", weights::encode(by_hand))?;
        }
        if let Some(paint) = &self.paint {
            write!(f, "&paint={paint}")?;
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

fn check_version(pairs: &[(String, String)]) -> Result<(), Error> {
    match value_of(pairs, "v") {
        Some(VERSION) => Ok(()),
        found => Err(Error::Version { found: found.map(String::from) }),
    }
}

fn experiment(pairs: &[(String, String)]) -> Result<Experiment, Error> {
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

/// The pairs of a fragment, decoded.
fn split(text: &str) -> Result<Vec<(String, String)>, Error> {
    if text.len() > LONGEST_LINK {
        return Err(Error::TooLong { found: text.len(), limit: LONGEST_LINK });
    }
    let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    if fragment.is_empty() {
        return Ok(Vec::new());
    }
    fragment.split('&').map(pair).collect()
}

fn pair(text: &str) -> Result<(String, String), Error> {
    let malformed = |rule| Error::Malformed { pair: text.into(), rule };
    let (name, value) =
        text.split_once('=').ok_or_else(|| malformed("a link is made of key=value pairs, joined by &"))?;
    if name.is_empty() || value.is_empty() {
        return Err(malformed("neither key nor value may be empty"));
    }
    // A question may hold any character and is read by itself.
    let value = if name == "say" { Some(value.into()) } else { decode(value) };
    let decoded = decode(name).zip(value);
    decoded.ok_or_else(|| malformed("% stands before two hexadecimal digits of a printable character"))
}

/// `text` with each `%XX` replaced by the ASCII character it stands for, as mail programs and chats
/// write them; `None` where it stands for none that is printable. `+` is no blank here.
fn decode(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut decoded = String::from(pieces.next()?);
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        // A sign, which `from_str_radix` takes for a digit, leaves one digit: never a printable one.
        let character = char::from(u8::from_str_radix(digits, 16).ok()?);
        if !(' '..='~').contains(&character) {
            return None;
        }
        decoded.push(character);
        decoded.push_str(rest);
    }
    Some(decoded)
}
