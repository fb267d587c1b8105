//! Pictures of one's own, as JavaScript classes: a set, and what learns it.
//!
//! A method is a number here: its place among the plain ones of `info`, and after these the networks.

use crate::brought::read;
use crate::moment::{Moment, told};
use crate::{stop, to_object};
use bottleneck::analysis::code::diagnosis::Diagnosis;
use bottleneck::analysis::code::idle::Idle;
use bottleneck::analysis::stats::{roc, thinned};
use bottleneck::autoencoder::{Activation, Network};
use bottleneck::data::{Images, Picture, PictureSet};
use bottleneck::error::Error;
use bottleneck::num::matrix::{flat, rows};
use bottleneck::num::{grey::VALUES, order};
use bottleneck::recipe::Digest;
use bottleneck::run::own::{Judgement, Lying, Own, PLAIN, Table, Worth, middle_score, oddity, score};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A set of pictures out of the page's arrays.
#[wasm_bindgen(js_name = OwnSet)]
pub struct WebOwnSet {
    set: PictureSet,
    order: Vec<u32>,
}

#[derive(Serialize)]
struct About<'a> {
    digest: String,
    counts: Vec<Count<'a>>,
    alike: Vec<Vec<u32>>,
    flat: Vec<u32>,
}

#[derive(Serialize)]
struct Count<'a> {
    label: &'a str,
    pictures: u32,
}

#[wasm_bindgen(js_class = OwnSet)]
impl WebOwnSet {
    /// `levels` are `[pictures × side²]`, row by row; a label and a name for each picture.
    #[wasm_bindgen(constructor)]
    pub fn new(
        side: u32,
        levels: Vec<u8>,
        labels: Vec<String>,
        names: Vec<String>,
    ) -> Result<WebOwnSet, JsError> {
        let n_pixels = side as usize * side as usize;
        let (expected, found) = (labels.len() * n_pixels, levels.len());
        if found != expected || n_pixels == 0 || names.len() != labels.len() {
            return Err(Error::Shape { what: "OwnSet: levels of the pictures", expected, found }.into());
        }
        let said = labels.into_iter().zip(names).zip(levels.chunks(n_pixels));
        let picture = |((label, name), levels): (_, &[u8])| Picture { label, name, levels: levels.to_vec() };
        let (set, order) = PictureSet::ordered(side, said.map(picture).collect());
        Ok(WebOwnSet { set, order })
    }

    /// `{ digest, counts: [{ label, pictures }], alike: [[place]], flat: [place] }`: groups of pictures that are the same,
    /// and pictures that are all of one grey.
    pub fn about(&self) -> Result<JsValue, JsError> {
        let counts = self.set.counts().into_iter().map(|(label, pictures)| Count { label, pictures });
        to_object(&About {
            digest: Digest::of_pictures(&self.set).to_string(),
            counts: counts.collect(),
            alike: self.set.alike(),
            flat: self.set.flat(),
        })
    }

    /// Where each picture of the set stood in the arrays.
    pub fn order(&self) -> Vec<u32> {
        self.order.clone()
    }
}

/// Networks that learn the normal pictures of a set, and the plain methods beside them.
#[wasm_bindgen(js_name = Own)]
pub struct WebOwn(Own);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Info {
    side: u32,
    pictures: u32,
    networks: u32,
    seed: u32,
    epochs: u32,
    code: u32,
    model: bottleneck::autoencoder::Model,
    loss: bottleneck::nn::Loss,
    training: u32,
    held_out: u32,
    anomalies: u32,
    methods: Vec<&'static str>,
}

#[derive(Serialize)]
struct Finding {
    sentence: String,
    stuck: bool,
}

#[derive(Serialize)]
struct Judged {
    #[serde(flatten)]
    table: Table,
    worth: Option<Worth>,
}

impl WebOwn {
    /// Network `method − PLAIN.len()`; `None` for a plain method.
    fn network(&self, method: u32) -> Option<Network> {
        self.0.network(method.checked_sub(PLAIN.len() as u32)?)
    }

    /// The scores of all pictures by a method, as it is shown.
    fn scored(&mut self, method: u32) -> Option<Vec<f32>> {
        let Some(k) = method.checked_sub(PLAIN.len() as u32) else {
            return Some(self.0.plain_scores()?[method as usize].clone());
        };
        (k < self.0.recipe().networks).then(|| self.0.scores_shown(k).to_vec())
    }

    /// A picture as a method makes it.
    fn made(&self, method: u32, place: u32) -> Option<Vec<f32>> {
        match method.checked_sub(PLAIN.len() as u32) {
            None => self.0.reconstruct_plainly(method as usize, place),
            Some(k) => self.0.reconstruct(k, place),
        }
    }

    fn images(&self, places: &[u32]) -> Images {
        let pictures = self.0.set().pictures();
        let levels = places.iter().flat_map(|&i| pictures[i as usize].levels.iter().copied());
        Images::of_levels(self.0.set().side(), levels.collect())
    }
}

#[wasm_bindgen(js_class = Own)]
impl WebOwn {
    /// From a fragment of `exp=own`, with or without `check`, and its set.
    #[wasm_bindgen(constructor)]
    pub fn new(fragment: &str, set: &WebOwnSet) -> Result<WebOwn, JsError> {
        Ok(WebOwn(Own::new(read(fragment)?, &set.set)?))
    }

    /// `{ side, pictures, networks, seed, epochs, code, model, loss, training, heldOut, anomalies, methods }`; the last three
    /// numbers count pictures, `methods` names the plain ones.
    pub fn info(&self) -> Result<JsValue, JsError> {
        let (recipe, set, split) = (self.0.recipe(), self.0.set(), self.0.split());
        to_object(&Info {
            side: set.side(),
            pictures: set.pictures().len() as u32,
            networks: recipe.networks,
            seed: recipe.seed,
            epochs: recipe.epochs,
            code: recipe.code,
            model: recipe.models()[0],
            loss: recipe.loss,
            training: split.training.len() as u32,
            held_out: split.held_out.len() as u32,
            anomalies: split.anomalies.len() as u32,
            methods: PLAIN.iter().map(|(name, _)| *name).collect(),
        })
    }

    /// What each picture is for: 0 learned, 1 held out, 2 to be found.
    pub fn parts(&self) -> Vec<u8> {
        let split = self.0.split();
        let mut parts = vec![0; self.0.set().pictures().len()];
        split.held_out.iter().for_each(|&i| parts[i as usize] = 1);
        split.anomalies.iter().for_each(|&i| parts[i as usize] = 2);
        parts
    }

    /// Goes on with the plain methods; true when nothing is left.
    pub fn prepare(&mut self) -> bool {
        self.0.prepare()
    }

    /// Trains at most `maxBatches` mini-batches: `{ epoch, share, finished, done, divergedAt, loss }`.
    pub fn train(&mut self, max_batches: u32) -> Result<JsValue, JsError> {
        to_object(&self.0.train(max_batches))
    }

    /// From here on training ends by itself, as that of a `Session` does; by the mean loss over the networks.
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

    /// What is shown of network `k`: `{ shown, reached, loss, present }`, the epoch, the last one that it ever finished, the
    /// mean reconstruction loss (NaN before the first), and whether that is where training stands.
    pub fn moment(&self, k: u32) -> Result<JsValue, JsError> {
        let (shown, reached) = self.0.shown(k);
        let loss = self.0.losses_shown(k).last().copied().unwrap_or(f32::NAN);
        to_object(&Moment { shown, reached, loss, present: !self.0.is_away() })
    }

    /// 16 hex digits of the parameters of network `k` that are shown.
    #[wasm_bindgen(js_name = shownDigest)]
    pub fn shown_digest(&self, k: u32) -> Option<String> {
        Some(Digest::of_parameters(self.0.network(k)?.parameters()).to_string())
    }

    /// Shows network `k` as it was after an epoch, by at most `maxBatches` mini-batches; false while there are more.
    #[wasm_bindgen(js_name = lookTowards)]
    pub fn look_towards(&mut self, k: u32, epoch: u32, max_batches: u32) -> bool {
        self.0.look_towards(k, epoch, max_batches)
    }

    /// Shows all networks where training stands.
    #[wasm_bindgen(js_name = lookAway)]
    pub fn look_away(&mut self) {
        self.0.look_away();
    }

    /// Training goes on from the epoch that is shown.
    #[wasm_bindgen(js_name = goOnFromHere)]
    pub fn go_on_from_here(&mut self) {
        self.0.go_on_from_here();
    }

    /// Looks for what happened on network `k`'s way by at most `maxBatches` mini-batches; the epoch to which it has looked.
    pub fn sweep(&mut self, k: u32, max_batches: u32) -> u32 {
        self.0.sweep(k, max_batches)
    }

    /// `[{ epoch, kind, sentence }]`, what was found on network `k`'s way.
    pub fn marks(&self, k: u32) -> Result<JsValue, JsError> {
        to_object(&told(self.0.marks(k)))
    }

    /// How far it is, as [`train`](Self::train) says it.
    pub fn progress(&self) -> Result<JsValue, JsError> {
        to_object(&self.0.progress())
    }

    /// `[n, 3]`: epoch, mean loss of the pictures that network `k` learns, and of those held out (NaN without any), of at most
    /// `most` finished epochs, those that shape the curves.
    pub fn curve(&self, k: u32, most: u32) -> Vec<f32> {
        let Some(curve) = self.0.curves().into_iter().nth(k as usize) else { return Vec::new() };
        let held_out = |i: usize| curve.held_out.get(i).copied().unwrap_or(f32::NAN);
        let places = thinned(curve.loss.len(), most as usize, &[&|i| curve.loss[i], &held_out]);
        places.into_iter().flat_map(|i| [(i + 1) as f32, curve.loss[i], held_out(i)]).collect()
    }

    /// The decision scores of all pictures by a method as it is now; undefined before it has any.
    pub fn scores(&mut self, method: u32) -> Option<Vec<f32>> {
        self.scored(method)
    }

    /// The places of all pictures, the oddest by a method first; those of one score in the order of the set.
    pub fn oddest(&mut self, method: u32) -> Vec<u32> {
        let Some(scores) = self.scored(method) else { return Vec::new() };
        let places: Vec<u32> = (0..).take(scores.len()).collect();
        let score = |place: u32| scores[place as usize];
        order::sorted_by(&places, |&a, &b| score(a) > score(b) || (score(a) == score(b) && a < b))
    }

    /// What the scores of a method say at a share of false alarms, or at a threshold where one is given: `{ threshold, above,
    /// auc, average_precision, confusion, f1, by_label }`; null before there are any.
    pub fn judgement(
        &mut self,
        method: u32,
        false_alarms: f64,
        threshold: Option<f32>,
    ) -> Result<JsValue, JsError> {
        let scores = self.scored(method);
        let (set, split) = (self.0.set(), self.0.split());
        let of = |scores: Vec<f32>| match threshold {
            Some(_) => Judgement::above(set, split, &scores, threshold),
            None => Judgement::of(set, split, &scores, false_alarms),
        };
        to_object(&scores.map(of))
    }

    /// The score in the middle of the colours of [`pictures`](Self::pictures), by the threshold that a judgement told, if any;
    /// undefined before there are any.
    #[wasm_bindgen(js_name = middleScore)]
    pub fn middle_score(&mut self, method: u32, threshold: Option<f32>) -> Option<f32> {
        let scores = self.scored(method)?;
        Some(middle_score(self.0.split(), &scores, threshold))
    }

    /// How the scores of a method lie: `{ high, training, heldOut, anomalies }`, counts by bin; null before there are any.
    pub fn lying(&mut self, method: u32, bins: u32) -> Result<JsValue, JsError> {
        let scores = self.scored(method);
        to_object(&scores.map(|scores| Lying::of(self.0.split(), &scores, bins)))
    }

    /// The ROC curve of a method: false alarms and recall in turn; empty where there is none.
    pub fn roc(&mut self, method: u32) -> Vec<f64> {
        let Some(scores) = self.scored(method) else { return Vec::new() };
        let split = self.0.split();
        let at = |places: &[u32]| places.iter().map(|&i| scores[i as usize]).collect::<Vec<_>>();
        let curve = roc::curve(&at(&split.held_out), &at(&split.anomalies));
        curve.into_iter().flat_map(|point| [point.false_alarms, point.recall]).collect()
    }

    /// All methods that are there: `{ labels, rows, worth }`, see `bottleneck::run::own::Table` and `Worth`.
    pub fn table(&mut self, false_alarms: f64) -> Result<JsValue, JsError> {
        let table = Table::shown(&mut self.0, false_alarms);
        let worth = Worth::of(&table);
        to_object(&Judged { table, worth })
    }

    /// `[3, places, pixels]`: pictures, what a method makes of them, and how odd each pixel is beside a score; the last
    /// two are missing while the method cannot make any.
    pub fn pictures(&self, method: u32, places: &[u32], threshold: f32) -> Vec<f32> {
        let pictures = self.0.set().pictures();
        let levels = |&place: &u32| &pictures[place as usize].levels[..];
        let originals = places.iter().flat_map(levels).map(|&level| VALUES[usize::from(level)]);
        let made: Option<Vec<Vec<f32>>> = places.iter().map(|&place| self.made(method, place)).collect();
        let made = made.unwrap_or_default();
        let odd = places.iter().zip(&made).flat_map(|(place, made)| oddity(levels(place), made, threshold));
        originals.chain(made.iter().flatten().copied()).chain(odd).collect()
    }

    /// Pictures that need not be in the set, `[n × side²]` levels: `[n]` decision scores by a method, then `[3, n, pixels]` as
    /// [`pictures`](Self::pictures); nothing while the method cannot make any.
    pub fn others(&self, method: u32, levels: &[u8], threshold: f32) -> Vec<f32> {
        let side = self.0.set().side() as usize;
        let pictures = levels.chunks_exact(side * side);
        let made = pictures.clone().map(|levels| match method.checked_sub(PLAIN.len() as u32) {
            None => self.0.reconstruct_other_plainly(method as usize, levels),
            Some(k) => self.0.reconstruct_other(k, levels),
        });
        let Some(made) = made.collect::<Option<Vec<_>>>() else { return Vec::new() };
        let pairs = || pictures.clone().zip(&made);
        let scores = pairs().map(|(levels, made)| score(levels, made));
        let originals = levels.iter().map(|&level| VALUES[usize::from(level)]);
        let odd = pairs().flat_map(|(levels, made)| oddity(levels, made, threshold));
        scores.chain(originals).chain(made.iter().flatten().copied()).chain(odd).collect()
    }

    /// `[places, code]`: codes, or their means, by network `k`.
    pub fn codes(&self, k: u32, places: &[u32]) -> Vec<f32> {
        let indices: Vec<u32> = (0..).take(places.len()).collect();
        let network = self.network(k + PLAIN.len() as u32);
        network.map_or_else(Vec::new, |network| flat(&network.encode(&self.images(places), &indices).mean))
    }

    /// Pictures `[n, pixels]` of codes `[n, code]`, by network `k`.
    pub fn decode(&self, k: u32, codes: &[f32]) -> Result<Vec<f32>, JsError> {
        let Some(network) = self.network(k + PLAIN.len() as u32) else { return Ok(Vec::new()) };
        let codes = rows(network.architecture().code, codes);
        Ok(network.decode(codes, Activation::Sigmoid).map(|images| flat(&images)).map_err(Error::from)?)
    }

    /// Why network `k` ended with a high error: `{ sentence, stuck }`; null when it did not.
    pub fn diagnosis(&self, k: u32) -> Result<JsValue, JsError> {
        let images = self.images(&self.0.split().training);
        let found =
            self.0.network(k).and_then(|network| Diagnosis::of(&network, &images, self.0.losses_shown(k)));
        to_object(&found.map(|found| Finding { sentence: found.to_string(), stuck: found.is_stuck() }))
    }

    /// What of network `k`, as it is shown, lies idle on the pictures that it learns: `[{ sentence, stuck }]`, in the order of
    /// its layers.
    pub fn idle(&self, k: u32) -> Result<JsValue, JsError> {
        let images = self.images(&self.0.split().training);
        let found = self.0.network(k).map_or_else(Vec::new, |network| Idle::of(&network, &images));
        let told = |idle: Idle| Finding { sentence: idle.to_string(), stuck: idle.is_grave() };
        to_object(&found.into_iter().map(told).collect::<Vec<_>>())
    }

    /// Network `k` as it is now, as a safetensors file whose metadata say the link, which of its networks it is, and the
    /// threshold: the given one, or else the one at a share of false alarms; none where no picture is held out.
    pub fn safetensors(&mut self, k: u32, false_alarms: f64, threshold: Option<f32>) -> Vec<u8> {
        let scores = self.scored(k + PLAIN.len() as u32);
        let at =
            |scores: Vec<f32>| Judgement::of(self.0.set(), self.0.split(), &scores, false_alarms).threshold;
        let level = threshold.or_else(|| scores.and_then(at));
        self.0.safetensors(k, level).unwrap_or_default()
    }

    /// 16 hex digits over all networks; undefined before all are trained, and where one diverged.
    pub fn digest(&self) -> Option<String> {
        self.0.digest().ok().flatten().map(|digest| digest.to_string())
    }

    /// `same`, `differs`, `unchecked` or `diverged`.
    pub fn verdict(&self) -> String {
        self.0.verdict().word().to_owned()
    }

    /// The fragment of this run; with `check=` once all networks are trained.
    pub fn link(&self) -> String {
        self.0.link().to_string()
    }
}
