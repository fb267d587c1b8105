//! One table of keys, from which the parser, the formatter, the refusals, the page's form and the
//! documentation are read.
//!
//! [`TABLE`] lists what a recipe is made of in the one order in which links write it. Each row says
//! how a key is called, what it takes, which experiments use it and where it sits in a [`Recipe`];
//! what is done with rows is in this file ([`Key`]), in `form.rs` ([`form`]) and in `markdown.rs`
//! ([`markdown`]).

mod form;
mod markdown;
mod table;

pub(super) use super::spelling::LABEL_RULE;
pub(super) use form::offered;
pub use form::{ChoiceInfo, KeyInfo, NeedInfo, form, form_values, from_form};
pub use markdown::markdown;
pub use table::TABLE;

use super::spelling::{self, Integer, text};
use super::{Digest, Experiment, Recipe};
use crate::error::Error;

/// What a digest is.
pub(super) const DIGEST_RULE: &str = "16 hexadecimal digits, 0-9 and a-f";

/// One row of the table.
pub struct Key {
    /// The name in a link.
    pub name: &'static str,
    /// The label in a form.
    pub label: &'static str,
    /// What it does, in one plain sentence.
    pub help: &'static str,
    /// The unit of a number that has one.
    pub unit: Option<&'static str>,
    /// What it takes, and where it sits in a recipe.
    pub kind: ValueKind,
    /// The experiments whose links take it.
    pub used_by: &'static [Experiment],
    /// The choices of another key without one of which it does nothing and keeps its default.
    pub needs: Option<Need>,
}

/// What a key takes, with the field of the recipe that it reads and writes.
pub enum ValueKind {
    /// One of a few words.
    Choice(&'static [Choice]),
    /// A whole number from `min` to `max`.
    Integer {
        /// The smallest allowed.
        min: u32,
        /// The largest allowed.
        max: u32,
        /// How a slider spreads it.
        scale: Scale,
        /// Reads the field.
        get: fn(&Recipe) -> u32,
        /// Writes the field.
        set: fn(&mut Recipe, u32),
    },
    /// A number from `min` to `max`, to the nearest `f32`.
    Number {
        /// The smallest allowed, which is the nearest `f32` to this.
        min: f64,
        /// The largest allowed, likewise.
        max: f64,
        /// How a slider spreads it.
        scale: Scale,
        /// Reads the field.
        get: fn(&Recipe) -> f32,
        /// Writes the field.
        set: fn(&mut Recipe, f32),
    },
    /// Words of somebody's own; empty where they are left out.
    Text {
        /// What may be said.
        rule: &'static str,
        /// Reads the field.
        get: fn(&Recipe) -> &str,
        /// Writes the field.
        set: fn(&mut Recipe, String),
    },
    /// A digest, or none.
    Digest {
        /// How it is spelled.
        rule: &'static str,
        /// Reads the field.
        get: fn(&Recipe) -> Option<Digest>,
        /// Writes the field.
        set: fn(&mut Recipe, Option<Digest>),
    },
}

/// One word that a key takes.
pub struct Choice {
    /// The word in a link.
    pub value: &'static str,
    /// The words in a form.
    pub label: &'static str,
    /// The experiments that allow it.
    pub allowed: &'static [Experiment],
    /// Whether a recipe has it.
    pub is: fn(&Recipe) -> bool,
    /// Gives it to a recipe.
    pub pick: fn(&mut Recipe),
}

/// How a slider spreads a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal factors.
    Log,
}

/// A key has a meaning only beside these choices of another.
#[derive(Clone, Copy)]
pub struct Need {
    /// The name of the other key, a choice.
    pub key: &'static str,
    /// The values of which it must have one.
    pub values: &'static [&'static str],
}

/// The row of that name.
pub fn find(name: &str) -> Option<&'static Key> {
    TABLE.iter().find(|key| key.name == name)
}

/// The defaults that these pairs begin from: those of the experiment with the data and the model
/// that the pairs choose, where they choose well. What is wrong with a pair is for
/// [`Key::place`] to say.
pub(super) fn base<'a>(exp: Experiment, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Recipe {
    let mut chosen = Recipe::default_of(exp);
    for (name, value) in pairs {
        let key = find(name).filter(|key| ["data", "model"].contains(&key.name));
        if let Some(key) = key.filter(|key| key.is_used_by(exp)) {
            let _ = key.set(&mut chosen, value);
        }
    }
    Recipe::default_with(exp, chosen.data, chosen.model)
}

impl Key {
    /// Whether links of that experiment take the key.
    pub fn is_used_by(&self, exp: Experiment) -> bool {
        self.used_by.contains(&exp)
    }

    /// Whether the key does anything in this recipe: its experiment uses it, and what it needs is
    /// there. A need for a key that the experiment does not use counts as met.
    pub fn is_in_force(&self, recipe: &Recipe) -> bool {
        self.is_used_by(recipe.exp) && self.unmet(recipe).is_none()
    }

    /// The need that this recipe does not meet, with the value it has instead.
    fn unmet(&self, recipe: &Recipe) -> Option<(Need, String)> {
        let need = self.needs?;
        let other = find(need.key).filter(|other| other.is_used_by(recipe.exp))?;
        let found = other.get(recipe);
        (!need.values.contains(&&*found)).then_some((need, found))
    }

    /// The key's value in a recipe, as a form has it: empty where there is none.
    pub fn get(&self, recipe: &Recipe) -> String {
        match &self.kind {
            ValueKind::Choice(choices) => {
                let chosen = choices.iter().find(|choice| (choice.is)(recipe));
                chosen.map_or_else(String::new, |choice| choice.value.into())
            }
            ValueKind::Integer { get, .. } => get(recipe).to_string(),
            ValueKind::Number { get, .. } => spelling::write_number(get(recipe)),
            ValueKind::Text { get, .. } => get(recipe).into(),
            ValueKind::Digest { get, .. } => get(recipe).map(|digest| digest.to_string()).unwrap_or_default(),
        }
    }

    /// The same as links spell it: what somebody says in words is percent-encoded.
    pub fn spelled(&self, recipe: &Recipe) -> String {
        let value = self.get(recipe);
        if matches!(self.kind, ValueKind::Text { .. }) { text::encoded(&value) } else { value }
    }

    /// Reads `text` into the key's field, whatever its range.
    ///
    /// # Errors
    ///
    /// [`Error::NotOfKind`] where it is no such value, [`Error::OutOfRange`] where it is a number
    /// that the field cannot hold.
    pub fn set(&self, recipe: &mut Recipe, text: &str) -> Result<(), Error> {
        match &self.kind {
            ValueKind::Choice(choices) => {
                let choice = choices.iter().find(|choice| choice.value == text);
                let choice = choice.ok_or_else(|| self.not_of_kind(recipe.exp, text))?;
                (choice.pick)(recipe);
            }
            ValueKind::Integer { set, .. } => match spelling::read_integer(text) {
                Integer::Fits(value) => set(recipe, value),
                Integer::OutOfRange => return Err(self.out_of_range(recipe.exp, text)),
                Integer::Misspelled => return Err(self.not_of_kind(recipe.exp, text)),
            },
            ValueKind::Number { set, .. } => match spelling::read_number(text) {
                Some(value) if value.is_finite() => set(recipe, value),
                Some(_) => return Err(self.out_of_range(recipe.exp, text)),
                None => return Err(self.not_of_kind(recipe.exp, text)),
            },
            ValueKind::Text { set, .. } => set(recipe, text.into()),
            ValueKind::Digest { set, .. } if text.is_empty() => set(recipe, None),
            // A capital is the same digit.
            ValueKind::Digest { set, .. } => match text.to_ascii_lowercase().parse() {
                Ok(digest) => set(recipe, Some(digest)),
                Err(_) => return Err(self.not_of_kind(recipe.exp, text)),
            },
        }
        Ok(())
    }

    /// Reads `text` into the key's field and checks it there. The recipe's data and model must be
    /// the final ones, as [`base`] makes them.
    ///
    /// # Errors
    ///
    /// [`Error::UnusedKey`], and those of [`set`](Self::set) and [`check`](Self::check).
    pub(super) fn place(&self, recipe: &mut Recipe, text: &str) -> Result<(), Error> {
        if !self.is_used_by(recipe.exp) {
            return Err(self.unused(recipe.exp, text));
        }
        self.set(recipe, text)?;
        self.check(recipe)
    }

    /// The same from a link, where words are percent-encoded.
    ///
    /// # Errors
    ///
    /// Those of [`place`](Self::place).
    pub(super) fn place_spelled(&self, recipe: &mut Recipe, spelled: &str) -> Result<(), Error> {
        if !matches!(self.kind, ValueKind::Text { .. }) || !self.is_used_by(recipe.exp) {
            return self.place(recipe, spelled);
        }
        let said = text::decoded(spelled, spelling::LONGEST_LABEL);
        self.place(recipe, &said.ok_or_else(|| self.not_of_kind(recipe.exp, spelled))?)
    }

    /// Checks the key's field in a recipe.
    ///
    /// # Errors
    ///
    /// [`Error::UnusedKey`] or [`Error::Combination`] where the field has no effect and yet is not
    /// the default, [`Error::Combination`] where it is a choice that the experiment does not offer,
    /// [`Error::OutOfRange`] where it is a number outside its range.
    pub fn check(&self, recipe: &Recipe) -> Result<(), Error> {
        if self.is_in_force(recipe) { self.check_range(recipe) } else { self.check_idle(recipe) }
    }

    fn check_range(&self, recipe: &Recipe) -> Result<(), Error> {
        let exp = recipe.exp;
        let in_range = match &self.kind {
            ValueKind::Choice(_) if !self.offers(exp, &self.get(recipe)) => {
                let rule = format!("exp={} takes {}={} only", exp.name(), self.name, self.rule(exp));
                return Err(self.combination(recipe, rule));
            }
            ValueKind::Choice(_) | ValueKind::Digest { .. } => true,
            ValueKind::Text { get, .. } => {
                let said = get(recipe);
                said.is_empty() || text::may_be_shown(said, spelling::LONGEST_LABEL)
            }
            ValueKind::Integer { min, max, get, .. } => (*min..=*max).contains(&get(recipe)),
            // A NaN is contained in no range.
            ValueKind::Number { min, max, get, .. } => (*min as f32..=*max as f32).contains(&get(recipe)),
        };
        match &self.kind {
            _ if in_range => Ok(()),
            ValueKind::Text { .. } => Err(self.not_of_kind(exp, &self.get(recipe))),
            _ => Err(self.out_of_range(exp, &self.get(recipe))),
        }
    }

    fn check_idle(&self, recipe: &Recipe) -> Result<(), Error> {
        let (value, default) = (self.get(recipe), self.get(&recipe.defaults()));
        if value == default {
            return Ok(());
        }
        Err(match self.unmet(recipe) {
            Some((need, found)) if self.is_used_by(recipe.exp) => {
                let (key, name) = (need.key, self.name);
                let rule = match &*default {
                    "" => format!("with {key}={found} there are no {name}"),
                    _ => format!("with {key}={found} {name} is always {default}"),
                };
                self.combination(recipe, rule)
            }
            _ => self.unused(recipe.exp, &value),
        })
    }

    /// Whether a choice of the experiment has that word.
    fn offers(&self, exp: Experiment, value: &str) -> bool {
        match &self.kind {
            ValueKind::Choice(choices) => {
                choices.iter().any(|choice| choice.value == value && choice.allowed.contains(&exp))
            }
            _ => true,
        }
    }

    fn combination(&self, recipe: &Recipe, rule: String) -> Error {
        Error::Combination { key: self.name.into(), value: self.get(recipe), rule }
    }

    fn unused(&self, exp: Experiment, value: &str) -> Error {
        Error::UnusedKey { key: self.name, value: value.into(), experiment: exp.name() }
    }

    fn not_of_kind(&self, exp: Experiment, value: &str) -> Error {
        Error::NotOfKind { key: self.name.into(), value: value.into(), rule: self.rule(exp) }
    }

    fn out_of_range(&self, exp: Experiment, value: &str) -> Error {
        Error::OutOfRange { key: self.name.into(), value: value.into(), rule: self.rule(exp) }
    }

    /// What the key takes in an experiment, in words: `a whole number from 1 to 256`.
    pub fn rule(&self, exp: Experiment) -> String {
        match &self.kind {
            ValueKind::Choice(choices) => {
                let allowed = choices.iter().filter(|choice| choice.allowed.contains(&exp));
                allowed.map(|choice| choice.value).collect::<Vec<_>>().join(" or ")
            }
            ValueKind::Integer { min, max, .. } => format!("a whole number from {min} to {max}"),
            ValueKind::Number { min, max, .. } => {
                let written = |bound: f64| spelling::write_number(bound as f32);
                format!("a number from {} to {}", written(*min), written(*max))
            }
            ValueKind::Text { rule, .. } | ValueKind::Digest { rule, .. } => (*rule).into(),
        }
    }
}
