//! Recipes as forms and links.

use super::to_object;
use crate::error::Error;
use crate::recipe::{Experiment, Link, keys as table};
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::*;

fn experiment(name: &str) -> Result<Experiment, Error> {
    let unknown = || Error::NotOfKind {
        key: "exp".into(),
        value: name.to_owned(),
        rule: String::from("the name of a section"),
    };
    Experiment::named(name).ok_or_else(unknown)
}

/// The form of an experiment: an array of `{ key, label, help, kind, choices?, min?, max?, … }`.
#[wasm_bindgen]
pub fn keys(exp: &str) -> Result<JsValue, JsError> {
    to_object(&table::form(experiment(exp)?))
}

#[derive(Serialize)]
struct Parsed {
    exp: Experiment,
    fragment: String,
    check: Option<String>,
    values: Values,
}

struct Values(Vec<(&'static str, String)>);

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// Reads a fragment: `{ exp, fragment, check, values }`, the fragment in its one spelling and
/// without its digest.
#[wasm_bindgen]
pub fn parse(fragment: &str) -> Result<JsValue, JsError> {
    let link = Link::parse(fragment)?;
    to_object(&Parsed {
        exp: link.recipe.exp,
        fragment: Link { check: None, ..link.clone() }.to_string(),
        check: link.check.map(|digest| digest.to_string()),
        values: Values(table::form_values(&link.recipe)),
    })
}

/// The fragment of a form's values, an object of strings by key.
#[wasm_bindgen]
pub fn format(exp: &str, values: js_sys::Object) -> Result<String, JsError> {
    let string = |value: JsValue| value.as_string().unwrap_or_default();
    let entries = js_sys::Object::entries(&values);
    let pair = |entry: JsValue| {
        let entry = js_sys::Array::from(&entry);
        (string(entry.get(0)), string(entry.get(1)))
    };
    let values: Vec<(String, String)> = entries.iter().map(pair).collect();
    let pairs = values.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    Ok(Link::from(table::from_form(experiment(exp)?, pairs)?).to_string())
}

/// A seed from the browser's entropy: the only use of it.
#[wasm_bindgen(js_name = newSeed)]
pub fn new_seed() -> Result<u32, JsError> {
    getrandom::u32().map_err(|error| JsError::new(&error.to_string()))
}
