//! JPEG, decoded without the paths for AVX2 and NEON.

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

use crate::decode::{Decoded, check_size};
use crate::grey::Samples;

/// The samples of a JPEG, and how it is to be turned. One of four inks becomes red, green and blue on the way.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    let broken = |error| format!("the JPEG is damaged or cut short: {error:?}");
    // Whole pictures only: in strict mode a file that ends early is an error instead of grey below.
    let options =
        DecoderOptions::default().set_strict_mode(true).set_max_width(65_535).set_max_height(65_535);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let info = decoder.info().ok_or("the JPEG says nothing of its size")?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_size(width, height)?;
    let grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let space = if grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    let bytes = decoder.decode().map_err(broken)?;
    let samples = Samples { channels: if grey { 1 } else { 3 }, wide: false };
    Ok(Decoded { width, height, samples, bytes, orientation })
}
