//! Samples to grey levels.

/// What stands behind a transparent picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backdrop {
    /// Level 0.
    Black,
    /// Level 255.
    White,
}

/// A grey picture of any size, as it came out of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grey {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height` levels, row by row.
    pub levels: Vec<u8>,
}

/// How the samples of a decoded picture lie.
#[derive(Clone, Copy)]
pub(crate) struct Samples {
    /// 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha.
    pub channels: usize,
    /// Two bytes a sample, in the machine's order, rather than one.
    pub wide: bool,
}

impl Samples {
    /// The levels of decoded bytes.
    pub fn levels(self, bytes: &[u8], backdrop: Backdrop) -> Vec<u8> {
        let bytes_a_pixel = self.channels * if self.wide { 2 } else { 1 };
        bytes.chunks_exact(bytes_a_pixel).map(|pixel| self.level(pixel, backdrop)).collect()
    }

    fn level(self, pixel: &[u8], backdrop: Backdrop) -> u8 {
        let sample = |k: usize| match self.wide {
            false => u32::from(pixel[k]),
            true => narrow(u16::from_ne_bytes([pixel[2 * k], pixel[2 * k + 1]])),
        };
        match self.channels {
            1 => sample(0) as u8,
            2 => over(sample(0), sample(1), backdrop) as u8,
            3 => luma(sample(0), sample(1), sample(2)),
            _ => {
                let [r, g, b] = [0, 1, 2].map(|k| over(sample(k), sample(3), backdrop));
                luma(r, g, b)
            }
        }
    }
}

/// 16 bits as 8, rounded to the nearest: (255·v + 32767) / 65535.
fn narrow(sample: u16) -> u32 {
    (255 * u32::from(sample) + 32_767) / 65_535
}

/// A sample over the backdrop, rounded to the nearest: (a·c + (255 − a)·b + 127) / 255.
fn over(sample: u32, alpha: u32, backdrop: Backdrop) -> u32 {
    let behind = if backdrop == Backdrop::White { 255 } else { 0 };
    (alpha * sample + (255 - alpha) * behind + 127) / 255
}

/// The luma of ITU-R BT.601, rounded to the nearest: (299·r + 587·g + 114·b + 500) / 1000.
fn luma(r: u32, g: u32, b: u32) -> u8 {
    ((299 * r + 587 * g + 114 * b + 500) / 1000) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_stays_grey_through_every_layout() {
        for level in 0..=255_u8 {
            let wide = (257 * u16::from(level)).to_ne_bytes();
            for (samples, bytes) in [
                (Samples { channels: 1, wide: false }, vec![level]),
                (Samples { channels: 2, wide: false }, vec![level, 255]),
                (Samples { channels: 3, wide: false }, vec![level; 3]),
                (Samples { channels: 4, wide: false }, vec![level, level, level, 255]),
                (Samples { channels: 1, wide: true }, wide.to_vec()),
                (Samples { channels: 3, wide: true }, wide.repeat(3)),
            ] {
                assert_eq!(samples.levels(&bytes, Backdrop::White), [level]);
            }
        }
    }

    #[test]
    fn what_is_transparent_shows_the_backdrop() {
        let samples = Samples { channels: 4, wide: false };
        let bytes = [10, 200, 30, 0, 100, 100, 100, 51];
        assert_eq!(samples.levels(&bytes, Backdrop::White), [255, 224]);
        assert_eq!(samples.levels(&bytes, Backdrop::Black), [0, 20]);
    }
}
