//! The floor: how fast this machine, in this browser, at this moment, does the arithmetic that training consists of.
//!
//! Three kernels in wasm simd128, each as fast as we can make it and free of everything around it: no data to fetch, no
//! layout to follow, no order of sums to keep. What a training step takes at least is its count of multiply–adds,
//! sigmoids and Adam updates times what they cost here. Exported as plain functions, so that nothing but the kernel is
//! timed; each repeats its work `passes` times and returns a number that depends on all of it.
#![cfg(target_arch = "wasm32")]

use core::arch::wasm32::*;
use core::array::from_fn;
use core::hint::black_box;

/// Independent sums of [`multiply_add`]: enough to hide the latency of an addition after a multiplication on three
/// vector ports, few enough for sixteen registers.
const SUMS: usize = 12;
/// Turns of the loop in one pass of [`multiply_add`].
const TURNS: usize = 128;
/// Vectors in an array of [`sigmoids`]: 1,024 numbers, a picture of the page.
const PICTURE: usize = 256;
/// Vectors in an array of [`adam`]: 5,120 numbers, about the parameters of a 1024-2-1-2-1024 autoencoder.
const PARAMETERS: usize = 1280;

/// Floating-point operations in one pass of [`multiply_add`], a multiplication and an addition counting one each.
#[unsafe(no_mangle)]
pub extern "C" fn multiply_add_operations() -> u32 {
    (SUMS * TURNS * 4 * 2) as u32
}

/// `s = s·a + b` on independent vectors.
#[unsafe(no_mangle)]
pub extern "C" fn multiply_add(passes: u32) -> f32 {
    let a = f32x4_splat(black_box(0.999));
    let b = f32x4_splat(black_box(0.001));
    let mut sums: [v128; SUMS] = from_fn(|i| f32x4_splat(i as f32));
    for _ in 0..passes as usize * TURNS {
        for sum in &mut sums {
            *sum = f32x4_add(f32x4_mul(*sum, a), b);
        }
    }
    lane_sum(sums.into_iter().fold(f32x4_splat(0.0), |s, x| f32x4_add(s, x)))
}

/// Sigmoids in one pass of [`sigmoids`].
#[unsafe(no_mangle)]
pub extern "C" fn sigmoids_count() -> u32 {
    (PICTURE * 4) as u32
}

/// Sigmoids of one array into another.
#[unsafe(no_mangle)]
pub extern "C" fn sigmoids(passes: u32) -> f32 {
    let x: [v128; PICTURE] = from_fn(|i| f32x4_splat(i as f32 * 0.1 - 12.8));
    let mut y = x;
    for _ in 0..passes {
        let pairs = black_box(&x).chunks_exact(4).zip(black_box(&mut y).chunks_exact_mut(4));
        for (x, y) in pairs {
            // Four at a time, so that the constants stay in registers and one's latency is another's work.
            let four: [v128; 4] = from_fn(|i| x[i]);
            y.copy_from_slice(&sigmoid(four));
        }
    }
    lane_sum(y.into_iter().fold(f32x4_splat(0.0), |s, x| f32x4_add(s, x)))
}

/// One sigmoid of [`sigmoids`], to be compared with the truth.
#[unsafe(no_mangle)]
pub extern "C" fn sigmoid_of(x: f32) -> f32 {
    f32x4_extract_lane::<0>(sigmoid([f32x4_splat(x); 4])[0])
}

/// `1 / (1 + 2^(−x·log₂e))` with an absolute error below 1e-6.
///
/// 2ᵏ⁺ᶠ with k an integer: 2ᶠ is a quotient of two quadratic polynomials, whose division is also that of the sigmoid, and
/// 2ᵏ is an exponent. A polynomial for 2ᶠ would take two operations more.
#[inline(always)]
fn sigmoid(x: [v128; 4]) -> [v128; 4] {
    let splat = f32x4_splat;
    let magic = splat(12_582_912.0 + 127.0);
    let power = x.map(|x| f32x4_mul(x, splat(-core::f32::consts::LOG2_E)));
    let power = power.map(|p| f32x4_pmin(f32x4_pmax(p, splat(-126.0)), splat(126.0)));
    let shifted = power.map(|p| f32x4_add(p, magic));
    let f: [v128; 4] = from_fn(|i| f32x4_sub(power[i], f32x4_sub(shifted[i], magic)));
    let even = f.map(|f| f32x4_add(f32x4_mul(f, f), splat(25.039_107)));
    let odd = f.map(|f| f32x4_mul(f, splat(8.677_839)));
    let below: [v128; 4] = from_fn(|i| f32x4_sub(even[i], odd[i]));
    let above: [v128; 4] = from_fn(|i| f32x4_mul(f32x4_add(even[i], odd[i]), i32x4_shl(shifted[i], 23)));
    from_fn(|i| f32x4_div(below[i], f32x4_add(below[i], above[i])))
}

/// Parameters updated in one pass of [`adam`].
#[unsafe(no_mangle)]
pub extern "C" fn adam_count() -> u32 {
    (PARAMETERS * 4) as u32
}

/// Adam in Keras' form: `m = β₁m + (1−β₁)g`, `v = β₂v + (1−β₂)g²`, `w −= rate·m / (√v + ε)`.
#[unsafe(no_mangle)]
pub extern "C" fn adam(passes: u32) -> f32 {
    let splat = f32x4_splat;
    let g: [v128; PARAMETERS] = from_fn(|i| splat(i as f32 * 1e-5 - 0.005));
    let mut w = g;
    let mut m = g;
    let mut v: [v128; PARAMETERS] = g.map(|g| f32x4_mul(g, g));
    for _ in 0..passes {
        let (g, w) = (black_box(&g), black_box(&mut w));
        let moments = black_box(&mut m).iter_mut().zip(black_box(&mut v));
        for ((w, &g), (m, v)) in w.iter_mut().zip(g).zip(moments) {
            *m = f32x4_add(f32x4_mul(*m, splat(0.9)), f32x4_mul(g, splat(0.1)));
            *v = f32x4_add(f32x4_mul(*v, splat(0.999)), f32x4_mul(f32x4_mul(g, g), splat(0.001)));
            let step = f32x4_div(f32x4_mul(*m, splat(1e-3)), f32x4_add(f32x4_sqrt(*v), splat(1e-7)));
            *w = f32x4_sub(*w, step);
        }
    }
    lane_sum(w.into_iter().fold(splat(0.0), |s, x| f32x4_add(s, x)))
}

fn lane_sum(v: v128) -> f32 {
    f32x4_extract_lane::<0>(v)
        + f32x4_extract_lane::<1>(v)
        + f32x4_extract_lane::<2>(v)
        + f32x4_extract_lane::<3>(v)
}
