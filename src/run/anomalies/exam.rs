//! One method's scores on every image of the examination.

use super::sets::Sets;
use crate::analysis::stats::roc::{self, Auc};
use crate::data::{HalfPlanes, Images};
use crate::num::matrix::slices;
use crate::num::residual::mean_squared_error;
use ndarray::Array2;

/// An output counts as a line when it is within this of a centred half plane, as a mean over pixels
/// of the absolute difference: 5 % of the pixels of a binary image; a grey pixel counts for the half
/// that it is off.
pub const STILL_A_LINE: f64 = 0.05;

/// Images reconstructed at a time, which bounds the memory it takes.
const AT_A_TIME: usize = 64;

/// What came out of an examination of one method, or of one network of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exam {
    /// Decision scores of the images that set the threshold, in rising order; none where one is not a
    /// number.
    pub threshold: Vec<f32>,
    /// Of the other normal images.
    pub normal: Vec<f32>,
    /// Of the spoilt ones, by condition.
    pub spoilt: Vec<Vec<f32>>,
    /// By condition; `None` where a score was not a number.
    pub auc: Vec<Option<Auc>>,
    /// The share of outputs that are a line, by condition.
    pub lines: Vec<f64>,
}

impl Exam {
    /// Of a method, given as what it makes of images: `[indices, n_pixels]`.
    pub fn of(
        sets: &Sets,
        planes: &HalfPlanes,
        reconstruct: impl Fn(&Images, &[u32]) -> Array2<f32>,
    ) -> Exam {
        let scores = |images: &Images| judge(images, &reconstruct, |_| {});
        let (threshold, normal) = (scores(&sets.threshold), scores(&sets.normal));
        let mut lines = Vec::new();
        let mut spoilt = Vec::new();
        for images in &sets.spoilt {
            let mut still = 0u32;
            spoilt.push(judge(images, &reconstruct, |output| still += u32::from(is_line(planes, output))));
            lines.push(f64::from(still) / images.count() as f64);
        }
        let auc = spoilt.iter().map(|scores: &Vec<f32>| roc::auc(&normal, scores)).collect();
        Exam { threshold: roc::sorted(&threshold).unwrap_or_default(), normal, spoilt, auc, lines }
    }

    /// The threshold above which at most this share of normal scores lies; `None` where there is none.
    pub fn level(&self, false_alarms: f64) -> Option<f32> {
        roc::threshold_of(&self.threshold, false_alarms)
    }
}

/// Whether an output is a line still, see [`STILL_A_LINE`].
pub fn is_line(planes: &HalfPlanes, output: &[f32]) -> bool {
    planes.nearest(output).distance <= STILL_A_LINE
}

/// The scores of all images, each output shown to `look`.
fn judge(
    images: &Images,
    reconstruct: impl Fn(&Images, &[u32]) -> Array2<f32>,
    mut look: impl FnMut(&[f32]),
) -> Vec<f32> {
    let all: Vec<u32> = (0..images.count() as u32).collect();
    let mut scores = Vec::with_capacity(all.len());
    for indices in all.chunks(AT_A_TIME) {
        let outputs = reconstruct(images, indices);
        for (&index, output) in indices.iter().zip(slices(&outputs)) {
            scores.push(score(images.image(index as usize), output));
            look(output);
        }
    }
    scores
}

/// The decision score of a binary image.
pub fn score(image: &[u8], output: &[f32]) -> f32 {
    mean_squared_error(image.iter().map(|&pixel| f32::from(pixel)), output)
}
