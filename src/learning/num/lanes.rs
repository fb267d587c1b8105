//! A number, or a vector of numbers: one piece of arithmetic for both.
//!
//! A network is trained four samples at a time, and a census trains four networks at a time.
//! The same generic code serves both, so both give the same bits:
//!
//! | trained           | one weight ([`Number`]) | a value of four samples ([`Number::Samples`]) |
//! |-------------------|-------------------------|-----------------------------------------------|
//! | one network       | `f32`                   | `f32x4`                                       |
//! | four side by side | `f32x4`                 | `Four<f32x4>`                                 |
//!
//! Every operation works on each lane alone, except [`Number::sum`], whose order is written.

use std::ops::{Add, Div, Mul, Sub};
use wide::bytemuck::{cast, cast_slice, cast_slice_mut};
use wide::{f32x4, i32x4, u32x4};

/// How many samples one value of [`Number::Samples`] holds.
pub const SAMPLES: usize = 4;

/// How many networks stand side by side at most.
pub const MOST_NETWORKS: usize = 4;

/// Lane-wise f32 arithmetic. A NaN stays a NaN through every function here but
/// [`where_positive`](Real::where_positive), so a run that leaves the finite numbers is noticed.
pub trait Real:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// The same number in every lane.
    fn splat(x: f32) -> Self;
    /// √x, correctly rounded.
    fn sqrt(self) -> Self;
    /// |x|.
    fn abs(self) -> Self;
    /// `if x < low { low } else { x }`.
    fn at_least(self, low: f32) -> Self;
    /// `if x > high { high } else { x }`.
    fn at_most(self, high: f32) -> Self;
    /// `if of > 0.0 { self } else { 0.0 }`: relu, and the derivative of relu times something.
    fn where_positive(self, of: Self) -> Self;
    /// `if |x| < tiny { 0.0 } else { x }`: keeps denormals out of the arithmetic.
    fn flush_below(self, tiny: f32) -> Self;
    /// The lowest nine bits of the representation become sign and exponent. See [`exp2`](super::math::exp2).
    fn low_bits_to_exponent(self) -> Self;
    /// `(m, e)` with `x = m·2^e`, `m` in `[1, 2)`, for normal positive `x`.
    fn mantissa_and_exponent(self) -> (Self, Self);
}

/// What one weight is: the number of one network, or of several networks side by side.
pub trait Number: Real + Default + Send + Sync + 'static {
    /// The values that four samples have in these networks.
    type Samples: Real + Default + Send + Sync + 'static;
    /// How many networks stand side by side.
    const NETWORKS: usize;

    /// One value for all four samples.
    fn spread(self) -> Self::Samples;
    /// Four samples' values, in order.
    fn gather(samples: [Self; SAMPLES]) -> Self::Samples;
    /// The inverse of [`gather`](Number::gather).
    fn scatter(samples: Self::Samples) -> [Self; SAMPLES];
    /// A value per network.
    fn per_network(value: impl FnMut(usize) -> f32) -> Self;
    /// The value of network `k`.
    fn of_network(self, k: usize) -> f32;

    /// The sum over the four samples, `(s₀ + s₁) + (s₂ + s₃)`.
    fn sum(samples: Self::Samples) -> Self {
        let [s0, s1, s2, s3] = Self::scatter(samples);
        (s0 + s1) + (s2 + s3)
    }

    /// Values of samples as plain numbers, unless networks stand side by side.
    fn numbers_of(_values: &[Self::Samples]) -> Option<&[f32]> {
        None
    }
    /// The same, to be written to.
    fn numbers_of_mut(_values: &mut [Self::Samples]) -> Option<&mut [f32]> {
        None
    }
    /// Weights as plain numbers, unless networks stand side by side.
    fn weights_of(_weights: &[Self]) -> Option<&[f32]> {
        None
    }
    /// The same, to be written to.
    fn weights_of_mut(_weights: &mut [Self]) -> Option<&mut [f32]> {
        None
    }

    /// Each value's [`sum`](Number::sum).
    fn sums(values: [Self::Samples; SAMPLES]) -> [Self; SAMPLES] {
        values.map(Self::sum)
    }
}

impl Real for f32 {
    #[inline(always)]
    fn splat(x: f32) -> f32 {
        x
    }
    #[inline(always)]
    fn sqrt(self) -> f32 {
        f32::sqrt(self)
    }
    #[inline(always)]
    fn abs(self) -> f32 {
        f32::abs(self)
    }
    #[inline(always)]
    fn at_least(self, low: f32) -> f32 {
        if self < low { low } else { self }
    }
    #[inline(always)]
    fn at_most(self, high: f32) -> f32 {
        if self > high { high } else { self }
    }
    #[inline(always)]
    fn where_positive(self, of: f32) -> f32 {
        if of > 0.0 { self } else { 0.0 }
    }
    #[inline(always)]
    fn flush_below(self, tiny: f32) -> f32 {
        if f32::abs(self) < tiny { 0.0 } else { self }
    }
    #[inline(always)]
    fn low_bits_to_exponent(self) -> f32 {
        f32::from_bits(self.to_bits() << 23)
    }
    #[inline(always)]
    fn mantissa_and_exponent(self) -> (f32, f32) {
        let bits = self.to_bits();
        let mantissa = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
        (mantissa, ((bits >> 23) as i32 - 127) as f32)
    }
}

impl Real for f32x4 {
    #[inline(always)]
    fn splat(x: f32) -> f32x4 {
        f32x4::splat(x)
    }
    #[inline(always)]
    fn sqrt(self) -> f32x4 {
        f32x4::sqrt(self)
    }
    #[inline(always)]
    fn abs(self) -> f32x4 {
        f32x4::abs(self)
    }
    #[inline(always)]
    fn at_least(self, low: f32) -> f32x4 {
        let low = f32x4::splat(low);
        // One instruction where the machine has it, with the operand order that lets a NaN in
        // `self` through: wasm's pmax(a, b) is `a < b ? b : a`, SSE's max(a, b) `a > b ? a : b`.
        if cfg!(target_arch = "wasm32") {
            self.fast_max(low)
        } else if cfg!(target_arch = "x86_64") {
            low.fast_max(self)
        } else {
            self.simd_lt(low).select(low, self)
        }
    }
    #[inline(always)]
    fn at_most(self, high: f32) -> f32x4 {
        let high = f32x4::splat(high);
        if cfg!(target_arch = "wasm32") {
            self.fast_min(high)
        } else if cfg!(target_arch = "x86_64") {
            high.fast_min(self)
        } else {
            self.simd_gt(high).select(high, self)
        }
    }
    #[inline(always)]
    fn where_positive(self, of: f32x4) -> f32x4 {
        self & of.simd_gt(f32x4::splat(0.0))
    }
    #[inline(always)]
    fn flush_below(self, tiny: f32) -> f32x4 {
        // "Not less than" rather than "at least", so that a NaN stays.
        self & !f32x4::abs(self).simd_lt(f32x4::splat(tiny))
    }
    #[inline(always)]
    fn low_bits_to_exponent(self) -> f32x4 {
        cast(cast::<f32x4, u32x4>(self) << 23u32)
    }
    #[inline(always)]
    fn mantissa_and_exponent(self) -> (f32x4, f32x4) {
        let bits: u32x4 = cast(self);
        let mantissa = (bits & u32x4::splat(0x007f_ffff)) | u32x4::splat(0x3f80_0000);
        let exponent = cast::<u32x4, i32x4>(bits >> 23u32) - i32x4::splat(127);
        (cast(mantissa), f32x4::from_i32x4(exponent))
    }
}

impl Number for f32 {
    type Samples = f32x4;
    const NETWORKS: usize = 1;

    #[inline(always)]
    fn spread(self) -> f32x4 {
        f32x4::splat(self)
    }
    #[inline(always)]
    fn gather(samples: [f32; SAMPLES]) -> f32x4 {
        f32x4::from(samples)
    }
    #[inline(always)]
    fn scatter(samples: f32x4) -> [f32; SAMPLES] {
        samples.to_array()
    }
    #[inline(always)]
    fn per_network(mut value: impl FnMut(usize) -> f32) -> f32 {
        value(0)
    }
    #[inline(always)]
    fn of_network(self, _k: usize) -> f32 {
        self
    }
    #[inline(always)]
    fn numbers_of(values: &[f32x4]) -> Option<&[f32]> {
        Some(cast_slice(values))
    }
    #[inline(always)]
    fn numbers_of_mut(values: &mut [f32x4]) -> Option<&mut [f32]> {
        Some(cast_slice_mut(values))
    }
    #[inline(always)]
    fn weights_of(weights: &[f32]) -> Option<&[f32]> {
        Some(weights)
    }
    #[inline(always)]
    fn weights_of_mut(weights: &mut [f32]) -> Option<&mut [f32]> {
        Some(weights)
    }
    #[inline(always)]
    fn sums(values: [f32x4; SAMPLES]) -> [f32; SAMPLES] {
        let [s0, s1, s2, s3] = f32x4::transpose(values);
        ((s0 + s1) + (s2 + s3)).to_array()
    }
}

impl Number for f32x4 {
    type Samples = Four<f32x4>;
    const NETWORKS: usize = 4;

    #[inline(always)]
    fn spread(self) -> Four<f32x4> {
        Many([self; SAMPLES])
    }
    #[inline(always)]
    fn gather(samples: [f32x4; SAMPLES]) -> Four<f32x4> {
        Many(samples)
    }
    #[inline(always)]
    fn scatter(samples: Four<f32x4>) -> [f32x4; SAMPLES] {
        samples.0
    }
    #[inline(always)]
    fn per_network(mut value: impl FnMut(usize) -> f32) -> f32x4 {
        f32x4::from([value(0), value(1), value(2), value(3)])
    }
    #[inline(always)]
    fn of_network(self, k: usize) -> f32 {
        self.to_array()[k]
    }
}

/// `W` values of one kind, computed lane by lane.
#[derive(Clone, Copy)]
pub struct Many<T, const W: usize>(pub [T; W]);

/// Four values of one kind.
pub type Four<T> = Many<T, 4>;

impl<T: Copy, const W: usize> Many<T, W> {
    #[inline(always)]
    fn map(self, f: impl Fn(T) -> T) -> Self {
        Many(self.0.map(f))
    }
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        Many(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }
}

impl<T: Copy + Default, const W: usize> Default for Many<T, W> {
    fn default() -> Self {
        Many([T::default(); W])
    }
}

macro_rules! lane_wise {
    ($($operation:ident $method:ident),*) => {$(
        impl<T: Real, const W: usize> $operation for Many<T, W> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.zip(other, |a, b| a.$method(b))
            }
        }
    )*};
}
lane_wise!(Add add, Sub sub, Mul mul, Div div);

impl<T: Real, const W: usize> Real for Many<T, W> {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        Many([T::splat(x); W])
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.map(T::sqrt)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.map(T::abs)
    }
    #[inline(always)]
    fn at_least(self, low: f32) -> Self {
        self.map(|x| x.at_least(low))
    }
    #[inline(always)]
    fn at_most(self, high: f32) -> Self {
        self.map(|x| x.at_most(high))
    }
    #[inline(always)]
    fn where_positive(self, of: Self) -> Self {
        self.zip(of, T::where_positive)
    }
    #[inline(always)]
    fn flush_below(self, tiny: f32) -> Self {
        self.map(|x| x.flush_below(tiny))
    }
    #[inline(always)]
    fn low_bits_to_exponent(self) -> Self {
        self.map(T::low_bits_to_exponent)
    }
    #[inline(always)]
    fn mantissa_and_exponent(self) -> (Self, Self) {
        let both = self.0.map(T::mantissa_and_exponent);
        (Many(both.map(|b| b.0)), Many(both.map(|b| b.1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWKWARD: [f32; 12] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        1e-40,
        -1e-40,
        3.4e38,
        -7.25,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        1e-30,
    ];

    fn same(a: f32, b: f32) -> bool {
        a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
    }

    #[test]
    fn a_vector_does_to_each_lane_what_a_number_does() {
        for x in AWKWARD {
            for y in AWKWARD {
                let (vx, vy) = (f32x4::splat(x), f32x4::splat(y));
                let pairs = [
                    (x + y, vx + vy),
                    (x - y, vx - vy),
                    (x * y, vx * vy),
                    (x / y, vx / vy),
                    (Real::sqrt(x), Real::sqrt(vx)),
                    (Real::abs(x), Real::abs(vx)),
                    (x.at_least(-2.0), vx.at_least(-2.0)),
                    (x.at_most(2.0), vx.at_most(2.0)),
                    (x.where_positive(y), vx.where_positive(vy)),
                    (x.flush_below(1e-20), vx.flush_below(1e-20)),
                    (x.low_bits_to_exponent(), vx.low_bits_to_exponent()),
                    (x.mantissa_and_exponent().1, vx.mantissa_and_exponent().1),
                ];
                for (i, (one, four)) in pairs.into_iter().enumerate() {
                    let lanes = four.to_array();
                    assert!(
                        lanes.iter().all(|&l| same(l, one)),
                        "operation {i} of {x}, {y}: {one} and {lanes:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn samples_are_summed_in_pairs() {
        let samples = [1e8, 1.0, -1e8, 1.0];
        assert_eq!(f32::sum(f32x4::from(samples)), (1e8 + 1.0) + (-1e8 + 1.0));
        let networks = samples.map(f32x4::splat);
        assert_eq!(f32x4::sum(Many(networks)).of_network(2), f32::sum(f32x4::from(samples)));
    }
}
