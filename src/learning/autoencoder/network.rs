//! A trained network: encode, decode, reconstruct.

use super::inputs::Inputs;
use super::trainer::transpose;
use super::{Architecture, Layer};
use crate::data::Images;
use crate::nn::{binary, dense};
use crate::num::lanes::SAMPLES;
use crate::num::matrix::{WrongShape, expect_width, flat, own, owned, shaped, slices};
use crate::num::residual::mean_squared_error;
use crate::num::{Number, Real, math};
use ndarray::{Array2, ArrayView2};
use wide::f32x4;

/// What stands at the end of the decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// The one it was trained with.
    Sigmoid,
    /// 1 for a positive pre-activation, else 0: the paper's cure for blur, after training only.
    Heaviside,
}

impl Activation {
    fn apply<T: Real>(self, a: T) -> T {
        match self {
            Activation::Sigmoid => math::sigmoid(a),
            Activation::Heaviside => T::splat(1.0).where_positive(a),
        }
    }
}

/// The codes of some images, each `[images, code]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Codes {
    /// The code of a classical network, μ of a variational one.
    pub mean: Array2<f32>,
    /// log σ² of a variational network; a classical one has none.
    pub log_var: Option<Array2<f32>>,
}

impl Codes {
    /// σ = exp(½ log σ²), `[images, code]`; a classical network has none.
    pub fn sigma(&self) -> Option<Array2<f32>> {
        let of = |log_var: &Array2<f32>| {
            let sigma = flat(log_var).into_iter().map(|v| math::exp(0.5 * v)).collect();
            owned([log_var.nrows(), log_var.ncols()], sigma)
        };
        self.log_var.as_ref().map(of)
    }
}

/// A network that is not being trained. It computes with the kernels of training, so what it shows
/// is, bit for bit, what training saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    architecture: Architecture,
    parameters: Vec<f32>,
}

impl Network {
    /// From parameters in the order of [`Architecture::layers`].
    ///
    /// # Panics
    ///
    /// Unless there are [`Architecture::n_parameters`] of them.
    pub fn new(architecture: Architecture, parameters: Vec<f32>) -> Network {
        assert_eq!(parameters.len(), architecture.n_parameters(), "parameters must fit their architecture");
        Network { architecture, parameters }
    }

    /// Its sizes.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Its weights and biases.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// The weights `[n_in, n_out]` and biases `[n_out]` of one of its layers.
    pub fn layer(&self, layer: &Layer) -> (ArrayView2<'_, f32>, &[f32]) {
        let (weights, biases) = self.numbers(layer);
        (shaped([layer.n_in, layer.n_out], weights), biases)
    }

    /// The same as the kernels take them, weights row by row.
    fn numbers(&self, layer: &Layer) -> (&[f32], &[f32]) {
        (&self.parameters[layer.weights.clone()], &self.parameters[layer.biases.clone()])
    }

    /// L1 after its relu, `[images, l1]`.
    pub fn hidden(&self, images: &Images, indices: &[u32]) -> Array2<f32> {
        to_rows(&self.l1_values(images, indices), indices.len().div_ceil(SAMPLES), indices.len())
    }

    /// The same, `[l1, groups]`.
    fn l1_values(&self, images: &Images, indices: &[u32]) -> Vec<f32x4> {
        let (w, b) = self.numbers(&self.architecture.layers().l1);
        let mut h1 = vec![f32x4::splat(0.0); b.len() * indices.len().div_ceil(SAMPLES)];
        let mut scratch = vec![f32x4::splat(0.0); binary::SCRATCH_LEN];
        Inputs::<f32>::default().forward((images, indices), (w, b), &mut h1, &mut scratch);
        dense::relu(&mut h1);
        h1
    }

    /// The codes of the images named by `indices`.
    pub fn encode(&self, images: &Images, indices: &[u32]) -> Codes {
        let layers = self.architecture.layers();
        let groups = indices.len().div_ceil(SAMPLES);
        let h1 = self.l1_values(images, indices);
        let head = |layer: &Layer| {
            let (w, b) = self.numbers(layer);
            let mut out = vec![f32x4::splat(0.0); b.len() * groups];
            dense::forward(w, b.len(), b, &h1, groups, &mut out);
            to_rows(&out, groups, indices.len())
        };
        Codes { mean: head(&layers.code), log_var: layers.log_var.as_ref().map(head) }
    }

    /// L3 after its relu for codes `[n, code]`; `[n, l3]`.
    ///
    /// # Errors
    ///
    /// [`WrongShape`] for codes of another width.
    pub fn decode_hidden(&self, codes: ArrayView2<'_, f32>) -> Result<Array2<f32>, WrongShape> {
        let (h3, groups) = self.l3_values(codes)?;
        Ok(to_rows(&h3, groups, codes.nrows()))
    }

    fn l3_values(&self, codes: ArrayView2<'_, f32>) -> Result<(Vec<f32x4>, usize), WrongShape> {
        let layers = self.architecture.layers();
        let (width, groups) = (layers.code.n_out, codes.nrows().div_ceil(SAMPLES));
        expect_width("codes", width, &codes)?;
        let mut z = vec![f32x4::splat(0.0); width * groups];
        transpose(&flat(&codes), width, width, groups, &mut z);
        let (w, b) = self.numbers(&layers.l3);
        let mut h3 = vec![f32x4::splat(0.0); b.len() * groups];
        dense::forward(w, b.len(), b, &z, groups, &mut h3);
        dense::relu(&mut h3);
        Ok((h3, groups))
    }

    /// The images `[n, pixels]` of codes `[n, code]`, values in 0 to 1.
    ///
    /// # Errors
    ///
    /// [`WrongShape`] for codes of another width.
    ///
    /// ```
    /// use bottleneck::autoencoder::{Activation, Architecture, Biases, Model, Network};
    /// use bottleneck::ndarray::array;
    ///
    /// let paper = Architecture { model: Model::Classical, n_pixels: 4, l1: 2, code: 1, l3: 2, biases: Biases::All };
    /// let network = Network::new(paper, vec![0.0; 29]);
    /// let images = network.decode(array![[-1.0], [1.0]].view(), Activation::Sigmoid)?;
    /// assert_eq!(images, array![[0.5; 4], [0.5; 4]]);
    ///
    /// let error = network.decode(array![[-1.0, 1.0]].view(), Activation::Sigmoid).unwrap_err();
    /// assert_eq!(error.to_string(), "codes: expected the shape [n, 1], found [1, 2]");
    /// # Ok::<(), bottleneck::num::matrix::WrongShape>(())
    /// ```
    pub fn decode(
        &self,
        codes: ArrayView2<'_, f32>,
        activation: Activation,
    ) -> Result<Array2<f32>, WrongShape> {
        let layers = self.architecture.layers();
        let (h3, groups) = self.l3_values(codes)?;
        let (w, b) = self.numbers(&layers.output);
        let mut y = vec![f32x4::splat(0.0); b.len() * groups];
        dense::forward(w, b.len(), b, &h3, groups, &mut y);
        for value in &mut y {
            *value = activation.apply(*value);
        }
        Ok(to_rows(&y, groups, codes.nrows()))
    }

    /// The images named by `indices`, through the mean code and back; `[images, pixels]`.
    pub fn reconstruct(&self, images: &Images, indices: &[u32], activation: Activation) -> Array2<f32> {
        own(self.decode(self.encode(images, indices).mean.view(), activation))
    }

    /// The squared residual of each image, a mean over its pixels, at the mean code.
    pub fn squared_errors(&self, images: &Images, activation: Activation) -> Vec<f32> {
        let all: Vec<u32> = (0..images.count() as u32).collect();
        let mut errors = Vec::with_capacity(all.len());
        for indices in all.chunks(EVALUATED_AT_A_TIME) {
            let outputs = self.reconstruct(images, indices, activation);
            for (&index, output) in indices.iter().zip(slices(&outputs)) {
                errors.push(mean_squared_error(images.values(index as usize), output));
            }
        }
        errors
    }

    /// The largest |y − x| of any pixel of any image, at the mean code.
    pub fn largest_error(&self, images: &Images, activation: Activation) -> f32 {
        let all: Vec<u32> = (0..images.count() as u32).collect();
        let outputs = flat(&self.reconstruct(images, &all, activation));
        let errors = outputs.iter().zip(all.iter().flat_map(|&i| images.values(i as usize)));
        let errors = errors.map(|(y, x)| (y - x).abs());
        errors.fold(0.0, |largest, error| if error > largest { error } else { largest })
    }

    /// The mean squared error over all images, at the mean code.
    pub fn mse(&self, images: &Images, activation: Activation) -> f32 {
        let errors = self.squared_errors(images, activation);
        let sum = errors.iter().map(|&e| f64::from(e)).sum::<f64>();
        (sum / errors.len() as f64) as f32
    }
}

/// Images evaluated at a time, which bounds the memory it takes.
const EVALUATED_AT_A_TIME: usize = 64;

/// `[units, groups]` of samples to `[samples, units]` numbers.
fn to_rows(values: &[f32x4], groups: usize, samples: usize) -> Array2<f32> {
    let units = values.len().checked_div(groups).unwrap_or(0);
    let mut rows = vec![0.0; samples * units];
    for (unit, row) in values.chunks_exact(groups.max(1)).enumerate() {
        for (g, &four) in row.iter().enumerate() {
            for (k, value) in f32::scatter(four).into_iter().enumerate() {
                if let Some(slot) = rows.get_mut((SAMPLES * g + k) * units + unit) {
                    *slot = value;
                }
            }
        }
    }
    owned([samples, units], rows)
}
