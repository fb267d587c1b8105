//! Transcendental functions that give the same bits everywhere.
//!
//! The platform's `exp`, `ln`, `sin` differ from machine to machine. These are polynomials of our own:
//! for training over [`Real`], fitted by iteratively reweighted least squares (minimax to the digits
//! kept); for data in `f64`, by Taylor. The `libm` crate judges them in the tests.

use super::Real;
use std::f32::consts::LOG2_E;
use std::hint::black_box;

/// cos and sin of an angle in degrees, for the data generators, with an absolute error below 3e-16.
///
/// The nearest quarter turn comes off in degrees, where that is exact, so that multiples of 90° give
/// exactly 0 and ±1; for the ±45° left, the Taylor series of eight terms stop below 1e-16.
///
/// ```
/// use bottleneck::num::math::cos_sin_degrees;
/// assert_eq!(cos_sin_degrees(90.0), (0.0, 1.0));
/// ```
pub fn cos_sin_degrees(angle: f64) -> (f64, f64) {
    let quarters = (angle / 90.0 + 0.5).floor();
    let x = (angle - 90.0 * quarters) * (std::f64::consts::PI / 180.0);
    // Innermost first: cos x = 1 − x²/1·2 (1 − x²/3·4 (1 − …)), sin x = x (1 − x²/2·3 (1 − x²/4·5 (1 − …))).
    let (mut cos, mut sin) = (1.0, 1.0);
    for k in [15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        cos = 1.0 - x * x / (k * (k + 1.0)) * cos;
        sin = 1.0 - x * x / ((k + 1.0) * (k + 2.0)) * sin;
    }
    sin *= x;
    match quarters as i64 & 3 {
        1 => (0.0 - sin, cos),
        2 => (0.0 - cos, 0.0 - sin),
        3 => (sin, 0.0 - cos),
        _ => (cos, sin),
    }
}

/// 2ˣ for x in `[-126, 126]`, with a relative error below 6e-7; exact for whole x.
///
/// ```
/// use bottleneck::num::math::exp2;
/// assert_eq!(exp2(3.0_f32), 8.0);
/// ```
#[inline(always)]
pub fn exp2<T: Real>(x: T) -> T {
    let (even, odd, power) = exp2_parts(x, &EXP2);
    power * ((even + odd) / (even - odd))
}

/// The constants of [`exp2_parts`].
///
/// Adding the first, 1.5·2²³ + 127, rounds to an integer with the bias of an exponent. The others are c and d, fitted
/// to ±½.
const EXP2: [f32; 3] = [12_582_912.0 + 127.0, 25.039_107, 8.677_839];

/// `(e, o, 2ᵏ)` with `2ˣ = 2ᵏ·(e + o) / (e − o)`.
///
/// x = k + f with k the nearest integer. 2ᶠ is a quotient of quadratic polynomials that differ only in the sign of
/// their odd part, e = c + f² and o = d·f (error 4.4e-7).
#[inline(always)]
fn exp2_parts<T: Real>(x: T, constants: &[f32; 3]) -> (T, T, T) {
    let [magic, c, d] = constants.map(T::splat);
    // The rounded sum has k in its lowest bits, so shifting those up makes 2ᵏ.
    let shifted = x + magic;
    let f = x - (shifted - magic);
    (c + f * f, d * f, shifted.low_bits_to_exponent())
}

/// [`exp2`] of a whole number, to the same bits: its quotient is 1, and so left out.
#[inline(always)]
fn exp2_of_whole<T: Real>(k: T) -> T {
    (k + T::splat(EXP2[0])).low_bits_to_exponent()
}

/// eˣ, saturating at about 1e±38, with a relative error below 6e-7 + 1e-7·|x|.
#[inline(always)]
pub fn exp<T: Real>(x: T) -> T {
    exp2((x * T::splat(LOG2_E)).at_least(-126.0).at_most(126.0))
}

/// The logistic function 1 / (1 + e⁻ˣ), with an absolute error below 2e-7.
///
/// Beyond x = ±27.7 it stays at 2⁻⁴⁰ and at 1: nothing that small moves a weight, and the
/// products of smaller values would be denormal numbers, which most processors handle slowly.
///
/// ```
/// use bottleneck::num::math::sigmoid;
/// assert_eq!(sigmoid(0.0_f32), 0.5);
/// assert_eq!(sigmoid(100.0_f32), 1.0);
/// ```
#[inline(always)]
pub fn sigmoid<T: Real>(x: T) -> T {
    Sigmoid::KNOWN.of_exponent(x * T::splat(-LOG2_E))
}

/// [`sigmoid`] with its constants at hand, for a loop.
#[derive(Clone, Copy)]
pub struct Sigmoid {
    /// Where the exponent of 2 is clipped.
    low: f32,
    high: f32,
    exp2: [f32; 3],
}

impl Sigmoid {
    const KNOWN: Sigmoid = Sigmoid { low: -40.0, high: 40.0, exp2: EXP2 };

    /// With constants that the compiler takes for numbers, and so loads once: in a browser, each use of a vector constant
    /// costs as much as two additions, which adds up to a tenth of a sigmoid.
    #[inline(always)]
    pub fn kept() -> Sigmoid {
        black_box(Sigmoid::KNOWN)
    }

    /// 1 / (1 + 2ᵖ), the sigmoid of −p·ln 2.
    #[inline(always)]
    pub fn of_exponent<T: Real>(&self, p: T) -> T {
        let (above, below) = self.fraction(p);
        above / below
    }

    /// The same as the two numbers whose quotient it is.
    #[inline(always)]
    pub fn fraction<T: Real>(&self, p: T) -> (T, T) {
        // 1 / (1 + 2ᵏ·(e + o)/(e − o)), with the inner fraction cleared.
        let (even, odd, power) = exp2_parts(p.at_least(self.low).at_most(self.high), &self.exp2);
        let above = even - odd;
        (above, above + power * (even + odd))
    }
}

/// ln x for normal positive x, with a relative error below 3e-7 (absolute 1e-7 near x = 1).
///
/// x = m·2ᵉ with m in [√½, √2); ln m = 2·artanh s with s = (m − 1)/(m + 1).
#[inline(always)]
pub fn ln<T: Real>(x: T) -> T {
    let one = T::splat(1.0);
    // The exponent of √2·x has its seams at √½ and √2 instead of 1, so that ln is smooth at 1.
    let (_, e) = (x * T::splat(std::f32::consts::SQRT_2)).mantissa_and_exponent();
    let m = x * exp2_of_whole(T::splat(0.0) - e);
    let s = (m - one) / (m + one);
    let t = s * s;
    let mut p = T::splat(0.299_256_5);
    for c in [0.399_747_94, 0.666_668_2, 2.0] {
        p = p * t + T::splat(c);
    }
    e * T::splat(std::f32::consts::LN_2) + s * p
}

/// Two independent normal numbers from two uniform ones (Box and Muller 1958):
/// `√(−2 ln u)·cos 2πv` and `√(−2 ln u)·sin 2πv`, for u in (0, 1] and v in [−½, ½).
#[inline(always)]
pub fn normal_pair<T: Real>(u: T, v: T) -> (T, T) {
    let radius = (T::splat(-2.0) * ln(u)).at_least(0.0).sqrt();
    // Half the angle, ±π/2, needs only one polynomial for the sine and one for the cosine.
    let (c, s) = cos_sin_pi(v);
    (radius * (c * c - s * s), radius * (T::splat(2.0) * s * c))
}

/// cos πv and sin πv for v in [−½, ½], with an absolute error below 3e-7.
#[inline(always)]
fn cos_sin_pi<T: Real>(v: T) -> (T, T) {
    (sin_pi(T::splat(0.5) - v.abs()), sin_pi(v))
}

/// sin πv for v in [−½, ½].
#[inline(always)]
fn sin_pi<T: Real>(v: T) -> T {
    let t = v * v;
    let mut p = T::splat(0.077_560_39);
    for c in [-0.598_242_1, 2.550_069_8, -5.167_709_8, 3.141_592_7] {
        p = p * t + T::splat(c);
    }
    v * p
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sweep(low: f64, high: f64) -> impl Iterator<Item = f32> {
        (0..=200_000).map(move |i| (low + (high - low) * f64::from(i) / 200_000.0) as f32)
    }

    fn worst(xs: impl Iterator<Item = f32>, error: impl Fn(f32) -> f64) -> f64 {
        xs.map(error).fold(0.0, f64::max)
    }

    // The judge is the f64 function of `libm`, whose own error is far below these bounds.

    #[test]
    fn exp2_keeps_its_bound() {
        let e = worst(sweep(-126.0, 126.0), |x| (f64::from(exp2(x)) / libm::exp2(f64::from(x)) - 1.0).abs());
        assert!(e < 6e-7, "{e}");
    }

    #[test]
    fn exp_keeps_its_bound() {
        let e = worst(sweep(-80.0, 80.0), |x| {
            let relative = (f64::from(exp(x)) / libm::exp(f64::from(x)) - 1.0).abs();
            relative / (6e-7 + 1e-7 * f64::from(x.abs()))
        });
        assert!(e < 1.0, "{e}");
    }

    #[test]
    fn sigmoid_keeps_its_bound() {
        let e = worst(sweep(-60.0, 60.0), |x| {
            (f64::from(sigmoid(x)) - 1.0 / (1.0 + libm::exp(-f64::from(x)))).abs()
        });
        assert!(e < 2e-7, "{e}");
    }

    #[test]
    fn ln_keeps_its_bounds() {
        let relative = |x: f32| {
            let truth = libm::log(f64::from(x));
            (f64::from(ln(x)) - truth).abs() / truth.abs().max(0.3)
        };
        assert!(worst(sweep(1e-6, 2.0), relative) < 3e-7);
        assert!(worst((1..120).map(|k| exp2(-(k as f32) * 0.9)), relative) < 3e-7);
        assert_eq!(ln(1.0_f32), 0.0);
    }

    #[test]
    fn whole_powers_of_two_have_the_same_bits_either_way() {
        // Those of `ln`, of infinity and of what is not a number among them.
        for k in (-128..=150).map(|k| k as f32) {
            assert_eq!(exp2_of_whole(k).to_bits(), exp2(k).to_bits(), "{k}");
        }
    }

    #[test]
    fn cosine_and_sine_keep_their_bound() {
        let e = worst(sweep(-0.5, 0.5), |v| {
            let (c, s) = cos_sin_pi(v);
            let angle = std::f64::consts::PI * f64::from(v);
            (f64::from(c) - libm::cos(angle)).abs().max((f64::from(s) - libm::sin(angle)).abs())
        });
        assert!(e < 3e-7, "{e}");
    }

    #[test]
    fn cosine_and_sine_of_degrees_keep_their_bound() {
        let e = worst(sweep(-720.0, 720.0), |angle| {
            let (c, s) = cos_sin_degrees(f64::from(angle));
            let x = f64::from(angle) * (std::f64::consts::PI / 180.0);
            // The judge's own angle is rounded, by up to half a unit in the last place of 4π.
            let rounded = f64::EPSILON * x.abs();
            (c - libm::cos(x)).abs().max((s - libm::sin(x)).abs()) / (3e-16 + rounded)
        });
        assert!(e < 1.0, "{e}");
    }

    #[test]
    fn quarter_turns_are_exact() {
        for turn in [-360.0, 0.0, 360.0, 3600.0] {
            let found = [0.0, 90.0, 180.0, 270.0].map(|angle| cos_sin_degrees(turn + angle));
            assert_eq!(found, [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)]);
        }
    }

    #[test]
    fn not_a_number_stays_one() {
        assert!(sigmoid(f32::NAN).is_nan() && exp(f32::NAN).is_nan());
        assert!(wide::f32x4::is_nan(sigmoid(wide::f32x4::splat(f32::NAN))).all());
    }
}
