//! The layers of a network and where their numbers stand.

use super::{Biases, Model};
use std::ops::Range;

/// The sizes of an autoencoder.
///
/// `D → L1 (relu) → code → L3 (relu) → D (sigmoid)`; a variational one has two heads after L1,
/// for μ and for log σ².
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Architecture {
    /// Classical or variational.
    pub model: Model,
    /// Pixels of an image, D.
    pub n_pixels: usize,
    /// Neurons in L1.
    pub l1: usize,
    /// Numbers in the code.
    pub code: usize,
    /// Neurons in L3.
    pub l3: usize,
    /// Which layers have a bias; the others' stay at zero and are listed all the same.
    pub biases: Biases,
}

/// Where a dense layer's numbers stand in the flat list of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name in tables and exports.
    pub name: &'static str,
    /// Inputs.
    pub n_in: usize,
    /// Outputs.
    pub n_out: usize,
    /// Its `[n_in, n_out]` weights, row-major.
    pub weights: Range<usize>,
    /// Its `[n_out]` biases, which follow the weights.
    pub biases: Range<usize>,
}

/// All layers of an architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers {
    /// Pixels to L1.
    pub l1: Layer,
    /// L1 to the code; to μ in a variational network.
    pub code: Layer,
    /// L1 to log σ², in a variational network.
    pub log_var: Option<Layer>,
    /// Code to L3.
    pub l3: Layer,
    /// L3 to the pixels.
    pub output: Layer,
}

impl Architecture {
    /// Where each layer's numbers stand: layer after layer from the input to the output (μ before
    /// log σ²), weights before biases. This order is the order of the digest.
    ///
    /// ```
    /// use bottleneck::autoencoder::{Architecture, Biases, Model};
    /// let paper = Architecture { model: Model::Classical, n_pixels: 4, l1: 2, code: 1, l3: 2, biases: Biases::All };
    /// assert_eq!(paper.n_parameters(), 29);
    /// assert_eq!(paper.layers().output.biases, 25..29);
    /// ```
    pub fn layers(&self) -> Layers {
        let mut end = 0;
        let mut layer = |name, n_in: usize, n_out: usize| {
            let weights = end..end + n_in * n_out;
            let biases = weights.end..weights.end + n_out;
            end = biases.end;
            Layer { name, n_in, n_out, weights, biases }
        };
        Layers {
            l1: layer("l1", self.n_pixels, self.l1),
            code: layer("code", self.l1, self.code),
            log_var: match self.model {
                Model::Classical => None,
                Model::Variational => Some(layer("log_var", self.l1, self.code)),
            },
            l3: layer("l3", self.code, self.l3),
            output: layer("output", self.l3, self.n_pixels),
        }
    }

    /// How many numbers a network has.
    pub fn n_parameters(&self) -> usize {
        self.layers().output.biases.end
    }
}

impl Layers {
    /// The layers in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Layer> {
        [Some(&self.l1), Some(&self.code), self.log_var.as_ref(), Some(&self.l3), Some(&self.output)]
            .into_iter()
            .flatten()
    }
}
