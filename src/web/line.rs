//! One half plane of any angle, for a picture that is in no training set.

use bottleneck::data::half_plane;
use wasm_bindgen::prelude::*;

/// The widest image that is drawn; a recipe's `side` ends there, too.
const WIDEST: u32 = 64;

/// `[side²]`, row by row, 0 or 1; a `side` outside 1 to 64 is taken to the nearer end.
#[wasm_bindgen(js_name = halfPlane)]
pub fn line(side: u32, angle_degrees: f32) -> Vec<f32> {
    half_plane(side.clamp(1, WIDEST), angle_degrees).into_iter().map(f32::from).collect()
}
