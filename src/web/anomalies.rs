//! The examination of anomaly detectors, as a JavaScript class.
//!
//! Methods, kinds of network and conditions are numbers here: their places in the lists of `info`.

use super::to_object;
use bottleneck::analysis::stats::roc::{self, Confusion};
use bottleneck::data::Defect;
use bottleneck::recipe::{Link, Painting};
use bottleneck::run::anomalies::{Anomalies, Condition, Histograms, KINDS, METHODS, Way, spread};
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
pub fn network(fragment: &str, n: u32) -> Result<String, JsError> {
    let kinds = KINDS.len() as u32;
    let recipe = Link::parse(fragment)?.recipe;
    Ok(Link::from(KINDS[(n % kinds) as usize].alone(&recipe, n / kinds)?).to_string())
}

/// Numbers of one cell of the table.
const CELL: usize = 9;
/// Numbers of one method's scores.
const SCORE: usize = 7;

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

    /// Networks that are trained, of all kinds.
    pub fn finished(&self) -> u32 {
        self.0.finished()
    }

    /// `[conditions, methods, 9]`: AUC median, lowest and highest network, low and high end of the
    /// interval, networks, share of lines, precision, recall; NaN where there is none.
    pub fn table(&self, false_alarms: f64) -> Vec<f64> {
        let mut numbers = Vec::with_capacity(self.0.conditions().len() * METHODS.len() * CELL);
        for c in 0..self.0.conditions().len() {
            for m in 0..METHODS.len() {
                let row = self.0.cell(c, m, false_alarms).map(|cell| {
                    let [low, high] = cell.interval;
                    let or_nan = |share: Option<f64>| share.unwrap_or(f64::NAN);
                    [
                        cell.auc.median,
                        cell.auc.low,
                        cell.auc.high,
                        low,
                        high,
                        f64::from(cell.networks),
                        cell.lines,
                        or_nan(cell.precision),
                        or_nan(cell.recall),
                    ]
                });
                numbers.extend(row.unwrap_or([f64::NAN; CELL]));
            }
        }
        numbers
    }

    /// Counts of conditions: ahead, behind and overlapping of VA against CA, of wide CA against CA, of
    /// each of CA and VA through a Heaviside function against itself (12 numbers); PCA with 8
    /// components ahead of every network, the nearest image ahead of every network; the least and
    /// the greatest share of the VA's outputs that are a line. NaN for what is not examined.
    pub fn summary(&self, false_alarms: f64) -> Vec<f64> {
        let summary = self.0.summary(false_alarms);
        let duels = [summary.variational, summary.wide, summary.heaviside_ca, summary.heaviside_va];
        let duels = duels.into_iter().flat_map(|duel| {
            duel.map_or([f64::NAN; 3], |duel| [duel.ahead, duel.behind, duel.overlap].map(f64::from))
        });
        let wins = [summary.pca_8, summary.nearest_image].map(|wins| wins.map_or(f64::NAN, f64::from));
        let (low, high) = summary.lines.unwrap_or((f64::NAN, f64::NAN));
        duels.chain(wins).chain([low, high]).collect()
    }

    /// `[1 + 2·methods, pixels]`: an image (0 or 1 a pixel), what each method makes of it by network
    /// `k`, and how far each pixel of these is off.
    pub fn pictures(&self, pixels: &[u8], k: u32) -> Result<Vec<f32>, JsError> {
        let judgement = self.0.judge(pixels, k)?;
        let input = pixels.iter().map(|&p| f32::from(p));
        Ok(input.chain(judgement.outputs).chain(judgement.residuals).collect())
    }

    /// `[1 + 2·bins]`: the greatest score, then the shares of normal and of spoilt scores in equal bins
    /// from 0 to there; empty where there is none.
    pub fn histograms(&self, method: usize, k: u32, condition: usize, bins: usize) -> Vec<f64> {
        let shown = self.0.exam(method, k).map(|exam| exam.histograms(condition, bins.max(1)));
        let flat = |h: Histograms| [h.high].into_iter().chain(h.normal).chain(h.spoilt).collect();
        shown.map(flat).unwrap_or_default()
    }

    /// An image against all methods: `[methods, 7]`, the score by network `k`, median, lowest and
    /// highest score over the networks, how many of them flag it, how many there are, and 1 where the
    /// output of network `k` is a line; NaN where there is no score.
    pub fn scores(&self, pixels: &[u8], k: u32, false_alarms: f64) -> Result<Vec<f64>, JsError> {
        let judgement = self.0.judge(pixels, k)?;
        let mut numbers = Vec::with_capacity(SCORE * METHODS.len());
        for (m, scores) in judgement.scores.iter().enumerate() {
            let shown = if scores.len() == 1 { 0 } else { k as usize };
            let shown = scores.get(shown).copied().flatten().unwrap_or(f32::NAN);
            let flags = |(network, score): (u32, &Option<f32>)| {
                score
                    .zip(self.threshold(m, network, false_alarms))
                    .is_some_and(|(score, level)| score > level)
            };
            let flagged = (0..).zip(scores).filter(|&pair| flags(pair)).count();
            let there: Vec<f64> = scores.iter().flatten().copied().map(f64::from).collect();
            let networks = there.len();
            let ends = spread(there).map_or([f64::NAN; 3], |s| [s.median, s.low, s.high]);
            numbers.push(f64::from(shown));
            numbers.extend(ends);
            numbers.extend([flagged as f64, networks as f64, f64::from(u8::from(judgement.lines[m]))]);
        }
        Ok(numbers)
    }

    /// The threshold of network `k` of a method; undefined where there is none.
    pub fn threshold(&self, method: usize, k: u32, false_alarms: f64) -> Option<f32> {
        self.0.exam(method, k)?.level(false_alarms)
    }

    /// `[true positives, false negatives, false positives, true negatives, precision, recall]` at a
    /// threshold; a share that does not exist is NaN.
    pub fn confusion(&self, method: usize, k: u32, condition: usize, threshold: f32) -> Vec<f64> {
        let Some(exam) = self.0.exam(method, k) else {
            return Vec::new();
        };
        let Some(spoilt) = exam.spoilt.get(condition) else {
            return Vec::new();
        };
        let found = Confusion::at(threshold, &exam.normal, spoilt);
        let counts =
            [found.true_positives, found.false_negatives, found.false_positives, found.true_negatives];
        let shares = [found.precision(), found.recall()].map(|share| share.unwrap_or(f64::NAN));
        counts.into_iter().map(f64::from).chain(shares).collect()
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
        super::session::word(self.0.verdict()).to_owned()
    }

    /// The fragment of this run and its image; with `check=` once all networks are trained.
    pub fn link(&self) -> String {
        self.0.link().to_string()
    }
}
