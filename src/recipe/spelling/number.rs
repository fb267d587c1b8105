//! How a number is spelled in a link: many ways in, one way out.
//!
//! Read are plain and scientific decimals: `0.001`, `.001`, `0.0010`, `1e-3` and `1E-3` are one
//! number and are all written back as `0.001`. Refused are a plus sign, blanks, leading zeros,
//! separators, hexadecimal, `inf` and `nan`.

use super::decimal::Decimal;

/// Below this a number is written as `1e-5`, above it as `0.001`.
const SMALLEST_PLAIN: f32 = 1e-3;
/// From here on a number is written as `1e7`.
const LARGEST_PLAIN: f32 = 1e7;

/// A decimal number, rounded to the nearest `f32`; `None` unless it is spelled as above.
///
/// What is too large for `f32` is infinite, for the range of its key to refuse.
pub fn read_number(text: &str) -> Option<f32> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    if !is_mantissa(mantissa) || !exponent.is_none_or(is_exponent) {
        return None;
    }
    let n_whole = mantissa.find('.').unwrap_or(mantissa.len()) as i32;
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    let point = n_whole.saturating_add(exponent.map_or(0, read_exponent));
    let size = Decimal::new(digits, point).to_f32();
    Some(if text.starts_with('-') { -size } else { size })
}

/// Stays at the ends of `i32`, far beyond those of `f32`.
fn read_exponent(text: &str) -> i32 {
    let digits = text.bytes().filter(u8::is_ascii_digit).map(|digit| i32::from(digit - b'0'));
    let size = digits.fold(0, |size: i32, digit| size.saturating_mul(10).saturating_add(digit));
    if text.starts_with('-') { -size } else { size }
}

/// What a whole number can turn out to be.
#[derive(Debug, PartialEq)]
pub enum Integer {
    /// It fits.
    Fits(u32),
    /// It is a whole number that no `u32` holds, negative ones included.
    OutOfRange,
    /// It is not spelled as a whole number.
    Misspelled,
}

/// A whole number in decimal digits.
pub fn read_integer(text: &str) -> Integer {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !is_whole(digits) {
        return Integer::Misspelled;
    }
    text.parse().map_or(Integer::OutOfRange, Integer::Fits)
}

/// The shortest decimal that reads back as the same `f32`.
///
/// Whole numbers have no point; zero has no sign.
pub fn write_number(value: f32) -> String {
    let size = value.abs();
    let text = if size.is_nan() {
        return "NaN".into();
    } else if size == 0.0 {
        return "0".into();
    } else if size.is_infinite() {
        "inf".into()
    } else if (SMALLEST_PLAIN..LARGEST_PLAIN).contains(&size) {
        Decimal::shortest(size).plain()
    } else {
        Decimal::shortest(size).scientific()
    };
    if value < 0.0 { "-".to_owned() + &text } else { text }
}

fn is_mantissa(text: &str) -> bool {
    match text.split_once('.') {
        Some((whole, fraction)) => (whole.is_empty() || is_whole(whole)) && is_digits(fraction),
        None => is_whole(text),
    }
}

fn is_exponent(text: &str) -> bool {
    is_digits(text.strip_prefix('-').unwrap_or(text))
}

fn is_whole(text: &str) -> bool {
    is_digits(text) && (text == "0" || !text.starts_with('0'))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_many_spellings_is_written_in_one() {
        for text in ["0.001", ".001", "0.0010", "1e-3", "1E-3", "10e-4"] {
            assert_eq!(read_number(text).map(write_number).as_deref(), Some("0.001"), "{text}");
        }
    }

    #[test]
    fn tiny_numbers_are_written_with_an_exponent_and_whole_ones_without_a_point() {
        let written = [1e-5, 2.5e-4, 0.0, -0.0, 10.0, 100.0, 0.1].map(write_number);
        assert_eq!(written, ["1e-5", "2.5e-4", "0", "0", "10", "100", "0.1"]);
    }

    #[test]
    fn other_spellings_are_refused() {
        let refused = "+1|1.|.|-|e5|1e|1e+5|1e--5| 1|1 |01|00.1|0x10|1_0|inf|NaN|1,5|١|--1|";
        for text in refused.split('|') {
            assert_eq!(read_number(text), None, "{text:?}");
            assert_eq!(read_integer(text), Integer::Misspelled, "{text:?}");
        }
        assert_eq!(read_integer("1.0"), Integer::Misspelled);
        assert_eq!(read_integer("1e3"), Integer::Misspelled);
    }

    #[test]
    fn a_whole_number_beyond_u32_is_out_of_range() {
        assert_eq!(read_integer("4294967295"), Integer::Fits(u32::MAX));
        assert_eq!(read_integer("4294967296"), Integer::OutOfRange);
        assert_eq!(read_integer("-5"), Integer::OutOfRange);
    }

    #[test]
    fn an_exponent_of_any_length_is_read() {
        for (text, value) in [
            ("1e99999999999999999999", f32::INFINITY),
            ("-1e4000000000", f32::NEG_INFINITY),
            ("1e-99999999999999999999", 0.0),
            ("0e99999999999999999999", 0.0),
            ("-0", -0.0),
        ] {
            assert_eq!(read_number(text).map(f32::to_bits), Some(value.to_bits()), "{text}");
        }
        assert_eq!(read_number(&format!("0.{}1e60", "0".repeat(59))), Some(1.0));
        assert_eq!([f32::NAN, f32::INFINITY, f32::NEG_INFINITY].map(write_number), ["NaN", "inf", "-inf"]);
    }

    #[test]
    fn every_finite_f32_reads_back_from_its_spelling() {
        // A stride that is prime to 2^32 visits all exponents and both signs.
        let mut bits = 0u32;
        for _ in 0..10_000 {
            bits = bits.wrapping_add(2_654_435_761);
            let value = f32::from_bits(bits);
            if value.is_finite() {
                assert_eq!(read_number(&write_number(value)), Some(value), "{bits:08x}");
            }
        }
    }
}
