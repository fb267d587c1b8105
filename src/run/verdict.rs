//! What came out against what a link says must come out.

use crate::recipe::Digest;
use serde::Serialize;

/// What a finished run says of the link that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The digest is the link's.
    Same,
    /// It is another.
    Differs,
    /// The link names none, or the run is not over.
    Unchecked,
    /// There is none: the run left the finite numbers.
    Diverged,
}

impl Verdict {
    /// Of a run's digest, `None` before it is over and an error where it diverged, and the one that its link asks for.
    ///
    /// ```
    /// use bottleneck::recipe::Digest;
    /// use bottleneck::run::Verdict;
    ///
    /// let (found, other) = (Digest::of_parameters(&[1.0]), Digest::of_parameters(&[2.0]));
    /// let of = |digest, asked| Verdict::of(Ok::<_, bottleneck::Error>(digest), asked);
    /// assert_eq!(of(Some(found), Some(found)), Verdict::Same);
    /// assert_eq!(of(Some(found), Some(other)), Verdict::Differs);
    /// assert_eq!(of(None, Some(other)), Verdict::Unchecked);
    /// ```
    pub fn of<E>(found: Result<Option<Digest>, E>, asked: Option<Digest>) -> Verdict {
        match (found, asked) {
            (Err(_), _) => Verdict::Diverged,
            (Ok(None), _) | (_, None) => Verdict::Unchecked,
            (Ok(Some(found)), Some(asked)) if found == asked => Verdict::Same,
            _ => Verdict::Differs,
        }
    }

    /// In one word, as results and scripts spell it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Differs => "differs",
            Verdict::Unchecked => "unchecked",
            Verdict::Diverged => "diverged",
        }
    }
}
