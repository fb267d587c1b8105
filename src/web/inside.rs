//! One network laid open: every value, every threshold, from numbers that somebody may have set by hand.

use super::session::{WebSession, activation};
use super::to_object;
use bottleneck::analysis::code::walk;
use bottleneck::analysis::quad::presets::Preset;
use bottleneck::analysis::thresholds::{Emitted, Thresholds, Zero};
use bottleneck::autoencoder::{Architecture, Biases, Model, Network};
use bottleneck::data::{Images, QUAD};
use bottleneck::error::Error;
use bottleneck::ndarray::{Array2, ArrayView2};
use bottleneck::num::matrix::{row, rows};
use bottleneck::recipe::Link;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A network that is not being trained.
#[wasm_bindgen]
pub struct HandNetwork {
    network: Network,
    /// `None` where the code is more than one number.
    thresholds: Option<Thresholds>,
}

#[derive(Serialize)]
struct Picture {
    from: f32,
    to: f32,
    pixels: Vec<u8>,
}

#[derive(Serialize)]
struct PixelZero {
    pixel: usize,
    #[serde(flatten)]
    zero: Zero,
}

#[wasm_bindgen]
impl HandNetwork {
    /// From its sizes and its parameters in the order of the digest; variational where there are
    /// as many as two heads need.
    #[wasm_bindgen(constructor)]
    pub fn new(
        pixels: u32,
        l1: u32,
        code: u32,
        l3: u32,
        parameters: Vec<f32>,
    ) -> Result<HandNetwork, JsError> {
        let of = |model| Architecture {
            model,
            n_pixels: pixels as usize,
            l1: l1 as usize,
            code: code as usize,
            l3: l3 as usize,
            biases: Biases::All,
        };
        let (expected, found) = (of(Model::Classical).n_parameters(), parameters.len());
        let models = [of(Model::Classical), of(Model::Variational)];
        let fits = models.into_iter().find(|architecture| architecture.n_parameters() == found);
        let architecture = fits.ok_or(Error::Shape { what: "HandNetwork: parameters", expected, found })?;
        Ok(HandNetwork::of(Network::new(architecture, parameters)))
    }

    /// A network set by hand as in Fig. 13, 14, 15 or 16.
    pub fn preset(figure: u32) -> Option<HandNetwork> {
        let preset = Preset::ALL.into_iter().find(|preset| preset.figure() == figure)?;
        Some(HandNetwork::of(preset.network()))
    }

    /// The four 2×2 images, `[4, 4]`.
    pub fn quad() -> Vec<u8> {
        QUAD.concat()
    }

    /// Its weights and biases in the order of the digest.
    pub fn parameters(&self) -> Vec<f32> {
        self.network.parameters().to_vec()
    }

    /// What every neuron says to binary images of `side` × `side` pixels: a row `l1 | code | l3 |
    /// pixels` for each, the code of a variational network at its mean.
    pub fn forward(&self, side: u32, images: Vec<u8>, heaviside: bool) -> Result<Vec<f32>, JsError> {
        let (expected, found) = (self.network.architecture().n_pixels, (side * side) as usize);
        if expected != found || !images.len().is_multiple_of(expected) {
            return Err(Error::Shape { what: "HandNetwork: pixels", expected, found }.into());
        }
        let images = Images::new(side, images, Vec::new());
        let all: Vec<u32> = (0..images.count() as u32).collect();
        let hidden = self.network.hidden(&images, &all);
        let codes = self.network.encode(&images, &all).mean;
        let [l3, outputs] = self.decoded(codes.view(), heaviside)?;
        Ok(side_by_side(&[&hidden, &codes, &l3, &outputs]))
    }

    /// What the decoder says to codes `[n, code]`: a row `l3 | pixels` for each.
    pub fn decode(&self, codes: &[f32], heaviside: bool) -> Result<Vec<f32>, JsError> {
        let codes = rows(self.network.architecture().code, codes);
        let [l3, outputs] = self.decoded(codes, heaviside)?;
        Ok(side_by_side(&[&l3, &outputs]))
    }

    /// `n` evenly spaced codes from `low` to `high`, both included.
    pub fn line(low: f32, high: f32, n: u32) -> Vec<f32> {
        walk::line(low, high, n)
    }

    /// `[{ pixel, from, to, before, after }]` for each zero of a pre-activation: the codes between which it lasts, and
    /// whether the pixel is on just below and just above (null where there is nothing).
    pub fn zeros(&self) -> Result<JsValue, JsError> {
        let pixels = 0..self.network.architecture().n_pixels;
        let of = |thresholds: &Thresholds, pixel| -> Vec<PixelZero> {
            thresholds.zeros(pixel).iter().map(|&zero| PixelZero { pixel, zero }).collect()
        };
        let zeros =
            self.thresholds.iter().flat_map(|thresholds| pixels.clone().flat_map(move |p| of(thresholds, p)));
        to_object(&zeros.collect::<Vec<_>>())
    }

    /// `[{ z, pixel, on }]` for each code at which a pixel turns, in order of the code.
    pub fn turns(&self) -> Result<JsValue, JsError> {
        to_object(&self.thresholds.as_ref().map(Thresholds::turns).unwrap_or_default())
    }

    /// `[{ from, to, pixels }]` for each image that the decoder emits as z grows, 0 or 1 a pixel.
    pub fn emitted(&self) -> Result<JsValue, JsError> {
        let images = self.thresholds.as_ref().map(Thresholds::images).unwrap_or_default();
        let bits = |pixels: Vec<bool>| pixels.into_iter().map(u8::from).collect();
        let picture = |Emitted { from, to, pixels }| Picture { from, to, pixels: bits(pixels) };
        to_object(&images.into_iter().map(picture).collect::<Vec<_>>())
    }

    /// `{ z, pixel, on }` of the turn that is nearest to a code; null where there is none.
    pub fn nearest(&self, z: f32) -> Result<JsValue, JsError> {
        to_object(&self.thresholds.as_ref().and_then(|thresholds| thresholds.nearest(z)))
    }

    /// The largest |y − x| of any pixel of binary images, as seen through the activation.
    #[wasm_bindgen(js_name = largestError)]
    pub fn largest_error(&self, side: u32, images: Vec<u8>, heaviside: bool) -> f32 {
        let images = Images::new(side, images, Vec::new());
        self.network.largest_error(&images, activation(heaviside))
    }
}

impl HandNetwork {
    /// L3 and the pixels of codes.
    fn decoded(&self, codes: ArrayView2<'_, f32>, heaviside: bool) -> Result<[Array2<f32>; 2], Error> {
        Ok([self.network.decode_hidden(codes)?, self.network.decode(codes, activation(heaviside))?])
    }

    fn of(network: Network) -> HandNetwork {
        let thresholds = Thresholds::of(&network).ok();
        HandNetwork { network, thresholds }
    }
}

#[wasm_bindgen(js_class = Session)]
impl WebSession {
    /// The network as it is now, to be looked into.
    pub fn inside(&self) -> HandNetwork {
        HandNetwork::of(self.network())
    }
}

/// The link of a network set by hand: a fragment's recipe, begun with these parameters.
#[wasm_bindgen(js_name = handLink)]
pub fn hand_link(fragment: &str, parameters: Vec<f32>) -> Result<String, JsError> {
    Ok(Link::parse(fragment)?.with_weights(parameters)?.to_string())
}

/// Rows of several matrices of as many rows, joined.
fn side_by_side(matrices: &[&Array2<f32>]) -> Vec<f32> {
    let n = matrices.first().map_or(0, |matrix| matrix.nrows());
    (0..n).flat_map(|i| matrices.iter().flat_map(move |matrix| row(matrix, i))).copied().collect()
}
