//! The examination of anomaly detectors, as a JavaScript class.
//!
//! Methods, kinds of network and conditions are numbers here: their places in the lists of `info`.

use crate::to_object;
use bottleneck::analysis::stats::roc;
use bottleneck::data::Defect;
use bottleneck::recipe::{Link, Painting};
use bottleneck::run::anomalies::{Anomalies, Condition, KINDS, METHODS, Way};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Networks and plain methods against defects, from a link.
#[wasm_bindgen(js_name = Anomalies)]
pub struct WebAnomalies(Anomalies);

#[derive(Serialize)]
struct Info {
    side: u32,
    networks: u32,
    epochs: u32,
    batches: u32,
    kinds: Vec<&'static str>,
    methods: Vec<MethodInfo>,
    conditions: Vec<Condition>,
    defects: Vec<DefectInfo>,
    painting: Option<Vec<u8>>,
}

#[derive(Serialize)]
struct MethodInfo {
    name: &'static str,
    /// The kind of its networks; null for a plain method.
    kind: Option<usize>,
}

#[derive(Serialize)]
struct DefectInfo {
    name: Defect,
    #[serde(flatten)]
    sizes: bottleneck::data::Sizes,
}

/// The fragment that trains network `n` on its own, to the same bits: its seed's place times the number of
/// kinds, plus its kind.
#[wasm_bindgen(js_name = anomalyNetwork)]
pub fn anomaly_network(fragment: &str, n: u32) -> Result<String, JsError> {
    let kinds = KINDS.len() as u32;
    let recipe = Link::parse(fragment)?.recipe;
    Ok(Link::from(KINDS[(n % kinds) as usize].alone(&recipe, n / kinds)?).to_string())
}

#[wasm_bindgen(js_class = Anomalies)]
impl WebAnomalies {
    /// From a fragment of `exp=anomalies`, with or without `check`.
    #[wasm_bindgen(constructor)]
    pub fn new(fragment: &str) -> Result<WebAnomalies, JsError> {
        Ok(WebAnomalies(Anomalies::new(Link::parse(fragment)?)?))
    }

    /// `{ side, networks, epochs, batches, kinds, methods, conditions, defects, painting }`.
    pub fn info(&self) -> Result<JsValue, JsError> {
        let recipe = self.0.recipe();
        let kind = |way| if let Way::Network(kind, _) = way { Some(kind) } else { None };
        let defect = |&name: &Defect| DefectInfo { name, sizes: name.sizes(recipe.side) };
        to_object(&Info {
            side: recipe.side,
            networks: recipe.networks,
            epochs: recipe.epochs,
            batches: recipe.batches_per_epoch(),
            kinds: KINDS.iter().map(|kind| kind.name).collect(),
            methods: METHODS.iter().map(|m| MethodInfo { name: m.name, kind: kind(m.way) }).collect(),
            conditions: self.0.conditions().to_vec(),
            defects: Defect::ALL.iter().map(defect).collect(),
            painting: self.0.painting().map(|painting| painting.pixels().to_vec()),
        })
    }

    /// Examines one more plain method; true when none is left.
    pub fn prepare(&mut self) -> bool {
        self.0.prepare()
    }

    /// Takes network `k` of a kind as it is now, and examines it.
    pub fn adopt(
        &mut self,
        kind: usize,
        k: u32,
        parameters: Vec<f32>,
        finished: bool,
    ) -> Result<(), JsError> {
        Ok(self.0.adopt(kind, k, parameters, finished)?)
    }

    /// Notes that a network diverged.
    #[wasm_bindgen(js_name = adoptDiverged)]
    pub fn adopt_diverged(&mut self, kind: usize, k: u32, epoch: u32) -> Result<(), JsError> {
        Ok(self.0.adopt_diverged(kind, k, epoch)?)
    }

    /// The parameters of network `k` of a kind as it is now; undefined where it is not there.
    pub fn parameters(&self, kind: usize, k: u32) -> Option<Vec<f32>> {
        self.0.parameters(kind, k).map(<[f32]>::to_vec)
    }

    /// Networks that are trained, of all kinds.
    pub fn finished(&self) -> u32 {
        self.0.finished()
    }

    /// By condition, then by method: `{ median, low, high, interval, networks, lines, precision, recall }`, see
    /// `bottleneck::run::anomalies::Cell`; null before it is examined.
    pub fn table(&self, false_alarms: f64) -> Result<JsValue, JsError> {
        let row = |c| (0..METHODS.len()).map(|m| self.0.cell(c, m, false_alarms)).collect::<Vec<_>>();
        to_object(&(0..self.0.conditions().len()).map(row).collect::<Vec<_>>())
    }

    /// Who wins, in counts of conditions: see `bottleneck::run::anomalies::Summary`.
    pub fn summary(&self, false_alarms: f64) -> Result<JsValue, JsError> {
        to_object(&self.0.summary(false_alarms))
    }

    /// `[1 + 2·methods, pixels]`: an image (0 or 1 a pixel), what each method makes of it by network
    /// `k`, and how far each pixel of these is off.
    pub fn pictures(&self, pixels: &[u8], k: u32) -> Result<Vec<f32>, JsError> {
        let judgement = self.0.judge(pixels, k)?;
        let input = pixels.iter().map(|&p| f32::from(p));
        Ok(input.chain(judgement.outputs).chain(judgement.residuals).collect())
    }

    /// `{ low, high, normal, spoilt }`: shares of scores in equal bins; null before it is examined.
    pub fn histograms(
        &self,
        method: usize,
        k: u32,
        condition: usize,
        bins: usize,
    ) -> Result<JsValue, JsError> {
        to_object(&self.0.exam(method, k).map(|exam| exam.histograms(condition, bins.max(1))))
    }

    /// An image against all methods: `[{ shown, spread, flagged, networks, line }]`, see
    /// `bottleneck::run::anomalies::Scored`.
    pub fn scores(&self, pixels: &[u8], k: u32, false_alarms: f64) -> Result<JsValue, JsError> {
        to_object(&self.0.scored(pixels, k, false_alarms)?)
    }

    /// The threshold of network `k` of a method; undefined where there is none.
    pub fn threshold(&self, method: usize, k: u32, false_alarms: f64) -> Option<f32> {
        self.0.exam(method, k)?.level(false_alarms)
    }

    /// `{ true_positives, false_negatives, false_positives, true_negatives, precision, recall }` at a threshold; null
    /// before it is examined.
    pub fn flagged(
        &self,
        method: usize,
        k: u32,
        condition: usize,
        threshold: f32,
    ) -> Result<JsValue, JsError> {
        to_object(&self.0.flagged(method, k, condition, threshold))
    }

    /// The ROC curve of network `k` of a method: false alarms and recall in turn.
    pub fn roc(&self, method: usize, k: u32, condition: usize) -> Vec<f64> {
        let curve = self.0.exam(method, k).map(|exam| roc::curve(&exam.normal, &exam.spoilt[condition]));
        curve.unwrap_or_default().into_iter().flat_map(|point| [point.false_alarms, point.recall]).collect()
    }

    /// A spoilt image, 0 or 1 a pixel; another `seed`, another image.
    pub fn example(&self, defect: usize, size: f32, seed: u32) -> Vec<u8> {
        Defect::ALL.get(defect).map(|&defect| self.0.example(defect, size, seed)).unwrap_or_default()
    }

    /// Changes the image that the link carries; an empty one takes it out.
    #[wasm_bindgen(js_name = setPainting)]
    pub fn set_painting(&mut self, pixels: &[u8]) {
        self.0.set_painting((!pixels.is_empty()).then(|| Painting::new(pixels)));
    }

    /// 16 hex digits over all networks; undefined before all are trained, and where one diverged.
    pub fn digest(&self) -> Option<String> {
        self.0.digest().ok().flatten().map(|digest| digest.to_string())
    }

    /// `same`, `differs`, `unchecked` or `diverged`.
    pub fn verdict(&self) -> String {
        self.0.verdict().word().to_owned()
    }

    /// The fragment of this run and its image; with `check=` once all networks are trained.
    pub fn link(&self) -> String {
        self.0.link().to_string()
    }
}
