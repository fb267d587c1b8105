//! The digest: what must come out.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::data::PictureSet;
use crate::error::Error;

/// The first 64 bits of SHA-256 over trained parameters as little-endian `f32`.
///
/// Written as 16 lower-case hexadecimal digits, first byte first; read back from exactly that.
/// 64 bits show that two runs agree; they are no defence against somebody who forges a collision.
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::Digest;
///
/// // python3: hashlib.sha256(struct.pack('<3f', 0.0, 1.0, -2.5)).hexdigest()[:16]
/// let digest = Digest::of_parameters(&[0.0, 1.0, -2.5]);
/// assert_eq!(digest.to_string(), "4356516ed57de986");
/// assert_eq!("4356516ed57de986".parse(), Ok(digest));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(pub [u8; 8]);

impl Digest {
    /// The digest of one network's parameters, in their documented order.
    pub fn of_parameters(parameters: &[f32]) -> Digest {
        let mut digester = Digester::new();
        digester.update(parameters);
        digester.finish()
    }

    /// The digest of a set of pictures: SHA-256 over its side and its number of pictures, then the levels of one
    /// picture after the other, then each picture's label as its length in bytes and its UTF-8. Numbers and lengths are
    /// little-endian `u32`. Names order the pictures and are not in it.
    ///
    /// ```
    /// use bottleneck::data::{Picture, PictureSet};
    /// use bottleneck::recipe::Digest;
    ///
    /// let picture = Picture { label: "good".into(), name: "a.png".into(), levels: (0..16).collect() };
    /// // python3: hashlib.sha256(struct.pack('<2I', 4, 1) + bytes(range(16)) + struct.pack('<I', 4) + b'good')
    /// assert_eq!(Digest::of_pictures(&PictureSet::new(4, vec![picture])).to_string(), "a06992588b30b8e5");
    /// ```
    pub fn of_pictures(set: &PictureSet) -> Digest {
        let mut digester = Digester::new();
        digester.update_u32(set.side());
        digester.update_u32(set.pictures().len() as u32);
        set.pictures().iter().for_each(|picture| digester.0.update(&picture.levels));
        for picture in set.pictures() {
            digester.update_u32(picture.label.len() as u32);
            digester.0.update(&picture.label);
        }
        digester.finish()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Digest {
    type Err = Error;

    /// # Errors
    ///
    /// [`Error::NotOfKind`], under the key `check`, unless `text` is 16 digits of `0`–`9`, `a`–`f`.
    fn from_str(text: &str) -> Result<Digest, Error> {
        parse_hex(text).map(Digest).ok_or_else(|| Error::NotOfKind {
            key: "check".into(),
            value: text.into(),
            rule: "16 hexadecimal digits, 0-9 and a-f".into(),
        })
    }
}

fn parse_hex(text: &str) -> Option<[u8; 8]> {
    let digits = text.as_bytes();
    if digits.len() != 16 {
        return None;
    }
    let mut bytes = [0; 8];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
    }
    Some(bytes)
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Digests many networks in turn, as a census or a duel does.
///
/// Feeding the parts one after another equals feeding them joined: only the order counts.
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::{Digest, Digester};
///
/// let mut digester = Digester::new();
/// digester.update(&[0.5]);
/// digester.update(&[1.5, 2.5]);
/// assert_eq!(digester.finish(), Digest::of_parameters(&[0.5, 1.5, 2.5]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Digester(Sha256);

impl Digester {
    /// Nothing digested yet.
    pub fn new() -> Digester {
        Digester::default()
    }

    /// Adds parameters, each as four little-endian bytes of its bits.
    pub fn update(&mut self, parameters: &[f32]) {
        // By the block: SHA-256 takes 64 bytes at a time, and calls cost more than it does.
        let mut block = [0; 64];
        for values in parameters.chunks(16) {
            let bytes = &mut block[..4 * values.len()];
            for (four, value) in bytes.chunks_exact_mut(4).zip(values) {
                four.copy_from_slice(&value.to_le_bytes());
            }
            self.0.update(bytes);
        }
    }

    /// Adds one number, such as an outcome or a count, as four little-endian bytes.
    pub fn update_u32(&mut self, number: u32) {
        self.0.update(number.to_le_bytes());
    }

    /// The digest of all that was added.
    pub fn finish(self) -> Digest {
        let mut first = [0; 8];
        first.copy_from_slice(&self.0.finalize()[..8]);
        Digest(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The expected digits of this module come from Python's hashlib:
    // python3 -c "import hashlib,struct; print(hashlib.sha256(struct.pack('<3f',0,1,-2.5)).hexdigest()[:16])"
    // and so on with '<0f', 100 floats k/8, and '<2fI'.

    #[test]
    fn digests_equal_those_of_python_hashlib() {
        let eighths: Vec<f32> = (0..100u8).map(|k| f32::from(k) / 8.0).collect();
        assert_eq!(Digest::of_parameters(&[]).to_string(), "e3b0c44298fc1c14");
        assert_eq!(Digest::of_parameters(&[0.0, 1.0, -2.5]).to_string(), "4356516ed57de986");
        assert_eq!(Digest::of_parameters(&eighths).to_string(), "e5f245ccae8b552c");
    }

    #[test]
    fn a_number_joins_the_stream_after_the_parameters() {
        let mut digester = Digester::new();
        digester.update(&[0.25, -0.0]);
        digester.update_u32(7);
        assert_eq!(digester.finish().to_string(), "82330a5e28ce98b1");
    }

    #[test]
    fn the_sign_of_zero_counts() {
        assert_ne!(Digest::of_parameters(&[0.0]), Digest::of_parameters(&[-0.0]));
    }

    #[test]
    fn only_sixteen_lower_case_hexadecimal_digits_are_read() {
        for text in
            ["", "0123", "0123456789ABCDEF", "0123456789abcdeg", "0123456789abcdef0", "é123456789abcde"]
        {
            assert!(text.parse::<Digest>().is_err(), "{text}");
        }
        let error = "xyz".parse::<Digest>().unwrap_err().to_string();
        assert_eq!(error, "check=xyz cannot be read: it takes 16 hexadecimal digits, 0-9 and a-f");
    }
}
