//! The 64 digits of base64url (RFC 4648, section 5), and bytes spelled in them; no padding is written or read.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The digit of the lowest six bits.
pub fn digit(bits: u32) -> char {
    char::from(DIGITS[(bits & 63) as usize])
}

/// The six bits of a digit.
pub fn bits(digit: u8) -> Option<u32> {
    DIGITS.iter().position(|&known| known == digit).map(|place| place as u32)
}

/// Three bytes to four digits; one or two that are left to two or three.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let joined = at(0) << 16 | at(1) << 8 | at(2);
        text.extend((0..=three.len()).map(|place| digit(joined >> (18 - 6 * place))));
    }
    text
}

/// The opposite; `None` where the text is not what [`encode`] writes for some bytes.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.as_bytes().chunks(4) {
        let mut joined = 0;
        for (place, &digit) in four.iter().enumerate() {
            joined |= bits(digit)? << (18 - 6 * place);
        }
        let kept = four.len().checked_sub(1).filter(|&kept| kept > 0)?;
        let three = joined.to_be_bytes();
        // Bits beyond the last byte would give the same bytes two spellings.
        if three[1 + kept..].iter().any(|&byte| byte != 0) {
            return None;
        }
        bytes.extend_from_slice(&three[1..1 + kept]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_is_the_one_of_rfc_4648() {
        // Its section 10, without the padding.
        for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        // The two digits that differ from plain base64.
        assert_eq!(encode(&[0xfb, 0xff, 0xbf]), "-_-_");
    }

    #[test]
    fn bytes_have_one_spelling() {
        for wrong in ["Zh", "Zm9", "Zg==", "Zm+v", "Z", "Zm9vZ"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
