//! A set of pictures as NumPy's `.npz`: `images` (u8, `[n, side, side]`), `labels` and `names`.

use std::io::{Cursor, Read, Write};

use learning::data::{Picture, PictureSet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::grey::{Backdrop, Grey, Samples};
use crate::limits::{LARGEST_SIDE, MOST_BYTES, MOST_PICTURES, SMALLEST_SIDE};
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
    let listed = list(bytes, Backdrop::White)?;
    let side = listed.first().map(|one| one.grey.width).ok_or("the file holds no pictures")?;
    let square = listed.iter().all(|one| (one.grey.width, one.grey.height) == (side, side));
    if !square || !(SMALLEST_SIDE..=LARGEST_SIDE).contains(&side) {
        return Err("the pictures of a set are square, 4 to 64 pixels wide".into());
    }
    let picture = |one: Listed| Picture {
        label: one.label.unwrap_or_default(),
        name: one.name.unwrap_or_default(),
        levels: one.grey.levels,
    };
    Ok(PictureSet::new(side, listed.into_iter().map(picture).collect()))
}

/// One of the pictures of a file that holds many.
pub(crate) struct Listed {
    pub grey: Grey,
    pub label: Option<String>,
    pub name: Option<String>,
}

/// The pictures of an `.npz` with an array `images`, and `labels` and `names` where it has them.
pub(crate) fn list(bytes: &[u8], backdrop: Backdrop) -> Result<Vec<Listed>, String> {
    let damaged = |error| format!("the archive is damaged or cut short: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = MOST_BYTES;
    let mut member = |name: &str| -> Result<Option<Vec<u8>>, String> {
        let Ok(file) = archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        // What is unfolded counts, whatever the archive says of its sizes.
        file.take(left + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.into()))?;
        left = left.checked_sub(bytes.len() as u64).ok_or("the archive unfolds to more than 512 MB")?;
        Ok(Some(bytes))
    };
    let images = member("images.npy")?.ok_or("the archive has no array of the name images")?;
    let mut listed = pictures(&images, backdrop)?;
    let mut texts = |name: &str| -> Result<Option<Vec<String>>, String> {
        let Some(bytes) = member(&format!("{name}.npy"))? else { return Ok(None) };
        let array = Npy::read(&bytes)?;
        if array.shape != [listed.len() as u64] {
            return Err(format!("the array {name} does not have one element for each picture"));
        }
        array.texts().map(Some)
    };
    let (labels, names) = (texts("labels")?, texts("names")?);
    for (one, label) in listed.iter_mut().zip(labels.into_iter().flatten()) {
        one.label = Some(label);
    }
    for (one, name) in listed.iter_mut().zip(names.into_iter().flatten()) {
        one.name = Some(name);
    }
    Ok(listed)
}

/// The pictures of an `.npy`: `[h, w]`, `[n, h, w]` or `[n, h, w, 3]`.
pub(crate) fn pictures(bytes: &[u8], backdrop: Backdrop) -> Result<Vec<Listed>, String> {
    let array = Npy::read(bytes)?;
    let (n, height, width, channels) = match array.shape[..] {
        [height, width] => (1, height, width, 1),
        [n, height, width] => (n, height, width, 1),
        [n, height, width, 3] => (n, height, width, 3),
        _ => return Err("the array is of no shape that is read: [h, w], [n, h, w] or [n, h, w, 3]".into()),
    };
    if n > u64::from(MOST_PICTURES) {
        return Err(format!("the array holds {n} pictures, where {MOST_PICTURES} are read at most"));
    }
    let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else {
        return Err("the pictures of the array are too large".into());
    };
    if n == 0 {
        return Ok(Vec::new());
    }
    crate::decode::check_size(width, height)?;
    let samples = Samples { channels, wide: false };
    let size = width as usize * height as usize * channels;
    let grey = |levels: &[u8]| Grey { width, height, levels: samples.levels(levels, backdrop) };
    let listed = |levels| Listed { grey: grey(levels), label: None, name: None };
    Ok(array.levels()?.chunks_exact(size).map(listed).collect())
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

    #[test]
    fn a_file_that_is_cut_short_anywhere_is_refused() {
        let file = write(&set()).expect("a file");
        for length in 0..file.len() {
            assert!(read(&file[..length]).is_err(), "{length} bytes");
        }
    }
}
