//! From gradients to steps.

use super::Optimiser;
use crate::num::{Many, Number, Real, lanes::SAMPLES};

/// Decay of the first moment.
pub const BETA1: f32 = 0.9;
/// Decay of the second moment.
pub const BETA2: f32 = 0.999;
/// Keras' ε, added to √v; Kingma and Ba (2015) have 1e-8.
pub const EPSILON: f32 = 1e-7;

/// Gradients smaller than this (2⁻⁵⁶ ≈ 1.4e-17) count as 0: their squares would be denormal
/// numbers, and beside ε they cannot move a weight.
const NO_GRADIENT: f32 = 1.387_778_8e-17;
/// First moments smaller than this (2⁻¹⁰⁰) count as 0. Without it the moment of a dead weight
/// decays into the denormal numbers and stays there for ever, since 0.9 of the smallest one rounds
/// back to itself; each such number costs a hundred cycles on most processors.
const NO_MOMENT: f32 = 7.888_609e-31;
/// Second moments never fall below this (2⁻¹¹⁰): √v is then far below ε, which swallows it.
const LEAST_SQUARE: f32 = 7.703_72e-34;

/// An optimiser with its state, for one flat list of parameters.
pub struct State<N> {
    kind: Optimiser,
    learning_rate: f32,
    schedule: Schedule,
    first: Vec<N>,
    second: Vec<N>,
}

impl<N: Number> State<N> {
    /// Before the first step.
    pub fn new(kind: Optimiser, learning_rate: f32, n_parameters: usize) -> State<N> {
        let moments = match kind {
            Optimiser::Adam => n_parameters,
            Optimiser::Sgd => 0,
        };
        let zeros = vec![N::splat(0.0); moments];
        State {
            kind,
            learning_rate,
            schedule: Schedule::new(learning_rate),
            first: zeros.clone(),
            second: zeros,
        }
    }

    /// One step, with the gradient `scale·gradient`.
    ///
    /// SGD: `w −= lr·g`. Adam (Kingma and Ba 2015, in the form of Keras), at step t:
    /// `m = β₁m + (1−β₁)g`, `v = β₂v + (1−β₂)g²`,
    /// `w −= lr·√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε)`.
    #[inline(never)]
    pub fn step(&mut self, parameters: &mut [N], gradient: &[N], scale: f32) {
        match self.kind {
            Optimiser::Adam => self.adam(parameters, gradient, scale),
            Optimiser::Sgd => sgd(parameters, gradient, scale, self.learning_rate),
        }
    }

    fn adam(&mut self, parameters: &mut [N], gradient: &[N], scale: f32) {
        let rate = self.schedule.rate;
        let lists = Lists { w: parameters, g: gradient, m: &mut self.first, v: &mut self.second };
        let (fours, rest) = lists.chunks::<SAMPLES>();
        // Four vectors at a time, so that they share the constants; one weight of several networks is a vector itself.
        let rest_of_fours = if N::NETWORKS == 1 {
            let (sixteens, fours) = fours.chunks::<4>();
            sixteens.each(|w, g, m, v| {
                let all = |four: [[N; SAMPLES]; 4]| Many(four.map(N::gather));
                adam_step(all(w), all(g), all(m), all(v), rate, scale).map(|new| new.0.map(N::scatter))
            });
            fours
        } else {
            fours
        };
        rest_of_fours.each(|w, g, m, v| {
            let all = N::gather;
            adam_step(all(w), all(g), all(m), all(v), rate, scale).map(N::scatter)
        });
        rest.each(|w, g, m, v| adam_step(w, g, m, v, rate, scale));
        self.schedule.advance();
    }
}

/// Adam's rate `lr·√(1−β₂ᵗ)/(1−β₁ᵗ)`, ready for the step to come: where weights are few, a step
/// would otherwise begin with waiting for a root and a quotient.
struct Schedule {
    learning_rate: f32,
    /// β₁ᵗ and β₂ᵗ, in f64: they are products of up to millions of factors.
    powers: (f64, f64),
    rate: f32,
}

impl Schedule {
    /// Before the first step.
    fn new(learning_rate: f32) -> Schedule {
        let mut schedule = Schedule { learning_rate, powers: (1.0, 1.0), rate: 0.0 };
        schedule.advance();
        schedule
    }

    /// To the next step.
    fn advance(&mut self) {
        self.powers.0 *= f64::from(BETA1);
        self.powers.1 *= f64::from(BETA2);
        let correction = (1.0 - self.powers.1).sqrt() / (1.0 - self.powers.0);
        self.rate = (f64::from(self.learning_rate) * correction) as f32;
    }
}

/// Weights, their gradient and its moments, all of one length.
struct Lists<'a, T> {
    w: &'a mut [T],
    g: &'a [T],
    m: &'a mut [T],
    v: &'a mut [T],
}

impl<'a, T: Copy> Lists<'a, T> {
    /// In chunks of `K`, and what is left over.
    fn chunks<const K: usize>(self) -> (Lists<'a, [T; K]>, Lists<'a, T>) {
        let (w, g) = (self.w.as_chunks_mut(), self.g.as_chunks());
        let (m, v) = (self.m.as_chunks_mut(), self.v.as_chunks_mut());
        (Lists { w: w.0, g: g.0, m: m.0, v: v.0 }, Lists { w: w.1, g: g.1, m: m.1, v: v.1 })
    }

    /// Replaces weights and moments by what `step` makes of them.
    #[inline(always)]
    fn each(self, step: impl Fn(T, T, T, T) -> [T; 3]) {
        for ((w, &g), (m, v)) in self.w.iter_mut().zip(self.g).zip(self.m.iter_mut().zip(self.v)) {
            [*w, *m, *v] = step(*w, g, *m, *v);
        }
    }
}

/// The new weight and moments.
#[inline(always)]
fn adam_step<T: Real>(w: T, g: T, m: T, v: T, rate: f32, scale: f32) -> [T; 3] {
    let g = (g * T::splat(scale)).flush_below(NO_GRADIENT);
    let m = (T::splat(BETA1) * m + T::splat(1.0 - BETA1) * g).flush_below(NO_MOMENT);
    let v = (T::splat(BETA2) * v + T::splat(1.0 - BETA2) * (g * g)).at_least(LEAST_SQUARE);
    [w - T::splat(rate) * m / (v.sqrt() + T::splat(EPSILON)), m, v]
}

fn sgd<N: Number>(parameters: &mut [N], gradient: &[N], scale: f32, learning_rate: f32) {
    let (scale, rate) = (N::splat(scale), N::splat(learning_rate));
    for (w, &g) in parameters.iter_mut().zip(gradient) {
        *w = *w - rate * (g * scale).flush_below(NO_GRADIENT);
    }
}
