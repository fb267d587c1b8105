//! One network in training, as a JavaScript class.

use super::brought::read;
use super::moment::{Moment, told};
use super::{stop, to_object};
use bottleneck::Error;
use bottleneck::analysis::code::diagnosis::Diagnosis;
use bottleneck::analysis::code::tear::tear;
use bottleneck::autoencoder::{Activation, Network};
use bottleneck::data::Images;
use bottleneck::num::matrix::{flat, rows};
use bottleneck::run::Session;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// The training of one network from a link.
#[wasm_bindgen(js_name = Session)]
pub struct WebSession(pub(super) Session);

#[derive(Serialize)]
struct Info {
    exp: bottleneck::recipe::Experiment,
    model: bottleneck::autoencoder::Model,
    side: u32,
    pixels: u32,
    count: u32,
    epochs: u32,
    batches: u32,
    parameters: u32,
    l1: u32,
    code: u32,
    l3: u32,
    loss: bottleneck::nn::Loss,
}

#[derive(Serialize)]
struct Finding {
    sentence: String,
    stuck: bool,
}

pub(super) fn activation(heaviside: bool) -> Activation {
    if heaviside { Activation::Heaviside } else { Activation::Sigmoid }
}

impl WebSession {
    pub(super) fn network(&self) -> Network {
        self.0.network()
    }

    fn all(&self) -> Vec<u32> {
        (0..self.0.images().count() as u32).collect()
    }

    /// Image numbers that exist; the page may ask for more than a small set has.
    pub(super) fn existing(&self, indices: &[u32]) -> Vec<u32> {
        let count = self.0.images().count() as u32;
        indices.iter().copied().filter(|&i| i < count).collect()
    }
}

#[wasm_bindgen(js_class = Session)]
impl WebSession {
    /// From a fragment, with or without `check`; on pictures of one's own where their levels are given, 0 to 255,
    /// picture by picture and row by row, as many and as large as the fragment says.
    #[wasm_bindgen(constructor)]
    pub fn new(fragment: &str, levels: Option<Vec<u8>>) -> Result<WebSession, JsError> {
        let link = read(fragment)?;
        let Some(levels) = levels else {
            let (key, exp) = ("exp", link.recipe.exp.name());
            return match link.recipe.set {
                // A set is brought, and its networks are many.
                Some(_) => Err(Error::UnusedKey { key, value: exp.into(), experiment: "session" }.into()),
                None => Ok(WebSession(Session::new(link))),
            };
        };
        let (expected, found) = (link.recipe.pixels() as usize, levels.len());
        if !found.is_multiple_of(expected) {
            return Err(Error::Shape { what: "Session: levels of a picture", expected, found }.into());
        }
        let images = Images::of_levels(link.recipe.side, levels);
        Ok(WebSession(Session::on(link, images)?))
    }

    /// `{ exp, model, side, pixels, count, epochs, batches, parameters, l1, code, l3, loss }`.
    pub fn info(&self) -> Result<JsValue, JsError> {
        let recipe = self.0.recipe();
        to_object(&Info {
            exp: recipe.exp,
            model: recipe.models()[0],
            side: recipe.side,
            pixels: recipe.pixels(),
            count: recipe.count,
            epochs: recipe.epochs,
            batches: recipe.batches_per_epoch(),
            parameters: self.network().parameters().len() as u32,
            l1: recipe.l1,
            code: recipe.code,
            l3: recipe.l3,
            loss: recipe.loss,
        })
    }

    /// Trains at most `maxBatches` mini-batches: `{ epoch, batch, done, divergedAt, stopped, loss, kl }`.
    pub fn train(&mut self, max_batches: u32) -> Result<JsValue, JsError> {
        to_object(&self.0.train(max_batches))
    }

    /// From here on training ends by itself: once the loss is no higher than `below`, or once it has not fallen by `share`
    /// (0 to 1) for `patience` epochs. Left out, neither does.
    #[wasm_bindgen(js_name = stopWhen)]
    pub fn stop_when(
        &mut self,
        below: Option<f32>,
        share: Option<f32>,
        patience: Option<u32>,
    ) -> Result<(), JsError> {
        Ok(self.0.stop_when(stop::when(below, share, patience))?)
    }

    /// Why training ended by itself, in words; undefined where it did not.
    pub fn ended(&self) -> Option<String> {
        self.0.ended().map(|ended| ended.to_string())
    }

    /// Shows the network of an epoch, on the way to which at most `maxBatches` mini-batches are trained again; false
    /// while there are more.
    #[wasm_bindgen(js_name = lookTowards)]
    pub fn look_towards(&mut self, epoch: u32, max_batches: u32) -> bool {
        self.0.look_towards(epoch, max_batches)
    }

    /// Shows where training stands again.
    #[wasm_bindgen(js_name = lookAway)]
    pub fn look_away(&mut self) {
        self.0.look_away();
    }

    /// Training goes on from the epoch that is shown.
    #[wasm_bindgen(js_name = goOnFromHere)]
    pub fn go_on_from_here(&mut self) {
        self.0.go_on_from_here();
    }

    /// What is shown: `{ shown, reached, loss, present }`, the epoch, the last one that was ever finished, the mean loss
    /// of the epoch that is shown (NaN before the first), and whether it is where training stands.
    pub fn moment(&self) -> Result<JsValue, JsError> {
        to_object(&Moment {
            shown: self.0.shown(),
            reached: self.0.reached(),
            loss: self.0.shown_loss(),
            present: !self.0.is_away(),
        })
    }

    /// 16 hex digits of the parameters that are shown.
    #[wasm_bindgen(js_name = shownDigest)]
    pub fn shown_digest(&self) -> String {
        self.0.shown_digest().to_string()
    }

    /// Looks for what happened on the way by at most `maxBatches` mini-batches; the epoch to which it has looked.
    pub fn sweep(&mut self, max_batches: u32) -> u32 {
        self.0.sweep(max_batches)
    }

    /// What was found to have happened, in the order of epochs: an array of `{ epoch, kind, sentence }`.
    pub fn marks(&self) -> Result<JsValue, JsError> {
        to_object(&told(self.0.marks()))
    }

    /// `[n, 3]`: epoch, mean reconstruction loss and mean KL divergence (in nats) of at most `most` finished epochs,
    /// those that shape the curves.
    pub fn curve(&self, most: u32) -> Vec<f32> {
        self.0.curve(most as usize).into_iter().flatten().collect()
    }

    /// 16 hex digits of the present parameters.
    pub fn digest(&self) -> Result<String, JsError> {
        Ok(self.0.digest()?.to_string())
    }

    /// `same`, `differs`, `unchecked` or `diverged`.
    pub fn verdict(&self) -> String {
        self.0.verdict().word().to_owned()
    }

    /// The fragment of this run; with `check=` once it is done.
    pub fn link(&self) -> String {
        self.0.link().to_string()
    }

    /// Weights and biases in the order of the digest.
    pub fn parameters(&self) -> Vec<f32> {
        self.network().parameters().to_vec()
    }

    /// The network that is shown, as a safetensors file; its metadata say the link and the epoch, and of one that
    /// diverged in which epoch it did.
    pub fn safetensors(&self) -> Vec<u8> {
        let epoch = self.0.shown().to_string();
        let (link, diverged_at) = (self.link(), self.0.progress().diverged_at.map(|at| at.to_string()));
        let mut note = vec![("link", link.as_str()), ("epoch", epoch.as_str())];
        note.extend(diverged_at.iter().map(|at| ("diverged_at", at.as_str())));
        self.network().safetensors(&note)
    }

    /// Originals, `[indices, pixels]`.
    pub fn images(&self, indices: &[u32]) -> Vec<f32> {
        let images = self.0.images();
        self.existing(indices).iter().flat_map(|&i| images.values(i as usize)).collect()
    }

    /// `count` training images at even steps of their angles; the first ones where they have none.
    pub fn spread(&self, count: u32) -> Vec<u32> {
        self.0.images().spread(count as usize)
    }

    /// The training image whose angle is nearest.
    #[wasm_bindgen(js_name = nearestAngle)]
    pub fn nearest_angle(&self, degrees: f32) -> u32 {
        self.0.images().nearest_angle(degrees)
    }

    /// How many training images differ in some pixel.
    pub fn different(&self) -> u32 {
        self.0.images().different().len() as u32
    }

    /// The angle of each training image, in degrees; empty for images that have none.
    pub fn angles(&self) -> Vec<f32> {
        self.0.images().angles().to_vec()
    }

    /// `[indices, pixels]`, through the mean code.
    pub fn reconstruct(&self, indices: &[u32], heaviside: bool) -> Vec<f32> {
        flat(&self.network().reconstruct(self.0.images(), &self.existing(indices), activation(heaviside)))
    }

    /// `[count, code]`: the code, or its mean, of every training image.
    pub fn codes(&self) -> Vec<f32> {
        flat(&self.network().encode(self.0.images(), &self.all()).mean)
    }

    /// `[count, code]`: σ of every training image in a variational network, else empty.
    pub fn sigmas(&self) -> Vec<f32> {
        self.network()
            .encode(self.0.images(), &self.all())
            .sigma()
            .map(|sigma| flat(&sigma))
            .unwrap_or_default()
    }

    /// Images `[n, pixels]` of codes `[n, code]`.
    pub fn decode(&self, codes: &[f32], heaviside: bool) -> Result<Vec<f32>, JsError> {
        let codes = rows(self.0.recipe().code as usize, codes);
        Ok(self
            .network()
            .decode(codes, activation(heaviside))
            .map(|images| flat(&images))
            .map_err(Error::from)?)
    }

    /// Mean squared error over the training set, at the mean code.
    pub fn mse(&self, heaviside: bool) -> f32 {
        self.network().mse(self.0.images(), activation(heaviside))
    }

    /// `{ lowAngle, highAngle, jump }`: where code against angle jumps the most; null without angles.
    pub fn tear(&self) -> Result<JsValue, JsError> {
        to_object(&tear(self.0.images().angles(), &self.codes()))
    }

    /// Why the network ended with a high error: `{ sentence, stuck }`, `stuck` unless it was still learning; null when it
    /// did not.
    pub fn diagnosis(&self) -> Result<JsValue, JsError> {
        let found = Diagnosis::of(&self.network(), self.0.images(), &self.0.losses());
        to_object(&found.map(|found| Finding { sentence: found.to_string(), stuck: found.is_stuck() }))
    }
}
