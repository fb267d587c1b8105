//! One network that learns the normal pictures of a set.

use super::{Split, network_scores};
use crate::autoencoder::Network;
use crate::data::{Images, PictureSet};
use crate::recipe::CheckedRecipe;
use crate::run::Course;

/// What all networks of a run learn.
pub struct Lesson {
    pub recipe: CheckedRecipe,
    pub set: PictureSet,
    pub split: Split,
    /// What every network begins with; `None` for what its seed draws.
    begin: Option<Vec<f32>>,
    training: Images,
    held_out: Images,
}

impl Lesson {
    pub fn new(recipe: CheckedRecipe, set: PictureSet, split: Split, begin: Option<Vec<f32>>) -> Lesson {
        let at = |places: &[u32]| {
            let levels = places.iter().flat_map(|&i| &set.pictures()[i as usize].levels).copied();
            Images::of_levels(set.side(), levels.collect())
        };
        let (training, held_out) = (at(&split.training), at(&split.held_out));
        Lesson { recipe, set, split, begin, training, held_out }
    }
}

/// The losses of one network by epoch, each a mean over pictures and pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Of the pictures that are learned, as training met them.
    pub loss: Vec<f32>,
    /// Of those that are held out, at the mean code and at the end of the epoch; empty where none are.
    pub held_out: Vec<f32>,
}

/// A network on its way.
pub struct Learner {
    course: Course<f32>,
    held_out: Vec<f32>,
    diverged_at: Option<u32>,
    /// Of all pictures, once it is trained.
    scores: Option<Vec<f32>>,
}

impl Learner {
    /// Network `k` of the recipe, before its first step.
    pub fn new(lesson: &Lesson, k: u32) -> Learner {
        let (recipe, training) = (&lesson.recipe, &lesson.training);
        let course = match &lesson.begin {
            Some(begin) => Course::begun_with(recipe, recipe.model, k, training, vec![begin.clone()]),
            None => Course::new(recipe, recipe.model, k, training),
        };
        Learner { course, held_out: Vec::new(), diverged_at: None, scores: None }
    }

    /// Trains one batch; true when it was the last of its epoch.
    pub fn step(&mut self, lesson: &Lesson) -> bool {
        let finished = self.course.step(&lesson.training);
        if finished && !self.course.is_finite(0) {
            self.diverged_at = Some(self.course.epochs());
        } else if finished {
            if lesson.held_out.count() > 0 {
                self.held_out.push(self.course.loss_on(&lesson.held_out));
            }
            if self.is_done(lesson) {
                self.scores = Some(network_scores(&self.network(), &lesson.set));
            }
        }
        finished
    }

    /// Nothing is left to train.
    pub fn is_done(&self, lesson: &Lesson) -> bool {
        self.diverged_at.is_some() || self.course.epochs() >= lesson.recipe.epochs
    }

    /// The epoch in which a number stopped being finite.
    pub fn diverged_at(&self) -> Option<u32> {
        self.diverged_at
    }

    /// Finished epochs.
    pub fn epochs(&self) -> u32 {
        self.course.epochs()
    }

    /// Mean reconstruction loss of the last finished epoch.
    pub fn loss(&self) -> Option<f32> {
        self.course.losses().last().map(|losses| losses.reconstruction)
    }

    pub fn curve(&self) -> Curve {
        let loss = self.course.losses().iter().map(|losses| losses.reconstruction).collect();
        Curve { loss, held_out: self.held_out.clone() }
    }

    pub fn scores(&self) -> Option<&[f32]> {
        self.scores.as_deref()
    }

    /// As it is now.
    pub fn network(&self) -> Network {
        self.course.network(0)
    }
}
