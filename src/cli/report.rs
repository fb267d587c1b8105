//! What a run came to, in words and as JSON.

use bottleneck::recipe::{Digest, Link};
use bottleneck::run::Verdict;
use serde::Serialize;
use std::fmt;

/// In words by its `Display`.
pub trait Report: fmt::Display {
    /// One JSON object.
    fn json(&self) -> String;
    /// What is to be said of the link.
    fn verdict(&self) -> Verdict;
    /// A row for each network, where the run has such rows.
    fn csv(&self) -> String {
        String::new()
    }
    /// The network that is to be saved, as a safetensors file; `None` where it diverged, or the run saves none.
    fn saved(&self) -> Option<Vec<u8>> {
        None
    }
}

/// Any report of ours as JSON.
pub fn to_json(report: &impl Serialize) -> String {
    serde_json::to_string(report).expect("numbers and strings have a JSON form")
}

/// A report as JSON, with `error` where something of it could not be written.
pub fn with_errors(json: String, lost: &[String]) -> String {
    match json.strip_suffix('}') {
        Some(open) if !lost.is_empty() => format!("{open},\"error\":{}}}", to_json(&lost.join("; "))),
        _ => json,
    }
}

/// The code that the process ends with.
pub fn exit_code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Same | Verdict::Unchecked => 0,
        Verdict::Differs | Verdict::Diverged => 1,
    }
}

/// The last line of a report: the verdict, or the link where there is none yet.
pub fn conclusion(verdict: Verdict, asked: Option<Digest>, link: &Link) -> String {
    match (verdict, asked) {
        (Verdict::Same, _) => "Same bits as the link.".into(),
        (Verdict::Differs, Some(asked)) => format!("Differs: the link asks for {asked}."),
        (Verdict::Diverged, _) => "Diverged: there is no digest.".into(),
        _ => link.to_string(),
    }
}

/// A text as a cell of a table: in quotation marks, where it has a separator in it.
pub fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.into(),
    }
}

/// Somebody else's text on a terminal: whatever would move the cursor is escaped.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.into() }).collect()
}
