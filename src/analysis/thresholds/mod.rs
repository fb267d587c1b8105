//! Where the pixels of a one-number code turn, solved rather than sampled.
//!
//! Before its sigmoid, a pixel of such a decoder is
//!
//! ```text
//! a(z) = b + Σⱼ vⱼ·relu(wⱼ z + cⱼ)
//! ```
//!
//! a piecewise linear function of the code z with a kink at zⱼ = −cⱼ/wⱼ for each neuron of L3, hence
//! up to l3 + 1 pieces with one zero each. (Two neurons have no more than two: the slope of the middle
//! piece is the sum of the outer ones, or zero.) Its signs at the kinks and in the two far ends say which
//! pieces hold one; each is one division away.
//!
//! Everything is computed in `f64` from the `f32` parameters. Products of two of these are exact
//! there, and with them the order of the kinks and which neurons are on in which piece.

pub mod map;
mod pieces;

use crate::autoencoder::Network;
use crate::error::Error;
use crate::num::order;
use pieces::Decoder;
use serde::Serialize;

/// A code, or an interval of codes, at which a pixel's pre-activation is exactly zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Zero {
    /// Where it begins; −∞ for a pixel that is undecided from there on down.
    pub from: f64,
    /// Where it ends: `from` but on a flat piece.
    pub to: f64,
    /// Whether the pixel is on just below; `None` where there is nothing below.
    pub before: Option<bool>,
    /// Whether it is on just above; `None` where there is nothing above.
    pub after: Option<bool>,
}

/// A pixel that changes at a code, as seen through a Heaviside function, which takes 0 for off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Turn {
    /// The code.
    pub z: f64,
    /// The pixel.
    pub pixel: usize,
    /// Whether it is on above.
    pub on: bool,
}

/// An image that a decoder emits through a Heaviside function.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Emitted {
    /// It is emitted above this code; −∞ for the first image.
    pub from: f32,
    /// And up to this one; +∞ for the last.
    pub to: f32,
    /// Its pixels.
    pub pixels: Vec<bool>,
}

/// One pixel's zeros, in order.
#[derive(Clone, Debug, PartialEq)]
struct Pixel {
    /// On at z → −∞.
    begins_on: bool,
    zeros: Vec<Zero>,
}

/// All zeros of all pixels of a decoder.
///
/// # Examples
///
/// ```
/// use bottleneck::analysis::{quad::presets::Preset, thresholds::Thresholds};
///
/// let thresholds = Thresholds::of(&Preset::Solved.network())?;
/// let at: Vec<f64> = thresholds.turns().iter().map(|turn| turn.z).collect();
/// assert_eq!(at, [-2.0, -2.0, 0.0, 0.0, 2.0, 2.0]);
/// # Ok::<(), bottleneck::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds(Vec<Pixel>);

impl Thresholds {
    /// Solves a network's decoder. One that training drove out of the finite numbers has no zeros.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] unless its code is one number.
    pub fn of(network: &Network) -> Result<Thresholds, Error> {
        let found = network.architecture().code;
        if found != 1 {
            return Err(Error::Shape { what: "thresholds: numbers in the code", expected: 1, found });
        }
        let n_pixels = network.architecture().n_pixels;
        if !network.parameters().iter().all(|value| value.is_finite()) {
            return Ok(Thresholds(vec![Pixel { begins_on: false, zeros: Vec::new() }; n_pixels]));
        }
        let decoder = Decoder::of(network);
        let pixel = |p| {
            let (begins_on, zeros) = decoder.solve(p);
            Pixel { begins_on, zeros }
        };
        Ok(Thresholds((0..n_pixels).map(pixel).collect()))
    }

    /// The zeros of one pixel, in order: at most one on each of its l3 + 1 pieces.
    pub fn zeros(&self, pixel: usize) -> &[Zero] {
        self.0.get(pixel).map_or(&[], |pixel| &pixel.zeros)
    }

    /// The turns of all pixels, in order of the code and then of the pixel. A zero that the
    /// pre-activation touches without crossing is no turn.
    pub fn turns(&self) -> Vec<Turn> {
        let mut turns: Vec<Turn> = Vec::new();
        for (p, pixel) in self.0.iter().enumerate() {
            turns.extend(pixel.zeros.iter().flat_map(move |zero| turns_of(p, zero)));
        }
        // Stable: a pixel's own turns keep their order.
        order::sorted_by(&turns, |a, b| a.z.total_cmp(&b.z).is_lt())
    }

    /// The images that the decoder emits from z = −∞ to +∞ and where each begins and ends.
    ///
    /// Codes are rounded to `f32` here, once. Pixels whose turns round to the same number turn
    /// together: there is no code at which the image between them would be seen.
    pub fn images(&self) -> Vec<Emitted> {
        let mut pixels: Vec<bool> = self.0.iter().map(|pixel| pixel.begins_on).collect();
        let mut images = Vec::new();
        let mut from = f32::NEG_INFINITY;
        let turns = self.turns();
        for together in turns.chunk_by(|a, b| a.z as f32 == b.z as f32) {
            let before = pixels.clone();
            for turn in together {
                pixels[turn.pixel] = turn.on;
            }
            if pixels != before {
                let to = together[0].z as f32;
                images.push(Emitted { from, to, pixels: before });
                from = to;
            }
        }
        images.push(Emitted { from, to: f32::INFINITY, pixels });
        images
    }

    /// The turn nearest to a code, the lower of two equally near; `None` where nothing turns.
    pub fn nearest(&self, z: f32) -> Option<Turn> {
        let distance = |turn: &Turn| (turn.z - f64::from(z)).abs();
        self.turns().into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

/// A crossing turns the pixel once; a flat zero leaves it off, so that each of its ends may turn it.
fn turns_of(pixel: usize, zero: &Zero) -> impl Iterator<Item = Turn> + use<> {
    let Zero { from, to, before, after } = *zero;
    let turn = |z, on| Turn { z, pixel, on };
    let ends = if from < to {
        let off = (before == Some(true)).then_some(turn(from, false));
        [off, (after == Some(true)).then_some(turn(to, true))]
    } else {
        [after.filter(|_| before != after).map(|on| turn(from, on)), None]
    };
    ends.into_iter().flatten()
}
