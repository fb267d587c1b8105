//! Hand-set weights in a link: base64url, exact.

use super::CheckedRecipe;
use super::spelling::base64url;
use crate::error::Error;

/// The largest magnitude of a weight or bias in a link.
pub const LARGEST_WEIGHT: f32 = 1e6;

/// The most parameters that a link holds, 4,096 digits of them.
const MOST_WEIGHTS: u32 = 768;

/// What the key takes.
pub(super) const RULE: &str =
    "the network's parameters as little-endian f32 in base64url, each from -1e6 to 1e6";

/// Parameters in the order of a digest as text: 155 digits for the 29 of the paper's network.
pub(super) fn encode(parameters: &[f32]) -> String {
    let bytes: Vec<u8> = parameters.iter().flat_map(|value| value.to_le_bytes()).collect();
    base64url::encode(&bytes)
}

/// The opposite; `None` where the text is not what [`encode`] writes for some numbers.
fn decode(text: &str) -> Option<Vec<f32>> {
    let bytes = base64url::decode(text)?;
    let (values, rest) = bytes.as_chunks();
    rest.is_empty().then(|| values.iter().map(|&four| f32::from_le_bytes(four)).collect())
}

/// Reads the weights of a network of `recipe`.
///
/// # Errors
///
/// [`Error::NotOfKind`] where `text` is no such list, [`Error::OutOfRange`] where a number is not
/// finite or beyond [`LARGEST_WEIGHT`], [`Error::Combination`] where there are too few or too many.
pub(super) fn read(recipe: &CheckedRecipe, text: &str) -> Result<Vec<f32>, Error> {
    let (key, value) = (|| String::from("weights"), || String::from(text));
    let weights =
        decode(text).ok_or_else(|| Error::NotOfKind { key: key(), value: value(), rule: RULE.into() })?;
    check(recipe, &weights)?;
    Ok(weights)
}

/// Checks that a network of `recipe` can begin with these numbers.
///
/// # Errors
///
/// [`Error::OutOfRange`] and [`Error::Combination`], as [`read`].
pub(super) fn check(recipe: &CheckedRecipe, weights: &[f32]) -> Result<(), Error> {
    let (key, value) = (|| String::from("weights"), || encode(weights));
    let expected = recipe.n_parameters();
    if expected > MOST_WEIGHTS {
        let rule = format!(
            "a link holds at most {MOST_WEIGHTS} parameters, a network of this recipe has {expected}"
        );
        return Err(Error::Combination { key: key(), value: value(), rule });
    }
    let in_range = |weight: &f32| weight.abs() <= LARGEST_WEIGHT;
    if !weights.iter().all(in_range) {
        return Err(Error::OutOfRange { key: key(), value: value(), rule: RULE.into() });
    }
    if weights.len() as u32 != expected {
        let rule = format!("a network of this recipe has {expected} parameters, these are {}", weights.len());
        return Err(Error::Combination { key: key(), value: value(), rule });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_comes_back_bit_by_bit() {
        for n in 0..8_u32 {
            let values: Vec<f32> =
                (0..n).map(|i| f32::from_bits(0x3dcc_cccd ^ i.wrapping_mul(0x9e37_79b9))).collect();
            let back = decode(&encode(&values)).expect("what was written can be read");
            let bits = |values: &[f32]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&back), bits(&values));
        }
    }

    #[test]
    fn the_spelling_is_the_one_of_rfc_4648() {
        // python3: base64.urlsafe_b64encode(struct.pack('<2f', 1.0, -2.5)).rstrip(b'=')
        assert_eq!(encode(&[1.0, -2.5]), "AACAPwAAIMA");
    }

    #[test]
    fn a_number_has_one_spelling() {
        for wrong in ["AACAPwAAIMB", "AACAPwAAIM", "AACAPwAAIMA=", "AACAP+AAIMA", "A", "AAAA"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
