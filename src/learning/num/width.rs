//! How many numbers the processor computes at a time.
//!
//! A program for x86-64 may count on vectors of four numbers, no more; most of these processors have vectors of eight or
//! sixteen. Which, is asked at run time. A kernel that gains by it is written once, for any [`Vectors`], and compiled for
//! each [`Width`]. On all other architectures [`Width::Four`] is the only one, and asking costs nothing.
//!
//! Bits are the same at every width: a vector's numbers are computed each by itself, and what is multiplied and added is
//! rounded twice, although wider vectors come with instructions that fuse both.

use super::Number;
use std::ops::{Add, Mul};
use wide::{bytemuck::cast_slice, f32x4};

#[cfg(target_arch = "x86_64")]
pub use fearless_simd::Simd;
#[cfg(target_arch = "x86_64")]
use fearless_simd::{Avx2, Avx512, Level, SimdBase};

/// The vectors that this processor has.
#[derive(Clone, Copy, Debug)]
pub enum Width {
    /// Of four numbers, as everywhere.
    Four,
    /// Of eight: AVX2.
    #[cfg(target_arch = "x86_64")]
    Eight(Avx2),
    /// Of sixteen: AVX-512.
    #[cfg(target_arch = "x86_64")]
    Sixteen(Avx512),
}

impl Width {
    /// The widest.
    #[cfg(not(target_arch = "x86_64"))]
    pub fn widest() -> Width {
        Width::Four
    }

    /// The widest.
    #[cfg(target_arch = "x86_64")]
    pub fn widest() -> Width {
        let level = Level::new();
        match (level.as_avx512(), level.as_avx2()) {
            (Some(avx512), _) => Width::Sixteen(avx512),
            (None, Some(avx2)) => Width::Eight(avx2),
            (None, None) => Width::Four,
        }
    }

    /// The widest that so many neighbouring numbers fill; networks side by side are kept in vectors of four.
    pub fn filled_by<N: Number>(n: usize) -> Width {
        if N::NETWORKS > 1 || n < 8 {
            return Width::Four;
        }
        match Width::widest() {
            #[cfg(target_arch = "x86_64")]
            Width::Sixteen(avx512) if n < 16 => {
                Level::Avx512(avx512).as_avx2().map_or(Width::Four, Width::Eight)
            }
            width => width,
        }
    }

    /// Numbers in a vector.
    pub fn numbers(self) -> usize {
        match self {
            Width::Four => 4,
            #[cfg(target_arch = "x86_64")]
            Width::Eight(_) => 8,
            #[cfg(target_arch = "x86_64")]
            Width::Sixteen(_) => 16,
        }
    }

    /// All that this processor has.
    #[cfg(test)]
    pub fn all() -> Vec<Width> {
        #[cfg(target_arch = "x86_64")]
        let wide = {
            let level = Level::new();
            [level.as_avx2().map(Width::Eight), level.as_avx512().map(Width::Sixteen)]
        };
        #[cfg(not(target_arch = "x86_64"))]
        let wide = [];
        [Width::Four].into_iter().chain(wide.into_iter().flatten()).collect()
    }
}

/// Evaluates an expression about the [`Vectors`] of a [`Width`], compiled for that width.
///
/// What computes in it has to be inlined. A loop over plain numbers becomes one over vectors, where the compiler finds that
/// it can.
macro_rules! at_width {
    ($width:expr, |$vectors:ident| $kernel:expr) => {
        match $width {
            $crate::num::width::Width::Four => {
                let $vectors = $crate::num::width::Fours;
                $kernel
            }
            #[cfg(target_arch = "x86_64")]
            $crate::num::width::Width::Eight(avx2) => {
                let $vectors = $crate::num::width::Wider(avx2);
                $crate::num::width::Simd::vectorize(
                    avx2,
                    #[inline(always)]
                    || $kernel,
                )
            }
            #[cfg(target_arch = "x86_64")]
            $crate::num::width::Width::Sixteen(avx512) => {
                let $vectors = $crate::num::width::Wider(avx512);
                $crate::num::width::Simd::vectorize(
                    avx512,
                    #[inline(always)]
                    || $kernel,
                )
            }
        }
    };
}
pub(crate) use at_width;

/// Vectors of one width.
pub trait Vectors: Copy {
    /// One of them.
    type Vector: Copy + Add<Output = Self::Vector> + Mul<Output = Self::Vector>;
    /// Its numbers.
    const WIDTH: usize;

    /// The same number everywhere.
    fn splat(self, x: f32) -> Self::Vector;
    /// The numbers of a slice of that length.
    fn load(self, numbers: &[f32]) -> Self::Vector;
    /// The inverse of [`load`](Vectors::load).
    fn store(self, vector: Self::Vector, numbers: &mut [f32]);
}

/// Those of [`Width::Four`].
#[derive(Clone, Copy)]
pub struct Fours;

impl Vectors for Fours {
    type Vector = f32x4;
    const WIDTH: usize = 4;

    #[inline(always)]
    fn splat(self, x: f32) -> f32x4 {
        f32x4::splat(x)
    }
    #[inline(always)]
    fn load(self, numbers: &[f32]) -> f32x4 {
        f32x4::from(numbers)
    }
    #[inline(always)]
    fn store(self, vector: f32x4, numbers: &mut [f32]) {
        numbers.copy_from_slice(cast_slice(&[vector]));
    }
}

/// Those of a wider one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub struct Wider<S>(pub S);

#[cfg(target_arch = "x86_64")]
impl<S: Simd> Vectors for Wider<S> {
    type Vector = S::f32s;
    const WIDTH: usize = S::f32s::LEN;

    #[inline(always)]
    fn splat(self, x: f32) -> S::f32s {
        S::f32s::splat(self.0, x)
    }
    #[inline(always)]
    fn load(self, numbers: &[f32]) -> S::f32s {
        S::f32s::from_slice(self.0, numbers)
    }
    #[inline(always)]
    fn store(self, vector: S::f32s, numbers: &mut [f32]) {
        vector.store_slice(numbers);
    }
}
