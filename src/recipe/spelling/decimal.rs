//! Decimals of any length, and the `f32` nearest to each.
//!
//! Multiplying and dividing decimal digits by powers of two is exact, so nothing here rounds before it
//! should. That is slow beside tables of powers, some microseconds a number, and a tenth of their size.

use std::cmp::Ordering;

/// `0.d₁d₂d₃… · 10^point`; neither the first nor the last digit is 0, and zero has no digits.
#[derive(Clone)]
pub struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// Far beyond both ends of `f32`, and far within `i32`.
const FARTHEST_POINT: i32 = 1_000_000;

/// No `f32` needs more digits to be told from its neighbours.
const MOST_DIGITS: i32 = 9;

/// Bits of one step of [`Decimal::shift`]: ten times as much fits `u32`.
const MOST_BITS: i32 = 28;

impl Decimal {
    /// `0.d₁d₂d₃… · 10^point` from digits 0 to 9, zeros at either end included.
    pub fn new(digits: Vec<u8>, point: i32) -> Decimal {
        let mut decimal = Decimal { digits, point: point.clamp(-FARTHEST_POINT, FARTHEST_POINT) };
        decimal.trim();
        decimal
    }

    /// `whole · 10^exponent`.
    fn scaled(mut whole: u32, exponent: i32) -> Decimal {
        let mut digits = Vec::new();
        while whole > 0 {
            digits.insert(0, (whole % 10) as u8);
            whole /= 10;
        }
        let point = exponent + digits.len() as i32;
        Decimal::new(digits, point)
    }

    /// The decimal that equals a finite, positive `f32`, digit by digit.
    fn exactly(value: f32) -> Decimal {
        let (exponent, fraction) = ((value.to_bits() >> 23) as i32, value.to_bits() & 0x7f_ffff);
        let (mantissa, power) =
            if exponent == 0 { (fraction, -149) } else { (fraction | 0x80_0000, exponent - 150) };
        let mut decimal = Decimal::scaled(mantissa, 0);
        decimal.shift(power);
        decimal
    }

    /// The shortest decimal that is read back as this finite, positive `f32`; of several the nearest, of
    /// two equally near ones the larger.
    pub fn shortest(value: f32) -> Decimal {
        let exact = Decimal::exactly(value);
        let with_digits = |n: i32| {
            let cut = Decimal { point: n, ..exact.clone() };
            let decimal = |whole: u32| Decimal::scaled(whole, exact.point - n);
            let nearest = decimal(cut.whole() + u32::from(cut.rest().is_ge()));
            if nearest.to_f32() == value || n == MOST_DIGITS {
                return Some(nearest);
            }
            // Below a power of two the `f32`s lie twice as dense as above it: what is just above may be
            // read back where the nearest, just below, is not.
            let above = decimal(cut.whole() + 1);
            (above.to_f32() == value).then_some(above)
        };
        (1..=MOST_DIGITS).find_map(with_digits).unwrap_or(exact.clone())
    }

    /// The nearest `f32`, of two equally near ones the even; infinite from 2¹²⁸ − 2¹⁰³ on.
    pub fn to_f32(&self) -> f32 {
        // 10^point is above 2¹²⁸ from 10⁴⁰ on, and below half of the smallest `f32` up to 10⁻⁴⁶.
        if self.digits.is_empty() || self.point < -46 {
            return 0.0;
        }
        if self.point > 40 {
            return f32::INFINITY;
        }
        let mut mantissa = self.clone();
        let mut power = 0;
        loop {
            let bits = mantissa.whole().checked_ilog2().map_or(-24, |highest| highest as i32 - 23);
            let step = bits.max(-149 - power);
            if step == 0 {
                break;
            }
            mantissa.shift(-step);
            power += step;
        }
        // The implicit bit of the mantissa, where it has one, adds the missing 1 to the exponent; so does
        // a mantissa that rounds up to 2²⁴.
        let whole = mantissa.whole();
        let up = mantissa.rest().then(if whole % 2 == 1 { Ordering::Greater } else { Ordering::Less });
        let bits = (((power + 149) as u32) << 23) + whole + u32::from(up.is_gt());
        f32::from_bits(bits.min(f32::INFINITY.to_bits()))
    }

    /// As links write it: `0.001`, `120`, `2.5`.
    pub fn plain(&self) -> String {
        let zeros = |n: i32| "0".repeat(n.max(0) as usize);
        let n_whole = self.point.clamp(0, self.digits.len() as i32) as usize;
        let (whole, fraction) = self.digits.split_at(n_whole);
        let mut text = spelled(whole) + &zeros(self.point - n_whole as i32);
        if text.is_empty() {
            text.push('0');
        }
        if !fraction.is_empty() {
            text = text + "." + &zeros(-self.point) + &spelled(fraction);
        }
        text
    }

    /// With an exponent: `1e-5`, `2.5e10`.
    pub fn scientific(&self) -> String {
        let (first, rest) = self.digits.split_at(self.digits.len().min(1));
        let point = if rest.is_empty() { "" } else { "." };
        spelled(first) + point + &spelled(rest) + "e" + &(self.point - 1).to_string()
    }

    /// The digits before the point; `u32::MAX` where they are more than fit.
    fn whole(&self) -> u32 {
        let digit = |position: i32| self.digits.get(position as usize).copied().unwrap_or(0);
        let add = |whole: u32, position| whole.saturating_mul(10).saturating_add(digit(position).into());
        (0..self.point).fold(0, add)
    }

    /// What stands after the point, against one half.
    fn rest(&self) -> Ordering {
        let rest = usize::try_from(self.point).ok().and_then(|position| self.digits.get(position..));
        match rest {
            Some([5]) => Ordering::Equal,
            Some([tenth, ..]) if *tenth >= 5 => Ordering::Greater,
            _ => Ordering::Less,
        }
    }

    /// Times 2^power.
    fn shift(&mut self, mut power: i32) {
        while power != 0 {
            let step = power.clamp(-MOST_BITS, MOST_BITS);
            if step > 0 {
                self.multiply(step)
            } else {
                self.divide(-step)
            }
            self.trim();
            power -= step;
        }
    }

    fn multiply(&mut self, bits: i32) {
        let mut carry = 0;
        for digit in self.digits.iter_mut().rev() {
            let product = (u32::from(*digit) << bits) + carry;
            (*digit, carry) = ((product % 10) as u8, product / 10);
        }
        while carry > 0 {
            self.digits.insert(0, (carry % 10) as u8);
            self.point += 1;
            carry /= 10;
        }
    }

    fn divide(&mut self, bits: i32) {
        let mut rest = 0;
        let mut next = |digit: u8| {
            let tens = 10 * rest + u32::from(digit);
            rest = tens & ((1 << bits) - 1);
            ((tens >> bits) as u8, rest > 0)
        };
        let mut more = false;
        for digit in &mut self.digits {
            (*digit, more) = next(*digit);
        }
        while more {
            let digit;
            (digit, more) = next(0);
            self.digits.push(digit);
        }
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|&&digit| digit == 0).count();
        self.digits.drain(..zeros);
        self.point = self.point.saturating_sub(zeros as i32);
    }
}

fn spelled(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // `DECIMALS=3000000 cargo test --release decimal` looks longer.

    /// Against the conversions of the standard library, which are exact and shortest too.
    fn agrees(value: f32) {
        let decimal = Decimal::shortest(value);
        assert_eq!(decimal.scientific(), format!("{value:e}"));
        assert_eq!(decimal.plain(), format!("{value}"));
        assert_eq!(decimal.to_f32(), value, "{value:e}");
        // Halfway to the next, as f64 holds it, and a little to either side of that.
        let next = f64::from(f32::from_bits(value.to_bits() + 1));
        let half = f64::from(value) / 2.0 + next / 2.0;
        for middle in [half, half.next_up(), half.next_down()].into_iter().filter(|m| m.is_finite()) {
            let text = format!("{middle:.200}");
            let point = text.find('.').expect("a point") as i32;
            let digits = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
            assert_eq!(
                Decimal::new(digits, point).to_f32(),
                text.parse::<f32>().expect("a number"),
                "{text}"
            );
        }
    }

    #[test]
    fn powers_of_two_and_their_neighbours_are_read_and_written_as_by_the_standard_library() {
        for power in 0..255u32 {
            let bits = power << 23;
            for near in [bits.saturating_sub(1), bits, bits + 1] {
                agrees(f32::from_bits(near.max(1)));
            }
        }
        (0..23).for_each(|power| agrees(f32::from_bits(1 << power)));
        agrees(f32::MAX);
    }

    #[test]
    fn so_are_numbers_all_over_the_range() {
        // A stride that is prime to 2³² visits all exponents.
        let mut bits = 0u32;
        let n: u32 = std::env::var("DECIMALS").map_or(500, |n| n.parse().expect("how many"));
        for _ in 0..n {
            bits = bits.wrapping_add(2_654_435_761);
            let value = f32::from_bits(bits & 0x7fff_ffff);
            if value.is_finite() && value > 0.0 {
                agrees(value);
            }
        }
    }

    #[test]
    fn what_no_f32_holds_is_infinite_or_zero() {
        let read = |digits: &[u8], point| Decimal::new(digits.to_vec(), point).to_f32();
        assert_eq!(read(&[1], 40), f32::INFINITY);
        assert_eq!(read(&[1], i32::MAX), f32::INFINITY);
        assert_eq!(read(&[1], i32::MIN), 0.0);
        assert_eq!(read(&[0, 0], 3), 0.0);
        assert_eq!(read(&[7], -45), 0.0); // 7e-46 is below half of the smallest, 1.4e-45
        assert_eq!(read(&[8], -45), f32::from_bits(1));
    }
}
