//! What the code of a session's network looks like over the training set, and a walk along it.

use super::{WebSession, to_object};
use bottleneck::analysis::code::{codes, walk};
use bottleneck::analysis::thresholds::{Thresholds, map::TurnMap};
use bottleneck::autoencoder::Codes;
use bottleneck::error::Error;
use bottleneck::num::matrix::flat;
use wasm_bindgen::prelude::*;

impl WebSession {
    fn all_codes(&self) -> Codes {
        let all: Vec<u32> = (0..self.0.images().count() as u32).collect();
        self.0.network().encode(self.0.images(), &all)
    }
}

#[wasm_bindgen(js_class = Session)]
impl WebSession {
    /// The codes (their means) as a distribution: `{ count, mean, sd, withinThree, low, high,
    /// histogram: { edges, counts, density }, normal }`; null once a code is not finite.
    #[wasm_bindgen(js_name = codeDistribution)]
    pub fn code_distribution(&self) -> Result<JsValue, JsError> {
        to_object(&codes::distribution(self.all_codes().mean.view()))
    }

    /// σ as a distribution: `{ low, median, high, histogram }`; null for a classical network.
    #[wasm_bindgen(js_name = sigmaDistribution)]
    pub fn sigma_distribution(&self) -> Result<JsValue, JsError> {
        to_object(&self.all_codes().sigma().and_then(|sigma| codes::sigmas(sigma.view())))
    }

    /// How many codes of the training set are different, bit by bit.
    #[wasm_bindgen(js_name = differentCodes)]
    pub fn different_codes(&self) -> u32 {
        codes::different(self.all_codes().mean.view()) as u32
    }

    /// `{ turns, first, counts, places, low, middle, high }`: where each pixel turns between the codes of the training
    /// set, see `bottleneck::analysis::thresholds::map`; null unless the code is one number.
    #[wasm_bindgen(js_name = turnMap)]
    pub fn turn_map(&self) -> Result<JsValue, JsError> {
        let n_pixels = self.0.images().n_pixels();
        let thresholds = Thresholds::of(&self.0.network()).ok();
        to_object(&thresholds.and_then(|found| TurnMap::of(&found, &flat(&self.all_codes().mean), n_pixels)))
    }

    /// `[indices, code]`: codes drawn with σ, another sample for each `draw`.
    #[wasm_bindgen(js_name = sampledCodes)]
    pub fn sampled_codes(&self, indices: &[u32], draw: u32) -> Vec<f32> {
        let codes = self.0.network().encode(self.0.images(), &self.existing(indices));
        flat(&codes::sampled(&codes, draw))
    }

    /// `[code]`: the code at a share of the range that the training set uses.
    #[wasm_bindgen(js_name = codeAt)]
    pub fn code_at(&self, share: f32) -> Vec<f32> {
        walk::place(self.all_codes().mean.view(), share)
    }

    /// The training images whose codes are nearest to `z`, the nearest first.
    #[wasm_bindgen(js_name = nearestImages)]
    pub fn nearest_images(&self, z: &[f32], count: u32) -> Result<Vec<u32>, JsError> {
        Ok(walk::nearest(self.all_codes().mean.view(), z, count as usize).map_err(Error::from)?)
    }
}
