//! Many files to one set.

use learning::data::{Picture, PictureSet};

use crate::decode::decode;
use crate::fit::{Fit, fit};
use crate::grey::{Backdrop, Grey};
use crate::labels;
use crate::limits::{LARGEST_SIDE, MOST_BYTES, MOST_PICTURES, SMALLEST_SIDE};
use crate::npz::{self, Listed};

/// How pictures become those of a set.
#[derive(Clone, Debug)]
pub struct Options {
    /// Width and height, 4 to 64.
    pub side: u32,
    /// How what is not square becomes so.
    pub fit: Fit,
    /// Whether dark is bright and bright is dark.
    pub invert: bool,
    /// What stands behind transparent pictures.
    pub backdrop: Backdrop,
    /// The labels of what is normal; where there are none, `good`, `normal` and `ok`.
    pub normal: Vec<String>,
}

/// A file that is not in the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its path as it was given.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// The set, and what is not in it.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The set of all that could be read.
    pub set: PictureSet,
    /// What could not, in the order in which it was given.
    pub refused: Vec<Refusal>,
}

/// A set while its files come in, one by one: none needs to be kept.
pub struct Gathering {
    options: Options,
    found: Vec<Found>,
    refused: Vec<Refusal>,
    bytes: u64,
}

/// A picture of the set, its label still to be seen from all paths unless its file says it.
struct Found {
    path: String,
    label: Option<String>,
    name: String,
    levels: Vec<u8>,
}

impl Gathering {
    /// # Errors
    ///
    /// A sentence, if the side is not 4 to 64.
    pub fn new(options: Options) -> Result<Gathering, String> {
        match (SMALLEST_SIDE..=LARGEST_SIDE).contains(&options.side) {
            true => Ok(Gathering { options, found: Vec::new(), refused: Vec::new(), bytes: 0 }),
            false => {
                Err(format!("side={} is out of range: it takes a whole number from 4 to 64", options.side))
            }
        }
    }

    /// Adds what a file holds, or notes why not.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        if let Err(reason) = self.take(path, bytes) {
            self.refused.push(Refusal { path: path.into(), reason });
        }
    }

    fn take(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        if labels::is_mask(path) {
            return Err("left out: what lies in ground_truth is a mask, not a picture".into());
        }
        let all = self.bytes + bytes.len() as u64;
        if all > MOST_BYTES {
            return Err("left out: with it the files would have more than 512 MB together".into());
        }
        let pictures = open(bytes, self.options.backdrop)?;
        if self.found.len() + pictures.len() > MOST_PICTURES as usize {
            return Err(format!("left out: with it the set would have more than {MOST_PICTURES} pictures"));
        }
        self.bytes = all;
        for (i, Listed { grey, label, name }) in pictures.into_iter().enumerate() {
            // Numbers of one width, so that the order of names is that of the file.
            let name = name.unwrap_or_else(|| if i == 0 { path.into() } else { format!("{path}#{i:05}") });
            self.found.push(Found { path: path.into(), label, name, levels: self.shaped(&grey) });
        }
        Ok(())
    }

    fn shaped(&self, grey: &Grey) -> Vec<u8> {
        let mut levels = fit(grey, self.options.side, self.options.fit);
        if self.options.invert {
            levels.iter_mut().for_each(|level| *level = 255 - *level);
        }
        levels
    }

    /// The set of all that was added.
    pub fn finish(self) -> Gathered {
        let paths: Vec<&str> = self.found.iter().map(|found| &*found.path).collect();
        let labels = labels::labels(&paths, &self.options.normal);
        let picture = |(found, label): (Found, String)| Picture {
            label: found.label.unwrap_or(label),
            name: found.name,
            levels: found.levels,
        };
        let pictures = self.found.into_iter().zip(labels).map(picture).collect();
        Gathered { set: PictureSet::new(self.options.side, pictures), refused: self.refused }
    }
}

/// The pictures of a file, told by its content.
fn open(bytes: &[u8], backdrop: Backdrop) -> Result<Vec<Listed>, String> {
    if bytes.starts_with(b"\x93NUMPY") {
        npz::pictures(bytes, backdrop)
    } else if bytes.starts_with(b"PK\x03\x04") {
        npz::list(bytes, backdrop)
    } else {
        Ok(vec![Listed { grey: decode(bytes, backdrop)?, label: None, name: None }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_named_and_costs_no_other_anything() {
        let normal = Vec::new();
        let options = Options { side: 4, fit: Fit::Crop, invert: true, backdrop: Backdrop::White, normal };
        let mut gathering = Gathering::new(options).expect("a side in range");
        gathering.add("x/good/a.pgm", b"P5 1 1 255 \x10");
        gathering.add("x/good/b.txt", b"hello");
        gathering.add("x/ground_truth/crack/a.pgm", b"P5 1 1 255 \x10");
        gathering.add("x/crack/c.pgm", b"P5 2 1 255 \x10");
        gathering.add("x/crack/d.pgm", b"P5 1 1 255 \xff");
        let Gathered { set, refused } = gathering.finish();
        assert_eq!(set.counts(), [("crack", 1), ("good", 1)]);
        assert_eq!(set.pictures().iter().map(|picture| picture.levels[0]).collect::<Vec<_>>(), [0, 0xef]);
        let paths: Vec<&str> = refused.iter().map(|refusal| &*refusal.path).collect();
        assert_eq!(paths, ["x/good/b.txt", "x/ground_truth/crack/a.pgm", "x/crack/c.pgm"]);
    }
}
