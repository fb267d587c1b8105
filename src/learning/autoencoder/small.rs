//! The gradient on the four 2×2 images, with the network's sizes and the images known to the compiler.
//!
//! A census trains networks of a few dozen weights, four side by side or one. There, loops of unknown length
//! cost more than the arithmetic inside them. This is what [`Trainer`](super::Trainer) does for a
//! classical network with a one-number code, the mean squared error and the four images as one group
//! of samples, as a straight line. The order of every sum is that of [`nn`](crate::nn), so the bits
//! are the same; `tests/side_by_side.rs` holds the two against each other.

use super::{Architecture, Model};
use crate::data::QUAD;
use crate::nn::{Loss, binary, output};
use crate::num::{Number, Real, lanes::SAMPLES, math};
use std::array::from_fn;

/// Pixels of an image.
const D: usize = 4;

/// Each image as the bits of its pixels.
pub(super) const SAMPLE_BITS: [u8; SAMPLES] = {
    let mut all = [0; SAMPLES];
    let mut i = 0;
    while i < SAMPLES * D {
        all[i / D] |= QUAD[i / D][i % D] << (i % D);
        i += 1;
    }
    all
};

/// Each pixel as the bits of the images in which it is 1.
const PIXEL_BITS: [u8; D] = {
    let mut all = [0; D];
    let mut i = 0;
    while i < SAMPLES * D {
        all[i % D] |= QUAD[i / D][i % D] << (i / D);
        i += 1;
    }
    all
};

/// The factors of each pixel in the four images: loaded from memory, which costs less than unpacking bits.
static FACTORS: [[f32; SAMPLES]; D] = {
    let mut all = [[0.0; SAMPLES]; D];
    let mut i = 0;
    while i < SAMPLES * D {
        all[i % D][i / D] = output::factor(QUAD[i / D][i % D]);
        i += 1;
    }
    all
};

/// Whether this is a network, and a loss, that [`differentiate`] knows: the paper's.
pub(super) fn fits(architecture: &Architecture, loss: Loss) -> bool {
    let Architecture { model, n_pixels, l1, code, l3, biases: _ } = *architecture;
    loss == Loss::Mse && model == Model::Classical && (n_pixels, l1, code, l3) == (D, 2, 1, 2)
}

/// The gradient of `L1` and `L3` neurons into `gradient`, both lists in the order of the digest.
///
/// The loss is left out: a census reads none, and the sums it takes are a sixteenth of the time.
#[inline(never)]
pub(super) fn differentiate<N: Number, const L1: usize, const L3: usize>(
    parameters: &[N],
    gradient: &mut [N],
) {
    let (w1, rest) = parameters.split_at(D * L1);
    let (b1, rest) = rest.split_at(L1);
    let (w2, rest) = rest.split_at(L1);
    let (b2, rest) = rest.split_at(1);
    let (w3, rest) = rest.split_at(L3);
    let (b3, rest) = rest.split_at(L3);
    let (w4, b4) = rest.split_at(D * L3);

    let h1: [N::Samples; L1] = from_fn(|j| {
        let w = binary::Pairs::new(from_fn(|i| w1[i * L1 + j]));
        let a = N::gather(SAMPLE_BITS.map(|bits| b1[j] + w.sum(bits)));
        a.where_positive(a)
    });
    let z = (0..L1).fold(b2[0].spread(), |sum, j| sum + w2[j].spread() * h1[j]);
    let h3: [N::Samples; L3] = from_fn(|k| {
        let a = b3[k].spread() + w3[k].spread() * z;
        a.where_positive(a)
    });

    let (dw1, rest) = gradient.split_at_mut(D * L1);
    let (db1, rest) = rest.split_at_mut(L1);
    let (dw2, rest) = rest.split_at_mut(L1);
    let (db2, rest) = rest.split_at_mut(1);
    let (dw3, rest) = rest.split_at_mut(L3);
    let (db3, rest) = rest.split_at_mut(L3);
    let (dw4, db4) = rest.split_at_mut(D * L3);

    let sigmoid = math::Sigmoid::kept();
    let mut d3 = [N::Samples::splat(0.0); L3];
    let d4: [N::Samples; D] = from_fn(|o| {
        let weights: [N::Samples; L3] = from_fn(|k| w4[k * D + o].spread());
        let a = (0..L3).fold(b4[o].spread(), |sum, k| sum + weights[k] * h3[k]);
        let d = output::squared_error_gradient(sigmoid, a, N::gather(FACTORS[o].map(N::splat)));
        for k in 0..L3 {
            d3[k] = d3[k] + weights[k] * d;
        }
        d
    });
    db4.copy_from_slice(&N::sums(d4));
    for k in 0..L3 {
        dw4[k * D..][..D].copy_from_slice(&N::sums(d4.map(|d| h3[k] * d)));
    }
    let mut dz = N::Samples::splat(0.0);
    for k in 0..L3 {
        let d = d3[k].where_positive(h3[k]);
        dw3[k] = N::sum(z * d);
        db3[k] = N::sum(d);
        dz = dz + w3[k].spread() * d;
    }
    db2[0] = N::sum(dz);
    for j in 0..L1 {
        dw2[j] = N::sum(h1[j] * dz);
        let d = (w2[j].spread() * dz).where_positive(h1[j]);
        db1[j] = N::sum(d);
        let d = binary::Pairs::new(N::scatter(d));
        for i in 0..D {
            dw1[i * L1 + j] = d.sum(PIXEL_BITS[i]);
        }
    }
}
