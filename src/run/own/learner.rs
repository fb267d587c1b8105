//! One network that learns the normal pictures of a set.

use super::{Split, network_scores};
use crate::autoencoder::Network;
use crate::data::{Images, PictureSet};
use crate::recipe::CheckedRecipe;
use crate::run::Course;
use crate::run::time::{self, Mark, Replay, Sweep};

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

    /// Network `k` before its first step.
    fn course(&self, k: u32) -> Course<f32> {
        let (recipe, training) = (&self.recipe, &self.training);
        match &self.begin {
            Some(begin) => Course::begun_with(recipe, recipe.model, k, training, vec![begin.clone()]),
            None => Course::new(recipe, recipe.model, k, training),
        }
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
    /// Its number in the run.
    k: u32,
    course: Course<f32>,
    replay: Replay,
    sweep: Option<Sweep>,
    /// The losses of all epochs that were ever finished.
    known: Curve,
    diverged_at: Option<u32>,
    /// Of all pictures, once it is trained.
    scores: Option<Vec<f32>>,
    /// Of all pictures by the network that is shown, when it was asked for them, and where that stood.
    seen: Option<((u32, usize), Vec<f32>)>,
}

impl Learner {
    /// Network `k` of the recipe, before its first step.
    pub fn new(lesson: &Lesson, k: u32) -> Learner {
        let course = lesson.course(k);
        let budget = time::BUDGET / u64::from(lesson.recipe.networks);
        let replay = Replay::new(&course, &lesson.recipe, budget);
        Learner {
            k,
            course,
            replay,
            sweep: None,
            known: Curve::default(),
            diverged_at: None,
            scores: None,
            seen: None,
        }
    }

    /// Trains one batch; true when it was the last of its epoch.
    pub fn step(&mut self, lesson: &Lesson) -> bool {
        let finished = self.course.step(&lesson.training);
        if finished && !self.course.is_finite(0) {
            self.diverged_at = Some(self.course.epochs());
        } else if finished {
            self.replay.pass(&self.course);
            // An epoch that is trained again comes out the same.
            if self.course.epochs() > self.reached() {
                self.know(lesson);
            }
            if self.is_done(lesson) && self.scores.is_none() {
                self.score(lesson);
            }
        }
        finished
    }

    fn score(&mut self, lesson: &Lesson) {
        self.scores = Some(network_scores(&self.course.network(0), &lesson.set));
    }

    fn know(&mut self, lesson: &Lesson) {
        self.known.loss.extend(self.loss());
        if lesson.held_out.count() > 0 {
            self.known.held_out.push(self.course.loss_on(&lesson.held_out));
        }
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

    /// Of all epochs that were ever finished.
    pub fn curve(&self) -> &Curve {
        &self.known
    }

    /// By the trained network.
    pub fn scores(&self) -> Option<&[f32]> {
        self.scores.as_deref()
    }

    /// As training has left it.
    pub fn trained(&self) -> Network {
        self.course.network(0)
    }

    /* ---- other epochs of it ---- */

    /// As it was after the epoch that is shown.
    pub fn network(&self) -> Network {
        self.replay.shown(&self.course).network(0)
    }

    /// By the network that is shown.
    pub fn scores_shown(&mut self, lesson: &Lesson) -> &[f32] {
        let shown = self.replay.shown(&self.course);
        let stand = (shown.epochs(), shown.batches_shown());
        if let (Some(scores), false) = (&self.scores, self.replay.is_away() || !self.is_done(lesson)) {
            return scores;
        }
        let seen = self.seen.take().filter(|(at, _)| *at == stand);
        let seen = seen.unwrap_or_else(|| (stand, network_scores(&shown.network(0), &lesson.set)));
        &self.seen.insert(seen).1
    }

    /// The epoch whose network is shown.
    pub fn shown(&self) -> u32 {
        self.replay.shown(&self.course).epochs()
    }

    /// The last epoch that was ever finished.
    pub fn reached(&self) -> u32 {
        self.known.loss.len() as u32
    }

    /// Whether another epoch is shown than where training stands.
    pub fn is_away(&self) -> bool {
        self.replay.is_away()
    }

    /// See [`Own::look_towards`](super::Own::look_towards).
    pub fn look_towards(&mut self, lesson: &Lesson, epoch: u32, batches: u32) -> bool {
        let (epoch, k) = (epoch.min(self.reached()), self.k);
        self.replay.towards(epoch, batches, &lesson.training, &self.course, || lesson.course(k))
    }

    /// Shows where training stands again.
    pub fn look_away(&mut self) {
        self.replay.look_away();
    }

    /// Training goes on from the epoch that is shown.
    pub fn go_on_from_here(&mut self) {
        if self.replay.take_back(&mut self.course) {
            self.diverged_at = None;
        }
    }

    /// The run ends with an epoch that it has reached; where it stands beyond that, it goes back. What was known of later
    /// ones is of another run.
    pub fn end_after(&mut self, lesson: &Lesson, epoch: u32) {
        if self.epochs() > epoch {
            while !self.look_towards(lesson, epoch, u32::MAX) {}
            self.go_on_from_here();
        }
        self.known.loss.truncate(epoch as usize);
        self.known.held_out.truncate(epoch as usize);
        self.sweep = None;
        if self.diverged_at.is_none() {
            self.score(lesson);
        }
    }

    /// See [`Own::sweep`](super::Own::sweep).
    pub fn sweep(&mut self, lesson: &Lesson, batches: u32) -> u32 {
        let (reached, k) = (self.reached(), self.k);
        let sweep = self.sweep.get_or_insert_with(|| {
            let course = lesson.course(k);
            let network = course.network(0);
            Sweep::new(course, &network, &lesson.training)
        });
        sweep.go(reached, batches, &lesson.training)
    }

    /// What was found in the epochs that were swept.
    pub fn marks(&self) -> Vec<Mark> {
        let Some(sweep) = &self.sweep else { return Vec::new() };
        let losses = &self.known.loss;
        sweep.marks(&losses[..losses.len().min(sweep.epochs() as usize)])
    }
}
