//! One file of a picture to grey levels, upright.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::grey::{Backdrop, Grey, Samples};
use crate::jpeg;
use crate::limits::{MOST_MEMORY, MOST_PIXELS};

/// A picture as its decoder left it.
pub(crate) struct Decoded {
    pub width: u32,
    pub height: u32,
    pub samples: Samples,
    pub bytes: Vec<u8>,
    pub orientation: Option<Orientation>,
}

/// Decodes a PNG, JPEG, PNM, GIF (its first picture), BMP or WebP, told by its content, not by its name.
///
/// # Errors
///
/// A sentence, where the file is no such picture, damaged or too large.
pub fn decode(bytes: &[u8], backdrop: Backdrop) -> Result<Grey, String> {
    let decoded = match known(bytes)? {
        ImageFormat::Jpeg => jpeg::decode(bytes)?,
        format => plain(bytes, format)?,
    };
    let levels = decoded.samples.levels(&decoded.bytes, backdrop);
    let whole = levels.len() as u64 == u64::from(decoded.width) * u64::from(decoded.height);
    let grey = Grey { width: decoded.width, height: decoded.height, levels };
    let turned = turn(grey, decoded.orientation.unwrap_or(Orientation::NoTransforms));
    whole.then_some(turned).ok_or_else(|| "the picture is cut short".into())
}

fn known(bytes: &[u8]) -> Result<ImageFormat, String> {
    use ImageFormat::*;
    if bytes.is_empty() {
        return Err("the file is empty".into());
    }
    if let Some(name) = elsewhere(bytes) {
        return Err(format!("{name} is not read here: save it as PNG or JPEG with a program that shows it"));
    }
    match image::guess_format(bytes) {
        Ok(format @ (Png | Jpeg | Pnm | Gif | Bmp | WebP)) => Ok(format),
        _ => Err("the file is no picture of a kind that is read: PNG, JPEG, PNM, GIF, BMP, WebP".into()),
    }
}

/// The name of a kind of picture that only others decode.
fn elsewhere(bytes: &[u8]) -> Option<&'static str> {
    match (bytes.get(..4)?, bytes.get(4..12)) {
        ([0x49, 0x49, 42, 0] | [0x4d, 0x4d, 0, 42], _) => Some("TIFF"),
        (_, Some(b"ftypavif" | b"ftypavis")) => Some("AVIF"),
        (_, Some([b'f', b't', b'y', b'p', b'h', b'e', ..] | b"ftypmif1" | b"ftypmsf1")) => Some("HEIC"),
        ([0xff, 0x0a, ..], _) | (_, Some(b"JXL \r\n\x87\n")) => Some("JPEG XL"),
        _ => None,
    }
}

/// Refuses what a header promises before anything is set aside for it.
pub(crate) fn check_size(width: u32, height: u32) -> Result<(), String> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        Err("the picture has no pixels".into())
    } else if pixels > MOST_PIXELS {
        Err(format!(
            "the picture is too large: {width} × {height} pixels, where {} million are read at most",
            MOST_PIXELS / 1_000_000
        ))
    } else {
        Ok(())
    }
}

fn plain(bytes: &[u8], format: ImageFormat) -> Result<Decoded, String> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(sentence)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let samples = match decoder.color_type() {
        ColorType::L8 => Samples { channels: 1, wide: false },
        ColorType::La8 => Samples { channels: 2, wide: false },
        ColorType::Rgb8 => Samples { channels: 3, wide: false },
        ColorType::Rgba8 => Samples { channels: 4, wide: false },
        ColorType::L16 => Samples { channels: 1, wide: true },
        ColorType::La16 => Samples { channels: 2, wide: true },
        ColorType::Rgb16 => Samples { channels: 3, wide: true },
        ColorType::Rgba16 => Samples { channels: 4, wide: true },
        other => return Err(format!("pictures whose pixels are {other:?} are not read")),
    };
    let orientation = decoder.orientation().ok();
    // At most 64 million pixels of 8 bytes: no product here wraps, on 32 bits either.
    let mut bytes = vec![0; decoder.total_bytes() as usize];
    decoder.read_image(&mut bytes).map_err(sentence)?;
    Ok(Decoded { width, height, samples, bytes, orientation })
}

fn sentence(error: ImageError) -> String {
    match error {
        ImageError::Limits(_) => "the picture asks for more memory than is given to one file".into(),
        ImageError::Unsupported(error) => format!("the picture is of a kind that is not read: {error}"),
        error => format!("the picture is damaged or cut short: {error}"),
    }
}

/// The picture as its camera was held.
fn turn(grey: Grey, orientation: Orientation) -> Grey {
    use Orientation::*;
    let (w, h) = (grey.width as usize, grey.height as usize);
    if orientation == NoTransforms || grey.levels.len() != w * h {
        return grey;
    }
    let sideways = matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let (width, height) = if sideways { (h, w) } else { (w, h) };
    // Where the pixel of a row and a column of the upright picture stands in the file.
    let from = |row: usize, column: usize| match orientation {
        NoTransforms => (row, column),
        FlipHorizontal => (row, w - 1 - column),
        Rotate180 => (h - 1 - row, w - 1 - column),
        FlipVertical => (h - 1 - row, column),
        Rotate90FlipH => (column, row),
        Rotate90 => (h - 1 - column, row),
        Rotate270FlipH => (h - 1 - column, w - 1 - row),
        Rotate270 => (column, w - 1 - row),
    };
    let places = (0..height).flat_map(|row| (0..width).map(move |column| (row, column)));
    let levels = places.map(|(row, column)| from(row, column)).map(|(r, c)| grey.levels[r * w + c]).collect();
    Grey { width: width as u32, height: height as u32, levels }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of the eight by its definition in Exif 2.32: where row 0 and column 0 of the file stand to the eye.
    #[test]
    fn every_orientation_stands_upright() {
        let grey = Grey { width: 3, height: 2, levels: vec![1, 2, 3, 4, 5, 6] };
        let upright = [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [4, 1, 5, 2, 6, 3]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [3, 6, 2, 5, 1, 4]),
        ];
        for (exif, width, levels) in upright {
            let orientation = Orientation::from_exif(exif).expect("one of eight");
            let turned = turn(grey.clone(), orientation);
            assert_eq!((turned.width, &turned.levels[..]), (width, &levels[..]), "{exif}");
        }
    }

    #[test]
    fn what_only_others_decode_is_named() {
        for (bytes, name) in [
            (&b"\0\0\0\x18ftypheic"[..], "HEIC"),
            (b"\0\0\0\x18ftypavif", "AVIF"),
            (b"II*\0", "TIFF"),
            (b"\xff\x0a\0\0", "JPEG XL"),
        ] {
            let sentence = decode(bytes, Backdrop::White).expect_err("refused");
            assert!(sentence.starts_with(name), "{sentence}");
        }
    }

    #[test]
    fn a_header_that_promises_too_much_is_refused_before_anything_is_set_aside() {
        let sentence = decode(b"P5 60000 60000 255 ", Backdrop::White).expect_err("refused");
        assert_eq!(
            sentence,
            "the picture is too large: 60000 × 60000 pixels, where 64 million are read at most"
        );
    }
}
