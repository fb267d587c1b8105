//! What the four 2×2 images become, layer by layer.

use crate::autoencoder::{Activation, Network};
use crate::data::{Images, QUAD};
use crate::num::matrix::{flat, own};
use crate::num::residual::mean_squared_error;
use ndarray::Array2;

/// Four images in every layer of one network, at the mean code; each `[4, units]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// L1 after its relu.
    pub l1: Array2<f32>,
    /// The code; μ of a variational network.
    pub code: Array2<f32>,
    /// L3 after its relu.
    pub l3: Array2<f32>,
    /// The outputs, 0 to 1.
    pub outputs: Array2<f32>,
}

impl Trace {
    /// Of a network on the images of [`quad`](crate::data::quad).
    ///
    /// # Panics
    ///
    /// With images that are not these four.
    pub fn of(network: &Network, quad: &Images) -> Trace {
        assert!(quad.count() == 4 && quad.n_pixels() == 4, "a trace is of the four 2×2 images");
        let all = [0, 1, 2, 3];
        let code = network.encode(quad, &all).mean;
        Trace {
            l1: network.hidden(quad, &all),
            l3: own(network.decode_hidden(code.view())),
            outputs: network.reconstruct(quad, &all, Activation::Sigmoid),
            code,
        }
    }

    /// The mean squared error of its outputs.
    pub fn mse(&self) -> f32 {
        mean_squared_error(QUAD.into_iter().flatten().map(f32::from), &flat(&self.outputs))
    }
}
