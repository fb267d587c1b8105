//! The boundary to JavaScript: it converts and refuses, it does not compute.
//!
//! Matrices cross as flat, row-major `Float32Array`s, copied; their shapes stand at each method.
//! Errors are thrown as `Error` with the sentence of `bottleneck::Error`.

#![cfg(target_arch = "wasm32")]
#![deny(clippy::unwrap_used)]

mod brought;
mod form;
mod inside;
mod latent;
#[cfg(feature = "later")]
mod later;
mod line;
mod moment;
mod paint;
mod session;
mod stop;

pub use brought::{bring_network, missing_network};
pub use form::{change, format, is_link, is_tour, keys, link_with, meant_for, new_seed, parse};
pub use inside::{HandNetwork, hand_link};
#[cfg(feature = "later")]
pub use later::*;
pub use line::line;
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
