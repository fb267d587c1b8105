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
}

/// Any report of ours as JSON.
pub fn to_json(report: &impl Serialize) -> String {
    serde_json::to_string(report).expect("numbers and strings have a JSON form")
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
