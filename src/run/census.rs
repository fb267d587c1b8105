//! A census: many networks of one recipe on the four 2×2 images, and what each ended as.

use super::{Course, setup};
use crate::analysis::quad::cause::{Cause, cause};
use crate::analysis::quad::outcome::{Ending, Outcome, ending};
use crate::analysis::quad::partition::Partition;
use crate::analysis::quad::trace::Trace;
use crate::autoencoder::{Learn, Network};
use crate::data::Images;
use crate::error::Error;
use crate::num::matrix::flat;
use crate::recipe::merkle::{Hash, Span};
use crate::recipe::{CheckedRecipe, Digest};
use wide::f32x4;

/// What one network ended as.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its label, and the images that come out alike.
    pub ending: Ending,
    /// Why it is not solved.
    pub cause: Cause,
    /// The mean squared error after the last step, at the mean code.
    pub loss: f32,
    /// The mean codes of the four images, one after the other: without their shape, which would be most of what an entry
    /// of a million takes.
    pub codes: Box<[f32]>,
    /// The digest of its parameters, which is the `check` of its own link; zeros once diverged.
    pub digest: Digest,
}

/// Some networks of a census, trained in order of their numbers.
///
/// Network `k` has seed `seed + k` and is, bit for bit, the network that its own link
/// ([`CheckedRecipe::alone`]) trains, whatever stands beside it: four are trained side by side where
/// the batch holds all four images and more than one is left, else one after the other.
///
/// ```
/// use bottleneck::recipe::{Experiment, Recipe};
/// use bottleneck::run::Census;
///
/// let recipe = Recipe { epochs: 100, ..Recipe::default_of(Experiment::Minima) }.check()?;
/// let mut census = Census::new(recipe, 0, 6)?;
/// census.train(u32::MAX);
/// assert!(census.is_done() && census.entries().len() == 6);
/// # Ok::<(), bottleneck::Error>(())
/// ```
pub struct Census {
    recipe: CheckedRecipe,
    images: Images,
    first: u32,
    count: u32,
    training: Option<Training>,
    entries: Vec<Entry>,
    history: History,
}

/// The networks that are being trained.
enum Training {
    One(Box<Course<f32>>),
    Four(Box<Course<f32x4>>),
}

/// How many networks had each label at certain epochs.
#[derive(Clone, Debug, Default)]
struct History {
    epochs: Vec<u32>,
    /// `[epochs, labels]`.
    counts: Vec<u32>,
}

impl Census {
    /// Networks `first … first + count − 1` of a recipe, before their first step.
    ///
    /// # Errors
    ///
    /// [`Error::NotOfKind`] for a training set that is not the four 2×2 images, [`Error::OutOfRange`]
    /// for networks that the recipe does not have.
    pub fn new(recipe: CheckedRecipe, first: u32, count: u32) -> Result<Census, Error> {
        let images = setup::images(&recipe);
        if images.n_pixels() != 4 || images.count() != 4 {
            return Err(Error::NotOfKind {
                key: "exp".into(),
                value: recipe.exp.name().into(),
                rule: "an experiment on the four 2×2 images: only their networks are sorted by how they end"
                    .into(),
            });
        }
        if first.checked_add(count).is_none_or(|end| end > recipe.networks) {
            return Err(Error::OutOfRange {
                key: "networks".into(),
                value: u64::from(first).saturating_add(u64::from(count)).to_string(),
                rule: "no more networks than the recipe has".into(),
            });
        }
        let entries = Vec::with_capacity(count as usize);
        Ok(Census { recipe, images, first, count, training: None, entries, history: History::default() })
    }

    /// The same, counting labels also whenever one of these epochs is finished; ascending.
    pub fn with_history(mut self, epochs: &[u32]) -> Census {
        self.history =
            History { epochs: epochs.to_vec(), counts: vec![0; epochs.len() * Outcome::ALL.len()] };
        self
    }

    /// Takes at most `steps` steps, each of up to four networks side by side.
    pub fn train(&mut self, steps: u32) {
        let mut left = steps;
        while left > 0 && !self.is_done() {
            let mut training = self.training.take().unwrap_or_else(|| self.start());
            let finished = match &mut training {
                Training::One(course) => self.advance(course, &mut left),
                Training::Four(course) => self.advance(course, &mut left),
            };
            if !finished {
                self.training = Some(training);
            }
        }
    }

    fn start(&self) -> Training {
        let next = self.first + self.entries.len() as u32;
        let model = self.recipe.models()[0];
        // Three empty places beside a last network would cost as much as networks in them.
        let is_alone = self.count as usize - self.entries.len() == 1;
        if self.recipe.batches_per_epoch() == 1 && !is_alone {
            Training::Four(Box::new(Course::new(&self.recipe, model, next, &self.images)))
        } else {
            Training::One(Box::new(Course::new(&self.recipe, model, next, &self.images)))
        }
    }

    /// Trains until the steps or the epochs are used up; true when these networks are finished.
    fn advance<N: Learn>(&mut self, course: &mut Course<N>, left: &mut u32) -> bool {
        let networks = N::NETWORKS.min(self.count as usize - self.entries.len());
        while course.epochs() < self.recipe.epochs {
            if *left == 0 {
                return false;
            }
            let epochs = (self.next_look(course.epochs()) - course.epochs()).min(*left);
            let unseen = course.epochs_unseen(&self.images, epochs);
            *left -= if unseen { epochs } else { 1 };
            if unseen || course.step(&self.images) {
                self.remember(course, networks);
            }
        }
        for k in 0..networks {
            let entry = self.judge(course, k);
            self.entries.push(entry);
        }
        true
    }

    /// The next epoch of the history, or the last of all.
    fn next_look(&self, epoch: u32) -> u32 {
        let epochs = &self.history.epochs;
        let next = epochs.get(epochs.partition_point(|&at| at <= epoch));
        next.map_or(self.recipe.epochs, |&at| at.min(self.recipe.epochs))
    }

    /// Counts labels at an epoch of the history.
    fn remember<N: Learn>(&mut self, course: &Course<N>, networks: usize) {
        let epoch = course.epochs();
        if let Ok(at) = self.history.epochs.binary_search(&epoch) {
            for k in 0..networks {
                let outcome = self.ending_of(course, k).0.outcome;
                self.history.counts[at * Outcome::ALL.len() + outcome as usize] += 1;
            }
        }
    }

    fn ending_of<N: Learn>(&self, course: &Course<N>, k: usize) -> (Ending, Network, Trace) {
        let network = course.network(k);
        let trace = Trace::of(&network, &self.images);
        let ending = match diverged(course, k) {
            true => Ending { outcome: Outcome::Diverged, partition: Partition::APART },
            false => ending(trace.outputs.view(), trace.code.view()),
        };
        (ending, network, trace)
    }

    fn judge<N: Learn>(&self, course: &Course<N>, k: usize) -> Entry {
        let (ending, network, trace) = self.ending_of(course, k);
        let digest = match ending.outcome {
            Outcome::Diverged => Digest([0; 8]),
            _ => Digest::of_parameters(network.parameters()),
        };
        Entry {
            ending,
            cause: cause(&network, &trace, ending),
            loss: trace.mse(),
            codes: flat(&trace.code).into(),
            digest,
        }
    }

    /// Whether all networks are trained.
    pub fn is_done(&self) -> bool {
        self.entries.len() == self.count as usize
    }

    /// The recipe they come from.
    pub fn recipe(&self) -> &CheckedRecipe {
        &self.recipe
    }

    /// The finished networks, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// `[epochs of the history, labels]`, in the order of [`Outcome::ALL`].
    pub fn history(&self) -> &[u32] {
        &self.history.counts
    }
}

/// Whether a loss of network `k` that was seen or, in the end, a parameter was not finite. A loss that is
/// none of the numbers leaves its mark in the parameters for good, by way of the last biases.
fn diverged<N: Learn>(course: &Course<N>, k: usize) -> bool {
    let finite = |x: N| x.of_network(k).is_finite();
    let mut losses = course.losses().iter();
    !losses.all(|loss| finite(loss.reconstruction) && finite(loss.kl)) || !course.is_finite(k)
}

/// The leaf of a network in the tree of its census: nine bytes, its label's number in [`Outcome::ALL`] and its own
/// digest, which is zeros once it has diverged.
pub fn leaf(outcome: Outcome, Digest([a, b, c, d, e, f, g, h]): Digest) -> Hash {
    Hash::of_leaf(&[outcome as u8, a, b, c, d, e, f, g, h])
}

/// The root of a census: of the Merkle tree of RFC 9162 over the [`leaf`] of each network in order of seeds. Its first
/// 64 bits are the `check` of the link.
///
/// Networks may be trained in any number of pieces, anywhere: only their order here counts.
pub fn root(networks: impl Iterator<Item = (Outcome, Digest)>) -> Hash {
    let mut span = Span::starting_at(0);
    networks.for_each(|(outcome, digest)| span.push(leaf(outcome, digest)));
    span.root().expect("it begins with the first")
}
