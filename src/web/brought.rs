//! Saved networks that the reader brought: what links with `from=` begin with.

use bottleneck::Error;
use bottleneck::autoencoder::{Architecture, Biases, Model, Network};
use bottleneck::recipe::{Digest, Link};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// No layer of a recipe is wider, so that no product of two widths leaves 32 bits.
const WIDEST: u32 = 4096;

thread_local! {
    static BROUGHT: RefCell<Vec<(String, Network)>> = const { RefCell::new(Vec::new()) };
}

/// The network of that digest, where it was brought.
#[cfg(feature = "later")]
pub(super) fn with<T>(digest: &str, then: impl FnOnce(&Network) -> Result<T, Error>) -> Result<T, Error> {
    BROUGHT.with_borrow(|brought| {
        let found = brought.iter().find(|(known, _)| known == digest);
        found.map_or(Err(Error::MissingNetwork { digest: digest.into() }), |(_, network)| then(network))
    })
}

/// A link, with the network that it begins with where it does with one that was brought.
pub(super) fn read(fragment: &str) -> Result<Link, Error> {
    match Link::parse(fragment) {
        Err(Error::MissingNetwork { digest }) => BROUGHT.with_borrow(|brought| {
            let found = brought.iter().find(|(known, _)| *known == digest);
            found.map_or(Err(Error::MissingNetwork { digest }), |(_, network)| {
                Link::parse_with(fragment, network)
            })
        }),
        read => read,
    }
}

/// The digest of the network that a link begins with and nobody has brought; undefined for any other link.
#[wasm_bindgen(js_name = missingNetwork)]
pub fn missing_network(fragment: &str) -> Option<String> {
    match read(fragment) {
        Err(Error::MissingNetwork { digest }) => Some(digest),
        _ => None,
    }
}

/// Keeps a saved network for the links that begin with it, and gives its digest: `sizes` are those of the pixels, L1, the
/// code and L3, `parameters` all weights and biases in the order of the digest.
#[wasm_bindgen(js_name = bringNetwork)]
pub fn bring_network(variational: bool, sizes: &[u32], parameters: Vec<f32>) -> Result<String, JsError> {
    let found = parameters.len();
    let refused = |expected| Error::Shape { what: "the numbers of a saved network", expected, found };
    let &[pixels, l1, code, l3] = sizes else { return Err(refused(4).into()) };
    if sizes.iter().any(|&size| size == 0 || size > WIDEST) {
        return Err(refused(1).into());
    }
    let model = if variational { Model::Variational } else { Model::Classical };
    let [n_pixels, l1, code, l3] = [pixels, l1, code, l3].map(|size| size as usize);
    let architecture = Architecture { model, n_pixels, l1, code, l3, biases: Biases::All };
    let expected = architecture.n_parameters();
    if found != expected {
        return Err(refused(expected).into());
    }
    let network = Network::new(architecture, parameters);
    let digest = Digest::of_parameters(network.parameters()).to_string();
    BROUGHT.with_borrow_mut(|brought| {
        brought.retain(|(known, _)| *known != digest);
        brought.push((digest.clone(), network));
    });
    Ok(digest)
}
