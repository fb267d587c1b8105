//! Recipes as forms and links.

use super::brought::read;
use super::to_object;
use bottleneck::error::Error;
use bottleneck::recipe::{Experiment, Link, Teaching, Tour, keys as table};
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
    asked: String,
    link: String,
    check: Option<String>,
    set: Option<String>,
    at: Option<u32>,
    values: Values,
    said: Values,
    recipe: Values,
    #[serde(rename = "byHand")]
    by_hand: bool,
    hide: Vec<&'static str>,
    lock: Vec<&'static str>,
    only: Option<&'static str>,
    say: Option<String>,
}

struct Values(Vec<(&'static str, String)>);

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

fn parts_of(link: Link) -> Result<JsValue, JsError> {
    let (whole, run) = (link.to_string(), link.run());
    let Teaching { hide, lock, only, say } = link.teaching;
    to_object(&Parsed {
        exp: run.recipe.exp,
        fragment: run.to_string(),
        asked: Link { paint: link.paint, check: link.check, ..run.clone() }.to_string(),
        link: whole,
        check: link.check.map(|digest| digest.to_string()),
        set: run.set.clone(),
        at: link.at,
        values: Values(table::form_values(&run.recipe)),
        said: Values(run.said()),
        recipe: Values(table::TABLE.iter().map(|key| (key.name, key.get(&run.recipe))).collect()),
        by_hand: run.weights.is_some() && run.from.is_none(),
        hide,
        lock,
        only,
        say,
    })
}

/// The entries of an object of strings.
fn entries(object: &js_sys::Object) -> Vec<(String, String)> {
    let string = |value: JsValue| value.as_string().unwrap_or_default();
    let pair = |entry: JsValue| {
        let entry = js_sys::Array::from(&entry);
        (string(entry.get(0)), string(entry.get(1)))
    };
    js_sys::Object::entries(object).iter().map(pair).collect()
}

fn pairs(entries: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    entries.iter().map(|(key, value)| (key.as_str(), value.as_str()))
}

/// Reads a fragment: `{ exp, fragment, asked, link, check, at, values, said, recipe, byHand, hide, lock,
/// only, say }`.
///
/// `link` is the whole in its one spelling, `asked` what a session is opened with, which leaves out
/// what is for the reader, and `fragment` what determines the run. `values` are for the form, `said`
/// those of them that the link says, `recipe` is every key's value.
#[wasm_bindgen]
pub fn parse(fragment: &str) -> Result<JsValue, JsError> {
    parts_of(read(fragment)?)
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

/// The fragment of a sample, where the one that was refused is a census that is too large for a browser.
#[wasm_bindgen(js_name = sampleOf)]
pub fn sample_of(fragment: &str) -> Option<String> {
    Link::sample_of(fragment).map(|link| link.to_string())
}

/// The fragment of a form's values, an object of strings by key.
#[wasm_bindgen]
pub fn format(exp: &str, values: js_sys::Object) -> Result<String, JsError> {
    Ok(Link::from(table::from_form(experiment(exp)?, pairs(&entries(&values)))?).to_string())
}

/// The run whose recipe is that of the fragment with some of its form's values changed, as
/// [`parse()`] gives it.
#[wasm_bindgen]
pub fn change(fragment: &str, changes: js_sys::Object) -> Result<JsValue, JsError> {
    parts_of(read(fragment)?.changed(pairs(&entries(&changes)))?)
}

/// The fragment with other parts beside its run: an object of strings by key, empty where a part is
/// to be left out.
#[wasm_bindgen(js_name = linkWith)]
pub fn link_with(fragment: &str, parts: js_sys::Object) -> Result<String, JsError> {
    Ok(read(fragment)?.with(pairs(&entries(&parts)))?.to_string())
}

/// Whether a fragment is meant as a tour, which is no link but several.
#[wasm_bindgen(js_name = isTour)]
pub fn is_tour(fragment: &str) -> bool {
    Tour::is_meant(fragment)
}

/// A seed from the browser's entropy: the only use of it.
#[wasm_bindgen(js_name = newSeed)]
pub fn new_seed() -> Result<u32, JsError> {
    getrandom::u32().map_err(|error| JsError::new(&error.to_string()))
}
