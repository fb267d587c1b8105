//! The boundary to JavaScript: it converts and refuses, it does not compute.
//!
//! Matrices cross as flat, row-major `Float32Array`s, copied; their shapes stand at each method.
//! Errors are thrown as `Error` with the sentence of `bottleneck::Error`.

#![cfg(target_arch = "wasm32")]
#![deny(clippy::unwrap_used)]

mod anomalies;
mod brought;
mod census;
mod duel;
mod form;
mod golden;
mod inside;
mod latent;
mod line;
mod moment;
mod own;
mod paint;
mod session;

pub use anomalies::{WebAnomalies, anomaly_network};
pub use brought::{begin_with, bring_network, missing_network};
pub use census::{WebCensus, census_network, csv, names, tally, web_odds, web_shares};
pub use duel::{WebDuel, duel_network};
pub use form::{
    change, format, is_link, is_tour, keys, link_with, meant_for, new_seed, parse, tour, tour_of,
};
pub use golden::whole_digest;
pub use inside::{HandNetwork, hand_link};
pub use line::line;
pub use own::{WebOwn, WebOwnSet};
pub use paint::{paint, paint_grey};
pub use session::WebSession;

use serde::Serialize;
use wasm_bindgen::{JsError, JsValue};

/// Half the size of the one that std brings.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A report as a plain JavaScript object.
fn to_object<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| JsError::new(&error.to_string()))
}
