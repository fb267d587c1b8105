//! Many networks and how they ended: trained in pieces by whoever is free, summed up from flat rows.
//!
//! A finished network is a row of 11 bytes (outcome, partition, cause, digest; see
//! [`tally`](bottleneck::run::tally)) and a row of 1 + 4·code numbers (loss, codes).

use crate::to_object;
use bottleneck::Error;
use bottleneck::analysis::quad::cause::{Cause, Reasons, reasons};
use bottleneck::analysis::quad::odds::{self, Observed, Odds};
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::analysis::quad::partition::Partition;
use bottleneck::autoencoder::Network;
use bottleneck::data::Kind;
use bottleneck::recipe::Link;
use bottleneck::recipe::merkle::Hash;
use bottleneck::run::census::Census;
use bottleneck::run::tally::{self, Tally, shares};
use bottleneck::run::{Verdict, setup};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Some networks of a census, in training.
#[wasm_bindgen(js_name = Census)]
pub struct WebCensus(Census);

#[derive(Serialize)]
struct Progress {
    finished: u32,
    done: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    l1: u8,
    code: u8,
    l3: u8,
    own_pull: f32,
    whole_pull: f32,
}

#[wasm_bindgen(js_class = Census)]
impl WebCensus {
    /// Networks `first … first + count − 1` of a fragment of `exp=minima`.
    #[wasm_bindgen(constructor)]
    pub fn new(fragment: &str, first: u32, count: u32) -> Result<WebCensus, JsError> {
        Ok(WebCensus(Census::new(Link::parse(fragment)?.recipe, first, count)?))
    }

    /// The same, counting outcomes also after each of these epochs, ascending.
    #[wasm_bindgen(js_name = withHistory)]
    pub fn with_history(
        fragment: &str,
        first: u32,
        count: u32,
        epochs: &[u32],
    ) -> Result<WebCensus, JsError> {
        Ok(WebCensus(Census::new(Link::parse(fragment)?.recipe, first, count)?.with_history(epochs)))
    }

    /// At most `steps` steps, each of up to four networks side by side: `{ finished, done }`.
    pub fn train(&mut self, steps: u32) -> Result<JsValue, JsError> {
        self.0.train(steps);
        to_object(&Progress { finished: self.0.entries().len() as u32, done: self.0.is_done() })
    }

    /// `[finished − from, 11]`: rows of labels.
    pub fn labels(&self, from: u32) -> Vec<u8> {
        self.0.entries().iter().skip(from as usize).flat_map(|entry| entry.labels()).collect()
    }

    /// `[finished − from, 1 + 4·code]`: rows of numbers.
    pub fn numbers(&self, from: u32) -> Vec<f32> {
        self.0.entries().iter().skip(from as usize).flat_map(|entry| entry.numbers()).collect()
    }

    /// `[epochs of the history, outcomes]`: networks, once all are trained.
    pub fn history(&self) -> Vec<u32> {
        self.0.history().to_vec()
    }
}

#[derive(Serialize)]
struct Names {
    outcomes: Vec<&'static str>,
    causes: Vec<&'static str>,
    partitions: Vec<[u8; 4]>,
    pairs: Vec<(usize, usize)>,
}

/// What the numbers in a row of labels stand for: `{ outcomes, causes, partitions, pairs }`.
#[wasm_bindgen(js_name = censusNames)]
pub fn names() -> Result<JsValue, JsError> {
    to_object(&Names {
        outcomes: Outcome::ALL.map(Outcome::label).to_vec(),
        causes: Cause::ALL.map(Cause::label).to_vec(),
        partitions: Partition::ALL.map(Partition::classes).to_vec(),
        pairs: tally::PAIRS.to_vec(),
    })
}

#[derive(Serialize)]
struct Report {
    finished: u32,
    shares: Vec<f64>,
    digest: Option<String>,
    verdict: &'static str,
    link: String,
}

/// A census summed up, from all its rows of labels: `{ finished, shares, digest, verdict, link }`,
/// `shares` as [`Tally::shares`] has them; digest and `check` once no network is waiting.
#[wasm_bindgen]
pub fn tally(fragment: &str, labels: &[u8]) -> Result<JsValue, JsError> {
    let link = Link::parse(fragment)?;
    let counted = Tally::of(labels);
    let complete = counted.finished == link.recipe.networks;
    let digest = if complete { tally::root_of(labels).map(Hash::digest) } else { None };
    let verdict = Verdict::of(Ok::<_, ()>(digest), link.check);
    to_object(&Report {
        finished: counted.finished,
        shares: counted.shares(),
        digest: digest.map(|digest| digest.to_string()),
        verdict: verdict.word(),
        link: Link { check: digest, ..link }.to_string(),
    })
}

/// Every finished network as a line of text.
#[wasm_bindgen(js_name = censusCsv)]
pub fn csv(fragment: &str, labels: &[u8], numbers: &[f32]) -> Result<String, JsError> {
    Ok(tally::csv(&Link::parse(fragment)?.recipe, labels, numbers))
}

/// The fragment that trains network `k` on its own, to the same bits.
#[wasm_bindgen(js_name = censusNetwork)]
pub fn census_network(fragment: &str, k: u32) -> Result<String, JsError> {
    let recipe = Link::parse(fragment)?.recipe;
    Ok(Link::from(recipe.alone(k, recipe.model)?).to_string())
}

/// `[n, 4]`: count, share and the ends of its 95 % interval for each count of `of`.
#[wasm_bindgen(js_name = shares)]
pub fn web_shares(counts: &[u32], of: u32) -> Vec<f64> {
    counts.iter().flat_map(|&count| shares(count, of)).collect()
}

#[derive(Serialize)]
struct Chance {
    value: f64,
    fraction: Option<String>,
    /// Count, share, low, high.
    seen: Option<[f64; 4]>,
}

#[derive(Serialize)]
struct Chances {
    networks: u32,
    given: Chance,
    some: Chance,
    two: Chance,
    independent: Chance,
    all: Chance,
    opposed: Option<Chance>,
    alike: [f64; 4],
}

/// Footnotes 6 and 7 for the networks of a fragment before their first step: `{ networks, given,
/// some, two, independent, all, opposed, alike }`, each but the last `{ value, fraction, seen }`.
#[wasm_bindgen(js_name = odds)]
pub fn web_odds(fragment: &str) -> Result<JsValue, JsError> {
    let recipe = Link::parse(fragment)?.recipe;
    let architecture = setup::architecture(&recipe, recipe.model);
    let seeds = (0..recipe.networks).map(|k| recipe.seed_of(k));
    let Observed { networks, given, some, two, all, opposed, alike } =
        odds::observe(&architecture, recipe.init, seeds);
    let chance = |odds: Odds, seen: Option<u32>| Chance {
        value: odds.value,
        fraction: odds.fraction.map(|(n, d)| n.to_string() + "/" + &d.to_string()),
        seen: seen.map(|count| shares(count, networks)),
    };
    let k = recipe.l1;
    to_object(&Chances {
        networks,
        given: chance(odds::given_image_dead(k), Some(given)),
        some: chance(odds::some_image_dead(k), Some(some)),
        two: chance(odds::two_images_dead(k), Some(two)),
        independent: chance(odds::two_of_four_independent(k), None),
        all: chance(odds::all_images_dead(k), Some(all)),
        opposed: (recipe.code == 1).then(|| chance(odds::opposed_signs(k, recipe.l3), Some(opposed))),
        alike: shares(alike, networks),
    })
}

/// `{ l1, code, l3, ownPull, wholePull }` of a network with these parameters, of a link's architecture: the partitions of
/// equal images after L1, at the code and after L3, as places in `censusNames().partitions`, then the largest gradient of
/// the equal images' own loss over the weights that could part them, and of the whole loss; null unless the link's images
/// are the four 2×2 ones.
#[wasm_bindgen(js_name = censusReasons)]
pub fn census_reasons(fragment: &str, parameters: Vec<f32>) -> Result<JsValue, JsError> {
    let recipe = Link::parse(fragment)?.recipe;
    let architecture = setup::architecture(&recipe, recipe.models()[0]);
    let (expected, found) = (architecture.n_parameters(), parameters.len());
    if found != expected {
        return Err(Error::Shape { what: "parameters of a network", expected, found }.into());
    }
    let network = Network::new(architecture, parameters);
    let found = (recipe.data == Kind::Quad)
        .then(|| reasons(&network, &setup::images(&recipe), setup::settings(&recipe)));
    to_object(&found.map(|Reasons { equal, own_pull, whole_pull }| Told {
        l1: equal.l1.index(),
        code: equal.code.index(),
        l3: equal.l3.index(),
        own_pull,
        whole_pull,
    }))
}
