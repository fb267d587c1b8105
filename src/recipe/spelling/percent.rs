//! Percent-encoding: UTF-8 in the characters that no address changes on its way.

use std::fmt::{Result, Write};

/// `text` with each `%XX` replaced by the byte it stands for; `None` where a `%` stands before anything else than two
/// hexadecimal digits, or the bytes are no UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push(if byte == b'%' { (digit()? << 4 | digit()?) as u8 } else { byte });
    }
    String::from_utf8(bytes).ok()
}

/// The opposite: letters and digits stand for themselves, and between two of them `-`, `.`, `_` and `~`. At the end
/// these are encoded as well, because a mail takes a full stop there for its own.
pub fn encode(text: &str, f: &mut impl Write) -> Result {
    let last = text.len().saturating_sub(1);
    text.bytes().enumerate().try_for_each(|(place, byte)| {
        let plain = byte.is_ascii_alphanumeric() || place < last && b"-._~".contains(&byte);
        if plain { f.write_char(char::from(byte)) } else { write!(f, "%{byte:02X}") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back() {
        for text in ["", "a", "Why?", "ü → 🙂", "100 % of C#&=+", "-._~", "..."] {
            let mut encoded = String::new();
            encode(text, &mut encoded).expect("a string takes everything");
            assert_eq!(decode(&encoded).as_deref(), Some(text));
            assert!(!encoded.ends_with(['-', '.', '_', '~']), "{encoded}");
        }
    }

    #[test]
    fn only_two_digits_make_a_byte_and_only_utf_8_a_text() {
        for wrong in ["%", "%4", "%+1", "%zz", "%C3", "%FF", "a%"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
        assert_eq!(decode("%c3%BC").as_deref(), Some("ü"));
    }
}
