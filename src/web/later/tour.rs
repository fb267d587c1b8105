//! Tours: several links in one.

use crate::to_object;
use bottleneck::recipe::{Link, Tour};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A stop of a tour: its link without the sentence, and the sentence.
#[derive(Serialize)]
struct Stop {
    fragment: String,
    say: String,
}

/// Reads a tour: an array of `{ fragment, say }`.
#[wasm_bindgen]
pub fn tour(fragment: &str) -> Result<JsValue, JsError> {
    let mut stops = Vec::new();
    for mut link in Tour::parse(fragment)?.stops().iter().cloned() {
        let say = link.teaching.say.take().unwrap_or_default();
        stops.push(Stop { fragment: link.to_string(), say });
    }
    to_object(&stops)
}

/// The fragment of a tour of these links.
#[wasm_bindgen(js_name = tourOf)]
pub fn tour_of(links: Vec<String>) -> Result<String, JsError> {
    let stops = links.iter().map(|link| Link::parse(link)).collect::<Result<_, _>>()?;
    Ok(Tour::new(stops)?.to_string())
}
