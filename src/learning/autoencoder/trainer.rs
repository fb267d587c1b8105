//! One training step: forwards, backwards, optimiser.

use super::inputs::Inputs;
use super::{Architecture, Biases, Layer, Layers, Model, small};
use crate::data::Images;
use crate::nn::{Init, Loss, Optimiser, binary, dense, init, optimiser, output};
use crate::num::lanes::SAMPLES;
use crate::num::rng::{Purpose, Stream, fill_normal};
use crate::num::{Number, Real, math};

/// What a network learns from, besides images.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How weights are drawn.
    pub init: Init,
    /// Adam or SGD.
    pub optimiser: Optimiser,
    /// Its step size.
    pub learning_rate: f32,
    /// The reconstruction loss, a mean over samples and pixels.
    pub loss: Loss,
    /// Weight of the KL divergence (a mean over samples) beside that mean; [`Trainer::set_beta`] changes it on the way.
    pub beta: f32,
}

/// The sums of a batch's losses over its samples; per network.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Losses<N> {
    /// Over samples and pixels.
    pub reconstruction: N,
    /// Over samples, without β; 0 for a classical network.
    pub kl: N,
}

/// The weights and biases before the first step.
///
/// The layers that both models have are drawn from one stream, in order, so the same seed gives a
/// classical and a variational network the same ones; the head for log σ² has its own stream.
pub fn initial_parameters(architecture: &Architecture, init: Init, seed: u32) -> Vec<f32> {
    let layers = architecture.layers();
    let mut parameters = vec![0.0; architecture.n_parameters()];
    let mut shared = Stream::new(seed, Purpose::Init);
    let mut draw = |layer: &Layer, stream: &mut Stream| {
        init::fill(init, stream, layer.n_in, layer.n_out, &mut parameters[layer.weights.clone()]);
    };
    for layer in [&layers.l1, &layers.code, &layers.l3, &layers.output] {
        draw(layer, &mut shared);
    }
    if let Some(layer) = &layers.log_var {
        draw(layer, &mut Stream::new(seed, Purpose::InitLogVar));
    }
    parameters
}

/// Networks of one architecture in training: one (`N = f32`) or several side by side.
pub struct Trainer<N: Number> {
    layers: Layers,
    biases: Biases,
    /// Whether [`small`] computes its gradients.
    is_small: bool,
    settings: Settings,
    pub(super) parameters: Vec<N>,
    gradient: Vec<N>,
    pub(super) optimiser: optimiser::State<N>,
    pub(super) noise: Vec<Stream>,
    work: Workspace<N>,
}

/// What a step computes on the way, kept so that a step allocates nothing.
///
/// All but the first two are `[units, groups]`.
struct Workspace<N: Number> {
    inputs: Inputs<N>,
    scratch: Vec<N::Samples>,
    h1: Vec<N::Samples>,
    mean: Vec<N::Samples>,
    log_var: Vec<N::Samples>,
    sigma: Vec<N::Samples>,
    noise: Vec<N::Samples>,
    code: Vec<N::Samples>,
    h3: Vec<N::Samples>,
    d_h3: Vec<N::Samples>,
    d_code: Vec<N::Samples>,
    d_log_var: Vec<N::Samples>,
    d_h1: Vec<N::Samples>,
}

impl<N: Number> Workspace<N> {
    fn new(architecture: &Architecture, batch: usize) -> Self {
        let groups = batch.div_ceil(SAMPLES);
        let units = |n: usize| vec![N::Samples::splat(0.0); n * groups];
        let variational = match architecture.model {
            Model::Classical => 0,
            Model::Variational => architecture.code,
        };
        Workspace {
            inputs: Inputs::default(),
            scratch: vec![N::Samples::splat(0.0); output::scratch_len(groups).max(binary::SCRATCH_LEN)],
            h1: units(architecture.l1),
            mean: units(variational),
            log_var: units(variational),
            sigma: units(variational),
            noise: units(variational),
            code: units(architecture.code),
            h3: units(architecture.l3),
            d_h3: units(architecture.l3),
            d_code: units(architecture.code),
            d_log_var: units(variational),
            d_h1: units(architecture.l1),
        }
    }
}

/// The numbers of one layer.
fn part<'a, N>(parameters: &'a [N], layer: &Layer) -> (&'a [N], &'a [N]) {
    (&parameters[layer.weights.clone()], &parameters[layer.biases.clone()])
}

/// The same, to be written to.
fn part_mut<'a, N>(gradient: &'a mut [N], layer: &Layer) -> (&'a mut [N], &'a mut [N]) {
    let both = &mut gradient[layer.weights.start..layer.biases.end];
    both.split_at_mut(layer.weights.len())
}

impl<N: Number> Trainer<N> {
    /// Networks ready for their first step.
    ///
    /// `parameters[k]` and `seeds[k]` belong to network k; `batch` is the largest batch to come.
    ///
    /// # Panics
    ///
    /// Unless there are [`Number::NETWORKS`] of each, of the architecture's size.
    pub fn new(
        architecture: &Architecture,
        settings: Settings,
        batch: usize,
        parameters: &[Vec<f32>],
        seeds: &[u32],
    ) -> Self {
        assert!(parameters.len() == N::NETWORKS && seeds.len() == N::NETWORKS, "one start per network");
        let n = architecture.n_parameters();
        assert!(parameters.iter().all(|p| p.len() == n), "a start must fit its architecture");
        Trainer {
            layers: architecture.layers(),
            biases: architecture.biases,
            is_small: small::fits(architecture, settings.loss),
            settings,
            parameters: (0..n).map(|i| N::per_network(|k| parameters[k][i])).collect(),
            gradient: vec![N::splat(0.0); n],
            optimiser: optimiser::State::new(settings.optimiser, settings.learning_rate, n),
            noise: seeds.iter().map(|&seed| Stream::new(seed, Purpose::Noise)).collect(),
            work: Workspace::new(architecture, batch),
        }
    }

    /// The weight of the KL divergence from the next step on.
    pub fn set_beta(&mut self, beta: f32) {
        self.settings.beta = beta;
    }

    /// The present weights and biases, in the order of [`Architecture::layers`].
    pub fn parameters(&self) -> &[N] {
        &self.parameters
    }

    /// The gradient of the last step, before [`output::gradient_scale`].
    pub fn gradient(&self) -> &[N] {
        &self.gradient
    }

    /// The parameters of network `k`.
    pub fn parameters_of(&self, k: usize) -> Vec<f32> {
        self.parameters.iter().map(|p| p.of_network(k)).collect()
    }

    /// One step on the images named by `indices`; returns the losses before it.
    pub fn step(&mut self, images: &Images, indices: &[u32]) -> Losses<N> {
        self.step_with_noise(images, indices, None)
    }

    /// So many of these steps, if they can be taken faster without knowing the losses: for networks of the paper's
    /// size on the four 2×2 images. Otherwise nothing is done, and the answer is false.
    pub fn steps_unseen(&mut self, images: &Images, indices: &[u32], steps: u32) -> bool {
        let Ok(indices) = <[u32; SAMPLES]>::try_from(indices) else { return false };
        if !self.is_small || images.are_grey() {
            return false;
        }
        if !images.bits_of(&indices).map(|bits| bits[0]).eq(small::SAMPLE_BITS) {
            return false;
        }
        for _ in 0..steps {
            small::differentiate(&self.parameters, &mut self.gradient);
            if self.biases == Biases::Last {
                self.freeze_hidden_biases();
            }
            self.descend(indices.len(), images.n_pixels());
        }
        true
    }

    /// A step of the optimiser along the gradient of `samples` images.
    fn descend(&mut self, samples: usize, n_pixels: usize) {
        let scale = output::gradient_scale(self.settings.loss, samples, n_pixels);
        self.optimiser.step(&mut self.parameters, &self.gradient, scale);
    }

    /// The same with ε given instead of drawn, `[code, groups]`: for comparing with other programs.
    pub fn step_with_noise(
        &mut self,
        images: &Images,
        indices: &[u32],
        noise: Option<&[N::Samples]>,
    ) -> Losses<N> {
        let losses = self.differentiate(images, indices, noise);
        self.descend(indices.len(), images.n_pixels());
        losses
    }

    /// The losses of a batch and their gradient, without a step; ε as in
    /// [`step_with_noise`](Self::step_with_noise).
    pub fn differentiate(
        &mut self,
        images: &Images,
        indices: &[u32],
        noise: Option<&[N::Samples]>,
    ) -> Losses<N> {
        let groups = indices.len().div_ceil(SAMPLES);
        self.draw_noise(groups, noise);
        self.encode(images, indices, groups);
        let kl = self.draw_code(indices.len(), groups);
        let reconstruction = self.decode(images, indices, groups);
        self.backpropagate_decoder(groups);
        self.backpropagate_code(indices.len(), groups);
        self.backpropagate_encoder(groups);
        if self.biases == Biases::Last {
            self.freeze_hidden_biases();
        }
        Losses { reconstruction, kl }
    }

    /// The reconstruction loss of a batch at the mean code, as a step would meet it there: a sum over samples and
    /// pixels. Nothing is learned, and no noise is drawn.
    pub fn evaluate(&mut self, images: &Images, indices: &[u32]) -> N {
        let groups = indices.len().div_ceil(SAMPLES);
        self.work.noise.fill(N::Samples::splat(0.0));
        self.encode(images, indices, groups);
        self.draw_code(indices.len(), groups);
        self.decode(images, indices, groups)
    }

    /// ε of a variational code, from each network's own stream unless it is given.
    fn draw_noise(&mut self, groups: usize, given: Option<&[N::Samples]>) {
        let n = self.layers.log_var.as_ref().map_or(0, |layer| layer.n_out * groups);
        match given {
            Some(noise) => self.work.noise[..n].copy_from_slice(&noise[..n]),
            None => fill_normal::<N>(&mut self.noise, &mut self.work.noise[..n]),
        }
    }

    /// Pixels to L1.
    #[inline(never)]
    fn encode(&mut self, images: &Images, indices: &[u32], groups: usize) {
        let work = &mut self.work;
        let (w, b) = part(&self.parameters, &self.layers.l1);
        let h1 = &mut work.h1[..b.len() * groups];
        work.inputs.forward((images, indices), (w, b), h1, &mut work.scratch);
        dense::relu(h1);
    }

    /// L1 to the code; a variational one is drawn, `z = μ + σ·ε` with `σ = exp(½ log σ²)`, and
    /// costs `KL = −½(1 + log σ² − μ² − σ²)`. Returns the KL's sum over the samples.
    #[inline(never)]
    fn draw_code(&mut self, samples: usize, groups: usize) -> N {
        let work = &mut self.work;
        let h1 = &work.h1[..self.layers.l1.n_out * groups];
        let (w, b) = part(&self.parameters, &self.layers.code);
        let n = b.len() * groups;
        let Some(log_var_layer) = &self.layers.log_var else {
            dense::forward(w, b.len(), b, h1, groups, &mut work.code[..n]);
            return N::splat(0.0);
        };
        dense::forward(w, b.len(), b, h1, groups, &mut work.mean[..n]);
        let (w, b) = part(&self.parameters, log_var_layer);
        dense::forward(w, b.len(), b, h1, groups, &mut work.log_var[..n]);
        let (one, half) = (N::Samples::splat(1.0), N::Samples::splat(0.5));
        let present = presence::<N>(samples, groups);
        let mut kl = N::Samples::splat(0.0);
        for i in 0..n {
            let (mean, log_var) = (work.mean[i], work.log_var[i]);
            let sigma = math::exp(half * log_var);
            work.sigma[i] = sigma;
            work.code[i] = mean + sigma * work.noise[i];
            let divergence = half * ((mean * mean + sigma * sigma) - (one + log_var));
            kl = kl + divergence * present(i % groups);
        }
        N::sum(kl)
    }

    /// The code to the pixels and the loss, with the gradient of the last layer.
    #[inline(never)]
    fn decode(&mut self, images: &Images, indices: &[u32], groups: usize) -> N {
        let work = &mut self.work;
        let (w, b) = part(&self.parameters, &self.layers.l3);
        let h3 = &mut work.h3[..b.len() * groups];
        dense::forward(w, b.len(), b, &work.code[..self.layers.code.n_out * groups], groups, h3);
        dense::relu(h3);
        let (w, b) = part(&self.parameters, &self.layers.output);
        let (dw, db) = part_mut(&mut self.gradient, &self.layers.output);
        let targets = work.inputs.targets(images, indices);
        let batch = output::Batch { hidden: h3, targets, samples: indices.len() };
        let d_hidden = &mut work.d_h3[..self.layers.l3.n_out * groups];
        let out = output::Gradients { dw, db, d_hidden, scratch: &mut work.scratch };
        output::train(self.settings.loss, w, b, &batch, out)
    }

    /// Back through L3 to the code.
    #[inline(never)]
    fn backpropagate_decoder(&mut self, groups: usize) {
        let work = &mut self.work;
        let layer = &self.layers.l3;
        let code = &work.code[..layer.n_in * groups];
        let d_h3 = &mut work.d_h3[..layer.n_out * groups];
        let d_code = &mut work.d_code[..layer.n_in * groups];
        dense::relu_backward(&work.h3, d_h3);
        let (dw, db) = part_mut(&mut self.gradient, layer);
        dense::gradients(code, d_h3, groups, layer.n_out, (dw, db), &mut work.scratch);
        d_code.fill(N::Samples::splat(0.0));
        dense::backward(&self.parameters[layer.weights.clone()], layer.n_out, d_h3, groups, d_code);
    }

    /// Back through the drawing of a variational code: `d_code` becomes the gradient with respect
    /// to μ, `d_log_var` that with respect to log σ², the KL's share included.
    #[inline(never)]
    fn backpropagate_code(&mut self, samples: usize, groups: usize) {
        if self.layers.log_var.is_none() {
            return;
        }
        let kl_weight = N::Samples::splat(self.kl_weight(samples));
        let work = &mut self.work;
        let (one, half) = (N::Samples::splat(1.0), N::Samples::splat(0.5));
        let present = presence::<N>(samples, groups);
        for i in 0..self.layers.code.n_out * groups {
            let (d, sigma) = (work.d_code[i], work.sigma[i]);
            let weight = kl_weight * present(i % groups);
            work.d_code[i] = d + weight * work.mean[i];
            work.d_log_var[i] = half * (d * work.noise[i] * sigma + weight * (sigma * sigma - one));
        }
    }

    /// β, of a mean over samples, relative to the gradients of the reconstruction before [`output::gradient_scale`].
    fn kl_weight(&self, samples: usize) -> f32 {
        let scale = output::gradient_scale(self.settings.loss, samples, self.layers.output.n_out);
        self.settings.beta / (samples as f32 * scale)
    }

    /// Back through the heads and L1 to the pixels' weights.
    #[inline(never)]
    fn backpropagate_encoder(&mut self, groups: usize) {
        let work = &mut self.work;
        let n_l1 = self.layers.l1.n_out;
        let h1 = &work.h1[..n_l1 * groups];
        let d_h1 = &mut work.d_h1[..n_l1 * groups];
        d_h1.fill(N::Samples::splat(0.0));
        let heads = [
            Some((&self.layers.code, &work.d_code)),
            self.layers.log_var.as_ref().map(|l| (l, &work.d_log_var)),
        ];
        for (layer, d) in heads.into_iter().flatten() {
            let d = &d[..layer.n_out * groups];
            let (dw, db) = part_mut(&mut self.gradient, layer);
            dense::gradients(h1, d, groups, layer.n_out, (dw, db), &mut work.scratch);
            dense::backward(&self.parameters[layer.weights.clone()], layer.n_out, d, groups, d_h1);
        }
        dense::relu_backward(h1, d_h1);
        let gradient = part_mut(&mut self.gradient, &self.layers.l1);
        work.inputs.gradients(d_h1, groups, gradient, &mut work.scratch);
    }

    /// With a bias in the last layer only, the others have no gradient and so stay at zero.
    #[inline(never)]
    fn freeze_hidden_biases(&mut self) {
        let last = &self.layers.output;
        for layer in self.layers.iter().filter(|layer| *layer != last) {
            self.gradient[layer.biases.clone()].fill(N::splat(0.0));
        }
    }
}

/// `[samples, stride]` numbers to `[units, groups]` of samples; absent samples are 0.
#[inline(never)]
pub(super) fn transpose<N: Number>(
    rows: &[N],
    stride: usize,
    units: usize,
    groups: usize,
    out: &mut [N::Samples],
) {
    for g in 0..groups {
        for unit in 0..units {
            let sample = |k: usize| rows.get((SAMPLES * g + k) * stride + unit).copied().unwrap_or_default();
            out[unit * groups + g] = N::gather(std::array::from_fn(sample));
        }
    }
}

/// For a group, 1 for each sample that is there and 0 for those a last group lacks.
fn presence<N: Number>(samples: usize, groups: usize) -> impl Fn(usize) -> N::Samples {
    let last = output::present::<N>(samples);
    move |g| {
        if g + 1 == groups { last } else { N::Samples::splat(1.0) }
    }
}
