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
//! A network costs something beside its steps, measured in the page's wasm:
//!
//! - 120 per pixel of the training set: drawing it, and the error in the end;
//! - 200 per parameter: first weights, digest, the way to the page;
//! - 100,000 per network of a census, 5,000,000 (half a millisecond) per network of a duel or of the
//!   anomalies, which is sent for and handed over alone;
//! - for the anomalies, each network [twice](EXAMINED) through the images of the examination, 100 per
//!   pixel and 2 per weight, and once 220 per pixel for each of the six methods that train nothing,
//!   and the principal components.
//!
//! A set of pictures is reckoned as if all of them were normal, and in training what is held out costs no more than what
//! is learned. Beside the networks, which score every picture, stand the methods that train nothing: the products of the
//! pictures, or of their pixels where these are fewer, their components, and each picture beside all that are learned.
//! As its networks are trained together, all of them are held at once.
//!
//! [`MOST_OPERATIONS`] is ten minutes at 10 GFLOP/s, which a browser reaches on one core of an
//! ordinary laptop. All defaults fit, and so does a census of 10,000 networks over 20,000 epochs.
//!
//! Memory is what is held at once by the page and one worker; each further core trains in memory of
//! its own. The checkpoints of a run that is shown (`run/time`) come on top, at most 32 MiB of them.

use super::{Experiment, Recipe};
use crate::autoencoder::Model;
use crate::data;
use crate::error::Error;

/// The most floating-point operations of a run, all networks together: 600 s × 10¹⁰ per second.
pub const MOST_OPERATIONS: u64 = 6_000_000_000_000;
/// The most bytes that a run's images, networks, losses and results may take.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// How many times as wide the wide networks of the anomalies are: 8 neurons where the paper has 2.
pub const WIDER: u32 = 4;
/// What the table of keys allows for a layer.
const WIDEST: u32 = 256;
/// Images on which every method of the anomalies is examined.
pub const EXAMINED: u64 = 8000;
/// Each network is examined through a sigmoid and through a Heaviside function.
const THROUGH: u64 = 2;
/// Methods of the anomalies that train nothing.
const PLAIN_METHODS: u64 = 6;

/// The width of a layer of the anomalies' wide networks.
pub fn wider(width: u32) -> u32 {
    width.saturating_mul(WIDER).min(WIDEST)
}

/// The estimated cost of a whole run. Sums that no `u64` holds count as its largest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Floating-point operations, all networks and epochs together.
    pub operations: u64,
    /// Bytes held at once: images, one network's training state, its losses, and what stays of every
    /// network.
    pub bytes: u64,
}

impl Workload {
    /// The cost of a recipe, checked or not.
    pub fn of(recipe: &Recipe) -> Workload {
        let networks = u64::from(recipe.networks);
        let seed = seed_of(recipe);
        let work = |(recipe, model): &(Recipe, Model)| {
            network_operations(recipe, *model).saturating_add(own_operations(recipe, *model))
        };
        let each = sum(seed.iter().map(work)).saturating_mul(networks);
        let kept =
            sum(seed.iter().map(|(recipe, model)| kept_bytes(recipe, *model))).saturating_mul(networks);
        let largest = seed.iter().map(|(recipe, _)| training_bytes(recipe)).max().unwrap_or(0);
        let largest = if recipe.exp == Experiment::Own { largest.saturating_mul(networks) } else { largest };
        Workload {
            operations: each.saturating_add(examination_operations(recipe)),
            bytes: sum([data_bytes(recipe), largest, kept, examination_bytes(recipe)].into_iter()),
        }
    }

    /// Refuses what is too large.
    ///
    /// # Errors
    ///
    /// [`Error::Workload`] above [`MOST_OPERATIONS`] or [`MOST_BYTES`], with the key that says the most.
    pub fn check(&self, recipe: &Recipe) -> Result<(), Error> {
        let key = |alone| if recipe.networks > 1 { "networks" } else { alone };
        at_most(recipe, key("epochs"), self.operations, MOST_OPERATIONS, "floating-point operations")?;
        at_most(recipe, key("count"), self.bytes, MOST_BYTES, "bytes of memory")
    }
}

fn at_most(
    recipe: &Recipe,
    key: &'static str,
    estimate: u64,
    limit: u64,
    what: &'static str,
) -> Result<(), Error> {
    let value = match key {
        "networks" => recipe.networks,
        "epochs" => recipe.epochs,
        _ => recipe.count,
    };
    if estimate > limit { Err(Error::Workload { key, value, what, estimate, limit }) } else { Ok(()) }
}

fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}

/// The networks of one seed.
fn seed_of(recipe: &Recipe) -> Vec<(Recipe, Model)> {
    let mut recipes = vec![recipe.clone()];
    if recipe.exp == Experiment::Anomalies {
        recipes.push(Recipe { l1: wider(recipe.l1), l3: wider(recipe.l3), ..recipe.clone() });
    }
    let both = |recipe: Recipe| recipe.models().iter().map(move |&model| (recipe.clone(), model));
    recipes.into_iter().flat_map(both).collect()
}

/// What a network costs however few its steps are.
fn own_operations(recipe: &Recipe, model: Model) -> u64 {
    let alone = match recipe.exp {
        Experiment::Duel | Experiment::Anomalies | Experiment::Own => 5_000_000,
        _ => 100_000,
    };
    let examined = match recipe.exp {
        Experiment::Anomalies => {
            THROUGH * EXAMINED * (100 * u64::from(recipe.pixels()) + 2 * weights(recipe, model))
        }
        Experiment::Own => 100 * set_pixels(recipe) + 2 * u64::from(recipe.count) * weights(recipe, model),
        _ => 0,
    };
    sum([alone, 120 * set_pixels(recipe), 200 * parameters(recipe, model), examined].into_iter())
}

/// What is examined once, whatever is trained.
fn examination_operations(recipe: &Recipe) -> u64 {
    if recipe.exp == Experiment::Own {
        return plain_operations(recipe);
    }
    if recipe.exp != Experiment::Anomalies {
        return 0;
    }
    let different = different(recipe);
    // Forty rows, thirty times through the products of all images that differ, and these products.
    let components = (2 * 40 * 30 + u64::from(recipe.pixels()) / 16) * different * different;
    PLAIN_METHODS
        * EXAMINED
        * (220 * u64::from(recipe.pixels()) + different * u64::from(recipe.pixels()) / 16)
        + components
}

/// Components of a set of pictures, and every picture through each method.
fn plain_operations(recipe: &Recipe) -> u64 {
    let (count, pixels) = (u64::from(recipe.count.min(1 << 20)), u64::from(recipe.pixels().min(1 << 20)));
    let fewer = count.min(pixels);
    let components =
        [2 * fewer.saturating_mul(fewer).saturating_mul(count.max(pixels)), 2 * 40 * 30 * fewer * fewer];
    let nearest = count.saturating_mul(set_pixels(recipe)).saturating_mul(4);
    let scores = 220 * set_pixels(recipe);
    sum(components.into_iter().chain([nearest, scores]))
}

/// The images that an examination looks at, and the products of the training images that differ.
fn examination_bytes(recipe: &Recipe) -> u64 {
    if recipe.exp == Experiment::Own {
        let fewer = u64::from(recipe.count.min(recipe.pixels()).min(1 << 20));
        return 8 * fewer * fewer + 24 * u64::from(recipe.count);
    }
    if recipe.exp != Experiment::Anomalies {
        return 0;
    }
    let different = different(recipe);
    EXAMINED * u64::from(recipe.pixels()) * 5 / 4 + different * different * 8 + different * 8 * 100
}

/// At most so many training images differ: a turning edge meets each pixel of one side but once.
fn different(recipe: &Recipe) -> u64 {
    u64::from(recipe.count.min(recipe.pixels()).min(1 << 20))
}

fn set_pixels(recipe: &Recipe) -> u64 {
    match recipe.data {
        data::Kind::Lines | data::Kind::Digits | data::Kind::Own => {
            u64::from(recipe.count.min(1 << 20)) * u64::from(recipe.pixels().min(1 << 20))
        }
        data::Kind::Quad => 16,
    }
}

/// What stays of a finished network, as measured: of a census its row on the page and the copy that
/// is counted; of a duel its link, its dot and its error in several lists; of the anomalies its
/// parameters, and the scores of both its examinations; of a set of pictures its parameters and scores.
fn kept_bytes(recipe: &Recipe, model: Model) -> u64 {
    match recipe.exp {
        Experiment::Minima => 60 + 36 * u64::from(recipe.code),
        Experiment::Duel => 1000,
        Experiment::Own => 1000 + 12 * u64::from(recipe.count) + 4 * parameters(recipe, model),
        Experiment::Anomalies => THROUGH * (4 * EXAMINED + 4000) + 12 * parameters(recipe, model) + 2000,
        _ => 0,
    }
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

/// The training set, a byte and a bit for each pixel, and what is made of it on the way. A set of pictures is held by who
/// brings it and by the run, learned by networks, components and neighbours.
fn data_bytes(recipe: &Recipe) -> u64 {
    set_pixels(recipe).saturating_mul(if recipe.exp == Experiment::Own { 6 } else { 3 })
}

/// Networks in training: their parameters, gradient and two moments, the first weights and the copies
/// that are shown; the activations and their derivatives of a batch, and those of all images when
/// figures look at them; two losses for every epoch, in a list that grows by doubling. Four networks
/// of a census stand side by side.
fn training_bytes(recipe: &Recipe) -> u64 {
    let beside = if recipe.exp == Experiment::Minima { 4 } else { 1 };
    let network = parameters(recipe, Model::Variational).saturating_mul(4 * 8);
    let width = widths(recipe).iter().sum::<u64>();
    let activations = 2 * 4 * width * u64::from(recipe.batch);
    let [_, l1, code, l3] = widths(recipe);
    let shown = 12 * (l1 + 2 * code + l3) * u64::from(recipe.count);
    let losses = 40 * u64::from(recipe.epochs);
    sum([network.saturating_add(activations) * beside, shown, losses].into_iter())
}
