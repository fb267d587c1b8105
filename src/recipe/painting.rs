//! One binary image in a link: six pixels to a character.

use std::fmt::{self, Write};

use super::spelling::base64url;
use super::{Experiment, Recipe};
use crate::error::Error;

/// The pixels of one image, row by row, as a link carries them.
///
/// Six pixels to a character, the first in its highest bit; the last character is filled with zeros.
/// 32 × 32 pixels take 171 characters.
///
/// ```
/// use bottleneck::recipe::Painting;
/// let painting = Painting::new(&[0, 0, 0, 0, 0, 1, 1, 0, 0]);
/// assert_eq!(painting.to_string(), "Bg"); // 000001, 100(000)
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Painting(Vec<u8>);

impl Painting {
    /// Of pixels; anything but 0 counts as 1.
    pub fn new(pixels: &[u8]) -> Painting {
        Painting(pixels.iter().map(|&pixel| u8::from(pixel != 0)).collect())
    }

    /// The pixels, 0 or 1.
    pub fn pixels(&self) -> &[u8] {
        &self.0
    }

    /// Reads the `paint` of a link whose other keys give that recipe.
    ///
    /// # Errors
    ///
    /// [`Error::UnusedKey`] where the experiment judges no images, [`Error::Combination`] where the
    /// length is not that of the recipe's images, [`Error::NotOfKind`] for a character outside the
    /// alphabet, or bits set beyond the last pixel: every image has one spelling.
    pub(super) fn parse(text: &str, recipe: &Recipe) -> Result<Painting, Error> {
        if recipe.exp != Experiment::Anomalies {
            return Err(Error::UnusedKey { key: "paint", value: text.into(), experiment: recipe.exp.name() });
        }
        let n_pixels = recipe.pixels() as usize;
        let expected = n_pixels.div_ceil(6);
        if text.len() != expected {
            let rule = format!("with side={} it takes {expected} characters", recipe.side);
            return Err(Error::Combination { key: "paint".into(), value: text.into(), rule });
        }
        let not_of_kind = || Error::NotOfKind {
            key: "paint".into(),
            value: text.into(),
            rule: "letters, digits, - and _, with no bit set beyond the last pixel".into(),
        };
        let mut pixels = Vec::with_capacity(6 * expected);
        for character in text.bytes() {
            let bits = base64url::bits(character).ok_or_else(not_of_kind)?;
            pixels.extend((0..6).map(|k| (bits >> (5 - k) & 1) as u8));
        }
        if pixels[n_pixels..].contains(&1) {
            return Err(not_of_kind());
        }
        pixels.truncate(n_pixels);
        Ok(Painting(pixels))
    }
}

impl fmt::Display for Painting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chunks(6).try_for_each(|six| {
            let bits = six.iter().enumerate().fold(0, |bits, (k, &pixel)| bits | u32::from(pixel) << (5 - k));
            f.write_char(base64url::digit(bits))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::recipe::Link;

    fn link(side: u32, paint: &str) -> Result<Link, String> {
        Link::parse(&format!("v=1&exp=anomalies&side={side}&paint={paint}"))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_painting_comes_back_as_it_was_sent() {
        let text = "Zz09-_AbCd0"; // 64 pixels in 11 characters, the last of which holds four
        let read = link(8, text).expect("a painting of the right size");
        assert_eq!(read.to_string(), format!("v=1&exp=anomalies&side=8&paint={text}"));
        let pixels = read.paint.as_ref().expect("it is there").pixels().to_vec();
        assert_eq!((pixels.len(), &pixels[..6]), (64, &[0, 1, 1, 0, 0, 1][..])); // Z is 25
    }

    #[test]
    fn other_sizes_characters_and_experiments_are_refused() {
        assert_eq!(
            link(8, "AAAA").unwrap_err(),
            "paint=AAAA does not fit the rest: with side=8 it takes 11 characters"
        );
        assert!(link(8, "AAAAAAAAAA+").unwrap_err().starts_with("paint=AAAAAAAAAA+ cannot be read"));
        assert!(link(8, "AAAAAAAAAAB").unwrap_err().contains("no bit set beyond the last pixel"));
        let other = Link::parse("v=1&exp=duel&paint=AAAA").unwrap_err().to_string();
        assert_eq!(other, "paint=AAAA has no use here: exp=duel does not take paint");
    }
}
