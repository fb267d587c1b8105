//! Why a network on the four 2×2 images is not solved.
//!
//! In all but a few such networks two images have become equal after some layer, and a decoder
//! cannot tell apart what is equal. The cause is looked for from the input to the output; the first
//! one found is the answer.

use super::outcome::{Ending, Outcome, code_classes};
use super::partition::Partition;
use super::trace::Trace;
use crate::autoencoder::{Learn, Network, Settings, Trainer};
use crate::data::Images;
use crate::num::lanes::SAMPLES;
use crate::num::matrix::row;
use crate::num::order;
use ndarray::{Array2, ArrayView2};
use wide::f32x4;

/// The first reason, from the input to the output, why a network is not solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It is solved.
    None,
    /// Two images make every neuron of L1 zero, so after L1 they are equal.
    DeadInL1,
    /// Two images differ after L1 and have the same code, to within
    /// [`SAME_CODE`](super::outcome::SAME_CODE) of the codes' range.
    TiedAtCode,
    /// Two codes differ and give the same values after L3; with a one-number code, all zero.
    DeadInL3,
    /// Four different codes that do not follow the cycle of the images along the line: some pixel
    /// would have to turn on and off again more often than two relus allow.
    WrongOrder,
    /// The codes follow the cycle; some pixel is confidently wrong, and there the sigmoid is so flat
    /// that hardly any gradient passes.
    Saturated,
    /// The codes follow the cycle, but all neurons of L3 that fire grow to the same side.
    OneSidedDecoder,
    /// None of these: the images are still apart in every layer.
    Unfinished,
    /// A number left the finite ones.
    Diverged,
}

impl Cause {
    /// All, in the order of their numbers.
    pub const ALL: [Cause; 9] = [
        Cause::None,
        Cause::DeadInL1,
        Cause::TiedAtCode,
        Cause::DeadInL3,
        Cause::WrongOrder,
        Cause::Saturated,
        Cause::OneSidedDecoder,
        Cause::Unfinished,
        Cause::Diverged,
    ];

    /// The label in tables and exports.
    pub fn label(self) -> &'static str {
        match self {
            Cause::None => "none",
            Cause::DeadInL1 => "dead_in_l1",
            Cause::TiedAtCode => "tied_at_code",
            Cause::DeadInL3 => "dead_in_l3",
            Cause::WrongOrder => "wrong_order",
            Cause::Saturated => "saturated",
            Cause::OneSidedDecoder => "one_sided_decoder",
            Cause::Unfinished => "unfinished",
            Cause::Diverged => "diverged",
        }
    }
}

/// Which images are equal after each layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Equal {
    /// After L1, bit for bit.
    pub l1: Partition,
    /// At the code, to within [`SAME_CODE`](super::outcome::SAME_CODE) of its range.
    pub code: Partition,
    /// After L3, bit for bit.
    pub l3: Partition,
}

impl Equal {
    /// Read off a trace.
    pub fn of(trace: &Trace) -> Equal {
        Equal { l1: equal_rows(&trace.l1), code: code_classes(trace.code.view()), l3: equal_rows(&trace.l3) }
    }
}

fn equal_rows(values: &Array2<f32>) -> Partition {
    Partition::closure(|i, j| row(values, i) == row(values, j))
}

/// The cause of an ending.
pub fn cause(network: &Network, trace: &Trace, ending: Ending) -> Cause {
    match ending.outcome {
        Outcome::Solved => return Cause::None,
        Outcome::Diverged => return Cause::Diverged,
        _ => {}
    }
    let equal = Equal::of(trace);
    let one_number = network.architecture().code == 1;
    if equal.l1 != Partition::APART && is_dead(&trace.l1, equal.l1) {
        Cause::DeadInL1
    } else if equal.code != Partition::APART {
        Cause::TiedAtCode
    } else if equal.l3 != Partition::APART {
        Cause::DeadInL3
    } else if one_number && !follows_the_cycle(trace.code.view()) {
        Cause::WrongOrder
    } else if ending.outcome == Outcome::Saturated {
        Cause::Saturated
    } else if one_number && is_one_sided(network, trace) {
        Cause::OneSidedDecoder
    } else {
        Cause::Unfinished
    }
}

/// Whether some image that is not alone in its class has nothing but zeros.
fn is_dead(values: &Array2<f32>, equal: Partition) -> bool {
    let zero = |i: usize| row(values, i).iter().all(|&v| v == 0.0);
    (0..4).any(|i| zero(i) && (0..4).any(|j| j != i && equal.is_together(i, j)))
}

/// Whether one goes around the cycle of the images, either way, when one goes along the line.
fn follows_the_cycle(codes: ArrayView2<'_, f32>) -> bool {
    let along = order::positions(4, &|a, b| codes[[a, 0]].total_cmp(&codes[[b, 0]]).is_lt());
    along.windows(2).all(|pair| (pair[0] + pair[1]) % 2 == 1)
}

/// Whether the neurons of L3 that fire for some image all have weights of one sign.
fn is_one_sided(network: &Network, trace: &Trace) -> bool {
    let (weights, _) = network.layer(&network.architecture().layers().l3);
    let fires = |k: usize| (0..4).any(|i| trace.l3[[i, k]] > 0.0);
    let side = |positive: bool| (0..weights.ncols()).any(|k| fires(k) && (weights[[0, k]] > 0.0) == positive);
    !(side(true) && side(false))
}

/// Where images became equal, and what the gradient says about their parting again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reasons {
    /// Equal images, layer by layer.
    pub equal: Equal,
    /// The largest |∂L/∂w| over all weights and biases up to the layer after which images are first
    /// equal, where L is the loss of those images alone. Zero: nothing in them asks to be told apart.
    pub own_pull: f32,
    /// The same for the loss of all four images. Zero: nothing at all moves those weights.
    pub whole_pull: f32,
}

/// The [`Reasons`] of a network; pulls are 0 where no images are equal.
///
/// The gradient is that of training, at the mean code (ε = 0 in a variational network).
pub fn reasons(network: &Network, quad: &Images, settings: Settings) -> Reasons {
    let equal = Equal::of(&Trace::of(network, quad));
    let layers = network.architecture().layers();
    let found = [
        (equal.l1, layers.l1.biases.end),
        (equal.code, layers.code.biases.end),
        // A weight of L3 parts images too, as long as they are not dead there.
        (equal.l3, layers.l3.biases.end),
    ];
    let Some(&(partition, end)) = found.iter().find(|(partition, _)| *partition != Partition::APART) else {
        return Reasons { equal, own_pull: 0.0, whole_pull: 0.0 };
    };
    let mut own_pull = 0.0;
    for class in 0..4 {
        let members: Vec<u32> = (0..4).filter(|&i| partition.classes()[i as usize] == class).collect();
        if members.len() > 1 {
            own_pull = larger(own_pull, pull(network, quad, settings, &members, end));
        }
    }
    Reasons { equal, own_pull, whole_pull: pull(network, quad, settings, &[0, 1, 2, 3], end) }
}

fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// The largest |∂L/∂w| over the first `end` parameters.
fn pull(network: &Network, quad: &Images, settings: Settings, of: &[u32], end: usize) -> f32 {
    let architecture = network.architecture();
    let parameters = [network.parameters().to_vec()];
    let mut trainer = Trainer::<f32>::new(architecture, settings, of.len(), &parameters, &[0]);
    let silence = vec![f32x4::splat(0.0); architecture.code * of.len().div_ceil(SAMPLES)];
    f32::differentiate(&mut trainer, quad, of, Some(&silence));
    trainer.gradient()[..end].iter().map(|g| g.abs()).fold(0.0, larger)
}
