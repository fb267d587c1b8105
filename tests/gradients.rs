//! The gradient of a training step against central differences of a plain forward pass in f64.
//!
//! The forward pass is written here from the formulas alone and shares nothing with the library but
//! the images and the order of the parameters: loops over single numbers, std's `exp` and `ln`, the
//! losses as means. So a wrong factor, sign or transposition anywhere between the pixels and the
//! gradient shows, through the sampling and the KL divergence included.

use bottleneck::autoencoder::{Architecture, Biases, Model, Settings, Trainer, initial_parameters};
use bottleneck::data::{Images, Span, lines, quad};
use bottleneck::nn::{Init, Loss, Optimiser, output::gradient_scale};
use bottleneck::num::rng::{Purpose, Stream, fill_normal};
use wide::f32x4;

/// Half the distance of a central difference: its own error is then below 1e-9.
const H: f64 = 1e-5;
/// The library computes in f32, whose steps are 6e-8, over sums of up to a few hundred terms of
/// size 1; a missing factor or term would be off by more than a thousandth.
const ABSOLUTE: f64 = 2e-6;
const RELATIVE: f64 = 5e-5;

/// L1, code and L3.
const WIDTHS: [[usize; 3]; 6] = [[2, 1, 2], [1, 1, 1], [3, 2, 5], [8, 4, 3], [2, 3, 2], [16, 1, 16]];

struct Case {
    architecture: Architecture,
    loss: Loss,
    beta: f32,
    images: Images,
    indices: Vec<u32>,
    parameters: Vec<f32>,
    /// `[code, groups]`
    noise: Vec<f32x4>,
}

impl Case {
    fn new(model: Model, [l1, code, l3]: [usize; 3], biases: Biases, loss: Loss, images: &Images) -> Case {
        let architecture = Architecture { model, n_pixels: images.n_pixels(), l1, code, l3, biases };
        let seed = (l1 * 100 + code * 10 + l3) as u32;
        // Every third image, so that order and choice matter; 7 of 20 fill no whole number of groups.
        let indices: Vec<u32> = (0..images.count() as u32).rev().step_by(3).collect();
        let mut noise = vec![f32x4::default(); code * indices.len().div_ceil(4)];
        fill_normal::<f32>(&mut [Stream::new(seed, Purpose::Noise)], &mut noise);
        let mut case = Case {
            parameters: initial_parameters(&architecture, Init::Glorot, seed),
            architecture,
            loss,
            beta: 0.03,
            images: images.clone(),
            indices,
            noise,
        };
        case.move_biases(seed);
        case
    }

    /// Biases begin at zero; those that are learned are moved off it, as they are during training.
    fn move_biases(&mut self, seed: u32) {
        let mut stream = Stream::new(seed, Purpose::Resample);
        let layers = self.architecture.layers();
        for layer in layers.iter() {
            if self.architecture.biases == Biases::All || *layer == layers.output {
                self.parameters[layer.biases.clone()].fill_with(|| 0.6 * stream.uniform() - 0.3);
            }
        }
    }

    fn gradient(&self) -> Vec<f64> {
        let settings = Settings {
            init: Init::Glorot,
            optimiser: Optimiser::Adam,
            learning_rate: 0.01,
            loss: self.loss,
            beta: self.beta,
        };
        let start = vec![self.parameters.clone()];
        let mut trainer = Trainer::<f32>::new(&self.architecture, settings, self.indices.len(), &start, &[1]);
        trainer.differentiate(&self.images, &self.indices, Some(&self.noise));
        let scale = gradient_scale(self.loss, self.indices.len(), self.images.n_pixels());
        trainer.gradient().iter().map(|g| f64::from(g * scale)).collect()
    }

    fn central_difference(&self, parameter: usize) -> f64 {
        let at = |step: f64| {
            let mut parameters: Vec<f64> = self.parameters.iter().map(|&p| f64::from(p)).collect();
            parameters[parameter] += step;
            self.objective(&parameters)
        };
        (at(H) - at(-H)) / (2.0 * H)
    }

    /// The reconstruction loss, a mean over samples and pixels, plus β times the mean KL divergence.
    fn objective(&self, parameters: &[f64]) -> f64 {
        let samples = self.indices.len() as f64;
        let pixels = self.images.n_pixels() as f64;
        (0..self.indices.len())
            .map(|sample| {
                let (reconstruction, kl) = self.losses_of(sample, parameters);
                reconstruction / (samples * pixels) + f64::from(self.beta) * kl / samples
            })
            .sum()
    }

    /// The losses of one sample, summed over pixels and over the numbers of the code.
    fn losses_of(&self, sample: usize, p: &[f64]) -> (f64, f64) {
        let image = self.images.image(self.indices[sample] as usize);
        let white = if self.images.are_grey() { 255.0 } else { 1.0 };
        let x: Vec<f64> = image.iter().map(|&pixel| f64::from(pixel) / white).collect();
        let [l1, code, l3] = [self.architecture.l1, self.architecture.code, self.architecture.l3];
        let (h1, p) = dense(&x, l1, p, relu);
        let (mean, p) = dense(&h1, code, p, |a| a);
        let (z, kl, p) = match self.architecture.model {
            Model::Classical => (mean, 0.0, p),
            Model::Variational => {
                let (log_var, p) = dense(&h1, code, p, |a| a);
                let drawn = |k: usize| mean[k] + (0.5 * log_var[k]).exp() * self.epsilon(k, sample);
                let divergence = |k: usize| -0.5 * (1.0 + log_var[k] - mean[k].powi(2) - log_var[k].exp());
                ((0..code).map(drawn).collect(), (0..code).map(divergence).sum(), p)
            }
        };
        let (h3, p) = dense(&z, l3, p, relu);
        let (y, p) = dense(&h3, x.len(), p, |a| 1.0 / (1.0 + (-a).exp()));
        assert!(p.is_empty(), "all parameters are used");
        let pixel = |(y, x): (&f64, &f64)| match self.loss {
            Loss::Mse => (y - x).powi(2),
            Loss::Bce => -(x * y.ln() + (1.0 - x) * (1.0 - y).ln()),
        };
        (y.iter().zip(&x).map(pixel).sum(), kl)
    }

    fn epsilon(&self, unit: usize, sample: usize) -> f64 {
        let groups = self.indices.len().div_ceil(4);
        f64::from(self.noise[unit * groups + sample / 4].to_array()[sample % 4])
    }

    fn check(&self) {
        let gradient = self.gradient();
        for layer in self.architecture.layers().iter() {
            for i in layer.weights.start..layer.biases.end {
                let frozen = self.is_frozen(i);
                let expected = if frozen { 0.0 } else { self.central_difference(i) };
                let tolerance = if frozen { 0.0 } else { ABSOLUTE + RELATIVE * expected.abs() };
                let found = gradient[i];
                assert!(
                    (found - expected).abs() <= tolerance,
                    "{} parameter {i}: {found:e} instead of {expected:e}; {:?}, {:?}",
                    layer.name,
                    self.architecture,
                    self.loss
                );
            }
        }
    }

    /// A hidden bias of `bias=last`, which stays where it is.
    fn is_frozen(&self, parameter: usize) -> bool {
        let layers = self.architecture.layers();
        let hidden = layers.iter().filter(|layer| **layer != layers.output);
        self.architecture.biases == Biases::Last
            && hidden.into_iter().any(|layer| layer.biases.contains(&parameter))
    }
}

fn relu(a: f64) -> f64 {
    if a > 0.0 { a } else { 0.0 }
}

/// `f(x·W + b)`, and the parameters that come after this layer's.
fn dense<'a>(x: &[f64], n_out: usize, p: &'a [f64], f: impl Fn(f64) -> f64) -> (Vec<f64>, &'a [f64]) {
    let (weights, rest) = p.split_at(x.len() * n_out);
    let (biases, rest) = rest.split_at(n_out);
    let unit = |o: usize| f(biases[o] + (0..x.len()).map(|i| x[i] * weights[i * n_out + o]).sum::<f64>());
    ((0..n_out).map(unit).collect(), rest)
}

/// Levels of every kind, black and white among them; 9 or 25 pixels fill no whole vector.
fn greys(side: u32, count: u32) -> Images {
    let mut stream = Stream::new(side, Purpose::Data);
    let levels = (0..side * side * count)
        .map(|i| if i % 7 == 0 { 255 * (i % 2) as u8 } else { stream.below(256) as u8 });
    Images::of_levels(side, levels.collect())
}

fn check_all(model: Model, loss: Loss) {
    let sets = [quad(), lines(5, 20, Span::Full, 3), greys(3, 20), greys(5, 20)];
    for images in &sets {
        for widths in WIDTHS {
            for biases in [Biases::All, Biases::Last] {
                Case::new(model, widths, biases, loss, images).check();
            }
        }
    }
}

#[test]
fn a_classical_step_follows_the_mean_squared_error() {
    check_all(Model::Classical, Loss::Mse);
}

#[test]
fn a_classical_step_follows_the_cross_entropy() {
    check_all(Model::Classical, Loss::Bce);
}

#[test]
fn a_variational_step_follows_the_mean_squared_error_and_the_kl_divergence() {
    check_all(Model::Variational, Loss::Mse);
}

#[test]
fn a_variational_step_follows_the_cross_entropy_and_the_kl_divergence() {
    check_all(Model::Variational, Loss::Bce);
}

#[test]
fn without_weight_the_kl_divergence_has_no_gradient() {
    let images = lines(5, 20, Span::Full, 3);
    for loss in [Loss::Mse, Loss::Bce] {
        let case = Case::new(Model::Variational, [3, 2, 5], Biases::All, loss, &images);
        Case { beta: 0.0, ..case }.check();
    }
}

#[test]
fn one_seed_gives_both_models_the_same_weights_in_the_layers_they_share() {
    for [l1, code, l3] in WIDTHS {
        for init in [Init::Glorot, Init::He] {
            let architecture =
                |model| Architecture { model, n_pixels: 25, l1, code, l3, biases: Biases::All };
            let start = |model, seed| initial_parameters(&architecture(model), init, seed);
            let (classical, variational) = (start(Model::Classical, 7), start(Model::Variational, 7));
            let (ca, va) =
                (architecture(Model::Classical).layers(), architecture(Model::Variational).layers());
            let pairs = [(&ca.l1, &va.l1), (&ca.code, &va.code), (&ca.l3, &va.l3), (&ca.output, &va.output)];
            for (c, v) in pairs {
                assert_eq!(classical[c.weights.clone()], variational[v.weights.clone()], "{}", c.name);
            }
            let head = va.log_var.expect("a variational network has one");
            assert_ne!(variational[head.weights], variational[va.code.weights.clone()], "a head of its own");
            assert_ne!(classical, start(Model::Classical, 8), "another seed, other weights");
        }
    }
}
