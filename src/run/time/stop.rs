//! When a training ends by itself, before its last epoch.

use crate::error::Error;
use crate::recipe::write_number;
use std::fmt;

/// What ends a training, judged by the mean reconstruction loss of each epoch; whichever comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stop {
    /// The loss is no higher than this.
    pub below: Option<f32>,
    /// It does not fall any more.
    pub stall: Option<Stall>,
}

/// A loss that has not fallen by that share for so many epochs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stall {
    /// Of the loss that was last counted as a fall, above 0 and below 1.
    pub share: f32,
    /// How many epochs are waited for it, at least 1: the patience.
    pub epochs: u32,
}

impl Stop {
    /// Checks the numbers.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] with the name of the number, its value and what it takes.
    pub fn check(&self) -> Result<(), Error> {
        let refused = |key: &str, value: f32, rule: &str| {
            Err(Error::OutOfRange { key: key.into(), value: write_number(value), rule: rule.into() })
        };
        match (self.below, self.stall) {
            // A NaN is neither.
            (Some(below), _) if !(0.0..=1e6).contains(&below) => {
                refused("below", below, "a number from 0 to 1e6")
            }
            (_, Some(stall)) if !(stall.share > 0.0 && stall.share < 1.0) => {
                refused("share", stall.share, "a number above 0 and below 1")
            }
            (_, Some(stall)) if stall.epochs == 0 => refused("patience", 0.0, "a whole number from 1"),
            _ => Ok(()),
        }
    }
}

/// Why a training ended by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ended {
    /// The loss came as low as was asked for.
    Below {
        /// The loss.
        loss: f32,
        /// What was asked for.
        asked: f32,
    },
    /// The loss did not fall any more.
    Stalled(Stall),
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ended::Below { loss, asked } => {
                write!(f, "the loss is {}, no higher than {}", write_number(*loss), write_number(*asked))
            }
            Ended::Stalled(Stall { share, epochs }) => {
                let percent = write_number(100.0 * share);
                write!(f, "the loss has not fallen by {percent} % for {epochs} epochs")
            }
        }
    }
}

/// Looks at one loss after the other.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    stop: Stop,
    /// The loss that was last counted as a fall, and the epoch after which it was.
    fallen: (f32, u32),
    seen: u32,
}

impl Watch {
    /// Having seen the losses of the epochs so far.
    pub fn new(stop: Stop, losses: impl IntoIterator<Item = f32>) -> Watch {
        let mut watch = Watch { stop, fallen: (f32::INFINITY, 0), seen: 0 };
        for loss in losses {
            watch.see(loss);
        }
        watch
    }

    /// The same, having seen these losses only.
    pub fn again(&self, losses: impl IntoIterator<Item = f32>) -> Watch {
        Watch::new(self.stop, losses)
    }

    /// How many losses it has seen.
    pub fn seen(&self) -> u32 {
        self.seen
    }

    /// Sees the loss of the next epoch; gives the reason if training is to end after it.
    pub fn see(&mut self, loss: f32) -> Option<Ended> {
        self.seen += 1;
        let share = self.stop.stall.map_or(0.0, |stall| stall.share);
        if loss <= self.fallen.0 * (1.0 - share) {
            self.fallen = (loss, self.seen);
        }
        match (self.stop.below, self.stop.stall) {
            (Some(asked), _) if loss <= asked => Some(Ended::Below { loss, asked }),
            (_, Some(stall)) if self.seen - self.fallen.1 >= stall.epochs => Some(Ended::Stalled(stall)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(stop: Stop, losses: &[f32]) -> Option<(usize, Ended)> {
        let mut watch = Watch::new(stop, []);
        losses.iter().enumerate().find_map(|(i, &loss)| Some((i + 1, watch.see(loss)?)))
    }

    #[test]
    fn a_loss_that_is_low_enough_ends_it() {
        let stop = Stop { below: Some(0.1), stall: None };
        let found = end(stop, &[0.3, 0.2, 0.1, 0.05]);
        assert_eq!(found, Some((3, Ended::Below { loss: 0.1, asked: 0.1 })));
        assert_eq!(end(stop, &[0.3, f32::NAN, 0.2]), None);
    }

    #[test]
    fn a_loss_that_stalls_ends_it_and_slow_falls_add_up() {
        let stall = Stall { share: 0.1, epochs: 3 };
        let stop = Stop { below: None, stall: Some(stall) };
        // 1.0 counts; 0.95 and 0.92 are no tenth less; 0.90 is.
        assert_eq!(end(stop, &[1.0, 0.95, 0.92, 0.9, 0.9, 0.9]), None);
        assert_eq!(end(stop, &[1.0, 0.95, 0.92, 0.91]), Some((4, Ended::Stalled(stall))));
        let ended = Ended::Stalled(stall).to_string();
        assert_eq!(ended, "the loss has not fallen by 10 % for 3 epochs");
    }

    #[test]
    fn numbers_without_sense_are_refused_by_name() {
        let sentence = |stop: Stop| stop.check().expect_err("no sense").to_string();
        assert!(
            sentence(Stop { below: Some(f32::NAN), stall: None }).starts_with("below=NaN is out of range")
        );
        let stall = |share, epochs| Stop { below: None, stall: Some(Stall { share, epochs }) };
        assert!(sentence(stall(1.0, 3)).starts_with("share=1 "));
        assert!(sentence(stall(0.1, 0)).starts_with("patience=0 "));
    }
}
