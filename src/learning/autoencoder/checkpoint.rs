//! A training as it stands between two steps, so that it can be taken up there again.

use super::Trainer;
use crate::nn::optimiser;
use crate::num::Number;
use crate::num::rng::Stream;

/// All that the steps to come depend on, beside the images: parameters, the optimiser's moments and its step, and where
/// each network's stream of noise stands.
#[derive(Clone, Debug)]
pub struct Checkpoint<N> {
    parameters: Vec<N>,
    optimiser: optimiser::State<N>,
    noise: Vec<Stream>,
}

impl<N: Number> Checkpoint<N> {
    /// How much memory it takes.
    pub fn bytes(&self) -> u64 {
        let numbers = self.parameters.len() + self.optimiser.n_moments();
        (numbers * size_of::<N>() + self.noise.len() * size_of::<Stream>()) as u64
    }
}

impl<N: Number> Trainer<N> {
    /// How it stands now.
    pub fn checkpoint(&self) -> Checkpoint<N> {
        Checkpoint {
            parameters: self.parameters.clone(),
            optimiser: self.optimiser.clone(),
            noise: self.noise.clone(),
        }
    }

    /// Goes to where another trainer of the same networks, with the same settings, stood.
    ///
    /// # Panics
    ///
    /// For a checkpoint of networks of another size.
    pub fn restore(&mut self, checkpoint: &Checkpoint<N>) {
        assert_eq!(self.parameters.len(), checkpoint.parameters.len(), "a checkpoint must fit its networks");
        self.parameters.clone_from(&checkpoint.parameters);
        self.optimiser.clone_from(&checkpoint.optimiser);
        self.noise.clone_from(&checkpoint.noise);
    }
}
