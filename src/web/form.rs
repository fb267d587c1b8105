//! Recipes as forms and links.

use super::to_object;
use bottleneck::error::Error;
use bottleneck::recipe::{Experiment, Link, Teaching, keys as table};
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
    recipe: Values,
    link: String,
    hide: String,
    lock: String,
    only: Option<&'static str>,
    say: Option<String>,
}

struct Values(Vec<(&'static str, String)>);

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// Reads a fragment: `{ exp, fragment, check, values, recipe, link, hide, lock, only, say }`.
///
/// `link` is the whole in its one spelling, `fragment` what determines the run, which leaves out the
/// digest and what is for the reader. `values` are for the form, `recipe` is every key's value.
#[wasm_bindgen]
pub fn parse(fragment: &str) -> Result<JsValue, JsError> {
    let whole = Link::parse(fragment)?;
    let link = whole.to_string();
    let teaching = whole.teaching.clone();
    let check = whole.check.map(|digest| digest.to_string());
    let run = Link { check: None, teaching: Teaching::default(), ..whole };
    to_object(&Parsed {
        exp: run.recipe.exp,
        fragment: run.to_string(),
        check,
        values: Values(table::form_values(&run.recipe)),
        recipe: Values(table::TABLE.iter().map(|key| (key.name, key.get(&run.recipe))).collect()),
        link,
        hide: teaching.hide.join(" "),
        lock: teaching.lock.join(" "),
        only: teaching.only,
        say: teaching.say,
    })
}

/// Whether a fragment is meant as a link, one that [`parse`] can read or not; a plain anchor is none.
#[wasm_bindgen(js_name = isLink)]
pub fn is_link(fragment: &str) -> bool {
    Link::is_meant(fragment)
}

/// The experiment that a refused fragment names, as far as that can be told.
#[wasm_bindgen(js_name = meantFor)]
pub fn meant_for(fragment: &str) -> Option<String> {
    Link::meant_for(fragment).map(|exp| exp.name().into())
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
