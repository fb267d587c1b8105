//! The pieces of a decoder's pre-activations, and the zero of each.

use super::Zero;
use crate::autoencoder::Network;
use crate::num::matrix::{flat, owned};
use crate::num::order;
use ndarray::Array2;
use std::cmp::Ordering::{self, Equal, Greater, Less};

/// A neuron of L3: relu(w z + c).
#[derive(Clone, Copy)]
struct Neuron {
    w: f64,
    c: f64,
    /// Which of the distinct kinks is its own; meaningless where w = 0, as it has none.
    kink: usize,
}

/// A distinct kink, with what every neuron says there.
struct Kink {
    z: f64,
    hidden: Vec<f64>,
}

/// A decoder cut at its kinks: piece `p` lies below kink `p` and above kink `p − 1`.
pub(super) struct Decoder {
    neurons: Vec<Neuron>,
    kinks: Vec<Kink>,
    /// `[l3, n_pixels]`.
    weights: Array2<f64>,
    biases: Vec<f64>,
}

/// A part of the line of codes over which the pre-activation keeps its sign.
struct Run {
    from: f64,
    to: f64,
    sign: Ordering,
}

impl Decoder {
    pub(super) fn of(network: &Network) -> Decoder {
        let layers = network.architecture().layers();
        let (w, c) = network.layer(&layers.l3);
        let (v, b) = network.layer(&layers.output);
        let weights = flat(&v).into_iter().map(f64::from).collect();
        let weights = owned([v.nrows(), v.ncols()], weights);
        let mut neurons: Vec<Neuron> =
            flat(&w).into_iter().zip(c).map(|(w, &c)| Neuron { w: w.into(), c: c.into(), kink: 0 }).collect();
        let kinks = cut(&mut neurons);
        Decoder { neurons, kinks, weights, biases: b.iter().map(|&b| b.into()).collect() }
    }

    /// Whether a pixel is on at z → −∞, and its zeros in order.
    pub(super) fn solve(&self, pixel: usize) -> (bool, Vec<Zero>) {
        let runs = merge(self.runs(pixel));
        let begins_on = runs.first().is_some_and(|run| run.sign == Greater);
        let neighbour = |i: Option<usize>| {
            i.and_then(|i| runs.get(i)).filter(|run| run.sign != Equal).map(|run| run.sign == Greater)
        };
        let zeros = runs.iter().enumerate().filter(|(_, run)| run.sign == Equal);
        let zero = |(i, run): (usize, &Run)| Zero {
            from: run.from,
            to: run.to,
            before: neighbour(i.checked_sub(1)),
            after: neighbour(Some(i + 1)),
        };
        (begins_on, zeros.map(zero).collect())
    }

    /// The line of codes in order, each part with its sign; points that matter are parts, too.
    fn runs(&self, pixel: usize) -> Vec<Run> {
        let last = self.kinks.len();
        let at_kink: Vec<Ordering> = self.kinks.iter().map(|kink| sign(self.at(kink, pixel))).collect();
        let mut runs = Vec::with_capacity(4 * last + 3);
        for p in 0..=last {
            let (slope, intercept) = self.piece(p, pixel);
            let from = p.checked_sub(1).map_or(f64::NEG_INFINITY, |k| self.kinks[k].z);
            let to = self.kinks.get(p).map_or(f64::INFINITY, |kink| kink.z);
            // What a piece tends to at a far end, where a level one stays what it is at its kink.
            let far = |slope: f64, kink: Option<&Ordering>| match sign(slope) {
                Equal => kink.copied().unwrap_or_else(|| sign(intercept)),
                steep => steep,
            };
            let low = p.checked_sub(1).map_or_else(|| far(-slope, at_kink.first()), |k| at_kink[k]);
            let high = at_kink.get(p).copied().unwrap_or_else(|| far(slope, at_kink.last()));
            let mut part = |from, to, sign| runs.push(Run { from, to, sign });
            if low == high.reverse() && low != Equal {
                let z = between(from, -intercept / slope, to);
                part(from, z, low);
                part(z, z, Equal);
                part(z, to, high);
            } else {
                part(from, to, if low == Equal { high } else { low });
            }
            if let Some(&sign) = at_kink.get(p) {
                part(to, to, sign);
            }
        }
        runs
    }

    /// The pre-activation at a kink.
    fn at(&self, kink: &Kink, pixel: usize) -> f64 {
        let terms = kink.hidden.iter().enumerate().map(|(j, h)| self.weights[[j, pixel]] * h);
        terms.fold(self.biases[pixel], |sum, term| sum + term)
    }

    /// Slope and intercept of a piece.
    fn piece(&self, p: usize, pixel: usize) -> (f64, f64) {
        let mut line = (0.0, self.biases[pixel]);
        for (j, neuron) in self.neurons.iter().enumerate() {
            let on = match sign(neuron.w) {
                Greater => neuron.kink < p,
                Less => neuron.kink >= p,
                Equal => neuron.c > 0.0,
            };
            if on {
                line.0 += self.weights[[j, pixel]] * neuron.w;
                line.1 += self.weights[[j, pixel]] * neuron.c;
            }
        }
        line
    }
}

/// Finds the distinct kinks in order, and tells each neuron which is its own.
fn cut(neurons: &mut [Neuron]) -> Vec<Kink> {
    let order: Vec<usize> = (0..neurons.len()).filter(|&j| neurons[j].w != 0.0).collect();
    let order = order::sorted_by(&order, |&j, &k| compare_kinks(neurons[j], neurons[k]).is_lt());
    let mut kinks: Vec<Kink> = Vec::new();
    let mut owner: Option<Neuron> = None;
    for j in order {
        let neuron = neurons[j];
        if owner.is_none_or(|owner| compare_kinks(owner, neuron) != Equal) {
            let hidden = neurons.iter().map(|&other| at_kink_of(neuron, other)).collect();
            // Adding 0 takes the sign from a zero.
            kinks.push(Kink { z: -neuron.c / neuron.w + 0.0, hidden });
            owner = Some(neuron);
        }
        neurons[j].kink = kinks.len() - 1;
    }
    kinks
}

/// −cⱼ/wⱼ against −cₖ/wₖ, multiplied out so that nothing is rounded.
fn compare_kinks(j: Neuron, k: Neuron) -> Ordering {
    let order = (k.c * j.w).partial_cmp(&(j.c * k.w)).unwrap_or(Equal);
    if (j.w > 0.0) == (k.w > 0.0) { order } else { order.reverse() }
}

/// What neuron `other` says at the kink of `owner`: relu((w c′ − w′ c)/w), of which the sign is
/// exact and the size rounded twice.
fn at_kink_of(owner: Neuron, other: Neuron) -> f64 {
    let a = (owner.w * other.c - other.w * owner.c) / owner.w;
    if a > 0.0 { a } else { 0.0 }
}

fn sign(a: f64) -> Ordering {
    a.partial_cmp(&0.0).unwrap_or(Equal)
}

/// `z`, no further out than its piece: it was rounded, and the piece's ends were, too.
fn between(from: f64, z: f64, to: f64) -> f64 {
    let z = if z > from { z } else { from };
    let z = if z < to { z } else { to };
    // Adding 0 takes the sign from a zero.
    z + 0.0
}

/// Joins neighbours of one sign.
fn merge(runs: Vec<Run>) -> Vec<Run> {
    let mut merged: Vec<Run> = Vec::new();
    for run in runs {
        match merged.last_mut() {
            Some(last) if last.sign == run.sign => last.to = run.to,
            _ => merged.push(run),
        }
    }
    merged
}
