//! The recipe: one plain value that determines a run completely, and its checked twin.

use std::ops::Deref;

use serde::Serialize;

use super::keys;
use super::{Digest, Experiment, Workload};
use crate::autoencoder::{Biases, Model};
use crate::data::{Kind, Span};
use crate::error::Error;
use crate::nn::{Init, Loss, Optimiser};

/// The digits: this many pixels across, so many of them.
const DIGITS_SIDE: u32 = 8;
const DIGITS_COUNT: u32 = 1797;

/// The most networks of a census that is trained in pieces: fewer than there are seeds.
pub const MOST_IN_PIECES: u32 = 4_000_000_000;

/// Which set of pictures, and how it is split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Set {
    /// The digest of a set that somebody brings; `None` for the digits.
    pub images: Option<Digest>,
    /// The label of the normal pictures; empty where these have none.
    pub normal: String,
    /// The share of them, in percent, that nobody learns.
    pub holdout: u32,
}

/// Everything that determines a run. Ranges, units and what each field does are in [`keys`].
///
/// A plain value: change the fields at will, then [`check`](Recipe::check) the whole.
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::{Experiment, Recipe};
///
/// let recipe = Recipe { seed: 7, ..Recipe::default_of(Experiment::Classical) }.check()?;
/// assert_eq!(recipe.batches_per_epoch(), 32); // 1,000 images in batches of 32, the last of 8
/// assert_eq!(recipe.n_parameters(), 1024 * 2 + 2 + 2 + 1 + 2 + 2 + 2 * 1024 + 1024);
/// # Ok::<(), bottleneck::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recipe {
    /// The experiment, which sets the defaults of the rest.
    pub exp: Experiment,
    /// Which training set.
    pub data: Kind,
    /// The set of pictures, of `exp=own` alone.
    #[serde(flatten)]
    pub set: Option<Set>,
    /// Side of a square image in pixels.
    pub side: u32,
    /// Number of training images; of a set of pictures, of all that are in it.
    pub count: u32,
    /// The range of the angles.
    pub span: Span,
    /// Seed of the training set; of a set of pictures, of what is held out.
    pub dataseed: u32,
    /// Classical or variational; classical, and without meaning, where both are trained.
    pub model: Model,
    /// Neurons in L1.
    pub l1: u32,
    /// Numbers in the bottleneck.
    pub code: u32,
    /// Neurons in L3.
    pub l3: u32,
    /// Which layers have biases.
    pub bias: Biases,
    /// How weights begin.
    pub init: Init,
    /// How a gradient becomes a step.
    pub opt: Optimiser,
    /// Learning rate.
    pub lr: f32,
    /// Images per step; the last batch of an epoch may be smaller.
    pub batch: u32,
    /// Passes over the training set.
    pub epochs: u32,
    /// The reconstruction loss.
    pub loss: Loss,
    /// Weight of the KL term relative to the loss per pixel; 0 for a classical network.
    pub beta: f32,
    /// Epochs over which β rises from 0 to its value; see [`Warmup`](crate::run::setup::Warmup).
    pub warmup: u32,
    /// Seed of the (first) network.
    pub seed: u32,
    /// Number of networks, of each kind where both are trained; network k uses seed + k, modulo 2³².
    pub networks: u32,
}

impl Recipe {
    /// What an experiment runs where a link says nothing else.
    pub fn default_of(exp: Experiment) -> Recipe {
        Recipe::default_with(exp, exp.data(), exp.model())
    }

    /// The defaults of an experiment on other data, or with another model.
    ///
    /// | field              | `lines`                  | `quad`                   | `digits`  | `own`     |
    /// |--------------------|--------------------------|--------------------------|-----------|-----------|
    /// | `side`, `count`    | 32, 1,000                | 2, 4                     | 8, 1,797  | 32, 1,000 |
    /// | `l1`, `code`, `l3` | 2, 1, 2                  | 2, 1, 2                  | 32, 8, 32 | 32, 8, 32 |
    /// | `lr`, `batch`      | 0.001, 32                | 0.01, 4                  | 0.001, 32 | 0.001, 32 |
    /// | `epochs`           | 1,500                    | 1,000                    | 300       | 300       |
    /// | `beta`             | 1e-4, classical alone: 0 | 0.01, classical alone: 0 | as `lines` | as `lines` |
    /// | `normal`           |                          |                          | `0`       | no label  |
    ///
    /// The rest depends on the experiment alone, or on nothing.
    pub fn default_with(exp: Experiment, data: Kind, model: Model) -> Recipe {
        let variational = exp.trains_both() || model == Model::Variational;
        let (side, count, lr, batch, epochs, beta) = match data {
            Kind::Lines => (32, 1000, 1e-3, 32, 1500, 1e-4),
            Kind::Quad => (2, 4, 1e-2, 4, 1000, 1e-2),
            Kind::Digits => (DIGITS_SIDE, DIGITS_COUNT, 1e-3, 32, 300, 1e-4),
            Kind::Own => (32, 1000, 1e-3, 32, 300, 1e-4),
        };
        let is_set = matches!(data, Kind::Digits | Kind::Own);
        let (l1, code, l3) = if is_set { (32, 8, 32) } else { (2, 1, 2) };
        let normal = if data == Kind::Digits { "0" } else { "" };
        let set = Set { images: None, normal: normal.into(), holdout: 25 };
        Recipe {
            exp,
            data,
            set: (exp == Experiment::Own).then_some(set),
            side,
            count,
            span: Span::Half,
            dataseed: 1,
            model,
            l1,
            code,
            l3,
            bias: Biases::All,
            init: Init::Glorot,
            opt: Optimiser::Adam,
            lr,
            batch,
            epochs,
            loss: Loss::Mse,
            beta: if variational { beta } else { 0.0 },
            warmup: 0,
            seed: 1,
            networks: exp.networks(),
        }
    }

    /// The value of each field that a link of this recipe leaves unsaid: the experiment's own data
    /// and model, and for the rest the defaults that go with *this* recipe's data and model, the
    /// batch capped at its number of images.
    pub fn defaults(&self) -> Recipe {
        let rest = Recipe::default_with(self.exp, self.data, self.model).canonical(self.count);
        Recipe { data: self.exp.data(), model: self.exp.model(), ..rest }
    }

    /// Checks the whole recipe once.
    ///
    /// Two fields are brought to the one form that links write: `batch` is capped at `count`, and a
    /// negative zero of `beta` loses its sign.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`], [`Error::UnusedKey`] or [`Error::Combination`] for the first field, in
    /// the order of the table, that breaks its rule; [`Error::Workload`] where the whole would take
    /// more work or memory than [`Workload::check`] allows.
    ///
    /// # Examples
    ///
    /// ```
    /// use bottleneck::recipe::{Experiment, Recipe};
    ///
    /// let recipe = Recipe { lr: 50.0, ..Recipe::default_of(Experiment::Inside) };
    /// let refusal = recipe.check().unwrap_err().to_string();
    /// assert_eq!(refusal, "lr=50 is out of range: it takes a number from 1e-6 to 10");
    /// ```
    pub fn check(self) -> Result<CheckedRecipe, Error> {
        for key in keys::TABLE {
            key.check(&self)?;
        }
        self.check_set()?;
        let count = self.count;
        let recipe = self.canonical(count);
        Workload::of(&recipe).check(&recipe)?;
        Ok(CheckedRecipe(recipe))
    }

    /// Checks a recipe whose networks are trained in pieces: of a census as many as [`MOST_IN_PIECES`], for what counts
    /// is what one network costs. Of everything else as [`check`](Self::check).
    ///
    /// # Errors
    ///
    /// Those of [`check`](Self::check).
    pub fn check_in_pieces(self) -> Result<CheckedRecipe, Error> {
        let networks = self.networks;
        if self.exp != Experiment::Minima || networks == 0 {
            return self.check();
        }
        if networks > MOST_IN_PIECES {
            return Err(Error::OutOfRange {
                key: "networks".into(),
                value: networks.to_string(),
                rule: format!("a whole number from 1 to {MOST_IN_PIECES}, trained in pieces"),
            });
        }
        let CheckedRecipe(one) = Recipe { networks: 1, ..self }.check()?;
        Ok(CheckedRecipe(Recipe { networks, ..one }))
    }

    /// The models that one seed of this recipe trains, in the order in which they are digested.
    pub fn models(&self) -> &'static [Model] {
        match (self.exp.trains_both(), self.model) {
            (true, _) => &[Model::Classical, Model::Variational],
            (false, Model::Classical) => &[Model::Classical],
            (false, Model::Variational) => &[Model::Variational],
        }
    }

    /// The seed of network `k`: `seed + k`, modulo 2³².
    pub fn seed_of(&self, k: u32) -> u32 {
        self.seed.wrapping_add(k)
    }

    /// Pixels of an image, `side²`.
    pub fn pixels(&self) -> u32 {
        self.side.saturating_mul(self.side)
    }

    fn canonical(self, count: u32) -> Recipe {
        let beta = if self.beta == 0.0 { 0.0 } else { self.beta };
        let set = self.set.filter(|_| self.exp == Experiment::Own);
        Recipe { batch: self.batch.min(count), beta, set, ..self }
    }

    /// A set that is brought has a digest, and each of the digits a label.
    fn check_set(&self) -> Result<(), Error> {
        if self.exp != Experiment::Own {
            return Ok(());
        }
        let set = self.set.as_ref();
        if self.data == Kind::Own && set.is_none_or(|set| set.images.is_none()) {
            return Err(Error::MissingKey { key: "images", rule: keys::DIGEST_RULE });
        }
        let normal = set.map_or("", |set| &set.normal);
        if self.data == Kind::Digits && !matches!(normal.as_bytes(), [b'0'..=b'9']) {
            let rule = "the labels of data=digits are 0 to 9".into();
            return Err(Error::Combination { key: "normal".into(), value: normal.into(), rule });
        }
        Ok(())
    }
}

/// A recipe that was checked as a whole; training takes nothing else.
///
/// Reads as a [`Recipe`]; made by [`Recipe::check`] only.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckedRecipe(Recipe);

impl Deref for CheckedRecipe {
    type Target = Recipe;

    fn deref(&self) -> &Recipe {
        &self.0
    }
}

impl CheckedRecipe {
    /// The plain value again, to be changed and checked anew.
    pub fn into_inner(self) -> Recipe {
        self.0
    }

    /// Steps of one epoch, `⌈count / batch⌉`.
    pub fn batches_per_epoch(&self) -> u32 {
        self.count.div_ceil(self.batch)
    }

    /// Parameters of one network of the recipe's model (of the classical one, where both are
    /// trained).
    pub fn n_parameters(&self) -> u32 {
        self.n_parameters_of(self.model)
    }

    /// Parameters of one network of the given model: all layers' weights and biases, those that
    /// `bias=last` holds at zero included.
    pub fn n_parameters_of(&self, model: Model) -> u32 {
        let n = super::workload::parameters(&self.0, model);
        // The ranges of the table keep this below 2²².
        u32::try_from(n).unwrap_or(u32::MAX)
    }

    /// The same run, ended after so many of its epochs.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for none, and [`Error::Workload`] for more than a link may ask for.
    pub fn ended_after(&self, epochs: u32) -> Result<CheckedRecipe, Error> {
        Recipe { epochs, ..self.0.clone() }.check()
    }

    /// What the whole run costs.
    pub fn workload(&self) -> Workload {
        Workload::of(&self.0)
    }

    /// The recipe that trains network `k` of the given model on its own, to the same bits.
    ///
    /// A network of the census is shown in `inside`, one of a duel or of the anomalies in
    /// `classical` or `variational`; one that learns a set of pictures stays where it is.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] where there is no network `k`.
    ///
    /// # Examples
    ///
    /// ```
    /// use bottleneck::autoencoder::Model;
    /// use bottleneck::recipe::{Link, Experiment, Recipe};
    ///
    /// let census = Recipe::default_of(Experiment::Minima).check()?;
    /// let network = census.alone(41, Model::Classical)?;
    /// assert_eq!(Link::from(network).to_string(), "v=1&exp=inside&seed=42");
    /// # Ok::<(), bottleneck::Error>(())
    /// ```
    pub fn alone(&self, k: u32, model: Model) -> Result<CheckedRecipe, Error> {
        if k >= self.networks {
            return Err(Error::OutOfRange {
                key: "networks".into(),
                value: k.to_string(),
                rule: format!("a network from 0 to {}", self.networks - 1),
            });
        }
        let exp = match (self.exp, model) {
            (Experiment::Minima, _) => Experiment::Inside,
            (Experiment::Duel | Experiment::Anomalies, Model::Classical) => Experiment::Classical,
            (Experiment::Duel | Experiment::Anomalies, Model::Variational) => Experiment::Variational,
            (single, _) => single,
        };
        let (beta, warmup) = if model == Model::Classical { (0.0, 0) } else { (self.beta, self.warmup) };
        Recipe { exp, model, beta, warmup, seed: self.seed_of(k), networks: 1, ..self.0.clone() }.check()
    }
}
