//! What a run costs, and the most that a link may ask for.
//!
//! A link is hostile input: opening one must not keep a phone busy for a day or eat its memory. So
//! the work of the whole run is estimated from the recipe alone, before anything is allocated.
//!
//! The unit of work is one floating-point operation as the kernels spend it, in round numbers that
//! lean to the high side:
//!
//! - 6 per weight, image and epoch: a multiply and an add forward, twice that backward;
//! - 20 per output, image and epoch: sigmoid, loss and their derivatives;
//! - 60 per code number, image and epoch of a variational network: a normal, exp and the KL term;
//! - 20 per parameter and step: Adam, with its root and its division;
//! - 200 per step: what a step costs however small the network.
//!
//! [`MOST_OPERATIONS`] is ten minutes at 10 GFLOP/s, which a browser reaches on one core of an
//! ordinary laptop. All defaults fit, and so does a census of 10,000 networks over 20,000 epochs.

use super::Recipe;
use crate::autoencoder::Model;
use crate::error::Error;

/// The most floating-point operations of a run, all networks together: 600 s × 10¹⁰ per second.
pub const MOST_OPERATIONS: u64 = 6_000_000_000_000;
/// The most bytes that a run's images, networks and losses may take.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The estimated cost of a whole run. Sums that no `u64` holds count as its largest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Floating-point operations, all networks and epochs together.
    pub operations: u64,
    /// Bytes held at once: images, the parameters of every network, one network's training state,
    /// its losses.
    pub bytes: u64,
}

impl Workload {
    /// The cost of a recipe, checked or not.
    pub fn of(recipe: &Recipe) -> Workload {
        let networks = u64::from(recipe.networks);
        let mut operations = 0u64;
        let mut bytes = data_bytes(recipe).saturating_add(training_bytes(recipe));
        for &model in recipe.models() {
            let one = network_operations(recipe, model);
            operations = operations.saturating_add(one.saturating_mul(networks));
            // Of a finished network only the parameters stay; what training needs besides is
            // counted once, by `training_bytes`.
            let kept = parameters(recipe, model).saturating_mul(4).saturating_mul(networks);
            bytes = bytes.saturating_add(kept);
        }
        Workload { operations, bytes }
    }

    /// Refuses what is too large.
    ///
    /// # Errors
    ///
    /// [`Error::Workload`] above [`MOST_OPERATIONS`] or [`MOST_BYTES`].
    pub fn check(&self) -> Result<(), Error> {
        at_most(self.operations, MOST_OPERATIONS, "floating-point operations")?;
        at_most(self.bytes, MOST_BYTES, "bytes of memory")
    }
}

fn at_most(estimate: u64, limit: u64, what: &'static str) -> Result<(), Error> {
    if estimate > limit { Err(Error::Workload { what, estimate, limit }) } else { Ok(()) }
}

/// Weights of one network.
fn weights(recipe: &Recipe, model: Model) -> u64 {
    let [pixels, l1, code, l3] = widths(recipe);
    pixels * l1 + heads(model) * l1 * code + code * l3 + l3 * pixels
}

/// Weights and biases of one network, with those that `bias=last` holds at zero: they are stored
/// and digested all the same.
pub(super) fn parameters(recipe: &Recipe, model: Model) -> u64 {
    let [pixels, l1, code, l3] = widths(recipe);
    weights(recipe, model) + l1 + heads(model) * code + l3 + pixels
}

/// Heads on L1: the code, or μ and log σ².
fn heads(model: Model) -> u64 {
    match model {
        Model::Classical => 1,
        Model::Variational => 2,
    }
}

fn widths(recipe: &Recipe) -> [u64; 4] {
    // The cap changes nothing within the table's ranges; it keeps the products of an unchecked
    // recipe inside u64.
    [recipe.pixels(), recipe.l1, recipe.code, recipe.l3].map(|width| u64::from(width.min(1 << 20)))
}

fn network_operations(recipe: &Recipe, model: Model) -> u64 {
    let noise = if model == Model::Variational { 60 * u64::from(recipe.code) } else { 0 };
    let per_image = 6 * weights(recipe, model) + 20 * u64::from(recipe.pixels()) + noise;
    let per_step = 20 * parameters(recipe, model) + 200;
    let steps = u64::from(recipe.count.div_ceil(recipe.batch.max(1)));
    let images = per_image.saturating_mul(u64::from(recipe.count));
    let per_epoch = images.saturating_add(per_step.saturating_mul(steps));
    per_epoch.saturating_mul(u64::from(recipe.epochs))
}

/// The training set as `f32`, which is also how it crosses to the page.
fn data_bytes(recipe: &Recipe) -> u64 {
    let values = u64::from(recipe.count).saturating_mul(u64::from(recipe.pixels()));
    values.saturating_mul(4)
}

/// One network in training: its parameters, gradient and two moments; the activations and their
/// derivatives of a batch; two losses for every epoch.
fn training_bytes(recipe: &Recipe) -> u64 {
    let largest = parameters(recipe, Model::Variational).saturating_mul(4 * 4);
    let width: u64 = widths(recipe).iter().sum();
    let activations = 2 * 4 * width * u64::from(recipe.batch);
    let losses = 2 * 4 * u64::from(recipe.epochs);
    largest.saturating_add(activations).saturating_add(losses)
}
