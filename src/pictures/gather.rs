//! Many files to one set.

use learning::data::{Picture, PictureSet};

use crate::fit::{Fit, fit};
use crate::grey::{Backdrop, Grey};
use crate::idx;
use crate::labels::{self, Root};
use crate::limits::{MOST_BYTES, MOST_PICTURES, SIDES};
use crate::many::{Content, Listed, open, without_gz};

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

/// How a file was read that can be read in more than one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its path as it was given.
    pub path: String,
    /// Which way it was.
    pub sentence: String,
}

/// The set, and what is not in it.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The set of all that could be read.
    pub set: PictureSet,
    /// Where each picture of the set comes from: the path of its file as it was given, `#` and its place there. It stays
    /// the same when files are added, which a name need not.
    pub origins: Vec<String>,
    /// What was taken for what, where a file leaves that open.
    pub noted: Vec<Note>,
    /// What could not, in the order in which it was given.
    pub refused: Vec<Refusal>,
}

const MASK: &str = "left out: what lies in ground_truth is a mask, not a picture";

/// A set while its files come in, one by one: none needs to be kept.
pub struct Gathering {
    options: Options,
    found: Vec<Found>,
    labels: Vec<Labels>,
    noted: Vec<Note>,
    refused: Vec<Refusal>,
    root: Root,
    bytes: u64,
}

/// A file of labels, for the pictures of the file beside it.
struct Labels {
    path: String,
    labels: Vec<String>,
}

/// A picture of the set, its label still to be seen from all paths unless its file says it.
struct Found {
    path: String,
    label: Option<String>,
    name: Option<String>,
    /// Which of its file's pictures it is.
    place: usize,
    levels: Vec<u8>,
}

impl Gathering {
    /// # Errors
    ///
    /// A sentence, if the side is not 4 to 64.
    pub fn new(options: Options) -> Result<Gathering, String> {
        if !SIDES.contains(&options.side) {
            return Err(format!(
                "side={} is out of range: it takes a whole number from 4 to 64",
                options.side
            ));
        }
        let (found, labels, noted, refused, root) = Default::default();
        Ok(Gathering { options, found, labels, noted, refused, root, bytes: 0 })
    }

    /// Adds what a file holds, or notes why not.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        if self.root.narrow(path) {
            self.leave_out_masks();
        }
        let before = self.found.len();
        if let Err(reason) = self.take(path, bytes) {
            // A file is in the set as a whole or not at all.
            self.found.truncate(before);
            self.refuse(path, reason);
        }
    }

    /// Notes why a file is not in the set that its owner could not read, or did not want to.
    pub fn refuse(&mut self, path: &str, reason: String) {
        self.refused.push(Refusal { path: path.into(), reason });
    }

    /// All that came so far are masks, which shows as soon as something comes that lies beside their folder.
    fn leave_out_masks(&mut self) {
        let found = std::mem::take(&mut self.found).into_iter();
        let pictures = found.filter(|one| one.place == 0).map(|one| one.path);
        let labels = std::mem::take(&mut self.labels).into_iter().map(|one| one.path);
        let paths: Vec<String> = pictures.chain(labels).collect();
        paths.iter().for_each(|path| self.refuse(path, MASK.into()));
        self.noted.clear();
        self.bytes = 0;
    }

    fn take(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        if self.root.is_mask(path) {
            return Err(MASK.into());
        }
        let all = self.bytes + bytes.len() as u64;
        if all > MOST_BYTES {
            return Err("left out: with it the files would have more than 512 MB together".into());
        }
        let Gathering { options, found, .. } = self;
        let before = found.len();
        let mut keep = |Listed { grey, label, name }: Listed| {
            if found.len() >= MOST_PICTURES as usize {
                return Err(format!(
                    "left out: with it the set would have more than {MOST_PICTURES} pictures"
                ));
            }
            let (path, place) = (path.to_owned(), found.len() - before);
            found.push(Found { path, label, name, place, levels: options.shaped(&grey) });
            Ok(())
        };
        let content = open(path, bytes, options.backdrop, &mut keep)?;
        let none = found.len() == before;
        match content {
            Content::Labels(labels) => self.labels.push(Labels { path: path.into(), labels }),
            Content::Pictures(_) if none => return Err("the file holds no pictures".into()),
            Content::Pictures(Some(sentence)) => self.noted.push(Note { path: path.into(), sentence }),
            Content::Pictures(None) => {}
        }
        self.bytes = all;
        Ok(())
    }

    /// The set of all that was added.
    pub fn finish(mut self) -> Gathered {
        std::mem::take(&mut self.labels).into_iter().for_each(|labels| self.label(labels));
        let paths: Vec<&str> = self.found.iter().map(|found| &*found.path).collect();
        let said = labels::labels(&paths, &self.options.normal).into_iter().zip(labels::names(&paths));
        let said: Vec<_> = said.collect();
        let paths: Vec<String> = self.found.iter().map(|one| format!("{}#{}", one.path, one.place)).collect();
        let picture = |(found, (label, file)): (Found, (String, String))| Picture {
            label: found.label.unwrap_or(label),
            name: found.name.unwrap_or_else(|| numbered(file, found.place)),
            levels: found.levels,
        };
        let pictures = self.found.into_iter().zip(said).map(picture).collect();
        let (set, places) = PictureSet::ordered(self.options.side, pictures);
        let origins = places.iter().map(|&place| paths[place as usize].clone()).collect();
        Gathered { set, origins, noted: self.noted, refused: self.refused }
    }

    /// Gives the pictures of the file beside a file of labels their labels.
    fn label(&mut self, Labels { path, labels }: Labels) {
        let is_beside =
            |found: &&mut Found| found.path != path && idx::labels_of(&found.path) == without_gz(&path);
        let mut beside: Vec<&mut Found> = self.found.iter_mut().filter(is_beside).collect();
        if beside.len() == labels.len() {
            beside.iter_mut().zip(labels).for_each(|(found, label)| found.label = Some(label));
        } else if beside.is_empty() {
            self.refuse(
                &path,
                "the file holds labels, and the file of their pictures is not in the set".into(),
            );
        } else {
            let reason = format!("the file holds {} labels for {} pictures", labels.len(), beside.len());
            self.refuse(&path, reason);
        }
    }
}

/// Numbers of one width, so that the order of names is that of the file.
fn numbered(file: String, place: usize) -> String {
    if place == 0 { file } else { format!("{file}#{place:05}") }
}

impl Options {
    fn shaped(&self, grey: &Grey) -> Vec<u8> {
        let mut levels = fit(grey, self.side, self.fit);
        if self.invert {
            levels.iter_mut().for_each(|level| *level = 255 - *level);
        }
        levels
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
        let Gathered { set, origins, refused, .. } = gathering.finish();
        assert_eq!(set.counts(), [("crack", 1), ("good", 1)]);
        assert_eq!(origins, ["x/crack/d.pgm#0", "x/good/a.pgm#0"]);
        assert_eq!(set.pictures().iter().map(|picture| picture.levels[0]).collect::<Vec<_>>(), [0, 0xef]);
        let paths: Vec<&str> = refused.iter().map(|refusal| &*refusal.path).collect();
        assert_eq!(paths, ["x/good/b.txt", "x/ground_truth/crack/a.pgm", "x/crack/c.pgm"]);
    }

    fn gathered(files: &[(&str, &[u8])]) -> Gathered {
        let normal = Vec::new();
        let options = Options { side: 4, fit: Fit::Crop, invert: false, backdrop: Backdrop::White, normal };
        let mut gathering = Gathering::new(options).expect("a side in range");
        files.iter().for_each(|(path, bytes)| gathering.add(path, bytes));
        gathering.finish()
    }

    fn idx(shape: &[u8], data: &[u8]) -> Vec<u8> {
        let sizes = shape.iter().flat_map(|&n| [0, 0, 0, n]);
        [0, 0, 8, shape.len() as u8].into_iter().chain(sizes).chain(data.iter().copied()).collect()
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packed, bytes).expect("into memory");
        packed.finish().expect("into memory")
    }

    #[test]
    fn mnist_has_its_labels_whichever_file_comes_first_and_whether_packed_or_not() {
        let (images, labels) = (idx(&[2, 1, 1], &[10, 20]), idx(&[2], &[7, 3]));
        let packed = gzipped(&images);
        for files in [
            [("m/train-images-idx3-ubyte", &images[..]), ("m/train-labels-idx1-ubyte", &labels[..])],
            [("m/train-labels-idx1-ubyte", &labels), ("m/train-images-idx3-ubyte.gz", &packed)],
            [("m/train-images.idx3-ubyte", &images), ("m/train-labels.idx1-ubyte.gz", &gzipped(&labels))],
        ] {
            let Gathered { set, refused, .. } = gathered(&files);
            assert_eq!(refused, []);
            let seen: Vec<_> = set.pictures().iter().map(|one| (&*one.label, one.levels[0])).collect();
            assert_eq!(seen, [("3", 20), ("7", 10)]);
        }
    }

    #[test]
    fn mnist_may_have_colours_and_what_is_clear_shows_what_is_behind_it() {
        let read = |channels: u8, bytes: &[u8]| {
            let file = idx(&[1, 1, 1, channels], bytes);
            gathered(&[("images-idx4-ubyte", &file)]).set.pictures()[0].levels[0]
        };
        assert_eq!(read(3, &[10, 10, 10]), 10);
        assert_eq!(read(4, &[10, 10, 10, 255]), 10);
        assert_eq!(read(4, &[10, 10, 10, 0]), 255);
    }

    #[test]
    fn masks_are_left_out_whether_they_come_first_or_last_and_wherever_they_lie() {
        let (mask, picture) = ("x/ground_truth/crack/0.pgm", "x/test/crack/0.pgm");
        for above in ["", "y/ground_truth/"] {
            let [mask, picture] = [mask, picture].map(|path| format!("{above}{path}"));
            for order in [[&mask, &picture], [&picture, &mask]] {
                let files = order.map(|path| (&**path, &b"P5 1 1 255 \x10"[..]));
                let Gathered { set, refused, .. } = gathered(&files);
                assert_eq!(set.pictures().iter().map(|one| &*one.name).collect::<Vec<_>>(), ["0.pgm"]);
                assert_eq!(refused, [Refusal { path: mask.clone(), reason: MASK.into() }]);
            }
        }
    }

    #[test]
    fn a_folder_above_all_files_changes_nothing() {
        let file = |name: &str| (name.to_owned(), b"P5 1 1 255 \x10");
        let set = |above: &str| {
            let files = ["good/0.pgm", "crack/0.pgm"].map(|name| file(&format!("{above}parts/{name}")));
            let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (&**path, &bytes[..])).collect();
            gathered(&files).set
        };
        for above in ["test/", "train/", "t/test/x/", "ground_truth/"] {
            assert_eq!(set(above), set(""), "{above}");
        }
    }

    #[test]
    fn labels_that_are_not_those_of_the_pictures_beside_them_are_refused() {
        let (images, labels) = (idx(&[2, 1, 1], &[10, 20]), idx(&[3], &[7, 3, 1]));
        let alone = gathered(&[("a-labels-idx1-ubyte", &labels)]).refused;
        assert_eq!(
            alone[0].reason,
            "the file holds labels, and the file of their pictures is not in the set"
        );
        let other = gathered(&[("a-images-idx3-ubyte", &images), ("a-labels-idx1-ubyte", &labels)]);
        assert_eq!(other.refused[0].reason, "the file holds 3 labels for 2 pictures");
        assert_eq!(other.set.counts(), [("", 2)]);
    }

    #[test]
    fn labels_of_more_pictures_than_a_set_has_are_refused() {
        let file = |n: u32| [&[0, 0, 8, 1], &n.to_be_bytes()[..], &vec![7; n as usize]].concat();
        let reason = |n| gathered(&[("a-labels-idx1-ubyte", &file(n))]).refused[0].reason.clone();
        assert_eq!(reason(10_001), "the file holds 10001 labels, where 10000 are read at most");
        assert_eq!(reason(10_000), "the file holds labels, and the file of their pictures is not in the set");
    }

    #[test]
    fn a_file_whose_last_picture_cannot_be_read_leaves_none_of_its_pictures_behind() {
        let most = vec![0; MOST_PICTURES as usize];
        let shape =
            [[0, 0, 8, 3], 10_000_u32.to_be_bytes(), 1_u32.to_be_bytes(), 1_u32.to_be_bytes()].concat();
        let all = [shape, most].concat();
        let Gathered { set, refused, .. } = gathered(&[("a.pgm", b"P5 1 1 255 \x10"), ("b-images", &all)]);
        assert_eq!(set.pictures().len(), 1);
        assert_eq!(refused[0].reason, "left out: with it the set would have more than 10000 pictures");
        assert_eq!(gathered(&[("b-images", &all)]).set.pictures().len(), 10_000);
    }

    #[test]
    fn which_way_numbers_were_taken_is_said() {
        let noted = gathered(&[("a.csv", b"0,1,1,0"), ("b.csv.gz", &gzipped(b"0,255,1,0"))]).noted;
        let said: Vec<_> = noted.iter().map(|note| (&*note.path, &note.sentence[..37])).collect();
        assert_eq!(
            said,
            [
                ("a.csv", "its numbers are taken for shares of w"),
                ("b.csv.gz", "its numbers are taken for levels, 0 t")
            ]
        );
    }

    #[test]
    fn what_unfolds_to_too_much_is_refused() {
        let bomb = gzipped(&vec![0; MOST_BYTES as usize + 1]);
        assert_eq!(gathered(&[("bomb.gz", &bomb)]).refused[0].reason, "the file unfolds to more than 512 MB");
    }
}
