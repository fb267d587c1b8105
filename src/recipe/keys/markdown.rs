//! The table as documentation.

use super::{Key, TABLE, ValueKind};
use crate::autoencoder::Model;
use crate::data;
use crate::recipe::link::ENVELOPE;
use crate::recipe::{Experiment, MOST_BYTES, MOST_OPERATIONS, Recipe};

/// The keys of a link as two Markdown tables: what each takes and does, and every experiment's
/// defaults. The README shows exactly this text.
///
/// # Examples
///
/// ```
/// let text = bottleneck::recipe::keys::markdown();
/// assert!(text.contains("| `lr` | a number from 1e-6 to 10 |"));
/// ```
pub fn markdown() -> String {
    let mut text = String::from("| key | takes | meaning |\n|---|---|---|\n");
    let envelope = ENVELOPE.map(|part| row([format!("`{}`", part.name), part.rule.into(), part.help.into()]));
    let recipe = TABLE.iter().map(|key| row([format!("`{}`", key.name), takes(key), meaning(key)]));
    let [v, exp, last @ ..] = envelope;
    text.extend([v, exp].into_iter().chain(recipe).chain(last));
    text + "\n" + &defaults() + "\n" + &defaults_by_data() + "\n" + &limits()
}

fn takes(key: &Key) -> String {
    match key.kind {
        ValueKind::Choice(choices) => {
            choices.iter().map(|c| format!("`{}`", c.value)).collect::<Vec<_>>().join(" or ")
        }
        // No number's range depends on the experiment.
        _ => [Some(key.rule(Experiment::Classical).as_str()), key.unit]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn meaning(key: &Key) -> String {
    match key.needs {
        Some(need) => {
            let values: Vec<_> = need.values.iter().map(|value| format!("`{}={value}`", need.key)).collect();
            format!("{} Only with {}.", key.help, values.join(" or "))
        }
        None => key.help.into(),
    }
}

fn defaults() -> String {
    let mut text = String::from("| default |");
    for exp in Experiment::ALL {
        text += &format!(" `{}` |", exp.name());
    }
    text += &format!("\n|{}\n", "---|".repeat(1 + Experiment::ALL.len()));
    for key in TABLE {
        let values = Experiment::ALL.map(|exp| default(key, exp));
        text += &format!("| `{}` | {} |\n", key.name, values.join(" | "));
    }
    text
}

/// What an experiment that trains on either set does by default with each.
fn defaults_by_data() -> String {
    let [lines, quad] = [data::Kind::Lines, data::Kind::Quad]
        .map(|kind| Recipe::default_with(Experiment::Variational, kind, Model::Variational));
    let differing = TABLE.iter().filter(|key| key.name != "data" && key.is_in_force(&quad));
    let pairs = differing.map(|key| (key.name, key.get(&lines), key.get(&quad))).filter(|(_, l, q)| l != q);
    let words: Vec<_> = pairs.map(|(name, l, q)| format!("`{name}` ({l} or {q})")).collect();
    format!(
        "Where a link chooses the data, these defaults follow, for `lines` or `quad`: {}.\n",
        words.join(", ")
    )
}

/// What all keys together may ask for.
fn limits() -> String {
    format!(
        "All together may ask for at most {} million million floating-point operations and {} MiB of memory, counted in \
         [`src/recipe/workload.rs`](src/recipe/workload.rs): the steps of all networks, what each costs beside them, \
         its examination, and what stays of it.\n",
        MOST_OPERATIONS / 1_000_000_000_000,
        MOST_BYTES / (1024 * 1024)
    )
}

fn default(key: &Key, exp: Experiment) -> String {
    let recipe = Recipe::default_of(exp);
    let value = key.get(&recipe);
    if key.is_in_force(&recipe) && !value.is_empty() { value } else { "–".into() }
}

fn row(cells: [String; 3]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
