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
///
/// Only a moment whose gradient counts as 0 comes down there: one that counts makes a moment of 2⁻⁶⁰ or more, or, where
/// both terms cancel, one of 2⁻⁸⁴ or more, or exactly 0. So few steps need to look, see [`are_fading`].
const NO_MOMENT: f32 = 7.888_609e-31;
/// First moments smaller than this (2⁻⁹⁵) may come below [`NO_MOMENT`] within [`KNOWN_FOR`] steps.
const FADING: f32 = 2.524_354_9e-29;
/// 0.9³² is 2⁻⁴·⁹.
const KNOWN_FOR: u32 = 32;
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
    /// Whether a first moment may come below [`NO_MOMENT`], and for how many steps that is known.
    fading: bool,
    known_for: u32,
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
            fading: false,
            known_for: 0,
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
        if self.known_for == 0 {
            (self.fading, self.known_for) = (are_fading(lists.m), KNOWN_FOR);
        }
        self.known_for -= 1;
        if width.numbers() > SAMPLES {
            at_width!(width, |_vectors| lists.each(|w, g, m, v| adam.step::<_, true>(w, g, m, v)));
        } else if self.fading {
            lists.each_in_fours::<true>(adam);
        } else {
            lists.each_in_fours::<false>(adam);
        }
        self.schedule.advance();
    }
}

/// Whether a moment is so small that it may come below [`NO_MOMENT`] soon, and has not done so: of those that are stepped
/// in fours, as the few after them are watched always.
#[inline(never)]
fn are_fading<N: Number>(moments: &[N]) -> bool {
    let (fours, _) = moments.as_chunks();
    let splat = N::Samples::splat;
    let sum = fours.iter().fold(splat(0.0), |sum, &four| {
        // From 0 to 1, and neither for those alone.
        let part = N::gather(four).abs().at_most(FADING) * splat(1.0 / FADING);
        sum + part * (splat(1.0) - part)
    });
    let sum = N::sum(sum);
    (0..N::NETWORKS).any(|k| sum.of_network(k) != 0.0)
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
    fn each_in_fours<const FADING: bool>(self, adam: Adam) {
        let (fours, rest) = self.chunks::<SAMPLES>();
        fours.each(|w, g, m, v| {
            adam.step::<_, FADING>(N::gather(w), N::gather(g), N::gather(m), N::gather(v)).map(N::scatter)
        });
        rest.each(|w, g, m, v| adam.step::<_, true>(w, g, m, v));
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
    fn step<T: Real, const FADING: bool>(&self, w: T, g: T, m: T, v: T) -> [T; 3] {
        let [beta, rest] = self.first.map(T::splat);
        let g = (g * T::splat(self.scale)).flush_below(self.no_gradient);
        let m = beta * m + rest * g;
        let m = if FADING { m.flush_below(self.no_moment) } else { m };
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

    /// A step as it is written, of one weight.
    fn as_written([w, m, v]: [f32; 3], gradient: f32, scale: f32, rate: f32) -> [f32; 3] {
        let g = (gradient * scale).flush_below(NO_GRADIENT);
        let m = (BETA1 * m + (1.0 - BETA1) * g).flush_below(NO_MOMENT);
        let v = (BETA2 * v + (1.0 - BETA2) * (g * g)).at_least(LEAST_SQUARE);
        [w - rate * m / (v.sqrt() + EPSILON), m, v]
    }

    #[test]
    fn a_moment_fades_as_if_every_step_looked_for_it() {
        // Gradients that cease at once, after some time, and now and then; that come back while their moment fades; that
        // hover about the least that counts; that are none, infinite and no number at all.
        let gradients: [fn(u32, f32) -> f32; 10] = [
            |step, u| if step < 3 { u } else { 0.0 },
            |step, u| if step < 500 { 1e-6 * u } else { -0.0 },
            |step, u| if step % 700 < 20 { 1e3 * u } else { 0.0 },
            |step, u| if step % 613 == 0 { u } else { 0.0 },
            |step, _| if step % 641 == 0 { 1.5e-16 } else { 1.3e-16 },
            |_, u| 4e-16 * u,
            |step, _| if step % 656 < 2 { [1.4e-16, -1.4e-16][(step % 656) as usize] } else { 1e-30 },
            |_, _| 0.0,
            |step, u| if step == 900 { f32::INFINITY } else { u },
            |step, u| if step == 1100 { f32::NAN } else { 1e-9 * u },
        ];
        let (mut stream, scale) = (Stream::new(2, Purpose::Init), 0.1);
        let mut state = State::new(Optimiser::Adam, 0.01, gradients.len());
        // Small weights, in which even a step by a moment of 2⁻¹⁰⁰ would be seen.
        let mut weights = vec![1e-30; gradients.len()];
        let mut written: Vec<[f32; 3]> = weights.iter().map(|&w| [w, 0.0, 0.0]).collect();
        let (mut faded, mut before) = (0, vec![0.0; gradients.len()]);
        for step in 0..3000 {
            let gradient = gradients.map(|gradient| gradient(step, stream.uniform() - 0.5));
            let rate = state.schedule.rate;
            state.step(&mut weights, &gradient, scale);
            for (i, of_one) in written.iter_mut().enumerate() {
                *of_one = as_written(*of_one, gradient[i], scale, rate);
                let found = [weights[i], state.first[i], state.second[i]];
                assert_eq!(found.map(f32::to_bits), of_one.map(f32::to_bits), "{i}, step {step}");
                faded += u32::from(found[1] == 0.0 && before[i] != 0.0);
            }
            before.clone_from(&state.first);
        }
        assert!(faded > 15, "{faded}");
    }

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
