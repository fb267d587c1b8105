//! The odds of footnotes 6 and 7, right after initialisation, as exact fractions for any width.
//!
//! Of the four pixels p₀ p₁ p₂ p₃ each image lights two: 0011 lights p₂ p₃, 1010 lights p₀ p₂, 1100
//! lights p₀ p₁, 0101 lights p₁ p₃. So a neuron of L1 gets, from the four images, the sums of
//! neighbours on the cycle p₂ p₀ p₁ p₃, with four weights that are independent and symmetric about 0,
//! and biases of 0. Turn the sign of every other weight around: `a + b < 0` becomes `a < b'`, and a
//! question about signs of sums becomes one about the order of independent numbers, all orders
//! equally likely, whatever the distribution:
//!
//! | negative for          | the order that asks for          | probability    |
//! |-----------------------|----------------------------------|----------------|
//! | one image             | u₁ < u₂                          | 1/2            |
//! | two opposite images   | u₁ < u₂ and u₃ < u₄              | 1/4            |
//! | two neighbours        | u₂ largest of three              | 1/3            |
//! | three images          | u₁ < u₂ > u₃ < u₄                | 5/24           |
//! | all four              | u₁ and u₃ both below u₂ and u₄   | 4/24 = 1/6     |
//!
//! K neurons are independent, so each probability is taken to the power K; inclusion and exclusion
//! do the rest.

use crate::autoencoder::{Architecture, Network, initial_parameters};
use crate::data::quad;
use crate::nn::Init;
use crate::num::matrix::{own, row, slices};
use ndarray::ArrayView2;

/// A probability, and the fraction it is while that fits 64 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// The value.
    pub value: f64,
    /// Numerator and denominator in lowest terms, while the denominator before that, 24ᴷ, fits.
    pub fraction: Option<(u64, u64)>,
}

/// Twenty-fourths: per neuron, negative for one image, two opposite, two neighbours, three, four.
const ONE: i128 = 12;
const OPPOSITE: i128 = 6;
const NEIGHBOURS: i128 = 8;
const THREE: i128 = 5;
const ALL: i128 = 4;

/// That a given image is dead in an L1 of `width` neurons: negative in all of them.
///
/// ```
/// assert_eq!(bottleneck::analysis::quad::odds::given_image_dead(2).fraction, Some((1, 4)));
/// ```
pub fn given_image_dead(width: u32) -> Odds {
    sum(width, &[(1, ONE)])
}

/// That at least one image is dead: S₁ − S₂ + S₃ − S₄, where Sₘ sums over all sets of m images.
///
/// ```
/// assert_eq!(bottleneck::analysis::quad::odds::some_image_dead(2).fraction, Some((83, 144)));
/// ```
pub fn some_image_dead(width: u32) -> Odds {
    sum(width, &[(4, ONE), (-4, NEIGHBOURS), (-2, OPPOSITE), (4, THREE), (-1, ALL)])
}

/// That at least two images are dead, and so equal from L1 on: S₂ − 2·S₃ + 3·S₄.
///
/// ```
/// assert_eq!(bottleneck::analysis::quad::odds::two_images_dead(2).fraction, Some((11, 36)));
/// ```
pub fn two_images_dead(width: u32) -> Odds {
    sum(width, &[(4, NEIGHBOURS), (2, OPPOSITE), (-8, THREE), (3, ALL)])
}

/// The same, were the four images independent: 1 − (1 − q)⁴ − 4q(1 − q)³ with q = 2⁻ᴷ.
///
/// ```
/// assert_eq!(bottleneck::analysis::quad::odds::two_of_four_independent(2).fraction, Some((67, 256)));
/// ```
pub fn two_of_four_independent(width: u32) -> Odds {
    // 6q² − 8q³ + 3q⁴, over 16ᴷ.
    terms(width, 16, &[(6, 4), (-8, 2), (3, 1)])
}

/// That all four images are dead.
///
/// ```
/// assert_eq!(bottleneck::analysis::quad::odds::all_images_dead(2).fraction, Some((1, 36)));
/// ```
pub fn all_images_dead(width: u32) -> Odds {
    sum(width, &[(1, ALL)])
}

/// Footnote 7: that all weights of L2 have one sign and all of L3 the other, with a one-number code,
/// `l1` and `l3` neurons: 2·2⁻⁽ˡ¹⁺ˡ³⁾. Codes then have the sign that every neuron of L3 cuts off.
///
/// ```
/// assert_eq!(bottleneck::analysis::quad::odds::opposed_signs(2, 2).fraction, Some((1, 8)));
/// ```
pub fn opposed_signs(l1: u32, l3: u32) -> Odds {
    terms(l1 + l3, 2, &[(2, 1)])
}

/// `Σ c·(n/24)ᴷ`.
fn sum(width: u32, of: &[(i128, i128)]) -> Odds {
    terms(width, 24, of)
}

/// `Σ c·(n/d)ᴷ` over the given c and n.
fn terms(width: u32, denominator: i128, of: &[(i128, i128)]) -> Odds {
    let share = |n: i128| (0..width).fold(1.0, |product, _| product * (n as f64 / denominator as f64));
    let value = of.iter().map(|&(c, n)| c as f64 * share(n)).sum::<f64>();
    let whole = denominator.checked_pow(width).and_then(|d| u64::try_from(d).ok());
    let fraction = whole.map(|d| {
        let top = of.iter().map(|&(c, n)| c * n.pow(width)).sum::<i128>();
        lowest_terms(top as u64, d)
    });
    Odds { value, fraction }
}

fn lowest_terms(n: u64, d: u64) -> (u64, u64) {
    let (mut a, mut b) = (n, d);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    (n / a, d / a)
}

/// How many of some networks have each property right after initialisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// Networks looked at.
    pub networks: u32,
    /// The first image, 0011, is dead in L1.
    pub given: u32,
    /// Some image is.
    pub some: u32,
    /// At least two are.
    pub two: u32,
    /// All four are.
    pub all: u32,
    /// L2 of one sign, L3 of the other; 0 for codes of several numbers.
    pub opposed: u32,
    /// All four images are equal after L3.
    pub alike: u32,
}

/// Looks at the starts of networks with these seeds.
pub fn observe(architecture: &Architecture, init: Init, seeds: impl Iterator<Item = u32>) -> Observed {
    let images = quad();
    let layers = architecture.layers();
    let mut seen = Observed::default();
    for seed in seeds {
        let network = Network::new(*architecture, initial_parameters(architecture, init, seed));
        let hidden = network.hidden(&images, &[0, 1, 2, 3]);
        let dead = |i: usize| row(&hidden, i).iter().all(|&v| v == 0.0);
        let count = (0..4).filter(|&i| dead(i)).count();
        let sign =
            |weights: ArrayView2<'_, f32>, positive: bool| weights.iter().all(|&w| (w > 0.0) == positive);
        let (l2, l3) = (network.layer(&layers.code).0, network.layer(&layers.l3).0);
        let opposed = [true, false].into_iter().any(|up| sign(l2, up) && sign(l3, !up));
        let codes = network.encode(&images, &[0, 1, 2, 3]).mean;
        let l3_values = own(network.decode_hidden(codes.view()));
        seen.networks += 1;
        seen.given += u32::from(dead(0));
        seen.some += u32::from(count >= 1);
        seen.two += u32::from(count >= 2);
        seen.all += u32::from(count == 4);
        seen.opposed += u32::from(opposed && architecture.code == 1);
        let first = row(&l3_values, 0);
        seen.alike += u32::from(slices(&l3_values).all(|row| row == first));
    }
    seen
}
