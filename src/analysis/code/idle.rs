//! What of a network lies idle on its images: relus that are dead, numbers of the code that say nothing, codes that merged,
//! pixels that are saturated; and whether it has learned more than the mean image. Each with what to try.
//!
//! [`Diagnosis`](super::diagnosis::Diagnosis) names the one reason for a high error; this looks at any network, also at one
//! whose error is low beside that of half planes because its images are much alike.

use super::diagnosis::SATURATED;
use crate::autoencoder::{Activation, Network};
use crate::data::Images;
use crate::num::math::exp;
use crate::num::matrix::{own, slices};
use crate::num::order;
use ndarray::Array2;
use std::fmt;

/// A number of the code whose mean KL divergence is below this, in nats, tells no two images apart.
const NOTHING: f32 = 0.01;
/// A pixel whose images lie within this of one another has nothing to learn.
const STILL: f32 = 0.1;
/// An error above this share of the mean image's says that little has been learned.
const LITTLE: f32 = 0.9;

/// Something that lies idle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Idle {
    /// Neurons of L1 that fire for no image.
    DeadInL1 {
        /// How many.
        dead: u32,
        /// Of how many.
        of: u32,
    },
    /// Numbers of a variational code whose posterior is the prior, whatever the image.
    Collapsed {
        /// How many.
        numbers: u32,
        /// Of how many.
        of: u32,
    },
    /// Different images that share their code with another one exactly.
    Merged {
        /// How many.
        images: u32,
        /// Of how many.
        of: u32,
    },
    /// Neurons of L3 that fire for no image.
    DeadInL3 {
        /// How many.
        dead: u32,
        /// Of how many.
        of: u32,
    },
    /// Pixels that stand at 0 or 1 whatever the image, though the images differ there.
    Saturated {
        /// How many.
        pixels: u32,
        /// Of how many in which the images differ.
        of: u32,
    },
    /// The error is hardly below that of the mean image.
    Little {
        /// Its share of that error, in hundredths.
        percent: u32,
    },
}

impl Idle {
    /// What of a network lies idle on images, in the order of its layers; nothing of what is as it should be, nor of images
    /// that are all the same.
    pub fn of(network: &Network, images: &Images) -> Vec<Idle> {
        let different = images.different();
        if different.len() < 2 {
            return Vec::new();
        }
        let mut seen = Seen::new(network);
        // Some at a time, which bounds the memory it takes.
        different.chunks(64).for_each(|some| seen.see(network, images, some));
        seen.idle(different.len() as u32)
    }

    /// Whether it keeps the network from learning: half of a layer or more, or all that it was to learn.
    pub fn is_grave(&self) -> bool {
        match *self {
            Idle::DeadInL1 { dead: n, of }
            | Idle::DeadInL3 { dead: n, of }
            | Idle::Collapsed { numbers: n, of } => 2 * n >= of,
            Idle::Merged { images: n, of } | Idle::Saturated { pixels: n, of } => 10 * n >= of,
            Idle::Little { .. } => true,
        }
    }
}

/// The finding, and what to try, as one sentence.
impl fmt::Display for Idle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Idle::DeadInL1 { dead, of } => write!(
                f,
                "Dead in L1: {dead} of {of} neurons fire for no picture, so no gradient reaches them; try a smaller learning rate, another seed, or a narrower L1 if the loss is low"
            ),
            Idle::DeadInL3 { dead, of } => write!(
                f,
                "Dead in L3: {dead} of {of} neurons fire for no picture, so no gradient reaches them; try a smaller learning rate, another seed, or a narrower L3 if the loss is low"
            ),
            Idle::Collapsed { numbers, of } => write!(
                f,
                "Collapsed: {numbers} of {of} numbers of the code say the same of every picture, their divergence from the prior is next to nothing; try a smaller β, a warm-up of β, or a narrower code"
            ),
            Idle::Merged { images, of } => write!(
                f,
                "Tied at the code: {images} of {of} different pictures share a code with another one exactly; try another seed, a wider L1 or a smaller learning rate"
            ),
            Idle::Saturated { pixels, of } => write!(
                f,
                "Saturated: {pixels} of {of} pixels stand at 0 or 1 whatever the picture, where next to no gradient is left; try a smaller learning rate"
            ),
            Idle::Little { percent } => write!(
                f,
                "Little learned: the error is {percent} % of that of the mean picture; try more epochs, a larger learning rate, a wider code, or a smaller β"
            ),
        }
    }
}

/// What was seen of all images so far.
struct Seen {
    fires: [Vec<bool>; 2],
    /// Sums of the KL divergence by number of the code; empty for a classical network.
    kl: Vec<f64>,
    codes: Vec<Vec<f32>>,
    /// By pixel, the lowest and the highest output and image.
    outputs: Vec<(f32, f32)>,
    values: Vec<(f32, f32)>,
    /// By pixel, the sums of the image and of its square; and of all squared residuals.
    sums: Vec<(f64, f64)>,
    residuals: f64,
}

impl Seen {
    fn new(network: &Network) -> Seen {
        let sizes = network.architecture();
        let pixels = sizes.n_pixels;
        let variational = sizes.layers().log_var.is_some();
        Seen {
            fires: [vec![false; sizes.l1], vec![false; sizes.l3]],
            kl: vec![0.0; if variational { sizes.code } else { 0 }],
            codes: Vec::new(),
            outputs: vec![(1.0, 0.0); pixels],
            values: vec![(1.0, 0.0); pixels],
            sums: vec![(0.0, 0.0); pixels],
            residuals: 0.0,
        }
    }

    fn see(&mut self, network: &Network, images: &Images, some: &[u32]) {
        let codes = network.encode(images, some);
        let l3 = own(network.decode_hidden(codes.mean.view()));
        for (values, fires) in [network.hidden(images, some), l3].iter().zip(&mut self.fires) {
            see_firing(values, fires);
        }
        if let Some(log_vars) = &codes.log_var {
            for (mean, log_var) in slices(&codes.mean).zip(slices(log_vars)) {
                for ((sum, &mu), &v) in self.kl.iter_mut().zip(mean).zip(log_var) {
                    *sum += f64::from(0.5 * (mu * mu + exp(v) - 1.0 - v));
                }
            }
        }
        self.codes.extend(slices(&codes.mean).map(<[f32]>::to_vec));
        let outputs = network.reconstruct(images, some, Activation::Sigmoid);
        for (&index, row) in some.iter().zip(slices(&outputs)) {
            self.see_pixels(images.values(index as usize), row);
        }
    }

    fn see_pixels(&mut self, image: impl Iterator<Item = f32>, row: &[f32]) {
        for (p, (x, &y)) in image.zip(row).enumerate() {
            widen(&mut self.outputs[p], y);
            widen(&mut self.values[p], x);
            let (x, residual) = (f64::from(x), f64::from(y) - f64::from(x));
            self.sums[p].0 += x;
            self.sums[p].1 += x * x;
            self.residuals += residual * residual;
        }
    }

    fn idle(&self, count: u32) -> Vec<Idle> {
        let dead = |fires: &[bool]| fires.iter().filter(|&&fires| !fires).count() as u32;
        let [l1, l3] = &self.fires;
        let limit = f64::from(NOTHING) * f64::from(count);
        let collapsed = self.kl.iter().filter(|&&kl| kl < limit).count() as u32;
        let (saturated, lively) = self.saturated();
        let all = [
            (dead(l1), Idle::DeadInL1 { dead: dead(l1), of: l1.len() as u32 }),
            (collapsed, Idle::Collapsed { numbers: collapsed, of: self.kl.len() as u32 }),
            (self.merged(), Idle::Merged { images: self.merged(), of: count }),
            (dead(l3), Idle::DeadInL3 { dead: dead(l3), of: l3.len() as u32 }),
            (saturated, Idle::Saturated { pixels: saturated, of: lively }),
        ];
        let found = all.into_iter().filter(|(n, _)| *n > 0).map(|(_, idle)| idle);
        found.chain(self.little(count)).collect()
    }

    /// Images whose code another one has, too.
    fn merged(&self) -> u32 {
        let codes = order::sorted_by(&self.codes, |a, b| a < b);
        let shared = codes.chunk_by(|a, b| a == b).map(<[_]>::len).filter(|&n| n > 1);
        shared.fold(0, |sum, n| sum + n as u32)
    }

    /// Pixels that stand still though the images do not, and pixels in which these differ.
    fn saturated(&self) -> (u32, u32) {
        let pixels = self.outputs.iter().zip(&self.values);
        let lively = pixels.filter(|(_, (low, high))| high - low > STILL);
        lively.fold((0, 0), |(still, all), (&(low, high), _)| {
            (still + u32::from(high < SATURATED || low > 1.0 - SATURATED), all + 1)
        })
    }

    fn little(&self, count: u32) -> Option<Idle> {
        let n = f64::from(count);
        let spread = self.sums.iter().fold(0.0, |sum, &(x, squares)| sum + (squares - x * x / n));
        let share = self.residuals / spread;
        (spread > 0.0 && share > f64::from(LITTLE))
            .then_some(Idle::Little { percent: (100.0 * share + 0.5) as u32 })
    }
}

fn see_firing(values: &Array2<f32>, fires: &mut [bool]) {
    for image in slices(values) {
        for (fires, &value) in fires.iter_mut().zip(image) {
            *fires |= value > 0.0;
        }
    }
}

fn widen((low, high): &mut (f32, f32), value: f32) {
    *low = if value < *low { value } else { *low };
    *high = if value > *high { value } else { *high };
}
