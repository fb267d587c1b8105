//! The methods that a sceptic asks for beside a network, on pictures with greys.

use crate::analysis::baselines::{NearestImage, Pca};
use crate::autoencoder::{Activation, Network};
use crate::data::{Images, Picture, PictureSet};
use crate::num::grey::VALUES;
use crate::num::matrix::slices;
use crate::num::residual::mean_squared_error;

/// A way to reconstruct a picture without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Mean picture and so many principal components; fewer where the training pictures span less.
    Pca(usize),
    /// The nearest training picture.
    NearestImage,
}

/// The plain methods with their names in results, in the order of every table. The mean picture is what no component
/// leaves.
pub const PLAIN: [(&str, Way); 6] = [
    ("mean", Way::Pca(0)),
    ("pca_1", Way::Pca(1)),
    ("pca_2", Way::Pca(2)),
    ("pca_8", Way::Pca(8)),
    ("pca_32", Way::Pca(MOST_COMPONENTS)),
    ("nearest_image", Way::NearestImage),
];

const MOST_COMPONENTS: usize = 32;

/// What the plain methods have learned of some pictures.
pub struct Plain {
    pca: Pca,
    nearest: NearestImage,
}

impl Plain {
    /// Of the pictures of a set at these places; `None` of none. Nothing but the last digits depends on `seed`.
    pub fn fit(set: &PictureSet, training: &[u32], seed: u32) -> Option<Plain> {
        let levels: Vec<u8> =
            training.iter().flat_map(|&i| &set.pictures()[i as usize].levels).copied().collect();
        (!training.is_empty()).then(|| {
            let images = Images::kept_as_levels(set.side(), levels);
            Plain { pca: Pca::fit(&images, MOST_COMPONENTS, seed), nearest: NearestImage::new(&images) }
        })
    }

    /// A picture, given by its levels, as one of the methods makes it, in numbers from 0 to 1; those of components may
    /// leave this range.
    pub fn reconstruct(&self, way: Way, levels: &[u8]) -> Vec<f32> {
        match way {
            Way::Pca(components) => self.pca.reconstruct(levels, components),
            Way::NearestImage => {
                self.nearest.of(levels).into_iter().map(|level| VALUES[usize::from(level)]).collect()
            }
        }
    }

    /// The decision scores of all pictures of a set, in its order.
    pub fn scores(&self, way: Way, set: &PictureSet) -> Vec<f32> {
        set.pictures().iter().map(|picture| self.score(way, &picture.levels)).collect()
    }

    /// The decision score of a picture, given by its levels.
    pub fn score(&self, way: Way, levels: &[u8]) -> f32 {
        score(levels, &self.reconstruct(way, levels))
    }
}

/// The decision scores that a network, trained on pictures of this size, gives all pictures of a set, in its order: through
/// the mean code. As all are taken for greys, the score of a picture does not depend on those beside it.
pub fn network_scores(network: &Network, set: &PictureSet) -> Vec<f32> {
    let of = |pictures: &[Picture]| {
        let levels = pictures.iter().flat_map(|picture| &picture.levels).copied().collect();
        let places: Vec<u32> = (0..).take(pictures.len()).collect();
        let outputs =
            network.reconstruct(&Images::kept_as_levels(set.side(), levels), &places, Activation::Sigmoid);
        let scores = pictures.iter().zip(slices(&outputs));
        scores.map(|(picture, output)| score(&picture.levels, output)).collect::<Vec<f32>>()
    };
    set.pictures().chunks(AT_A_TIME).flat_map(of).collect()
}

/// Pictures reconstructed at a time, which bounds the memory it takes.
const AT_A_TIME: usize = 64;

/// The mean squared residual of a picture, given by its levels, and a reconstruction from 0 to 1.
///
/// ```
/// use bottleneck::run::own::score;
/// assert_eq!(score(&[0, 255], &[0.0, 0.5]), 0.125);
/// ```
pub fn score(levels: &[u8], output: &[f32]) -> f32 {
    mean_squared_error(levels.iter().map(|&level| VALUES[usize::from(level)]), output)
}
