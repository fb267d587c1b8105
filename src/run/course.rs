//! Epochs of shuffled batches: the course of one network, or of several side by side.

use super::setup::{self, Warmup};
use crate::autoencoder::{self, Architecture, Learn, Losses, Model, Network, Trainer, initial_parameters};
use crate::data::Images;
use crate::num::Number;
use crate::num::rng::{Purpose, Stream};
use crate::recipe::{CheckedRecipe, Recipe};
use std::ops::Range;

/// Networks on their way through the epochs of a recipe.
///
/// An epoch shows every image once, in a new order for each epoch, in batches of which the last may
/// be smaller and is averaged over its own size. A batch that holds all images keeps their order:
/// there is nothing to shuffle, which is also what lets networks stand side by side.
pub struct Course<N: Learn> {
    trainer: Trainer<N>,
    architecture: Architecture,
    warmup: Warmup,
    shuffle: Stream,
    order: Vec<u32>,
    batch: usize,
    /// Images of the present epoch that were shown.
    shown: usize,
    /// Sums over the present epoch.
    sums: Losses<N>,
    /// Finished epochs.
    epochs: u32,
    /// Means of those whose losses were seen.
    losses: Vec<Losses<N>>,
}

/// A course as it stands between two epochs, so that it can be taken up there again.
#[derive(Clone, Debug)]
pub struct Checkpoint<N> {
    /// Finished epochs.
    pub epochs: u32,
    trainer: autoencoder::Checkpoint<N>,
    shuffle: Stream,
    /// Of the images in the last epoch, from which the next order is drawn; empty where none ever is.
    order: Vec<u32>,
}

impl<N: Number> Checkpoint<N> {
    /// How much memory it takes.
    pub fn bytes(&self) -> u64 {
        size_of::<Self>() as u64 + self.trainer.bytes() + 4 * self.order.len() as u64
    }
}

impl<N: Learn> Course<N> {
    /// Networks `first`, `first + 1`, … of a recipe, before their first step.
    ///
    /// # Panics
    ///
    /// For networks side by side whose batches hold less than all images.
    pub fn new(recipe: &CheckedRecipe, model: Model, first: u32, images: &Images) -> Course<N> {
        let architecture = setup::architecture(recipe, model);
        let draw = |&seed: &u32| initial_parameters(&architecture, recipe.init, seed);
        let parameters = seeds::<N>(recipe, first).iter().map(draw).collect();
        Course::begun_with(recipe, model, first, images, parameters)
    }

    /// The same with each network's parameters given instead of drawn.
    ///
    /// # Panics
    ///
    /// For networks side by side whose batches hold less than all images, and unless there are as
    /// many parameters as such networks have.
    pub fn begun_with(
        recipe: &CheckedRecipe,
        model: Model,
        first: u32,
        images: &Images,
        parameters: Vec<Vec<f32>>,
    ) -> Course<N> {
        let batch = (recipe.batch as usize).min(images.count());
        assert!(N::NETWORKS == 1 || batch == images.count(), "networks side by side see the same batches");
        let architecture = setup::architecture(recipe, model);
        let seeds = seeds::<N>(recipe, first);
        let mut trainer = Trainer::new(&architecture, setup::settings(recipe), batch, &parameters, &seeds);
        let warmup = Warmup::of(recipe);
        trainer.set_beta(warmup.at(0));
        Course {
            trainer,
            architecture,
            warmup,
            shuffle: Stream::new(seeds[0], Purpose::Shuffle),
            order: (0..images.count() as u32).collect(),
            batch,
            shown: 0,
            sums: Losses::default(),
            epochs: 0,
            losses: Vec::new(),
        }
    }

    /// Trains one batch. Returns true when it was the last of its epoch.
    pub fn step(&mut self, images: &Images) -> bool {
        let batch = self.next_batch();
        let losses = N::step(&mut self.trainer, images, &self.order[batch.clone()]);
        self.sums.reconstruction = self.sums.reconstruction + losses.reconstruction;
        self.sums.kl = self.sums.kl + losses.kl;
        self.shown = batch.end;
        let finished = batch.end == self.order.len();
        if finished {
            self.finish_epoch(images);
        }
        finished
    }

    /// So many epochs at once, the same to the last bit but without losses: where an epoch is one step that can be taken
    /// faster without knowing them. Otherwise nothing is done, and the answer is false.
    pub fn epochs_unseen(&mut self, images: &Images, epochs: u32) -> bool {
        let are_steps = self.batch == self.order.len();
        let trained = are_steps && N::steps_unseen(&mut self.trainer, images, &self.order, epochs);
        self.epochs += if trained { epochs } else { 0 };
        trained
    }

    /// The reconstruction loss of other images at the mean code: a mean over images and pixels, of none not a number.
    pub fn loss_on(&mut self, images: &Images) -> N {
        let all: Vec<u32> = (0..images.count() as u32).collect();
        let mut sum = N::splat(0.0);
        for indices in all.chunks(self.batch) {
            sum = sum + N::evaluate(&mut self.trainer, images, indices);
        }
        sum / N::splat(images.count() as f32 * images.n_pixels() as f32)
    }

    /// Where the next batch stands in the order, which is drawn anew for each epoch.
    fn next_batch(&mut self) -> Range<usize> {
        if self.shown == 0 && self.batch < self.order.len() {
            self.shuffle.shuffle(&mut self.order);
        }
        self.shown..(self.shown + self.batch).min(self.order.len())
    }

    fn finish_epoch(&mut self, images: &Images) {
        let count = N::splat(images.count() as f32);
        let n_pixels = N::splat(images.n_pixels() as f32);
        let means = Losses {
            reconstruction: self.sums.reconstruction / (count * n_pixels),
            kl: self.sums.kl / count,
        };
        self.losses.push(means);
        self.begin_epoch(self.epochs + 1);
    }

    /// Stands before the first batch of the epoch that follows `finished` others.
    fn begin_epoch(&mut self, finished: u32) {
        self.epochs = finished;
        self.sums = Losses::default();
        self.shown = 0;
        self.trainer.set_beta(self.warmup.at(finished));
    }

    /// How it stands now, at the end of an epoch.
    ///
    /// # Panics
    ///
    /// In the midst of an epoch.
    pub fn checkpoint(&self) -> Checkpoint<N> {
        assert_eq!(self.shown, 0, "a checkpoint stands between two epochs");
        // Images whose order is never drawn stay as they are.
        let order = if self.batch < self.order.len() { self.order.clone() } else { Vec::new() };
        Checkpoint {
            epochs: self.epochs,
            trainer: self.trainer.checkpoint(),
            shuffle: self.shuffle.clone(),
            order,
        }
    }

    /// Goes to where another course of the same networks stood, on the same images. Losses are kept as far as there.
    pub fn restore(&mut self, checkpoint: &Checkpoint<N>) {
        self.trainer.restore(&checkpoint.trainer);
        self.shuffle.clone_from(&checkpoint.shuffle);
        if !checkpoint.order.is_empty() {
            self.order.clone_from(&checkpoint.order);
        }
        self.losses.truncate(checkpoint.epochs as usize);
        self.begin_epoch(checkpoint.epochs);
    }

    /// Finished epochs.
    pub fn epochs(&self) -> u32 {
        self.epochs
    }

    /// Mean losses of each finished epoch that was seen, as they were met during training.
    pub fn losses(&self) -> &[Losses<N>] {
        &self.losses
    }

    /// Finished batches of the present epoch.
    pub fn batches_shown(&self) -> usize {
        self.shown.div_ceil(self.batch)
    }

    /// Whether all numbers of network `k` are finite.
    pub fn is_finite(&self, k: usize) -> bool {
        let last = self.losses.last().copied().unwrap_or_default();
        let losses = last.reconstruction.of_network(k).is_finite() && last.kl.of_network(k).is_finite();
        losses && self.trainer.parameters().iter().all(|p| p.of_network(k).is_finite())
    }

    /// Network `k` as it is now.
    pub fn network(&self, k: usize) -> Network {
        Network::new(self.architecture, self.trainer.parameters_of(k))
    }
}

/// The seeds of networks `first`, `first + 1`, … that stand side by side.
fn seeds<N: Number>(recipe: &Recipe, first: u32) -> Vec<u32> {
    (0..N::NETWORKS as u32).map(|k| recipe.seed_of(first.wrapping_add(k))).collect()
}
