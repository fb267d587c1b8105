//! A recipe that begins with a saved network.

use crate::brought::{read, with};
use bottleneck::recipe::Link;
use wasm_bindgen::prelude::*;

/// The fragment of the same recipe, begun with a network that was brought instead of weights that the seed draws, and as
/// wide as that network.
#[wasm_bindgen(js_name = beginWith)]
pub fn begin_with(fragment: &str, digest: &str) -> Result<String, JsError> {
    let link = with(digest, |network| {
        let sizes = network.architecture();
        let widths = [("l1", sizes.l1), ("code", sizes.code), ("l3", sizes.l3)];
        let widths = widths.map(|(key, width)| (key, width.to_string()));
        let pairs = widths.iter().map(|(key, width)| (*key, width.as_str()));
        let recipe = Link::from(read(fragment)?.recipe).changed(pairs)?;
        Link::parse_with(&Link::from(recipe.recipe).to_string(), network)
    })?;
    Ok(link.to_string())
}
