//! Numbers as colours.

use js_sys::Uint8ClampedArray;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// Viridis at eighteen equal steps, from Matplotlib's table (CC0); linear between them, which is
/// within 5 of 255 of the table everywhere.
const VIRIDIS: [[u8; 3]; 18] = [
    [68, 1, 84],
    [72, 23, 105],
    [71, 42, 122],
    [67, 61, 132],
    [61, 78, 138],
    [53, 94, 141],
    [46, 109, 142],
    [41, 123, 142],
    [35, 137, 142],
    [31, 151, 139],
    [33, 165, 133],
    [46, 179, 124],
    [70, 192, 111],
    [101, 203, 94],
    [137, 213, 72],
    [176, 221, 47],
    [216, 226, 25],
    [253, 231, 37],
];

/// An image of values in 0 to 1, row by row; what lies outside takes the end's colour.
#[wasm_bindgen]
pub fn paint(values: Vec<f32>, width: u32, height: u32) -> Result<ImageData, JsValue> {
    let rgba: Vec<u8> = values.iter().flat_map(|&value| viridis(value)).collect();
    // A copy of JavaScript's own: over a slice, the image would go on looking at this memory when it is long freed.
    ImageData::new_with_js_u8_clamped_array_and_sh(&Uint8ClampedArray::from(&rgba[..]), width, height)
}

/// The same in greys, 0 black and 1 white.
#[wasm_bindgen(js_name = paintGrey)]
pub fn paint_grey(values: Vec<f32>, width: u32, height: u32) -> Result<ImageData, JsValue> {
    let grey = |value: f32| (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
    let rgba: Vec<u8> =
        values.iter().flat_map(|&value| [grey(value), grey(value), grey(value), 255]).collect();
    ImageData::new_with_js_u8_clamped_array_and_sh(&Uint8ClampedArray::from(&rgba[..]), width, height)
}

fn viridis(value: f32) -> [u8; 4] {
    let place = value.clamp(0.0, 1.0) * (VIRIDIS.len() - 1) as f32;
    let below = (place as usize).min(VIRIDIS.len() - 2);
    let share = place - below as f32;
    let mix = |k: usize| {
        let (low, high) = (f32::from(VIRIDIS[below][k]), f32::from(VIRIDIS[below + 1][k]));
        (low + (high - low) * share + 0.5) as u8
    };
    [mix(0), mix(1), mix(2), 255]
}
