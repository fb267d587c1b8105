//! What the four 2×2 images become, layer by layer.

use crate::autoencoder::{Activation, Network};
use crate::data::{Images, QUAD};

/// Four images in every layer of one network, at the mean code; each `[4, units]`, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// L1 after its relu.
    pub l1: Vec<f32>,
    /// The code; μ of a variational network.
    pub code: Vec<f32>,
    /// L3 after its relu.
    pub l3: Vec<f32>,
    /// The outputs, 0 to 1.
    pub outputs: Vec<f32>,
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
            l3: network.decode_hidden(&code),
            outputs: network.decode(&code, Activation::Sigmoid),
            code,
        }
    }

    /// The mean squared error of its outputs.
    pub fn mse(&self) -> f32 {
        let squares = self.outputs.iter().zip(QUAD.as_flattened()).map(|(&y, &x)| {
            let residual = f64::from(y) - f64::from(x);
            residual * residual
        });
        (squares.sum::<f64>() / 16.0) as f32
    }
}
