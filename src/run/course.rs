//! Epochs of shuffled batches: the course of one network, or of several side by side.

use super::setup;
use crate::autoencoder::{Learn, Losses, Model, Network, Trainer, initial_parameters};
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
    model: Model,
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
        Course {
            trainer: Trainer::new(&architecture, setup::settings(recipe), batch, &parameters, &seeds),
            model,
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

    /// The same to the last bit, but with losses only where they cost nothing; true when an epoch is finished.
    pub fn step_unseen(&mut self, images: &Images) -> bool {
        let alone = self.batch == self.order.len();
        if alone && N::step_unseen(&mut self.trainer, images, &self.order) {
            self.epochs += 1;
            return true;
        }
        self.step(images)
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
        self.epochs += 1;
        self.sums = Losses::default();
        self.shown = 0;
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
        let losses = last.reconstruction.network(k).is_finite() && last.kl.network(k).is_finite();
        losses && self.trainer.parameters().iter().all(|p| p.network(k).is_finite())
    }

    /// Network `k` as it is now.
    pub fn network(&self, recipe: &Recipe, k: usize) -> Network {
        Network::new(setup::architecture(recipe, self.model), self.trainer.network(k))
    }
}

/// The seeds of networks `first`, `first + 1`, … that stand side by side.
fn seeds<N: Number>(recipe: &Recipe, first: u32) -> Vec<u32> {
    (0..N::NETWORKS as u32).map(|k| recipe.seed_of(first.wrapping_add(k))).collect()
}
