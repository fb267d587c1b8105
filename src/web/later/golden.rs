//! A link trained at once: what this machine is compared with others by.

use crate::brought::read;
use bottleneck::data::spots;
use bottleneck::recipe::{Experiment, merkle::Hash};
use bottleneck::run::{Session, tally, whole};
use wasm_bindgen::prelude::*;

/// Trains all networks of a link on one network, a duel or a census, and gives its digest; undefined where one diverged.
/// With `grey`, one network learns [`spots`] of grey instead of the link's pictures.
#[wasm_bindgen(js_name = wholeDigest)]
pub fn whole_digest(fragment: &str, grey: bool) -> Result<Option<String>, JsError> {
    let link = read(fragment)?;
    let digest = match link.recipe.exp {
        Experiment::Duel => whole::duel(link)?.digest(),
        Experiment::Minima => {
            let census = whole::census(link)?;
            let labels: Vec<u8> = census.entries().iter().flat_map(|entry| entry.labels()).collect();
            tally::root_of(&labels).map(Hash::digest)
        }
        _ if grey => {
            let images = spots(link.recipe.side, link.recipe.count);
            let mut session = Session::on(link, images)?;
            session.train(u32::MAX);
            session.digest().ok()
        }
        _ => whole::session(link).digest().ok(),
    };
    Ok(digest.map(|digest| digest.to_string()))
}
