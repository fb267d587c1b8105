//! What came of the files, in words and as JSON.

use crate::cli::report::{self, shown};
use bottleneck::data::PictureSet;
use bottleneck::error::Error;
use bottleneck::recipe::{Digest, Link};
use bottleneck_pictures::{Gathered, Note, Refusal, normal_label};
use serde_json::{Map, Value, json};
use std::fmt;

/// A set of pictures, and what is to be said of it.
pub struct Report {
    pub set: PictureSet,
    noted: Vec<Note>,
    refused: Vec<Refusal>,
    digest: Digest,
    /// The label that is taken for normal.
    normal: Option<String>,
    /// Where it was written, once it was.
    pub written: Option<String>,
}

impl Report {
    /// Of files whose pictures are normal where they have one of these labels.
    pub fn of(Gathered { set, noted, refused, .. }: Gathered, normal: &[String]) -> Report {
        let normal = normal_label(&set, normal).map(str::to_owned);
        Report { digest: Digest::of_pictures(&set), set, noted, refused, normal, written: None }
    }

    /// The link that trains on the set, in its one spelling.
    ///
    /// # Errors
    ///
    /// A sentence, where no label is normal, or where a link cannot say it or would ask for too much.
    fn link(&self) -> Result<String, String> {
        let normal = match &self.normal {
            Some(label) => format!("&normal={}", encoded(label)),
            // Pictures without a label are normal where nobody says otherwise.
            None if self.set.counts().iter().any(|(label, _)| label.is_empty()) => String::new(),
            None => return Err("no label says that its pictures are normal; --normal LABEL names one".into()),
        };
        let (digest, side, count) = (self.digest, self.set.side(), self.set.pictures().len());
        let fragment = format!("v=1&exp=own&data=own&images={digest}{normal}&side={side}&count={count}");
        // Of a large set as much as a link may ask for.
        let smaller = SMALLER.iter().map(|less| fragment.clone() + less);
        let mut links = smaller.map(|fragment| Link::parse(&fragment));
        let link = links.find(|link| !matches!(link, Err(Error::Workload { .. })));
        let link = link.unwrap_or_else(|| Link::parse(&fragment));
        link.map(|link| link.to_string()).map_err(|error| error.to_string())
    }

    pub fn json(&self) -> String {
        if self.set.pictures().is_empty() {
            return report::to_json(&json!({ "error": NOTHING, "refused": self.refused() }));
        }
        let counts: Map<String, Value> =
            self.set.counts().into_iter().map(|(label, n)| (label.to_owned(), n.into())).collect();
        let noted = self.noted.iter().map(|note| json!({ "path": note.path, "sentence": note.sentence }));
        let (link, no_link) = match self.link() {
            Ok(link) => (Some(link), None),
            Err(sentence) => (None, Some(sentence)),
        };
        report::to_json(&json!({
            "link": link,
            "no_link": no_link,
            "side": self.set.side(),
            "pictures": self.set.pictures().len(),
            "counts": counts,
            "normal": self.normal,
            "digest": self.digest.to_string(),
            "noted": noted.collect::<Vec<_>>(),
            "refused": self.refused(),
            "written": self.written,
        }))
    }

    fn refused(&self) -> Vec<Value> {
        self.refused.iter().map(|one| json!({ "path": one.path, "reason": one.reason })).collect()
    }
}

/// The default, and what asks for less of a set that is too large for it.
const SMALLER: [&str; 7] = [
    "",
    "&epochs=100",
    "&epochs=30",
    "&epochs=10",
    "&networks=1&epochs=10",
    "&networks=1&epochs=3",
    "&networks=1&epochs=1",
];

const NOTHING: &str = "none of the files holds a picture that can be read";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Refusal { path, reason } in &self.refused {
            writeln!(f, "{}: {}.", shown(path), shown(reason))?;
        }
        for Note { path, sentence } in &self.noted {
            writeln!(f, "{}: {}.", shown(path), shown(sentence))?;
        }
        if self.set.pictures().is_empty() {
            return writeln!(f, "Nothing to train on: {NOTHING}.");
        }
        for (label, n) in self.set.counts() {
            let label = if label.is_empty() { "without a label".into() } else { shown(label) };
            writeln!(f, "{n:>6}  {label}")?;
        }
        let (n, side) = (self.set.pictures().len(), self.set.side());
        let refused = self.refused.len();
        writeln!(f, "{n} pictures of {side} × {side}, {refused} files left out; digest {}.", self.digest)?;
        if let Some(path) = &self.written {
            writeln!(f, "Written to {}.", shown(path))?;
        }
        match self.link() {
            Ok(link) => writeln!(f, "{link}"),
            Err(sentence) => writeln!(f, "There is no link to it: {sentence}."),
        }
    }
}

/// A label as a link spells it.
fn encoded(label: &str) -> String {
    let spelled = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    label.bytes().map(spelled).collect()
}
