//! Every fast kernel against a slow one that follows the documented order of its sums: same bits.
//!
//! The slow ones are loops over single numbers, one sample at a time, as a reader would write them
//! from the documentation of `nn::dense`, `nn::binary`, `nn::greys` and `nn::output`.

use bottleneck::nn::output::{Batch, Gradients, Targets, scratch_len};
use bottleneck::nn::{Loss, across, binary, dense, greys, output};
use bottleneck::num::Number;
use bottleneck::num::math::{self, Sigmoid};
use bottleneck::num::rng::{Purpose, Stream};
use std::f32::consts::{LN_2, LOG2_E};
use wide::f32x4;

/// Widths that meet every tile and remainder, and sample counts with whole and partial groups.
const WIDTHS: [usize; 9] = [1, 2, 3, 4, 5, 7, 16, 19, 33];
const SAMPLES: [usize; 6] = [1, 3, 4, 8, 13, 40];

struct Case {
    n_in: usize,
    n_out: usize,
    samples: usize,
    stream: Stream,
}

impl Case {
    fn all() -> impl Iterator<Item = Case> {
        WIDTHS.into_iter().flat_map(|n_in| {
            WIDTHS.into_iter().flat_map(move |n_out| {
                SAMPLES.into_iter().map(move |samples| {
                    let seed = (n_in * 10_000 + n_out * 100 + samples) as u32;
                    Case { n_in, n_out, samples, stream: Stream::new(seed, Purpose::Init) }
                })
            })
        })
    }

    /// Inputs enough for tables of bytes and for vectors of them, with some left over.
    fn many_inputs() -> impl Iterator<Item = Case> {
        [(300, 1), (300, 2), (300, 19), (81, 2)].into_iter().flat_map(|(n_in, n_out)| {
            [1, 8, 27, 32, 40].into_iter().map(move |samples| {
                let stream = Stream::new(samples as u32, Purpose::Init);
                Case { n_in, n_out, samples, stream }
            })
        })
    }

    fn groups(&self) -> usize {
        self.samples.div_ceil(4)
    }

    fn numbers(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| 4.0 * self.stream.uniform() - 2.0).collect()
    }

    /// `[units][samples]`, absent samples 0.
    fn values(&mut self, units: usize) -> Vec<Vec<f32>> {
        (0..units)
            .map(|_| {
                let mut row = self.numbers(self.samples);
                row.resize(4 * self.groups(), 0.0);
                row
            })
            .collect()
    }

    fn bits(&mut self, units: usize) -> Vec<Vec<u8>> {
        (0..self.samples).map(|_| (0..units).map(|_| self.stream.below(2) as u8).collect()).collect()
    }

    /// `[samples][inputs]`, black and white among them.
    fn levels(&mut self) -> Vec<Vec<u8>> {
        let mut level = || {
            [0, 255, self.stream.below(256) as u8, self.stream.below(256) as u8]
                [self.stream.below(4) as usize]
        };
        (0..self.samples).map(|_| (0..self.n_in).map(|_| level()).collect()).collect()
    }

    /// `[units][samples]`, numbers of levels, absent samples 0.
    fn greys(&mut self, units: usize) -> Vec<Vec<f32>> {
        let (samples, groups) = (self.samples, self.groups());
        let levels = Case { n_in: units, stream: self.stream.clone(), ..*self }.levels();
        (0..units)
            .map(|o| {
                (0..4 * groups)
                    .map(|s| if s < samples { f32::from(levels[s][o]) / 255.0 } else { 0.0 })
                    .collect()
            })
            .collect()
    }

    fn name(&self) -> String {
        format!("{} inputs, {} outputs, {} samples", self.n_in, self.n_out, self.samples)
    }
}

fn packed(values: &[Vec<f32>]) -> Vec<f32x4> {
    values
        .iter()
        .flat_map(|row| row.chunks(4))
        .map(|four| f32x4::from([four[0], four[1], four[2], four[3]]))
        .collect()
}

fn unpacked(values: &[f32x4]) -> Vec<f32> {
    values.iter().flat_map(|four| four.to_array()).collect()
}

/// Equal as numbers: +0 and −0 may differ where a sum of absent terms was left out.
fn assert_same(fast: &[f32], slow: &[f32], what: &str) {
    assert_eq!(fast.len(), slow.len(), "{what}");
    for (i, (f, s)) in fast.iter().zip(slow).enumerate() {
        assert!(f == s, "{what}, number {i}: {f:e} instead of {s:e}");
    }
}

/// Lane by lane over the groups, then `(s₀ + s₁) + (s₂ + s₃)`.
fn sum_over_samples(terms: impl Fn(usize) -> f32, groups: usize) -> f32 {
    let lane = |k: usize| (0..groups).fold(0.0, |sum, g| sum + terms(4 * g + k));
    (lane(0) + lane(1)) + (lane(2) + lane(3))
}

#[test]
fn a_dense_layer_follows_its_written_order() {
    for mut case in Case::all() {
        let (n_in, n_out, groups) = (case.n_in, case.n_out, case.groups());
        let (w, b) = (case.numbers(n_in * n_out), case.numbers(n_out));
        let (x, dy) = (case.values(n_in), case.values(n_out));

        let mut y = vec![f32x4::default(); n_out * groups];
        dense::forward(&w, n_out, &b, &packed(&x), groups, &mut y);
        let slow = (0..n_out * 4 * groups).map(|i| {
            let (o, s) = (i / (4 * groups), i % (4 * groups));
            (0..n_in).fold(b[o], |sum, i| sum + w[i * n_out + o] * x[i][s])
        });
        assert_same(&unpacked(&y), &slow.collect::<Vec<_>>(), &format!("forward, {}", case.name()));

        let start = case.values(n_in);
        let mut dx = packed(&start);
        dense::backward(&w, n_out, &packed(&dy), groups, &mut dx);
        let slow = (0..n_in * 4 * groups).map(|j| {
            let (i, s) = (j / (4 * groups), j % (4 * groups));
            (0..n_out).fold(start[i][s], |sum, o| sum + w[i * n_out + o] * dy[o][s])
        });
        assert_same(&unpacked(&dx), &slow.collect::<Vec<_>>(), &format!("backward, {}", case.name()));

        let (mut dw, mut db) = (vec![0.0; n_in * n_out], vec![0.0; n_out]);
        let mut scratch = vec![f32x4::default(); dense::scratch_len(groups)];
        dense::gradients(&packed(&x), &packed(&dy), groups, n_out, (&mut dw, &mut db), &mut scratch);
        let slow =
            (0..n_in * n_out).map(|j| sum_over_samples(|s| x[j / n_out][s] * dy[j % n_out][s], groups));
        assert_same(&dw, &slow.collect::<Vec<_>>(), &format!("weight gradient, {}", case.name()));
        let slow = (0..n_out).map(|o| sum_over_samples(|s| dy[o][s], groups));
        assert_same(&db, &slow.collect::<Vec<_>>(), &format!("bias gradient, {}", case.name()));
    }
}

/// Subsets of four: `(0 + 1) + (2 + 3)`, absent members left out.
fn subset_sum(terms: [Option<f32>; 4]) -> f32 {
    let pair = |a: Option<f32>, b: Option<f32>| match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (one, other) => one.or(other),
    };
    pair(pair(terms[0], terms[1]), pair(terms[2], terms[3])).unwrap_or(0.0)
}

/// Eight inputs, of which `there` are: the sums of the first four and of the others, if there are others, as one sum.
fn byte_sum(term: impl Fn(usize) -> Option<f32>, there: usize) -> f32 {
    let four = |first: usize| subset_sum([0, 1, 2, 3].map(|k| term(first + k)));
    if there > 4 { four(0) + four(4) } else { four(0) }
}

/// Rows of 0 and 1, eight to a byte.
fn packed_bits(rows: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| 2 * byte + bit);
    rows.iter().map(|row| row.chunks(8).map(byte).collect()).collect()
}

#[test]
fn a_layer_of_binary_inputs_follows_its_written_order() {
    for mut case in Case::all().chain(Case::many_inputs()) {
        let (n_in, n_out, groups) = (case.n_in, case.n_out, case.groups());
        let (w, b, x) = (case.numbers(n_in * n_out), case.numbers(n_out), case.bits(n_in));
        let bits = packed_bits(&x);

        let mut scratch = vec![f32x4::default(); binary::SCRATCH_LEN];
        let mut rows = vec![0.0; case.samples * binary::stride(n_out)];
        binary::forward(bits.iter().map(Vec::as_slice), &w, &b, &mut rows, &mut scratch);
        let y: Vec<f32> = rows.chunks(binary::stride(n_out)).flat_map(|row| &row[..n_out]).copied().collect();
        let slow = (0..case.samples * n_out).map(|j| {
            let (s, o) = (j / n_out, j % n_out);
            let term = |i: usize| (i < n_in && x[s][i] == 1).then(|| w[i * n_out + o]);
            (0..n_in.div_ceil(8)).fold(b[o], |sum, i| sum + byte_sum(|k| term(8 * i + k), n_in - 8 * i))
        });
        assert_same(&y, &slow.collect::<Vec<_>>(), &format!("forward, {}", case.name()));

        let dy = case.values(n_out);
        let mut across = vec![0; n_in * groups.div_ceil(2)];
        across::across_samples(bits.iter().map(Vec::as_slice), n_in, &mut across);
        let mut dw = vec![0.0; n_in * n_out];
        binary::weight_gradient(&across, &packed(&dy), groups, &mut dw, &mut scratch);
        let slow = (0..n_in * n_out).map(|j| {
            let (i, o) = (j / n_out, j % n_out);
            let term = |s: usize| (s < case.samples && x[s][i] == 1).then(|| dy[o][s]);
            (0..groups.div_ceil(2))
                .fold(0.0, |sum, h| sum + byte_sum(|k| term(8 * h + k), 4 * groups - 8 * h))
        });
        assert_same(&dw, &slow.collect::<Vec<_>>(), &format!("weight gradient, {}", case.name()));
    }
}

/// A last layer with its numbers, and what [`output::train`] makes of it.
struct LastLayer {
    w: Vec<f32>,
    b: Vec<f32>,
    hidden: Vec<Vec<f32>>,
}

/// What [`output::train`] computes.
struct Trained {
    loss: f32,
    dw: Vec<f32>,
    db: Vec<f32>,
    d_hidden: Vec<f32>,
}

impl LastLayer {
    fn of(case: &mut Case) -> LastLayer {
        let (n_in, n_out) = (case.n_in, case.n_out);
        LastLayer { w: case.numbers(n_in * n_out), b: case.numbers(n_out), hidden: case.values(n_in) }
    }

    fn train(&self, loss: Loss, targets: Targets<f32>, case: &Case) -> Trained {
        let (mut dw, mut db) = (vec![0.0; self.w.len()], vec![0.0; self.b.len()]);
        let mut d_hidden = vec![f32x4::default(); case.n_in * case.groups()];
        let mut scratch = vec![f32x4::default(); scratch_len(case.groups())];
        let batch = Batch { hidden: &packed(&self.hidden), targets, samples: case.samples };
        let out = Gradients { dw: &mut dw, db: &mut db, d_hidden: &mut d_hidden, scratch: &mut scratch };
        let loss = output::train::<f32>(loss, &self.w, &self.b, &batch, out);
        Trained { loss, dw, db, d_hidden: unpacked(&d_hidden) }
    }

    /// The pre-activation of an output.
    fn a(&self, o: usize, s: usize) -> f32 {
        let n_out = self.b.len();
        self.hidden.iter().enumerate().fold(self.b[o], |sum, (i, row)| sum + self.w[i * n_out + o] * row[s])
    }

    /// Holds what was computed against sums of `error(o, s)`, a loss and its gradient for samples that are there.
    fn check(
        &self,
        found: &Trained,
        at_a_time: usize,
        case: &Case,
        error: impl Fn(usize, usize) -> (f32, f32),
        name: &str,
    ) {
        let (n_in, n_out, groups) = (case.n_in, case.n_out, case.groups());
        let error = |o, s| if s < case.samples { error(o, s) } else { (0.0, 0.0) };
        let slow = sum_in_lanes(n_out, groups, at_a_time, |o, s| error(o, s).0);
        assert_same(&[found.loss], &[slow], &format!("loss, {name}"));
        let slow = (0..n_out).map(|o| sum_over_samples(|s| error(o, s).1, groups));
        assert_same(&found.db, &slow.collect::<Vec<_>>(), &format!("bias gradient, {name}"));
        let slow = (0..n_in * n_out)
            .map(|j| sum_over_samples(|s| self.hidden[j / n_out][s] * error(j % n_out, s).1, groups));
        assert_same(&found.dw, &slow.collect::<Vec<_>>(), &format!("weight gradient, {name}"));
        let slow = (0..n_in * 4 * groups).map(|j| {
            let (i, s) = (j / (4 * groups), j % (4 * groups));
            (0..n_out).fold(0.0, |sum, o| sum + self.w[i * n_out + o] * error(o, s).1)
        });
        assert_same(&found.d_hidden, &slow.collect::<Vec<_>>(), &format!("d_hidden, {name}"));
    }
}

#[test]
fn the_last_layer_follows_its_written_order() {
    for mut case in Case::all() {
        let layer = LastLayer::of(&mut case);
        let targets = case.bits(case.n_out);
        let mut across = vec![0; case.n_out * case.groups().div_ceil(2)];
        across::across_samples(packed_bits(&targets).iter().map(Vec::as_slice), case.n_out, &mut across);
        for loss in [Loss::Mse, Loss::Bce] {
            let error = |o: usize, s: usize| -> (f32, f32) {
                let factor = if targets[s][o] == 1 { LOG2_E } else { -LOG2_E };
                let u = Sigmoid::kept().of_exponent(factor * layer.a(o, s));
                match loss {
                    Loss::Mse => (u * u, (u - u * u) * (u * factor)),
                    Loss::Bce => (0.0 - math::ln((1.0 - u).max(1.0 / 16_777_216.0)), u * factor),
                }
            };
            let found = layer.train(loss, Targets::Bits(&across), &case);
            layer.check(&found, 2, &case, error, &format!("{loss:?}, {}", case.name()));
        }
    }
}

#[test]
fn levels_become_numbers_and_absent_samples_nothing() {
    for mut case in Case::all() {
        let levels = case.levels();
        let mut x = vec![f32x4::splat(7.0); case.n_in * case.groups()];
        greys::spread::<f32>(levels.iter().map(Vec::as_slice), case.groups(), &mut x);
        let slow = (0..case.n_in * 4 * case.groups()).map(|j| {
            let (i, s) = (j / (4 * case.groups()), j % (4 * case.groups()));
            levels.get(s).map_or(0.0, |sample| f32::from(sample[i]) / 255.0)
        });
        assert_same(&unpacked(&x), &slow.collect::<Vec<_>>(), &case.name());
    }
}

#[test]
fn the_last_layer_follows_its_written_order_to_targets_of_grey() {
    for mut case in Case::all() {
        let layer = LastLayer::of(&mut case);
        let targets = case.greys(case.n_out);
        for loss in [Loss::Mse, Loss::Bce] {
            let error = |o: usize, s: usize| -> (f32, f32) {
                let x = targets[o][s];
                let t = 0.5 - (x - 0.5).abs();
                let factor = if x > 0.5 { LOG2_E } else { -LOG2_E };
                let p = factor * layer.a(o, s);
                let v = Sigmoid::kept().of_exponent(p);
                let e = v - t;
                match loss {
                    Loss::Mse => (e * e, (v - v * v) * (e * factor)),
                    Loss::Bce => {
                        let against = if p < 0.0 { 0.0 - p } else { 0.0 };
                        (LN_2 * (t * p + against) - math::ln((v - 0.5).abs() + 0.5), e * factor)
                    }
                }
            };
            let found = layer.train(loss, Targets::Greys(&packed(&targets)), &case);
            layer.check(&found, case.groups(), &case, error, &format!("{loss:?}, {}", case.name()));
        }
    }
}

#[test]
fn black_and_white_among_greys_have_the_gradients_of_bits() {
    for mut case in Case::all() {
        let layer = LastLayer::of(&mut case);
        let bits = case.bits(case.n_out);
        let mut across = vec![0; case.n_out * case.groups().div_ceil(2)];
        across::across_samples(packed_bits(&bits).iter().map(Vec::as_slice), case.n_out, &mut across);
        let mut numbers = vec![f32x4::default(); case.n_out * case.groups()];
        let levels: Vec<Vec<u8>> = bits.iter().map(|row| row.iter().map(|bit| 255 * bit).collect()).collect();
        greys::spread::<f32>(levels.iter().map(Vec::as_slice), case.groups(), &mut numbers);
        for loss in [Loss::Mse, Loss::Bce] {
            let as_bits = layer.train(loss, Targets::Bits(&across), &case);
            let as_greys = layer.train(loss, Targets::Greys(&numbers), &case);
            assert_same(&as_greys.dw, &as_bits.dw, &format!("weight gradient, {}", case.name()));
            assert_same(&as_greys.db, &as_bits.db, &format!("bias gradient, {}", case.name()));
            assert_same(&as_greys.d_hidden, &as_bits.d_hidden, &format!("d_hidden, {}", case.name()));
        }
    }
}

/// The loss and the gradient of one output, by the formula alone and in f64.
fn grey_in_f64(loss: Loss, a: f64, x: f64) -> (f64, f64) {
    let y = 1.0 / (1.0 + (-a).exp());
    match loss {
        Loss::Mse => ((y - x).powi(2), 2.0 * (y - x) * y / (1.0 + a.exp())),
        Loss::Bce => (a.max(0.0) - x * a + (-a.abs()).exp().ln_1p(), y - x),
    }
}

/// Outputs as sure of themselves as they like, right or wrong.
#[test]
fn a_saturated_output_has_a_finite_loss_and_the_right_gradient() {
    let case = Case { n_in: 1, n_out: 1, samples: 1, stream: Stream::new(1, Purpose::Init) };
    for loss in [Loss::Mse, Loss::Bce] {
        for a in [-1e30, -3e4, -120.0, -88.0, -30.0, -15.0, -1.0, 0.0, 0.5, 14.0, 17.0, 29.0, 89.0, 1e4, 1e30]
        {
            for level in [0u8, 1, 90, 127, 128, 200, 254, 255] {
                let x = f32::from(level) / 255.0;
                let layer = LastLayer { w: vec![0.0], b: vec![a], hidden: vec![vec![0.0; 4]] };
                let found = layer.train(loss, Targets::Greys(&[f32x4::splat(x)]), &case);
                let gradient = found.db[0] * output::gradient_scale(loss, 1, 1);
                let (expected, slope) = grey_in_f64(loss, f64::from(a), f64::from(x));
                // A sigmoid is right to 2e-7 and a logarithm to 1e-7; the cross-entropy grows with the pre-activation.
                let within = 5e-7 + 5e-7 * expected;
                assert!(
                    (f64::from(found.loss) - expected).abs() < within,
                    "{loss:?} of {a} for {level}: {}",
                    found.loss
                );
                assert!(
                    (f64::from(gradient) - slope).abs() < 1e-6,
                    "{loss:?} of {a} for {level}: {gradient:e}"
                );
            }
        }
    }
}

/// In blocks of 32 outputs, so many groups at a time, output by output in each lane, then the lanes in pairs.
fn sum_in_lanes(n_out: usize, groups: usize, at_a_time: usize, term: impl Fn(usize, usize) -> f32) -> f32 {
    let mut lanes = [0.0_f32; 4];
    for first in (0..n_out).step_by(32) {
        for h in (0..groups).step_by(at_a_time) {
            for o in first..n_out.min(first + 32) {
                for g in h..groups.min(h + at_a_time) {
                    for (k, lane) in lanes.iter_mut().enumerate() {
                        *lane += term(o, 4 * g + k);
                    }
                }
            }
        }
    }
    <f32 as Number>::sum(f32x4::from(lanes))
}
