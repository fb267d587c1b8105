//! A run as it was after any epoch, while its training stands where it stands.

use super::Timeline;
use crate::data::Images;
use crate::recipe::{CheckedRecipe, Workload};
use crate::run::course::Course;

/// Epochs between two checkpoints take about so many operations, as [`Workload`] reckons them: a few milliseconds.
const OPERATIONS_APART: u64 = 20_000_000;
/// The fewest epochs between two checkpoints, so that keeping one costs little beside the epochs.
const LEAST_APART: u64 = 2;

/// The checkpoints of a course, and a second course of the same run that stands at another epoch of it.
pub struct Replay {
    timeline: Timeline,
    looking: Option<Course<f32>>,
}

impl Replay {
    /// Of one of the networks of a recipe, before its first step, with at most `budget` bytes of checkpoints.
    pub fn new(course: &Course<f32>, recipe: &CheckedRecipe, budget: u64) -> Replay {
        let epochs = u64::from(recipe.epochs) * u64::from(recipe.networks);
        let each = Workload::of(recipe).operations / epochs.max(1);
        let apart = (OPERATIONS_APART / each.max(1)).max(LEAST_APART);
        let stride = u32::try_from(apart).unwrap_or(u32::MAX);
        Replay { timeline: Timeline::new(course.checkpoint(), stride, budget), looking: None }
    }

    /// Training has finished an epoch.
    pub fn pass(&mut self, course: &Course<f32>) {
        self.timeline.pass(course);
    }

    /// The checkpoints.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The course that is shown: another epoch's, or else the one that is trained.
    pub fn shown<'a>(&'a self, training: &'a Course<f32>) -> &'a Course<f32> {
        self.looking.as_ref().unwrap_or(training)
    }

    /// Whether another epoch is shown than where training stands.
    pub fn is_away(&self) -> bool {
        self.looking.is_some()
    }

    /// Goes towards an epoch that training has reached once, from the nearest checkpoint before it, by at most `batches`
    /// mini-batches; false while there are more. `begin` makes a course of the same run at its beginning.
    pub fn towards(
        &mut self,
        epoch: u32,
        batches: u32,
        images: &Images,
        training: &Course<f32>,
        begin: impl FnOnce() -> Course<f32>,
    ) -> bool {
        let from = self.timeline.before(epoch);
        let looking = match &mut self.looking {
            Some(looking) => {
                // Beyond the epoch, if only by a batch, or further from it than the checkpoint.
                let at = (looking.epochs(), looking.batches_shown());
                if at > (epoch, 0) || at < (from.epochs, 0) {
                    looking.restore(from);
                }
                looking
            }
            nothing => {
                let course = nothing.insert(begin());
                course.restore(from);
                course
            }
        };
        for _ in 0..batches {
            if looking.epochs() == epoch {
                break;
            }
            looking.step(images);
        }
        let arrived = looking.epochs() == epoch;
        if arrived && (training.epochs(), training.batches_shown()) == (epoch, 0) {
            self.look_away();
        }
        arrived
    }

    /// Shows where training stands again.
    pub fn look_away(&mut self) {
        self.looking = None;
    }

    /// Takes training back to the epoch that is shown, which is then where it stands; false where it already does.
    pub fn take_back(&mut self, training: &mut Course<f32>) -> bool {
        let Some(looking) = self.looking.take() else { return false };
        let is_back = looking.epochs() < training.epochs();
        if is_back {
            training.restore(&looking.checkpoint());
        }
        is_back
    }
}
