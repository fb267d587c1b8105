//! Checkpoints of a run, thinned to a budget: from the nearest one before it, any epoch is trained again in no time.

use crate::run::course::{Checkpoint, Course};

/// The most memory that the checkpoints of one run take together, in bytes.
pub const BUDGET: u64 = 32 * 1024 * 1024;

/// Checkpoints at the epochs that a stride divides.
///
/// The stride is a power of two. Where the checkpoints outgrow the budget it doubles, and every other one of them goes;
/// the first, before any step, always stays. So what is kept depends on how far the run has come and on nothing else.
pub struct Timeline {
    /// In the order of epochs.
    kept: Vec<Checkpoint<f32>>,
    stride: u32,
    budget: u64,
}

impl Timeline {
    /// Of a run before its first step. Between two checkpoints lie at least `stride` epochs, rounded up to a power of
    /// two; all together take at most `budget` bytes, unless the first alone takes more.
    pub fn new(first: Checkpoint<f32>, stride: u32, budget: u64) -> Timeline {
        Timeline { kept: vec![first], stride: stride.clamp(1, 1 << 30).next_power_of_two(), budget }
    }

    /// Keeps where a course stands, at the end of an epoch, if that is one to be kept.
    pub fn pass(&mut self, course: &Course<f32>) {
        let epochs = course.epochs();
        let is_new = self.kept.last().is_none_or(|last| last.epochs < epochs);
        if !is_new || !epochs.is_multiple_of(self.stride) {
            return;
        }
        self.kept.push(course.checkpoint());
        while self.bytes() > self.budget && self.kept.len() > 1 {
            self.stride *= 2;
            self.kept.retain(|checkpoint| checkpoint.epochs.is_multiple_of(self.stride));
        }
    }

    /// The last checkpoint that does not lie behind `epoch`.
    pub fn before(&self, epoch: u32) -> &Checkpoint<f32> {
        let behind = self.kept.partition_point(|checkpoint| checkpoint.epochs <= epoch);
        &self.kept[behind.saturating_sub(1)]
    }

    /// How many epochs lie between two checkpoints.
    pub fn stride(&self) -> u32 {
        self.stride
    }

    /// How much memory the checkpoints take.
    pub fn bytes(&self) -> u64 {
        self.kept.iter().map(Checkpoint::bytes).sum::<u64>()
    }
}
