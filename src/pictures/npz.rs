//! A set of pictures as NumPy's `.npz`: `images` (u8, `[n, side, side]`), `labels` and `names`.

use std::io::{Cursor, Write};

use learning::data::{Picture, PictureSet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::decode::check_size;
use crate::grey::{Backdrop, Grey, Samples};
use crate::limits::{MOST_BYTES, MOST_PICTURES, SIDES};
use crate::many::{Listed, Sink, unfold};
use crate::npy::{self, Npy};

/// The file of a set; the same set is the same bytes: nothing in it tells when or where it was made.
///
/// # Errors
///
/// None is known: it is written into memory.
pub fn write(set: &PictureSet) -> Result<Vec<u8>, String> {
    let (n, side) = (set.pictures().len() as u32, set.side());
    let levels: Vec<u8> = set.pictures().iter().flat_map(|picture| picture.levels.iter().copied()).collect();
    let labels: Vec<&str> = set.pictures().iter().map(|picture| &*picture.label).collect();
    let names: Vec<&str> = set.pictures().iter().map(|picture| &*picture.name).collect();
    let arrays = [
        ("images.npy", npy::of_bytes(&[n, side, side], &levels)),
        ("labels.npy", npy::of_texts(&labels)),
        ("names.npy", npy::of_texts(&names)),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in arrays {
        archive.start_file(name, options).map_err(|error| error.to_string())?;
        archive.write_all(&bytes).map_err(|error| error.to_string())?;
    }
    Ok(archive.finish().map_err(|error| error.to_string())?.into_inner())
}

/// Reads a set as [`write`] makes it.
///
/// # Errors
///
/// A sentence, where the file is none, or its pictures are not square and 4 to 64 pixels wide.
pub fn read(bytes: &[u8]) -> Result<PictureSet, String> {
    let mut side = None;
    let mut pictures = Vec::new();
    list(bytes, Backdrop::White, &mut |one: Listed| {
        let (width, height) = (one.grey.width, one.grey.height);
        if (width, height) != (*side.get_or_insert(width), width) || !SIDES.contains(&width) {
            return Err("the pictures of a set are square, 4 to 64 pixels wide".into());
        }
        let (label, name) = (one.label.unwrap_or_default(), one.name.unwrap_or_default());
        pictures.push(Picture { label, name, levels: one.grey.levels });
        Ok(())
    })?;
    Ok(PictureSet::new(side.ok_or("the file holds no pictures")?, pictures))
}

/// Hands on the pictures of an `.npz`: of its array `images`, or the only one it has, with `labels` and `names` where it
/// has them.
pub(crate) fn list(bytes: &[u8], backdrop: Backdrop, sink: Sink) -> Result<Option<String>, String> {
    let mut archive = Archive::open(bytes)?;
    let images = archive.images()?;
    let (labels, names) = (archive.texts("labels")?, archive.texts("names")?);
    let array = Npy::read(&images)?;
    let told = labels.as_ref().or(names.as_ref()).map(|texts| texts.len() as u64);
    let shape = Shape::of(&array.shape, told)?;
    for (name, texts) in [("labels", &labels), ("names", &names)] {
        if texts.as_ref().is_some_and(|texts| texts.len() as u64 != shape.n) {
            return Err(format!("the array {name} does not have one element for each picture"));
        }
    }
    let (mut labels, mut names) = (labels.into_iter().flatten(), names.into_iter().flatten());
    let mut named = |one| sink(Listed { label: labels.next(), name: names.next(), ..one });
    pictures_of(&array, &shape, backdrop, &mut named)
}

struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unfolded.
    left: u64,
}

impl Archive<'_> {
    fn open(bytes: &[u8]) -> Result<Archive<'_>, String> {
        let damaged = |error| format!("the archive is damaged or cut short: {error}");
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Archive { archive, left: MOST_BYTES - MOST_BYTES.min(bytes.len() as u64) })
    }

    fn array(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(index) = self.archive.index_for_name(&format!("{name}.npy")) else { return Ok(None) };
        let file =
            self.archive.by_index(index).map_err(|error| format!("the archive is damaged: {error}"))?;
        let bytes = unfold(file, self.left)?;
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    fn images(&mut self) -> Result<Vec<u8>, String> {
        let arrays: Vec<String> = self
            .archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.strip_suffix(".npy")?.to_owned()))
            .collect();
        let name = match &arrays[..] {
            [only] => only.clone(),
            _ => "images".into(),
        };
        if let Some(bytes) = self.array(&name)? {
            return Ok(bytes);
        }
        Err(match arrays.is_empty() {
            true => {
                "the archive holds no arrays of NumPy; pictures in a .zip are to be unpacked first".into()
            }
            false => format!("the archive has no array of the name images, but {:.200}", arrays.join(", ")),
        })
    }

    fn texts(&mut self, name: &str) -> Result<Option<Vec<String>>, String> {
        let Some(bytes) = self.array(name)? else { return Ok(None) };
        let array = Npy::read(&bytes)?;
        if array.shape.len() != 1 {
            return Err(format!("the array {name} does not have one element for each picture"));
        }
        array.texts().map(Some).map_err(|reason| format!("the array {name} is refused: {reason}"))
    }
}

/// Hands on the pictures of an `.npy`: `[h, w]` or `[n, h, w]`, of colours with a last size of 3, or of 4 with alpha.
pub(crate) fn pictures(bytes: &[u8], backdrop: Backdrop, sink: Sink) -> Result<Option<String>, String> {
    let array = Npy::read(bytes)?;
    pictures_of(&array, &Shape::of(&array.shape, None)?, backdrop, sink)
}

/// How many pictures an array holds, and of which size.
struct Shape {
    n: u64,
    height: u64,
    width: u64,
    channels: usize,
    /// What is to be said of it, where it can be read in two ways.
    remark: Option<&'static str>,
}

impl Shape {
    /// The shape of an array of which so many pictures are told, where something tells it.
    fn of(sizes: &[u64], told: Option<u64>) -> Result<Shape, String> {
        let shape = |n, height, width, channels| Ok(Shape { n, height, width, channels, remark: None });
        match *sizes {
            [height, width] => shape(1, height, width, 1),
            // No set has pictures 3 pixels wide, and those 4 pixels wide are as high: these are the colours of one, unless it
            // is told that there are more.
            [height, width, channels @ 3..=4]
                if (channels, width) != (4, 4) && told.is_none_or(|told| told != height) =>
            {
                let remark = Some(match channels {
                    3 => "it is taken for one picture in colour, [h, w, 3]",
                    _ => "it is taken for one picture in colour with alpha, [h, w, 4]",
                });
                Ok(Shape { n: 1, height, width, channels: channels as usize, remark })
            }
            [n, height, width] | [n, height, width, 1] => shape(n, height, width, 1),
            [n, height, width, channels @ 3..=4] => shape(n, height, width, channels as usize),
            _ => Err(
                "the array is of no shape that is read: [h, w] or [n, h, w], with 3 or 4 more for colours"
                    .into(),
            ),
        }
    }
}

fn pictures_of(array: &Npy, shape: &Shape, backdrop: Backdrop, sink: Sink) -> Result<Option<String>, String> {
    let &Shape { n, height, width, channels, remark } = shape;
    if n > u64::from(MOST_PICTURES) {
        return Err(format!("the array holds {n} pictures, where {MOST_PICTURES} are read at most"));
    }
    let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else {
        return Err("the pictures of the array are too large".into());
    };
    check_size(width, height)?;
    let samples = Samples { channels, wide: false };
    let size = width as usize * height as usize * channels;
    let scale = array.scale()?;
    for i in 0..n as usize {
        let levels = array.levels(i * size..(i + 1) * size, scale);
        sink(Listed::bare(Grey { width, height, levels: samples.levels(&levels, backdrop) }))?;
    }
    let remarks: Vec<String> = remark.map(str::to_owned).into_iter().chain(array.remark(scale)).collect();
    Ok((!remarks.is_empty()).then(|| remarks.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> PictureSet {
        let picture = |k: u8| Picture {
            label: if k == 0 { "güt".into() } else { String::new() },
            name: format!("{k}.png"),
            levels: (0..16).map(|i| 16 * k + i).collect(),
        };
        PictureSet::new(4, (0..3).map(picture).collect())
    }

    #[test]
    fn a_set_comes_back_from_its_file_as_it_was() {
        let file = write(&set()).expect("a file");
        assert_eq!(read(&file), Ok(set()));
        assert_eq!(write(&set()), Ok(file), "the same set is the same bytes");
    }

    /// What an array of bytes is read as: width, height and the first level of each picture, and what is said of it.
    fn read_as(shape: &[u32], bytes: &[u8]) -> (Vec<(u32, u32, u8)>, Option<String>) {
        let mut seen = Vec::new();
        let mut sink = |one: Listed| {
            seen.push((one.grey.width, one.grey.height, one.grey.levels[0]));
            Ok(())
        };
        let remark = pictures(&npy::of_bytes(shape, bytes), Backdrop::White, &mut sink).expect("pictures");
        (seen, remark)
    }

    #[test]
    fn one_picture_in_colour_is_one_picture_and_said_to_be() {
        let bytes: Vec<u8> = (0..5 * 6).flat_map(|_| [255, 255, 255]).collect();
        let (seen, remark) = read_as(&[5, 6, 3], &bytes);
        assert_eq!((seen, remark.is_some()), (vec![(6, 5, 255)], true));
        assert_eq!(read_as(&[5, 6, 3, 1], &bytes).0.len(), 5);
        assert_eq!(read_as(&[5, 3, 6], &bytes), (vec![(6, 3, 255); 5], None));
        assert_eq!(read_as(&[1, 5, 6, 3], &bytes), (vec![(6, 5, 255)], None));
    }

    #[test]
    fn what_is_clear_in_a_picture_with_alpha_shows_what_is_behind_it() {
        let bytes: Vec<u8> = (0..5 * 6).flat_map(|_| [9, 9, 9, 0]).collect();
        let (seen, remark) = read_as(&[5, 6, 4], &bytes);
        assert_eq!((seen, remark.is_some()), (vec![(6, 5, 255)], true));
        assert_eq!(read_as(&[1, 5, 6, 4], &bytes), (vec![(6, 5, 255)], None));
        assert_eq!(read_as(&[6, 5, 1, 4], &bytes), (vec![(1, 5, 255); 6], None));
    }

    #[test]
    fn pictures_four_pixels_wide_and_high_are_many() {
        let (seen, remark) = read_as(&[5, 4, 4], &[9; 5 * 16]);
        assert_eq!((seen, remark), (vec![(4, 4, 9); 5], None));
        assert_eq!(Shape::of(&[5, 6, 4], Some(5)).map(|shape| (shape.n, shape.channels)), Ok((5, 1)));
    }

    #[test]
    fn pictures_three_pixels_wide_are_many_where_each_has_its_label() {
        let shape = |told| Shape::of(&[5, 6, 3], told).map(|shape| (shape.n, shape.channels));
        assert_eq!(shape(Some(5)), Ok((5, 1)));
        assert_eq!(shape(Some(1)), Ok((1, 3)));
        assert_eq!(shape(None), Ok((1, 3)));
    }

    #[test]
    fn a_file_that_is_cut_short_anywhere_is_refused() {
        let file = write(&set()).expect("a file");
        for length in 0..file.len() {
            assert!(read(&file[..length]).is_err(), "{length} bytes");
        }
    }
}
