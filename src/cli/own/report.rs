//! What a set of pictures came to, in words, as JSON and as rows.

use crate::cli::report::{self, Report, quoted};
use bottleneck::run::Verdict;
use bottleneck::run::own::{Counts, Figure, Figures, Judgement, Own, PLAIN, Row, Table};
use serde_json::{Map, Value, json};
use std::fmt;

/// A run whose networks are all trained, and shown as they were after the epoch that the link looks at.
pub struct Judged {
    own: Own,
    /// Of the trained networks.
    table: Table,
    /// That epoch, and the table of it; `None` where it is the last.
    at: Option<(u32, Table)>,
    false_alarms: f64,
    /// Which network is saved, where one is.
    saved: u32,
    /// Its scores, as it is shown.
    scores: Vec<f32>,
}

impl Judged {
    /// Once all of it is trained; `at` is the epoch that the link looks at.
    pub fn of(mut own: Own, false_alarms: f64, saved: u32, at: Option<u32>) -> Judged {
        let table = Table::of(&own, false_alarms);
        for k in 0..own.recipe().networks {
            at.map(|epoch| own.look_towards(k, epoch, u32::MAX));
        }
        let at = at.filter(|_| own.is_away()).map(|epoch| (epoch, Table::shown(&mut own, false_alarms)));
        let scores = own.scores_shown(saved).to_vec();
        Judged { own, table, at, false_alarms, saved, scores }
    }

    /// By method, what is read off its row.
    fn by_method(&self, of: impl Fn(&Row) -> Value) -> Value {
        by_method(&self.table, of)
    }

    /// The AUC of the networks after the epoch that the link looks at.
    fn at(&self) -> Option<Value> {
        let (epoch, table) = self.at.as_ref()?;
        Some(json!({ "epoch": epoch, "auc": by_method(table, |row| json!(row.all.auc)) }))
    }

    /// The figures of one kind of anomaly, or of all, each by method.
    fn figures(&self, of: impl Fn(&Row) -> Option<&Figures>) -> Map<String, Value> {
        let read = |figure: fn(&Figures) -> Value| self.by_method(|row| of(row).map_or(Value::Null, figure));
        [
            ("auc", read(|figures| json!(figures.auc))),
            ("average_precision", read(|figures| json!(figures.average_precision))),
            ("f1", read(|figures| json!(figures.f1))),
            ("confusion", read(|figures| json!(figures.confusion))),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    fn by_label(&self) -> Value {
        let labels = self.table.labels.iter().enumerate();
        let entry = |(i, (label, pictures)): (usize, &(String, u32))| {
            let mut figures = self.figures(|row| row.by_label.get(i));
            figures.insert("pictures".into(), json!(pictures));
            (label.clone(), Value::Object(figures))
        };
        Value::Object(labels.map(entry).collect())
    }
}

impl Report for Judged {
    fn json(&self) -> String {
        let own = &self.own;
        let counts = own.set().counts().into_iter().map(|(label, n)| (label.to_owned(), json!(n)));
        let mut object = self.figures(|row| Some(&row.all));
        let rest = json!({
            "link": own.link().to_string(),
            "recipe": own.recipe(),
            "counts": counts.collect::<Map<_, _>>(),
            "training": own.split().training.len(),
            "held_out": own.split().held_out.len(),
            "false_alarms": self.false_alarms,
            "threshold": self.by_method(|row| json!(row.threshold)),
            "above": self.by_method(|row| json!(row.above)),
            "by_label": self.by_label(),
            "digest": own.digest().ok().flatten().map(|digest| digest.to_string()),
            "verdict": own.verdict(),
        });
        object.extend(self.at().map(|at| ("at".to_owned(), at)));
        object.extend(own.ended().map(|ended| ("stopped".to_owned(), json!(ended.to_string()))));
        if let Value::Object(rest) = rest {
            object.extend(rest);
        }
        report::to_json(&object)
    }

    fn verdict(&self) -> Verdict {
        self.own.verdict()
    }

    fn saved(&self) -> Option<Vec<u8>> {
        let (own, k) = (&self.own, self.saved);
        // One that diverged is not worth a file.
        own.scores().get(k as usize).copied().flatten()?;
        let judgement = Judgement::of(own.set(), own.split(), &self.scores, self.false_alarms);
        own.safetensors(k, judgement.threshold)
    }

    /// Every picture of the set in its order: label, name, what it is for, and its score by every method and network.
    fn csv(&self) -> String {
        let own = &self.own;
        let networks = own.scores();
        let name = self.table.rows.last().map_or("", |row| row.name);
        let mut text = String::from("label,name,part");
        PLAIN.iter().for_each(|(name, _)| text += &format!(",{name}"));
        (0..networks.len()).for_each(|k| text += &format!(",{name}_{k}"));
        text += "\n";
        for (i, picture) in own.set().pictures().iter().enumerate() {
            let place = i as u32;
            let part = match own.split() {
                split if split.training.binary_search(&place).is_ok() => "training",
                split if split.held_out.binary_search(&place).is_ok() => "held_out",
                _ => "anomaly",
            };
            text += &format!("{},{},{part}", quoted(&picture.label), quoted(&picture.name));
            for scores in own.plain_scores().unwrap_or_default() {
                text += &format!(",{}", scores[i]);
            }
            for scores in &networks {
                // A network that diverged has no score.
                text += &scores.map_or(",".into(), |scores| format!(",{}", scores[i]));
            }
            text += "\n";
        }
        text
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (own, split) = (&self.own, self.own.split());
        for (label, n) in own.set().counts() {
            writeln!(f, "{n:>6}  {}", shown(label))?;
        }
        let normal = own.recipe().set.as_ref().map_or("", |set| &set.normal);
        let (learned, held_out, odd) = (split.training.len(), split.held_out.len(), split.anomalies.len());
        writeln!(
            f,
            "Normal: {}. {learned} pictures are learned, {held_out} held out, {odd} to be found.\n",
            shown(normal)
        )?;
        tell_figures(&self.table, f)?;
        self.tell_labels(f)?;
        if let Some((epoch, table)) = &self.at {
            writeln!(f, "\nAfter epoch {epoch}:")?;
            tell_figures(table, f)?;
        }
        match own.digest() {
            Ok(Some(digest)) => writeln!(f, "\nDigest {digest}.")?,
            _ => writeln!(f, "\nA network left the finite numbers.")?,
        }
        if let Some(ended) = own.ended() {
            writeln!(f, "Training ended by itself after epoch {}: {ended}.", own.recipe().epochs)?;
        }
        writeln!(f, "{}", report::conclusion(own.verdict(), own.asked(), &own.link()))
    }
}

impl Judged {
    /// AUC by label, where there are several.
    fn tell_labels(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels = &self.table.labels;
        if labels.len() < 2 {
            return Ok(());
        }
        write!(f, "\n{:<15}", "AUC")?;
        self.table.rows.iter().try_for_each(|row| write!(f, "{:>14}", row.name))?;
        writeln!(f)?;
        for (i, (label, _)) in labels.iter().enumerate() {
            write!(f, "{:<15}", shown(label))?;
            for row in &self.table.rows {
                write!(f, "{:>14}", middle(row.by_label.get(i).and_then(|figures| figures.auc), 3))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// What is read off the row of each method, by its name.
fn by_method(table: &Table, of: impl Fn(&Row) -> Value) -> Value {
    Value::Object(table.rows.iter().map(|row| (row.name.into(), of(row))).collect())
}

/// What stands in the row of networks, where there are several.
const OF_SEVERAL: &str = "Of the networks, found and alarms are those of the first, all else is the median.";

fn tell_figures(table: &Table, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(
        f,
        "{:<15}{:>22}{:>12}{:>8}{:>12}{:>8}{:>8}",
        "", "AUC", "avg. prec.", "F1", "threshold", "found", "alarms"
    )?;
    for row in &table.rows {
        write!(f, "{:<15}{:>22}", row.name, spread(row.all.auc))?;
        write!(f, "{:>12}{:>8}", middle(row.all.average_precision, 3), middle(row.all.f1, 3))?;
        write!(f, "{:>12}", middle(row.threshold, 5))?;
        writeln!(f, "{}", counts(&row.all.confusion))?;
    }
    let are_several = |row: &Row| matches!(&row.all.confusion, Counts::Networks(each) if each.len() > 1);
    match table.rows.iter().any(are_several) {
        true => writeln!(f, "{OF_SEVERAL}"),
        false => Ok(()),
    }
}

/// A label on a terminal.
fn shown(label: &str) -> String {
    if label.is_empty() { "without a label".into() } else { report::shown(label) }
}

fn middle(figure: Option<Figure>, digits: usize) -> String {
    figure.map_or("–".into(), |figure| format!("{:.digits$}", figure.middle()))
}

fn spread(figure: Option<Figure>) -> String {
    match figure {
        Some(Figure::Networks(all)) => format!("{:.3} ({:.3}–{:.3})", all.median, all.low, all.high),
        other => middle(other, 3),
    }
}

/// Anomalies found and false alarms; of the first network, where there are several.
fn counts(counts: &Counts) -> String {
    let one = match counts {
        Counts::Method(one) => one,
        Counts::Networks(each) => each.first().unwrap_or(&None),
    };
    one.map_or(format!("{:>8}{:>8}", "–", "–"), |one| {
        format!("{:>8}{:>8}", one.true_positives, one.false_positives)
    })
}
