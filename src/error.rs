//! What a caller can get wrong.
//!
//! One enum for the crate, its variants told apart by what the caller can do about them. Its
//! `Display` is one sentence, lower case and without a final dot, that can be shown to a visitor as
//! it stands: it names the key, the value and the rule. Keys and values may come from a hostile
//! link, so they are shortened and their control characters escaped before they are shown.

use crate::num::matrix::WrongShape;
use std::fmt;

/// Why something was refused, or could not be finished.
///
/// # Examples
///
/// ```
/// use bottleneck::Error;
///
/// let error = Error::OutOfRange {
///     key: "lr".into(),
///     value: "50".into(),
///     rule: "a number from 0.000001 to 10".into(),
/// };
/// assert_eq!(error.to_string(), "lr=50 is out of range: it takes a number from 0.000001 to 10");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The link is longer than any recipe can be, `found` and `limit` in bytes.
    TooLong {
        /// Length of what was given.
        found: usize,
        /// The longest text that is read.
        limit: usize,
    },
    /// A piece of the link is not `key=value` in plain characters.
    Malformed {
        /// The piece as it was found.
        pair: String,
        /// What it should have been.
        rule: &'static str,
    },
    /// A piece of the link has a character that no key and no value has.
    Foreign {
        /// The piece as it was found.
        pair: String,
        /// The character.
        found: char,
        /// The plain character that it is easily taken for.
        lookalike: Option<char>,
    },
    /// The link has no `v`, or one that this release does not keep.
    Version {
        /// The version asked for; `None` where the link names none.
        found: Option<String>,
    },
    /// A key without which a link says nothing is not there.
    MissingKey {
        /// The name of the key.
        key: &'static str,
        /// What it takes.
        rule: &'static str,
    },
    /// No key of that name exists.
    UnknownKey {
        /// The name as it was found.
        key: String,
    },
    /// A key is given twice.
    DuplicateKey {
        /// The name of the key.
        key: &'static str,
    },
    /// A key exists, but this experiment has no use for it.
    UnusedKey {
        /// The name of the key.
        key: &'static str,
        /// The value as it was found.
        value: String,
        /// The experiment that does not use it.
        experiment: &'static str,
    },
    /// A value is not of its key's kind: a word where a number belongs, an unknown choice.
    NotOfKind {
        /// The name of the key.
        key: String,
        /// The value as it was found.
        value: String,
        /// What the key takes.
        rule: String,
    },
    /// A number lies outside its key's range.
    OutOfRange {
        /// The name of the key.
        key: String,
        /// The value as it was found.
        value: String,
        /// What the key takes.
        rule: String,
    },
    /// Each value is allowed, but not beside the others.
    Combination {
        /// The name of the key to change.
        key: String,
        /// Its value.
        value: String,
        /// What the other keys demand.
        rule: String,
    },
    /// The run would take longer, or more memory, than a visitor's device should give.
    Workload {
        /// The name of the key that asks for the most.
        key: &'static str,
        /// Its value.
        value: u32,
        /// What there is too much of, in words, unit included.
        what: &'static str,
        /// The estimate for this recipe.
        estimate: u64,
        /// The largest that is allowed.
        limit: u64,
    },
    /// The run begins with a saved network, and nobody brought its file.
    MissingNetwork {
        /// The digest of the network.
        digest: String,
    },
    /// A link of a tour is refused.
    Stop {
        /// Its place, counted from 1.
        stop: usize,
        /// Why.
        error: Box<Error>,
    },
    /// Two sizes that must agree do not.
    Shape {
        /// The call and the argument.
        what: &'static str,
        /// The size it must have.
        expected: usize,
        /// The size it has.
        found: usize,
    },
    /// A matrix has another number of columns than what it is for.
    Matrix(WrongShape),
    /// Training left the finite numbers.
    Diverged {
        /// The epoch, counted from 1, in which it happened.
        epoch: u32,
    },
}

impl From<WrongShape> for Error {
    fn from(error: WrongShape) -> Error {
        Error::Matrix(error)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::TooLong { found, limit } => {
                write!(f, "the link is {found} bytes long: at most {limit} are read")
            }
            Error::Malformed { pair, rule } => {
                write!(f, "\"{}\" cannot be read: {rule}", shown(pair))
            }
            Error::Foreign { pair, found, lookalike } => {
                write!(f, "\"{}\" cannot be read: U+{:04X}", shown(pair), u32::from(*found))?;
                if let Some(plain) = lookalike {
                    write!(f, ", which looks like {plain},")?;
                }
                f.write_str(" is no character of a link")
            }
            Error::Version { found: None } => {
                write!(f, "v is missing: a link begins with v=1, the version of its promise")
            }
            Error::Version { found: Some(v) } => {
                write!(f, "v={} is not supported: this release reads v=1 only", shown(v))
            }
            Error::MissingKey { key, rule } => write!(f, "{key} is missing: it takes {rule}"),
            Error::UnknownKey { key } => write!(f, "\"{}\" is not a key of a link", shown(key)),
            Error::DuplicateKey { key } => {
                write!(f, "{key} is given twice: each key may be given once")
            }
            Error::UnusedKey { key, value, experiment } => {
                write!(f, "{key}={} has no use here: exp={experiment} does not take {key}", shown(value))
            }
            Error::NotOfKind { key, value, rule } => {
                write!(f, "{}={} cannot be read: it takes {rule}", shown(key), shown(value))
            }
            Error::OutOfRange { key, value, rule } => {
                write!(f, "{}={} is out of range: it takes {rule}", shown(key), shown(value))
            }
            Error::Combination { key, value, rule } => {
                write!(f, "{}={} does not fit the rest: {rule}", shown(key), shown(value))
            }
            Error::Workload { key, value, what, estimate, limit } => write!(
                f,
                "the run is too large with {key}={value}: about {} {what}, where at most {} are allowed; fewer epochs, networks, \
                 images or neurons make it smaller",
                rounded(*estimate),
                rounded(*limit)
            ),
            Error::MissingNetwork { digest } => write!(
                f,
                "from={} is missing its network: training begins with a saved network of this digest, a .safetensors \
                 file, which the page asks for and the command line takes as --from FILE",
                shown(digest)
            ),
            Error::Stop { stop, error } => write!(f, "stop {stop} of the tour: {error}"),
            Error::Shape { what, expected, found } => {
                write!(f, "{what}: expected {expected}, found {found}")
            }
            Error::Matrix(error) => error.fmt(f),
            Error::Diverged { epoch } => {
                write!(f, "training left the finite numbers: diverged at epoch {epoch}")
            }
        }
    }
}

/// `n` from 100 on to three digits, as `2.35e12`.
fn rounded(n: u64) -> String {
    let (mut hundredths, mut exponent, mut cut) = (n, 2, 0);
    while hundredths >= 1000 {
        (hundredths, exponent, cut) = (hundredths / 10, exponent + 1, hundredths % 10);
    }
    hundredths += u64::from(cut >= 5);
    if hundredths == 1000 {
        (hundredths, exponent) = (100, exponent + 1);
    }
    format!("{}.{:02}e{exponent}", hundredths / 100, hundredths % 100)
}

/// The longest piece of somebody else's text that a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 48;

/// `text` as a sentence may quote it: cut to [`LONGEST_QUOTE`] characters, with everything that
/// could break the line or its direction escaped.
fn shown(text: &str) -> String {
    let mut quote = String::new();
    for (position, c) in text.chars().enumerate() {
        if position == LONGEST_QUOTE {
            quote.push('…');
            break;
        }
        match c {
            ' '..='~' => quote.push(c),
            // Letters of any script read well; marks that reorder or hide text do not.
            _ if c.is_alphanumeric() => quote.push(c),
            _ => quote.extend(c.escape_default()),
        }
    }
    if quote.is_empty() { "(nothing)".into() } else { quote }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_quotes_at_most_48_characters() {
        let error = Error::UnknownKey { key: "k".repeat(5000) };
        assert_eq!(error.to_string(), format!("\"{}…\" is not a key of a link", "k".repeat(48)));
    }

    #[test]
    fn control_and_direction_characters_are_escaped() {
        let error = Error::UnknownKey { key: "a\n\u{202e}b\0".into() };
        assert_eq!(error.to_string(), r#""a\n\u{202e}b\u{0}" is not a key of a link"#);
    }

    #[test]
    fn an_empty_value_is_said_to_be_nothing() {
        let error = Error::NotOfKind { key: "lr".into(), value: String::new(), rule: "a number".into() };
        assert_eq!(error.to_string(), "lr=(nothing) cannot be read: it takes a number");
    }

    #[test]
    fn large_numbers_are_rounded_to_three_digits() {
        let numbers = [100, 999, 1_234_567, 9_996_000, u64::MAX].map(rounded);
        assert_eq!(numbers, ["1.00e2", "9.99e2", "1.23e6", "1.00e7", "1.84e19"]);
    }

    #[test]
    fn shapes_name_both_sizes() {
        let error = Error::Shape { what: "Dense::forward: x", expected: 2, found: 3 };
        assert_eq!(error.to_string(), "Dense::forward: x: expected 2, found 3");
    }
}
