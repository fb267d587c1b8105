//! The table as a form: what the page shows, and the recipe that its controls spell.

use serde::Serialize;

use super::{Choice, Key, Need, Scale, TABLE, ValueKind, base, find};
use crate::error::Error;
use crate::recipe::{CheckedRecipe, Experiment, Recipe};

/// One control of a form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyInfo {
    /// The name in a link.
    pub key: &'static str,
    /// The label beside the control.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// `choice`, `integer`, `number`, `text` or `digest`.
    pub kind: &'static str,
    /// The words of a choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<ChoiceInfo>>,
    /// The smallest number allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The largest number allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The grid of a number that has one: 1 for whole numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<f64>,
    /// The unit of a number that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// How a slider spreads a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// The control does something only while another has one of these values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<NeedInfo>,
    /// The experiment's default; where the control is idle, the one it would have in force.
    pub value: String,
}

/// One word of a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceInfo {
    /// The word in a link.
    pub value: &'static str,
    /// The words in the form.
    pub label: &'static str,
}

/// The other control, and the value it must have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedInfo {
    /// The other control's key.
    pub key: &'static str,
    /// The value it must have: of those that would do the only one that the experiment offers.
    pub value: &'static str,
}

/// The form of an experiment, in the order of the table.
///
/// Left out is what a visitor could not change: keys that the experiment does not use, choices of
/// one, and what needs a choice that is not offered.
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::{Experiment, keys};
///
/// let form = keys::form(Experiment::Inside);
/// let names: Vec<_> = form.iter().map(|info| info.key).collect();
/// assert_eq!(names[..4], ["model", "l1", "code", "l3"]); // the data are always the 2×2 images
/// assert_eq!(form[1].max, Some(256.0));
/// ```
pub fn form(exp: Experiment) -> Vec<KeyInfo> {
    let recipe = Recipe::default_of(exp);
    offered(exp).map(|key| key.info(&recipe)).collect()
}

/// The keys that the form of an experiment has a control for, in order.
pub(in crate::recipe) fn offered(exp: Experiment) -> impl Iterator<Item = &'static Key> {
    TABLE.iter().filter(move |key| key.is_offered(exp))
}

/// What each control of the recipe's form shows, by key, in the order of the form.
///
/// A control that is idle shows the default it would have if what it needs were chosen, so that
/// choosing it makes sense at once: `side` says 32, not 2, while `data` is `quad`.
pub fn form_values(recipe: &CheckedRecipe) -> Vec<(&'static str, String)> {
    offered(recipe.exp).map(|key| (key.name, key.form_value(recipe))).collect()
}

/// The recipe that a form spells, in any order; keys left out keep their defaults.
///
/// Unlike in a link, what is idle is passed over rather than refused: a form cannot help having a
/// control for β while its model is classical.
///
/// # Errors
///
/// As for [`Link::parse`](crate::recipe::Link::parse): the sentence names key, value and rule.
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::{Experiment, Link, keys};
///
/// let values = [("lr", "1e-2"), ("model", "ca"), ("beta", "0.5"), ("l1", "2")];
/// let recipe = keys::from_form(Experiment::Classical, values)?;
/// assert_eq!(Link::from(recipe).to_string(), "v=1&exp=classical&lr=0.01");
/// # Ok::<(), bottleneck::Error>(())
/// ```
pub fn from_form<'a>(
    exp: Experiment,
    values: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<CheckedRecipe, Error> {
    let pairs: Vec<(&str, &str)> = values.into_iter().collect();
    let mut recipe = base(exp, pairs.iter().copied());
    for (position, (name, value)) in pairs.iter().enumerate() {
        let key = find(name).ok_or_else(|| Error::UnknownKey { key: (*name).into() })?;
        if pairs[..position].iter().any(|(earlier, _)| earlier == name) {
            return Err(Error::DuplicateKey { key: key.name });
        }
        if !key.is_used_by(exp) || key.is_in_force(&recipe) {
            key.place(&mut recipe, value)?;
        }
    }
    recipe.check()
}

impl Key {
    /// Whether a form of the experiment has a control for the key.
    fn is_offered(&self, exp: Experiment) -> bool {
        let offers_need = |need: Need| {
            // A need for a key that the experiment does not use counts as met.
            find(need.key).is_none_or(|other| !other.is_used_by(exp) || other.first_of(exp, need).is_some())
        };
        let many = match self.kind {
            ValueKind::Choice(choices) => {
                choices.iter().filter(|choice| choice.allowed.contains(&exp)).count() > 1
            }
            _ => true,
        };
        self.is_used_by(exp) && many && self.needs.is_none_or(offers_need)
    }

    fn form_value(&self, recipe: &Recipe) -> String {
        match self.unmet(recipe) {
            None => self.get(recipe),
            Some((need, _)) => {
                let mut other = recipe.clone();
                if let Some(key) = find(need.key) {
                    // The value comes from the table itself, so it is one of the key's choices.
                    let _ = key.first_of(other.exp, need).map(|value| key.set(&mut other, value));
                }
                self.get(&Recipe::default_with(other.exp, other.data, other.model))
            }
        }
    }

    fn info(&self, recipe: &Recipe) -> KeyInfo {
        let exp = recipe.exp;
        let mut info = KeyInfo {
            key: self.name,
            label: self.label,
            help: self.help,
            kind: "choice",
            choices: None,
            min: None,
            max: None,
            step: None,
            unit: self.unit,
            scale: None,
            needs: self.need_info(exp),
            value: self.form_value(recipe),
        };
        match self.kind {
            ValueKind::Choice(choices) => {
                let allowed = choices.iter().filter(|choice| choice.allowed.contains(&exp));
                info.choices = Some(allowed.map(|c| ChoiceInfo { value: c.value, label: c.label }).collect());
            }
            ValueKind::Integer { min, max, scale, .. } => {
                info.kind = "integer";
                (info.min, info.max) = (Some(min.into()), Some(max.into()));
                (info.step, info.scale) = (Some(1.0), Some(scale));
            }
            ValueKind::Number { min, max, scale, .. } => {
                info.kind = "number";
                (info.min, info.max) = (Some(min), Some(max));
                info.scale = Some(scale);
            }
            ValueKind::Text { .. } => info.kind = "text",
            ValueKind::Digest { .. } => info.kind = "digest",
        }
        info
    }

    fn need_info(&self, exp: Experiment) -> Option<NeedInfo> {
        let need = self.needs.filter(|need| find(need.key).is_some_and(|other| other.is_used_by(exp)))?;
        let other = find(need.key)?;
        // A choice of one is never changed, so the need is always met; so it is where any choice will do.
        let open =
            other.is_offered(exp) && other.choices_of(exp).any(|choice| !need.values.contains(&choice.value));
        let value = other.first_of(exp, need)?;
        open.then_some(NeedInfo { key: need.key, value })
    }

    /// The choices that an experiment offers; none of a key that is no choice.
    fn choices_of(&self, exp: Experiment) -> impl Iterator<Item = &'static Choice> {
        let choices = if let ValueKind::Choice(choices) = self.kind { choices } else { &[] };
        choices.iter().filter(move |choice| choice.allowed.contains(&exp))
    }

    /// The first of the needed choices that an experiment offers.
    fn first_of(&self, exp: Experiment, need: Need) -> Option<&'static str> {
        self.choices_of(exp).map(|choice| choice.value).find(|value| need.values.contains(value))
    }
}
