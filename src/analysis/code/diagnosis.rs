//! Why a network that has come to its end reproduces its images badly, judged by what it puts out, and what to try.

use crate::autoencoder::{Activation, Model, Network};
use crate::data::Images;
use crate::num::matrix::{own, slices};
use crate::num::order;
use ndarray::Array2;
use std::fmt;

/// Above this mean squared error a network counts as stuck: on half planes a good one-number code reaches 0.01, a code
/// that carries nothing 0.25 (or about 0.1 where it finds half of the angles).
pub const STUCK_MSE: f32 = 0.03;

/// A loss that fell by at least this share over the last fifth of the epochs was still falling.
const FALLING: f32 = 0.02;
/// A loss whose highest and lowest epoch are within this share of one another has not moved.
const UNMOVED: f32 = 0.01;
/// Outputs that stay within this of one another, whatever the image, are the same to the eye.
const ALIKE: f32 = 0.01;
/// An output this near to 0 or 1 is saturated: what is left of its gradient is a thousandth.
pub(super) const SATURATED: f32 = 1e-3;
/// An output this far off is wrong, and sure of it.
const WRONG: f32 = 0.9;
/// As many wrong outputs, in hundredths of all, are no matter of single pixels.
const MANY_WRONG: u64 = 5;

/// The layer behind which all images are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The first.
    L1,
    /// The code.
    Code,
    /// The one behind the code.
    L3,
    /// The outputs alone.
    Output,
}

/// Why the error is high, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Diagnosis {
    /// Every image comes out the same.
    Alike {
        /// Where they become alike.
        behind: Layer,
        /// The outputs stand at 0 or 1.
        saturated: bool,
        /// What the network is.
        model: Model,
    },
    /// Training ended while the loss was falling: not stuck, but not done.
    Falling {
        /// The share lost over the last fifth of the epochs; `None` after a single one.
        percent: Option<u32>,
    },
    /// The loss has hardly moved at all.
    Unmoved,
    /// The loss moved, but is no lower than after the first epoch.
    NeverFell,
    /// A tenth of the different images or more share one code exactly, and so come out the same.
    Tied {
        /// How many share it.
        sharing: usize,
        /// Of how many.
        of: usize,
    },
    /// Many outputs are wrong and sure of it.
    Wrong {
        /// Of all outputs.
        percent: u32,
    },
    /// The codes differ, but no output passes one half between any two images.
    Unturned,
    /// The codes differ and outputs turn, but the error stays high.
    Blurred,
}

impl Diagnosis {
    /// Of a network that ended with these losses, one for each epoch; `None` where its error on its images is no more
    /// than [`STUCK_MSE`], and where there are no two different ones to be told apart.
    pub fn of(network: &Network, images: &Images, losses: &[f32]) -> Option<Diagnosis> {
        if network.mse(images, Activation::Sigmoid) <= STUCK_MSE {
            return None;
        }
        let different = images.different();
        if different.len() < 2 {
            return None;
        }
        let outputs = Outputs::of(network, images, &different);
        let codes = network.encode(images, &different).mean;
        let model = network.architecture().model;
        let alike = |behind| Diagnosis::Alike { behind, saturated: outputs.is_saturated(), model };
        let sharing = most_alike(&codes);
        Some(if let Some(behind) = alike_behind(network, images, &different, &codes) {
            alike(behind)
        } else if outputs.are_alike() && outputs.is_saturated() {
            alike(Layer::Output)
        } else if let Some(falling) = falling(losses) {
            falling
        } else if is_unmoved(losses) {
            Diagnosis::Unmoved
        } else if losses.first() <= losses.last() {
            Diagnosis::NeverFell
        } else if outputs.are_alike() {
            alike(Layer::Output)
        } else if sharing > 1 && sharing * 10 >= different.len() {
            Diagnosis::Tied { sharing, of: different.len() }
        } else if outputs.wrong_percent() >= MANY_WRONG {
            Diagnosis::Wrong { percent: outputs.wrong_percent() as u32 }
        } else if outputs.any_turns() {
            Diagnosis::Blurred
        } else {
            Diagnosis::Unturned
        })
    }

    /// Whether more of the same training would not help.
    pub fn is_stuck(&self) -> bool {
        !matches!(self, Diagnosis::Falling { .. })
    }

    /// What to try.
    fn remedy(&self) -> &'static str {
        match self {
            Diagnosis::Alike { saturated: true, .. } | Diagnosis::NeverFell | Diagnosis::Wrong { .. } => {
                "try a smaller learning rate"
            }
            Diagnosis::Alike { model: Model::Variational, .. } => "try a smaller β or another seed",
            Diagnosis::Alike { behind: Layer::Output, .. } | Diagnosis::Unturned | Diagnosis::Unmoved => {
                "try more epochs or a larger learning rate"
            }
            Diagnosis::Alike { .. } => "try another seed, more neurons or a smaller learning rate",
            Diagnosis::Falling { .. } => "try more epochs",
            Diagnosis::Tied { .. } => "try another seed or more neurons in L1",
            Diagnosis::Blurred => "try another seed or more neurons in L3",
        }
    }
}

/// The finding, and what to try, as one sentence.
impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Diagnosis::Alike { behind, saturated, .. } => {
                f.write_str("every image comes out the same: ")?;
                f.write_str(match (saturated, behind) {
                    (true, _) => "the outputs stand at 0 or 1, where next to no gradient is left",
                    (false, Layer::L1) => {
                        "L1 says the same of all of them, so nothing of the input gets through"
                    }
                    (false, Layer::Code) => "they all have the same code",
                    (false, Layer::L3) => "L3 says the same of all codes",
                    (false, Layer::Output) => "the codes differ, but the outputs hardly follow them",
                })?;
            }
            Diagnosis::Falling { percent: Some(percent) } => {
                write!(f, "the loss fell by {percent} % over the last fifth of the epochs")?;
            }
            Diagnosis::Falling { percent: None } => {
                f.write_str("one epoch shows nothing of where it goes")?
            }
            Diagnosis::Unmoved => f.write_str("the loss has hardly moved since the first epoch")?,
            Diagnosis::NeverFell => f.write_str("the loss is no lower than after the first epoch")?,
            Diagnosis::Tied { sharing, of } => {
                write!(
                    f,
                    "{sharing} of {of} different images share one code exactly, so the decoder cannot tell them apart"
                )?;
            }
            Diagnosis::Wrong { percent } => {
                write!(
                    f,
                    "{percent} % of the outputs are wrong and stand near 0 or 1, where little gradient is left"
                )?;
            }
            Diagnosis::Unturned => {
                f.write_str("the codes differ, but no pixel passes from dark to light between two images")?;
            }
            Diagnosis::Blurred => {
                f.write_str("the codes differ, but the decoder turns its pixels in a poor order")?;
            }
        }
        write!(f, "; {}", self.remedy())
    }
}

/// The loss at the end against the one a fifth of the epochs before.
fn falling(losses: &[f32]) -> Option<Diagnosis> {
    let last = *losses.last()?;
    let Some(before) = losses.len().checked_sub(1 + losses.len().div_ceil(5)) else {
        return Some(Diagnosis::Falling { percent: None });
    };
    let share = (losses[before] - last) / losses[before];
    (share >= FALLING).then_some(Diagnosis::Falling { percent: Some((100.0 * share + 0.5) as u32) })
}

fn is_unmoved(losses: &[f32]) -> bool {
    let low = losses.iter().fold(f32::INFINITY, |a, &b| if b < a { b } else { a });
    let high = losses.iter().fold(0.0, |a, &b| if b > a { b } else { a });
    high - low <= UNMOVED * high
}

/// The first layer behind which these images are exactly alike.
fn alike_behind(network: &Network, images: &Images, indices: &[u32], codes: &Array2<f32>) -> Option<Layer> {
    let alike = |values: &Array2<f32>| most_alike(values) == indices.len();
    if alike(&network.hidden(images, indices)) {
        Some(Layer::L1)
    } else if alike(codes) {
        Some(Layer::Code)
    } else if alike(&own(network.decode_hidden(codes.view()))) {
        Some(Layer::L3)
    } else {
        None
    }
}

/// The size of the largest set of equal rows.
fn most_alike(values: &Array2<f32>) -> usize {
    let rows: Vec<&[f32]> = slices(values).collect();
    let rows = order::sorted_by(&rows, |a, b| a < b);
    rows.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap_or(0)
}

/// What comes out for some images.
struct Outputs {
    /// The lowest and the highest value of each pixel.
    pixels: Vec<(f32, f32)>,
    all: u64,
    wrong: u64,
}

impl Outputs {
    fn of(network: &Network, images: &Images, indices: &[u32]) -> Outputs {
        let mut outputs = Outputs { pixels: vec![(1.0, 0.0); images.n_pixels()], all: 0, wrong: 0 };
        // Some at a time, which bounds the memory it takes.
        for some in indices.chunks(64) {
            let values = network.reconstruct(images, some, Activation::Sigmoid);
            for (&index, row) in some.iter().zip(slices(&values)) {
                outputs.add(images.values(index as usize), row);
            }
        }
        outputs
    }

    fn add(&mut self, image: impl Iterator<Item = f32>, row: &[f32]) {
        for (((low, high), x), &y) in self.pixels.iter_mut().zip(image).zip(row) {
            *low = if y < *low { y } else { *low };
            *high = if y > *high { y } else { *high };
            self.all += 1;
            self.wrong += u64::from((y - x).abs() > WRONG);
        }
    }

    fn are_alike(&self) -> bool {
        self.pixels.iter().all(|(low, high)| high - low < ALIKE)
    }

    fn is_saturated(&self) -> bool {
        self.pixels.iter().all(|&(low, high)| high < SATURATED || low > 1.0 - SATURATED)
    }

    /// Whether a pixel is dark for one image and light for another.
    fn any_turns(&self) -> bool {
        self.pixels.iter().any(|&(low, high)| low <= 0.5 && high > 0.5)
    }

    /// In hundredths.
    fn wrong_percent(&self) -> u64 {
        100 * self.wrong / self.all.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn equal_rows_are_counted() {
        assert_eq!(most_alike(&array![[1.0, 2.0], [1.0, 2.0], [1.0, 3.0]]), 2);
        assert_eq!(most_alike(&Array2::zeros((0, 2))), 0);
    }

    #[test]
    fn a_loss_falls_while_it_loses_a_fiftieth_in_a_fifth_of_the_epochs() {
        let falls = |losses: &[f32]| falling(losses).is_some();
        assert!(falls(&[0.3]), "nobody can tell after one epoch");
        assert!(falls(&[0.3, 0.2]));
        assert!(!falls(&[0.3, 0.299]));
        assert!(!falls(&[0.3, 0.4]));
        let slowly: Vec<f32> = (0..100).map(|k| 0.3 - 0.001 * k as f32).collect();
        assert!(falls(&slowly));
        let at_rest: Vec<f32> = (0..100).map(|k| if k < 50 { 0.3 } else { 0.2 }).collect();
        assert!(!falls(&at_rest));
    }

    #[test]
    fn a_loss_is_unmoved_only_if_it_never_went_anywhere() {
        assert!(is_unmoved(&[0.25, 0.2501, 0.2499]));
        assert!(!is_unmoved(&[0.25, 0.1, 0.25]), "up and down again");
        assert!(!is_unmoved(&[0.25, 0.24]));
    }
}
