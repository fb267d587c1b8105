//! A saved network as the beginning of a run: its digest in the link, its parameters from whoever has the file.

use super::{CheckedRecipe, Digest, Experiment, Recipe};
use crate::autoencoder::{Biases, Model, Network};
use crate::error::Error;

/// What training begins with: the parameters of a network that was brought, in the order of the digest.
///
/// # Errors
///
/// [`Error::UnusedKey`] where the experiment begins with many networks, or with weights of its own;
/// [`Error::Combination`] where another digest is asked for, where the network has other sizes than the recipe, and where
/// not all of its numbers are finite.
pub(super) fn begun_with(
    recipe: &CheckedRecipe,
    asked: Option<Digest>,
    network: &Network,
) -> Result<Vec<f32>, Error> {
    let found = Digest::of_parameters(network.parameters());
    let value = asked.unwrap_or(found).to_string();
    takes_from(recipe, &value)?;
    let refusal = |rule: String| Err(Error::Combination { key: "from".into(), value: value.clone(), rule });
    if asked.is_some_and(|asked| asked != found) {
        return refusal(format!("the network that was brought has the digest {found}"));
    }
    if let Some((key, brought, asked)) = sizes_of(network).into_iter().zip(sizes(recipe)).find_map(differs) {
        return refusal(format!(
            "the network that was brought has {key}={brought}, and this recipe {key}={asked}"
        ));
    }
    if recipe.bias == Biases::Last && has_other_biases(network) {
        return refusal("the network that was brought has biases in other layers than the last".into());
    }
    if !network.parameters().iter().all(|number| number.is_finite()) {
        return refusal("not all numbers of the network that was brought are finite".into());
    }
    Ok(network.parameters().to_vec())
}

/// Where one recipe trains one network, or several of one kind on a set of pictures.
pub(super) fn takes_from(recipe: &CheckedRecipe, value: &str) -> Result<(), Error> {
    match recipe.exp {
        Experiment::Classical | Experiment::Inside | Experiment::Variational | Experiment::Own => Ok(()),
        exp => Err(Error::UnusedKey { key: "from", value: value.into(), experiment: exp.name() }),
    }
}

/// Whether a network of one recipe is one of the other, too.
pub(super) fn are_of_one_size(one: &Recipe, other: &Recipe) -> bool {
    sizes(one) == sizes(other) && one.bias == other.bias
}

/// A size by the key that it goes by.
type Size = (&'static str, String);

fn sizes(recipe: &Recipe) -> [Size; 5] {
    named(recipe.models()[0], recipe.side, [recipe.l1, recipe.code, recipe.l3])
}

fn sizes_of(network: &Network) -> [Size; 5] {
    let sizes = network.architecture();
    named(sizes.model, sizes.n_pixels.isqrt() as u32, [sizes.l1, sizes.code, sizes.l3].map(|n| n as u32))
}

fn named(model: Model, side: u32, [l1, code, l3]: [u32; 3]) -> [Size; 5] {
    let model = if model == Model::Classical { "ca" } else { "va" };
    [
        ("model", model.into()),
        ("side", side.to_string()),
        ("l1", l1.to_string()),
        ("code", code.to_string()),
        ("l3", l3.to_string()),
    ]
}

fn differs(((key, brought), (_, asked)): (Size, Size)) -> Option<(&'static str, String, String)> {
    (brought != asked).then_some((key, brought, asked))
}

/// Whether a layer before the last adds anything to a neuron.
fn has_other_biases(network: &Network) -> bool {
    let layers = network.architecture().layers();
    let earlier = layers.iter().filter(|layer| layer.name != layers.output.name);
    earlier.flat_map(|layer| network.layer(layer).1).any(|bias| *bias != 0.0)
}
