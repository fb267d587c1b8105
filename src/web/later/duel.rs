//! A duel as a JavaScript class: it says what each network is and sums up what they became; they
//! are trained one by one, as sessions, by whoever is free.

use crate::to_object;
use bottleneck::analysis::code::diagnosis::STUCK_MSE;
use bottleneck::recipe::Link;
use bottleneck::run::Verdict;
use bottleneck::run::duel::{Duel, Finished, Standing, recipe_of};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A duel from a link.
#[wasm_bindgen(js_name = Duel)]
pub struct WebDuel(Duel);

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    summary: Standing,
    #[serde(rename = "stuckAbove")]
    stuck_above: f32,
    networks: u32,
    seed: u32,
    epochs: u32,
    done: bool,
    digest: Option<String>,
    verdict: Verdict,
    link: String,
}

/// The fragment that trains network `index` of a duel on its own: 2k is the classical one of seed + k, 2k + 1 the
/// variational one.
#[wasm_bindgen(js_name = duelNetwork)]
pub fn duel_network(fragment: &str, index: u32) -> Result<String, JsError> {
    Ok(Link::from(recipe_of(&Link::parse(fragment)?.recipe, index)?).to_string())
}

#[wasm_bindgen(js_class = Duel)]
impl WebDuel {
    /// From a fragment, with or without `check`.
    #[wasm_bindgen(constructor)]
    pub fn new(fragment: &str) -> Result<WebDuel, JsError> {
        Ok(WebDuel(Duel::new(Link::parse(fragment)?)?))
    }

    /// Takes a trained network: its mean squared error, infinite once diverged, and its parameters.
    pub fn add(&mut self, index: u32, mse: f32, parameters: Vec<f32>) {
        self.0.add(index, Finished { mse, parameters });
    }

    /// `{ classical, variational, test, winner, stuckAbove, networks, seed, epochs, done, digest, verdict,
    /// link }` of the networks so far; each side is `{ mse, quartiles, finished, stuck, diverged }`, `test` is
    /// `{ u, p, method, superiority }` or null.
    pub fn report(&self) -> Result<JsValue, JsError> {
        to_object(&Report {
            summary: self.0.summary(),
            stuck_above: STUCK_MSE,
            networks: self.0.networks(),
            seed: self.0.given().recipe.seed,
            epochs: self.0.given().recipe.epochs,
            done: self.0.is_done(),
            digest: self.0.digest().map(|digest| digest.to_string()),
            verdict: self.0.verdict(),
            link: self.0.link().to_string(),
        })
    }
}
