//! From gradients to steps.

use super::Optimiser;
use crate::num::width::{Width, at_width};
use crate::num::{Number, Real, lanes::SAMPLES};

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

/// Vectors that a list has to fill for them to be as wide as the processor has them.
const VECTORS_WORTH_IT: usize = 16;

/// An optimiser with its state, for one flat list of parameters.
#[derive(Clone, Debug)]
pub struct State<N> {
    kind: Optimiser,
    learning_rate: f32,
    schedule: Schedule,
    adam: Adam,
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
            adam: Adam::KNOWN,
            first: zeros.clone(),
            second: zeros,
        }
    }

    /// How many numbers it keeps about the past, first and second moments together.
    pub fn n_moments(&self) -> usize {
        self.first.len() + self.second.len()
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
        // A list that fills no more than a few vectors ends before a wider one has begun.
        let width = Width::filled_by::<N>(parameters.len() / VECTORS_WORTH_IT);
        self.adam_at(width, parameters, gradient, scale);
    }

    /// The same in vectors of a width.
    #[inline(always)]
    fn adam_at(&mut self, width: Width, parameters: &mut [N], gradient: &[N], scale: f32) {
        let lists = Lists { w: parameters, g: gradient, m: &mut self.first, v: &mut self.second };
        (self.adam.rate, self.adam.scale) = (self.schedule.rate, scale);
        let adam = self.adam;
        if width.numbers() > SAMPLES {
            at_width!(width, |_vectors| lists.each(|w, g, m, v| adam.step(w, g, m, v)));
        } else {
            lists.each_in_fours(adam);
        }
        self.schedule.advance();
    }
}

/// Adam's rate `lr·√(1−β₂ᵗ)/(1−β₁ᵗ)`, ready for the step to come: where weights are few, a step
/// would otherwise begin with waiting for a root and a quotient.
#[derive(Clone, Copy, Debug)]
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

impl<N: Number> Lists<'_, N> {
    /// A step of Adam.
    #[inline(always)]
    fn each_in_fours(self, adam: Adam) {
        let (fours, rest) = self.chunks::<SAMPLES>();
        fours.each(|w, g, m, v| {
            adam.step(N::gather(w), N::gather(g), N::gather(m), N::gather(v)).map(N::scatter)
        });
        rest.each(|w, g, m, v| adam.step(w, g, m, v));
    }
}

/// The numbers in a step of Adam, kept in memory: there the compiler takes them for numbers that it does not know, and so
/// loads each once a step; [`Sigmoid::kept`](crate::num::math::Sigmoid::kept) says why.
#[derive(Clone, Copy, Debug)]
struct Adam {
    rate: f32,
    scale: f32,
    no_gradient: f32,
    /// β₁ and 1 − β₁.
    first: [f32; 2],
    no_moment: f32,
    /// β₂ and 1 − β₂.
    second: [f32; 2],
    least_square: f32,
    epsilon: f32,
}

impl Adam {
    const KNOWN: Adam = Adam {
        rate: 0.0,
        scale: 0.0,
        no_gradient: NO_GRADIENT,
        first: [BETA1, 1.0 - BETA1],
        no_moment: NO_MOMENT,
        second: [BETA2, 1.0 - BETA2],
        least_square: LEAST_SQUARE,
        epsilon: EPSILON,
    };

    /// The new weight and moments.
    #[inline(always)]
    fn step<T: Real>(&self, w: T, g: T, m: T, v: T) -> [T; 3] {
        let [beta, rest] = self.first.map(T::splat);
        let g = (g * T::splat(self.scale)).flush_below(self.no_gradient);
        let m = (beta * m + rest * g).flush_below(self.no_moment);
        let [beta, rest] = self.second.map(T::splat);
        let v = (beta * v + rest * (g * g)).at_least(self.least_square);
        [w - T::splat(self.rate) * m / (v.sqrt() + T::splat(self.epsilon)), m, v]
    }
}

fn sgd<N: Number>(parameters: &mut [N], gradient: &[N], scale: f32, learning_rate: f32) {
    let (scale, rate) = (N::splat(scale), N::splat(learning_rate));
    for (w, &g) in parameters.iter_mut().zip(gradient) {
        *w = *w - rate * (g * scale).flush_below(NO_GRADIENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::rng::{Purpose, Stream};

    #[test]
    fn adam_steps_to_the_same_bits_at_every_width() {
        // Vectors of sixteen, of eight, of four, and something over; gradients that count as 0 among them.
        const N: usize = 16 + 8 + 4 + 3;
        let mut stream = Stream::new(1, Purpose::Init);
        let mut numbers =
            |scale: f32| -> Vec<f32> { (0..N).map(|_| scale * (stream.uniform() - 0.5)).collect() };
        let start = numbers(1.0);
        let gradients = [numbers(1.0), numbers(1e-16), numbers(1e3), vec![0.0; N], numbers(1e-3)];
        let trained_at = |width| {
            let (mut state, mut parameters) = (State::new(Optimiser::Adam, 0.01, N), start.clone());
            for gradient in &gradients {
                state.adam_at(width, &mut parameters, gradient, 0.1);
            }
            [parameters, state.first, state.second]
                .map(|numbers| numbers.into_iter().map(f32::to_bits).collect::<Vec<_>>())
        };
        for width in Width::all() {
            assert_eq!(trained_at(width), trained_at(Width::Four), "{width:?}");
        }
    }
}
