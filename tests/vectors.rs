//! Forward passes, gradients and Adam steps against an independent float64 implementation.
//!
//! `data/vectors.json` holds its inputs and results for the four 2×2 images, `data/vectors_grey.json` those for
//! pictures with greys, of whatever sizes it has; each has its conventions in its first field. Being f32, we must agree
//! to a few units in the sixth digit.

use bottleneck::autoencoder::{Activation, Architecture, Biases, Model, Network, Settings, Trainer};
use bottleneck::data::{Images, quad};
use bottleneck::ndarray::Array2;
use bottleneck::nn::{Init, Loss, Optimiser, output::gradient_scale};
use bottleneck::num::matrix::{flat, shaped};
use serde_json::Value;
use wide::f32x4;

/// f32 has a relative precision of 6e-8; a few dozen operations in a row lose about one digit.
const FORWARD: f32 = 1e-6;
/// Gradients are sums of products of those.
const GRADIENT: f32 = 2e-7;
/// Adam divides a gradient by its own size, so a relative error of a small gradient comes through
/// whole; times a learning rate of 0.01 and ten steps.
const AFTER_STEPS: f32 = 2e-5;

const ALL: [u32; 4] = [0, 1, 2, 3];

fn cases() -> Vec<Value> {
    cases_of(include_str!("data/vectors.json"))
}

fn cases_of(text: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(text).expect("vectors are JSON");
    all["cases"].as_array().expect("it has cases").clone()
}

fn flatten(value: &Value, into: &mut Vec<f32>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, into)),
        other => into.push(other.as_f64().expect("a number") as f32),
    }
}

fn numbers(value: &Value) -> Vec<f32> {
    let mut flat = Vec::new();
    flatten(value, &mut flat);
    flat
}

/// The parameters of a case in the order of a digest.
fn parameters(weights: &Value, variational: bool) -> Vec<f32> {
    let names: &[&str] = match variational {
        false => &["W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"],
        true => &["W1", "b1", "Wm", "bm", "Wv", "bv", "W3", "b3", "W4", "b4"],
    };
    names.iter().flat_map(|name| numbers(&weights[*name])).collect()
}

fn architecture(variational: bool) -> Architecture {
    let model = if variational { Model::Variational } else { Model::Classical };
    Architecture { model, n_pixels: 4, l1: 2, code: 1, l3: 2, biases: Biases::All }
}

/// All numbers of a matrix, row by row, judged as [`assert_close`] does.
fn assert_rows_close(found: &Array2<f32>, expected: &[f32], tolerance: f32, what: &str) {
    assert_close(&flat(found), expected, tolerance, what);
}

fn assert_close(found: &[f32], expected: &[f32], tolerance: f32, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= tolerance, "{what}[{i}]: {f} instead of {e}");
    }
}

#[test]
fn forward_passes_agree() {
    for case in cases().iter().filter(|case| case["variational"] == false) {
        let network = Network::new(architecture(false), parameters(&case["weights"], false));
        let name = &case["name"];
        let codes = network.encode(&quad(), &ALL).mean;
        assert_rows_close(
            &network.hidden(&quad(), &ALL),
            &numbers(&case["forward"]["h1"]),
            FORWARD,
            &format!("{name} h1"),
        );
        assert_rows_close(&codes, &numbers(&case["forward"]["z"]), FORWARD, &format!("{name} code"));
        assert_rows_close(
            &network.decode_hidden(codes.view()).expect("codes of its own"),
            &numbers(&case["forward"]["h3"]),
            FORWARD,
            &format!("{name} h3"),
        );
        let y = network.reconstruct(&quad(), &ALL, Activation::Sigmoid);
        assert_rows_close(&y, &numbers(&case["forward"]["y"]), FORWARD, &format!("{name} y"));
    }
}

/// Steps through the case with its own noise.
fn trained(case: &Value, steps: usize) -> (Trainer<f32>, f32, f32) {
    let variational = case["variational"] == true;
    let settings = Settings {
        init: Init::Glorot,
        optimiser: Optimiser::Adam,
        learning_rate: case["adam"]["lr"].as_f64().expect("a number") as f32,
        loss: Loss::Mse,
        beta: case["beta"].as_f64().expect("a number") as f32,
    };
    let start = vec![parameters(&case["weights"], variational)];
    let mut trainer = Trainer::new(&architecture(variational), settings, 4, &start, &[1]);
    let noise = if variational { numbers(&case["eps"]) } else { Vec::new() };
    let mut losses = Default::default();
    for step in 0..steps {
        let noise = noise.get(4 * step..4 * step + 4).map(|n| [f32x4::from([n[0], n[1], n[2], n[3]])]);
        losses = trainer.step_with_noise(&quad(), &ALL, noise.as_ref().map(|n| &n[..]));
    }
    (trainer, losses.reconstruction / 16.0, losses.kl / 4.0)
}

#[test]
fn losses_and_gradients_agree() {
    for case in cases() {
        let name = &case["name"];
        let (trainer, mse, kl) = trained(&case, 1);
        assert_close(
            &[mse, kl],
            &[numbers(&case["mse"])[0], numbers(&case["kl"])[0]],
            FORWARD,
            &format!("{name} losses"),
        );
        let scale = gradient_scale(Loss::Mse, 4, 4);
        let gradient: Vec<f32> = trainer.gradient().iter().map(|g| g * scale).collect();
        let expected = parameters(&case["grad"], case["variational"] == true);
        assert_close(&gradient, &expected, GRADIENT, &format!("{name} gradient"));
    }
}

#[test]
fn adam_steps_agree() {
    for case in cases() {
        let variational = case["variational"] == true;
        for (steps, after) in [(1, "weights_after_1"), (10, "weights_after_10")] {
            let (trainer, ..) = trained(&case, steps);
            let expected = parameters(&case[after], variational);
            assert_close(trainer.parameters(), &expected, AFTER_STEPS, &format!("{} {after}", case["name"]));
        }
    }
}

/// A case of pictures with greys.
struct Grey {
    case: Value,
    architecture: Architecture,
    loss: Loss,
    images: Images,
}

impl Grey {
    fn all() -> Vec<Grey> {
        cases_of(include_str!("data/vectors_grey.json")).into_iter().map(Grey::new).collect()
    }

    fn new(case: Value) -> Grey {
        let whole = |key: &str| case[key].as_u64().unwrap_or_else(|| panic!("{key} is a whole number"));
        let side = whole("side") as u32;
        let architecture = Architecture {
            model: if case["variational"] == true { Model::Variational } else { Model::Classical },
            n_pixels: (side * side) as usize,
            l1: whole("l1") as usize,
            code: whole("code") as usize,
            l3: whole("l3") as usize,
            biases: Biases::All,
        };
        let loss = serde_json::from_value(case["loss"].clone()).expect("a loss");
        let levels = numbers(&case["levels"]).into_iter().map(|level| level as u8).collect();
        Grey { architecture, loss, images: Images::of_levels(side, levels), case }
    }

    fn is_variational(&self) -> bool {
        self.architecture.model == Model::Variational
    }

    fn indices(&self) -> Vec<u32> {
        (0..self.images.count() as u32).collect()
    }

    fn number(&self, key: &str) -> f32 {
        numbers(&self.case[key])[0]
    }

    fn name(&self, what: &str) -> String {
        format!("{} {what}", self.case["name"])
    }

    fn parameters(&self, key: &str) -> Vec<f32> {
        parameters(&self.case[key], self.is_variational())
    }

    /// ε of one step, `[images, code]`; nothing for a classical network.
    fn noise(&self, step: usize) -> Vec<f32> {
        if self.is_variational() { numbers(&self.case["eps"][step]) } else { Vec::new() }
    }

    /// The same as training has it, `[code, groups]`.
    fn noise_in_groups(&self, step: usize) -> Vec<f32x4> {
        let (noise, code, count) = (self.noise(step), self.architecture.code, self.images.count());
        let groups = count.div_ceil(4);
        let value = |k: usize, s: usize| if s < count { noise[s * code + k] } else { 0.0 };
        let units = if noise.is_empty() { 0 } else { code };
        (0..units * groups)
            .map(|i| f32x4::from([0, 1, 2, 3].map(|s| value(i / groups, 4 * (i % groups) + s))))
            .collect()
    }

    /// After some steps on all pictures at once, and the losses before the last of them.
    fn trained(&self, steps: usize) -> (Trainer<f32>, f32, f32) {
        let settings = Settings {
            init: Init::Glorot,
            optimiser: Optimiser::Adam,
            learning_rate: self.number("lr"),
            loss: self.loss,
            beta: self.number("beta"),
        };
        let (start, count) = (vec![self.parameters("weights")], self.images.count());
        let mut trainer = Trainer::new(&self.architecture, settings, count, &start, &[1]);
        let mut losses = Default::default();
        for step in 0..steps {
            losses =
                trainer.step_with_noise(&self.images, &self.indices(), Some(&self.noise_in_groups(step)));
        }
        let outputs = (count * self.images.n_pixels()) as f32;
        (trainer, losses.reconstruction / outputs, losses.kl / count as f32)
    }
}

#[test]
fn forward_passes_of_greys_agree() {
    for grey in Grey::all() {
        let network = Network::new(grey.architecture, grey.parameters("weights"));
        let codes = network.encode(&grey.images, &grey.indices());
        let mut z = codes.mean.clone();
        if let (Some(log_var), Some(sigma)) = (&codes.log_var, codes.sigma()) {
            assert_rows_close(&codes.mean, &numbers(&grey.case["mu"]), FORWARD, &grey.name("mu"));
            assert_rows_close(log_var, &numbers(&grey.case["log_var"]), FORWARD, &grey.name("log_var"));
            z = codes.mean + sigma * shaped([grey.images.count(), grey.architecture.code], &grey.noise(0));
        }
        let y = network.decode(z.view(), Activation::Sigmoid).expect("codes of its width");
        assert_rows_close(&y, &numbers(&grey.case["y"]), FORWARD, &grey.name("y"));
    }
}

#[test]
fn losses_and_gradients_of_greys_agree() {
    for grey in Grey::all() {
        let (trainer, reconstruction, kl) = grey.trained(1);
        let expected = [grey.number("reconstruction_loss"), grey.number("kl")];
        assert_close(&[reconstruction, kl], &expected, FORWARD, &grey.name("losses"));
        let scale = gradient_scale(grey.loss, grey.images.count(), grey.images.n_pixels());
        let gradient: Vec<f32> = trainer.gradient().iter().map(|g| g * scale).collect();
        assert_close(&gradient, &grey.parameters("gradient"), GRADIENT, &grey.name("gradient"));
    }
}

#[test]
fn adam_steps_on_greys_agree() {
    for grey in Grey::all() {
        for (steps, after) in [(1, "weights_after_1"), (10, "weights_after_10")] {
            let (trainer, ..) = grey.trained(steps);
            assert_close(trainer.parameters(), &grey.parameters(after), AFTER_STEPS, &grey.name(after));
        }
    }
}
