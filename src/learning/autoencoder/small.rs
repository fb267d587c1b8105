//! The gradient on the four 2×2 images, with the network's sizes and the images known to the compiler.
//!
//! A census trains networks of a few dozen weights, four side by side or one. There, loops of unknown length
//! cost more than the arithmetic inside them. This is what [`Trainer`](super::Trainer) does for a
//! classical network with a one-number code, the mean squared error and the four images as one group
//! of samples, as a straight line. The gradient is written four numbers at a time, as the optimiser reads it: of one
//! network it would have to wait for numbers that were written one by one.
//!
//! The order of every sum is that of [`nn`](crate::nn), so the bits are the same; `tests/side_by_side.rs` holds the two
//! against each other. Only zeros that are added there are left out here: the sign of a zero, which is all that they
//! change, goes no further than to a weight's gradient, of which the optimiser takes 0 for what is next to nothing.

use super::{Architecture, Model};
use crate::data::QUAD;
use crate::nn::{Loss, output};
use crate::num::{Number, Real, lanes::SAMPLES, math};
use std::array::from_fn;

/// Pixels of an image.
const D: usize = 4;
/// Neurons of each hidden layer.
const L: usize = 2;

/// Where parameters begin, in the order of the digest: weights as `[inputs, neurons]`, then biases.
mod at {
    use super::{D, L};
    pub const W1: usize = 0;
    pub const B1: usize = W1 + D * L;
    pub const W2: usize = B1 + L;
    pub const B2: usize = W2 + L;
    pub const W3: usize = B2 + 1;
    pub const B3: usize = W3 + L;
    pub const W4: usize = B3 + L;
    pub const B4: usize = W4 + L * D;
    pub const END: usize = B4 + D;
}

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

/// The two pixels that are 1 in each image.
const PIXELS: [[usize; 2]; SAMPLES] = {
    let mut all = [[0; 2]; SAMPLES];
    let mut s = 0;
    while s < SAMPLES {
        all[s] = two_ones(QUAD[s]);
        s += 1;
    }
    all
};

/// The two images in which each pixel is 1.
const IMAGES: [[usize; 2]; D] = {
    let mut all = [[0; 2]; D];
    let mut i = 0;
    while i < D {
        all[i] = two_ones([QUAD[0][i], QUAD[1][i], QUAD[2][i], QUAD[3][i]]);
        i += 1;
    }
    all
};

/// Where the two ones among four digits stand.
const fn two_ones(digits: [u8; 4]) -> [usize; 2] {
    let (mut ones, mut found, mut i) = ([0; 2], 0, 0);
    while i < digits.len() {
        if digits[i] == 1 {
            ones[found] = i;
            found += 1;
        }
        i += 1;
    }
    assert!(found == 2);
    ones
}

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
    loss == Loss::Mse && model == Model::Classical && (n_pixels, l1, code, l3) == (D, L, 1, L)
}

/// The gradient, both lists in the order of the digest.
///
/// The loss is left out: a census reads none, and the sums it takes are a sixteenth of the time.
///
/// # Panics
///
/// Unless the parameters are those of a network that [`fits`].
#[inline(never)]
pub(super) fn differentiate<N: Number>(parameters: &[N], gradient: &mut [N]) {
    let of_the_paper = "the paper's network";
    let w = parameters.first_chunk::<{ at::END }>().expect(of_the_paper);
    let gradient = gradient.first_chunk_mut::<{ at::END }>().expect(of_the_paper);

    let h1: [N::Samples; L] = from_fn(|j| {
        let weight = |i: usize| w[at::W1 + i * L + j];
        let [first, second] = from_fn(|k| N::gather(PIXELS.map(|pixels| weight(pixels[k]))));
        let a = w[at::B1 + j].spread() + (first + second);
        a.where_positive(a)
    });
    let z = (0..L).fold(w[at::B2].spread(), |sum, j| sum + w[at::W2 + j].spread() * h1[j]);
    let h3: [N::Samples; L] = from_fn(|k| {
        let a = w[at::B3 + k].spread() + w[at::W3 + k].spread() * z;
        a.where_positive(a)
    });

    let sigmoid = math::Sigmoid::kept();
    let w4 = |k: usize, o: usize| w[at::W4 + k * D + o].spread();
    let mut d3 = [N::Samples::splat(0.0); L];
    let d4: [N::Samples; D] = from_fn(|o| {
        let a = (0..L).fold(w[at::B4 + o].spread(), |sum, k| sum + w4(k, o) * h3[k]);
        let d = output::squared_error_gradient(sigmoid, a, N::gather(FACTORS[o].map(N::splat)));
        for k in 0..L {
            let product = w4(k, o) * d;
            d3[k] = if o == 0 { product } else { d3[k] + product };
        }
        d
    });
    let d3: [N::Samples; L] = from_fn(|k| d3[k].where_positive(h3[k]));
    let dz = w[at::W3].spread() * d3[0] + w[at::W3 + 1].spread() * d3[1];
    let d1: [N::Samples; L] = from_fn(|j| (w[at::W2 + j].spread() * dz).where_positive(h1[j]));

    let dw1: [[N; D]; L] = d1.map(|d| {
        let d = N::scatter(d);
        let [first, second] = from_fn(|k| N::gather(IMAGES.map(|images| d[images[k]])));
        N::scatter(first + second)
    });
    for i in [0, 2] {
        let four = [dw1[0][i], dw1[1][i], dw1[0][i + 1], dw1[1][i + 1]];
        gradient[at::W1 + i * L..][..SAMPLES].copy_from_slice(&four);
    }
    // Every other number is the sum of one vector over its samples; these are the vectors, in the numbers' order.
    let dw4 = |k: usize, o: usize| h3[k] * d4[o];
    let vectors: [[N::Samples; SAMPLES]; 5] = [
        [d1[0], d1[1], h1[0] * dz, h1[1] * dz],
        [dz, z * d3[0], z * d3[1], d3[0]],
        [d3[1], dw4(0, 0), dw4(0, 1), dw4(0, 2)],
        [dw4(0, 3), dw4(1, 0), dw4(1, 1), dw4(1, 2)],
        [dw4(1, 3), d4[0], d4[1], d4[2]],
    ];
    for (i, four) in vectors.into_iter().enumerate() {
        gradient[at::B1 + i * SAMPLES..][..SAMPLES].copy_from_slice(&N::sums(four));
    }
    gradient[at::END - 1] = N::sum(d4[D - 1]);
}
