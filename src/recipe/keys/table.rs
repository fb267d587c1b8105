//! The table itself: every key of a recipe, in the order in which links write them.

use super::{Choice, DIGEST_RULE, Key, LABEL_RULE, Need, Scale, ValueKind};
use crate::autoencoder::{Biases, Model};
use crate::data::{self, Span};
use crate::nn::{Init, Loss, Optimiser};
use crate::recipe::Experiment::{self, Anomalies, Classical, Duel, Inside, Minima, Own, Variational};

const ALL: &[Experiment] = &Experiment::ALL;
/// Where the four 2×2 images have a meaning, and where the half planes have.
const ON_QUAD: &[Experiment] = &[Classical, Inside, Variational, Minima, Duel];
const ON_LINES: &[Experiment] = &[Classical, Variational, Duel, Anomalies];
/// Where a set of pictures is learned.
const ON_SETS: &[Experiment] = &[Own];
/// Where one model is trained, and where many networks are.
const ONE_MODEL: &[Experiment] = &[Classical, Inside, Variational, Minima, Own];
const MANY_NETWORKS: &[Experiment] = &[Minima, Duel, Anomalies, Own];

const LINES_ONLY: Option<Need> = Some(Need { key: "data", values: &["lines"] });
const BROUGHT_ONLY: Option<Need> = Some(Need { key: "data", values: &["own"] });
/// Data of any size, and data that a seed draws from or splits.
const OF_ANY_SIZE: Option<Need> = Some(Need { key: "data", values: &["lines", "own"] });
const DRAWN: Option<Need> = Some(Need { key: "data", values: &["lines", "digits", "own"] });
const VARIATIONAL_ONLY: Option<Need> = Some(Need { key: "model", values: &["va"] });

/// A choice, with the one enum value it stands for.
macro_rules! choice {
    ($value:literal, $label:literal, $field:ident = $variant:expr) => {
        choice!($value, $label, $field = $variant, ALL)
    };
    ($value:literal, $label:literal, $field:ident = $variant:expr, $allowed:expr) => {
        Choice {
            value: $value,
            label: $label,
            allowed: $allowed,
            is: |recipe| recipe.$field == $variant,
            pick: |recipe| recipe.$field = $variant,
        }
    };
}

/// A numeric kind, with the one field it reads and writes.
macro_rules! range {
    ($kind:ident, $field:ident, $min:expr, $max:expr, $scale:ident) => {
        ValueKind::$kind {
            min: $min,
            max: $max,
            scale: Scale::$scale,
            get: |recipe| recipe.$field,
            set: |recipe, value| recipe.$field = value,
        }
    };
}

/// Every key of a recipe but `exp`, which sets the defaults of these.
pub const TABLE: &[Key] = &[
    Key {
        name: "data",
        label: "Training set",
        help: "What the network learns to copy.",
        unit: None,
        kind: ValueKind::Choice(&[
            choice!("lines", "Half planes", data = data::Kind::Lines, ON_LINES),
            choice!("quad", "The four 2×2 images", data = data::Kind::Quad, ON_QUAD),
            choice!("digits", "Handwritten digits", data = data::Kind::Digits, ON_SETS),
            choice!("own", "A set of your own", data = data::Kind::Own, ON_SETS),
        ]),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "images",
        label: "Set of pictures",
        help: "The digest of the set that somebody brings: no other set is taken.",
        unit: None,
        kind: ValueKind::Digest {
            rule: DIGEST_RULE,
            get: |recipe| recipe.set.as_ref().and_then(|set| set.images),
            set: |recipe, digest| {
                if let Some(set) = &mut recipe.set {
                    set.images = digest;
                }
            },
        },
        used_by: ON_SETS,
        needs: BROUGHT_ONLY,
    },
    Key {
        name: "normal",
        label: "Normal label",
        help: "The label of the normal pictures, which are learned; all others must be found. Pictures without a label where it is left out.",
        unit: None,
        kind: ValueKind::Text {
            rule: LABEL_RULE,
            get: |recipe| recipe.set.as_ref().map_or("", |set| &set.normal),
            set: |recipe, label| {
                if let Some(set) = &mut recipe.set {
                    set.normal = label;
                }
            },
        },
        used_by: ON_SETS,
        needs: None,
    },
    Key {
        name: "holdout",
        label: "Held out",
        help: "The share of the normal pictures that nobody learns: they set the threshold, and judge it.",
        unit: Some("percent"),
        kind: ValueKind::Integer {
            min: 0,
            max: 90,
            scale: Scale::Linear,
            get: |recipe| recipe.set.as_ref().map_or(0, |set| set.holdout),
            set: |recipe, percent| {
                if let Some(set) = &mut recipe.set {
                    set.holdout = percent;
                }
            },
        },
        used_by: ON_SETS,
        needs: None,
    },
    Key {
        name: "side",
        label: "Image side",
        help: "Width and height of an image.",
        unit: Some("pixels"),
        kind: range!(Integer, side, 4, 64, Linear),
        used_by: ALL,
        needs: OF_ANY_SIZE,
    },
    Key {
        name: "count",
        label: "Images",
        help: "How many images the training set has.",
        unit: Some("images"),
        kind: range!(Integer, count, 1, 10_000, Log),
        used_by: ALL,
        needs: OF_ANY_SIZE,
    },
    Key {
        name: "span",
        label: "Range of angles",
        help: "Over 180° each edge appears with one side bright; over 360° with either, and the images form a circle.",
        unit: Some("°"),
        kind: ValueKind::Choice(&[
            choice!("180", "180°, one polarity", span = Span::Half),
            choice!("360", "360°, both polarities", span = Span::Full),
        ]),
        used_by: ALL,
        needs: LINES_ONLY,
    },
    Key {
        name: "dataseed",
        label: "Data seed",
        help: "Draws the angles of the training set, or which pictures are held out; another number, another draw.",
        unit: None,
        kind: range!(Integer, dataseed, 0, u32::MAX, Linear),
        used_by: ALL,
        needs: DRAWN,
    },
    Key {
        name: "model",
        label: "Model",
        help: "A classical autoencoder, or a variational one that adds noise to its code.",
        unit: None,
        kind: ValueKind::Choice(&[
            choice!("ca", "Classical", model = Model::Classical),
            choice!("va", "Variational", model = Model::Variational),
        ]),
        used_by: ONE_MODEL,
        needs: None,
    },
    Key {
        name: "l1",
        label: "Neurons in L1",
        help: "Width of the relu layer between image and code.",
        unit: Some("neurons"),
        kind: range!(Integer, l1, 1, 256, Log),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "code",
        label: "Code size",
        help: "How many numbers pass through the bottleneck.",
        unit: Some("numbers"),
        kind: range!(Integer, code, 1, 32, Log),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "l3",
        label: "Neurons in L3",
        help: "Width of the relu layer between code and image.",
        unit: Some("neurons"),
        kind: range!(Integer, l3, 1, 256, Log),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "bias",
        label: "Biases",
        help: "Which layers add a learned constant to each neuron.",
        unit: None,
        kind: ValueKind::Choice(&[
            choice!("all", "In every layer", bias = Biases::All),
            choice!("last", "In the output layer only", bias = Biases::Last),
        ]),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "init",
        label: "Initial weights",
        help: "How wide the random weights spread before training; He suits relu, Glorot is the common default.",
        unit: None,
        kind: ValueKind::Choice(&[
            choice!("glorot", "Glorot uniform", init = Init::Glorot),
            choice!("he", "He uniform", init = Init::He),
        ]),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "opt",
        label: "Optimiser",
        help: "How a gradient becomes a step: Adam adapts the step of each weight, SGD does not.",
        unit: None,
        kind: ValueKind::Choice(&[
            choice!("adam", "Adam", opt = Optimiser::Adam),
            choice!("sgd", "Gradient descent", opt = Optimiser::Sgd),
        ]),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "lr",
        label: "Learning rate",
        help: "How far each step goes; too small learns slowly, too large jumps about.",
        unit: None,
        kind: range!(Number, lr, 1e-6, 10.0, Log),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "batch",
        label: "Batch",
        help: "How many images share one step; never more than the training set has.",
        unit: Some("images"),
        kind: range!(Integer, batch, 1, 1024, Log),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "epochs",
        label: "Epochs",
        help: "How often training goes through all images.",
        unit: Some("epochs"),
        kind: range!(Integer, epochs, 1, 1_000_000, Log),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "loss",
        label: "Loss",
        help: "What training makes small: the squared difference of pixels, or their cross-entropy.",
        unit: None,
        kind: ValueKind::Choice(&[
            choice!("mse", "Mean squared error", loss = Loss::Mse),
            choice!("bce", "Binary cross-entropy", loss = Loss::Bce),
        ]),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "beta",
        label: "β, weight of the KL term",
        help: "How strongly a variational code is pulled towards N(0, 1), relative to the loss per pixel.",
        unit: None,
        kind: range!(Number, beta, 0.0, 100.0, Log),
        used_by: ALL,
        needs: VARIATIONAL_ONLY,
    },
    Key {
        name: "warmup",
        label: "β warm-up",
        help: "Over so many epochs β rises from 0 to its value, in equal steps: the images first, the order of their codes later.",
        unit: Some("epochs"),
        kind: range!(Integer, warmup, 0, 1_000_000, Log),
        used_by: ALL,
        needs: VARIATIONAL_ONLY,
    },
    Key {
        name: "seed",
        label: "Seed",
        help: "Draws initial weights, order of images and noise; another number, another run.",
        unit: None,
        kind: range!(Integer, seed, 0, u32::MAX, Linear),
        used_by: ALL,
        needs: None,
    },
    Key {
        name: "networks",
        label: "Networks",
        help: "How many networks are trained (of each kind, where two are compared), with seed, seed + 1 and so on.",
        unit: Some("networks"),
        kind: range!(Integer, networks, 1, 1_000_000, Log),
        used_by: MANY_NETWORKS,
        needs: None,
    },
];
