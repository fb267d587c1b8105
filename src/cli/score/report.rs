//! What a network says of pictures, in words, as JSON and as rows.

use crate::cli::report::{self, quoted, shown};
use crate::cli::saved::Saved;
use bottleneck::autoencoder::Model;
use bottleneck::recipe::Digest;
use bottleneck::run::own::network_scores;
use bottleneck_pictures::{Gathered, Note, Refusal};
use serde::Serialize;
use std::cmp::Ordering;
use std::fmt;

/// Pictures and their scores, the oddest first.
pub struct Report {
    network: Digest,
    model: Model,
    side: u32,
    link: Option<String>,
    threshold: Option<f32>,
    scores: Vec<Scored>,
    noted: Vec<Note>,
    refused: Vec<Refusal>,
}

#[derive(Serialize)]
struct Scored {
    name: String,
    label: String,
    /// JSON has no spelling for what is not finite: null stands in its place.
    score: f32,
    /// Whether the score is above the threshold, where there is one.
    above: Option<bool>,
}

#[derive(Serialize)]
struct Json<'a> {
    network: Digest,
    model: Model,
    side: u32,
    link: Option<&'a str>,
    pictures: usize,
    threshold: Option<f32>,
    above: Option<usize>,
    scores: &'a [Scored],
    noted: Vec<Line<'a>>,
    refused: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Nothing<'a> {
    error: &'static str,
    refused: Vec<Line<'a>>,
}

const NOTHING: &str = "none of the files holds a picture that can be read";

impl Report {
    /// Of pictures that are as large as the network takes them.
    pub fn of(saved: &Saved, gathered: Gathered, threshold: Option<f32>) -> Report {
        let Gathered { set, noted, refused, .. } = gathered;
        let of = |(picture, score): (&bottleneck::data::Picture, f32)| Scored {
            name: picture.name.clone(),
            label: picture.label.clone(),
            score,
            // What is no number is no normal picture either.
            above: threshold.map(|level| score > level || score.is_nan()),
        };
        let mut scores: Vec<Scored> =
            set.pictures().iter().zip(network_scores(&saved.network, &set)).map(of).collect();
        // Those of one score stay in the order of the set.
        scores.sort_by(|a, b| odder_first(a.score, b.score));
        Report {
            network: saved.digest(),
            model: saved.network.architecture().model,
            side: saved.side(),
            link: saved.link().map(str::to_owned),
            threshold,
            scores,
            noted,
            refused,
        }
    }

    /// None of the files held a picture.
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// How many lie above the threshold, where there is one.
    fn above(&self) -> Option<usize> {
        self.threshold.map(|_| self.scores.iter().filter(|scored| scored.above == Some(true)).count())
    }

    pub fn json(&self) -> String {
        let refused = self.refused.iter().map(|one| Line { path: &one.path, reason: &one.reason }).collect();
        if self.is_empty() {
            return report::to_json(&Nothing { error: NOTHING, refused });
        }
        report::to_json(&Json {
            network: self.network,
            model: self.model,
            side: self.side,
            link: self.link.as_deref(),
            pictures: self.scores.len(),
            threshold: self.threshold,
            above: self.above(),
            scores: &self.scores,
            noted: self.noted.iter().map(|one| Line { path: &one.path, reason: &one.sentence }).collect(),
            refused,
        })
    }

    /// A row a picture, the oddest first: name, score, label.
    pub fn csv(&self) -> String {
        let mut text = String::from("name,score,label\n");
        for Scored { name, label, score, .. } in &self.scores {
            text += &format!("{},{score},{}\n", quoted(name), quoted(label));
        }
        text
    }
}

/// The higher score first, and before all what is no number: those are alike, as their signs are the processor's own.
fn odder_first(a: f32, b: f32) -> Ordering {
    match (a.is_nan(), b.is_nan()) {
        (false, false) => b.total_cmp(&a),
        (a, b) => b.cmp(&a),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Refusal { path, reason } in &self.refused {
            writeln!(f, "{}: {}.", shown(path), shown(reason))?;
        }
        for Note { path, sentence } in &self.noted {
            writeln!(f, "{}: {}.", shown(path), shown(sentence))?;
        }
        if self.is_empty() {
            return writeln!(f, "Nothing to score: {NOTHING}.");
        }
        for Scored { name, label, score, above } in &self.scores {
            let mark = match above {
                Some(true) => "  above",
                Some(false) => "  below",
                None => "",
            };
            let label = if label.is_empty() { String::new() } else { format!("  ({})", shown(label)) };
            writeln!(f, "{score:>10.6}{mark}  {}{label}", shown(name))?;
        }
        let (n, refused, network) = (self.scores.len(), self.refused.len(), self.network);
        write!(f, "{n} pictures, {refused} files left out, by network {network}")?;
        match (self.threshold, self.above()) {
            (Some(level), Some(above)) => writeln!(f, "; {above} above the threshold {level}."),
            _ => writeln!(f, "; there is no threshold, --threshold T gives one."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_the_oddest_whatever_its_sign() {
        let mut scores = [(0, 0.5), (1, -f32::NAN), (2, f32::INFINITY), (3, f32::NAN), (4, 0.0), (5, 0.5)];
        scores.sort_by(|a, b| odder_first(a.1, b.1));
        assert_eq!(scores.map(|(place, _)| place), [1, 3, 2, 0, 5, 4]);
    }
}
