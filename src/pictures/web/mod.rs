//! The boundary to JavaScript of what reads files: it converts and refuses, it does not compute.
//!
//! Files go in one by one; a set comes out, its levels as one flat `Uint8Array`, copied, picture by picture and row by
//! row. Errors are thrown as `Error` with a sentence; a file that cannot be read is none, but a line of the set's list.

#![cfg(target_arch = "wasm32")]
#![deny(clippy::unwrap_used)]

use bottleneck::data::{Picture, PictureSet};
use bottleneck::recipe::Digest;
use bottleneck_pictures::{
    Backdrop, Fit, Gathered, Gathering, Note, Options, Refusal, normal_label, read, write,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

fn thrown(sentence: String) -> JsError {
    JsError::new(&sentence)
}

/// One of two words.
fn chosen<T>(key: &str, word: &str, of: [(&str, T); 2]) -> Result<T, JsError> {
    let [(one, _), (other, _)] = &of;
    let sentence = format!("{key}={word} cannot be read: it takes {one} or {other}");
    let found = of.into_iter().find(|(name, _)| *name == word);
    found.map(|(_, choice)| choice).ok_or_else(|| thrown(sentence))
}

/// A set while its files come in.
#[wasm_bindgen(js_name = Gathering)]
pub struct WebGathering {
    gathering: Gathering,
    normal: Vec<String>,
}

#[wasm_bindgen(js_class = Gathering)]
impl WebGathering {
    /// `side` 4 to 64; `fit` `crop` or `pad`; `over` `white` or `black`; `normal` the labels of what is normal, none for
    /// `good`, `normal` and `ok`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        side: u32,
        fit: &str,
        invert: bool,
        over: &str,
        normal: Vec<String>,
    ) -> Result<WebGathering, JsError> {
        let fit = chosen("fit", fit, [("crop", Fit::Crop), ("pad", Fit::Pad)])?;
        let backdrop = chosen("over", over, [("white", Backdrop::White), ("black", Backdrop::Black)])?;
        let options = Options { side, fit, invert, backdrop, normal: normal.clone() };
        Ok(WebGathering { gathering: Gathering::new(options).map_err(thrown)?, normal })
    }

    /// Adds what a file holds, or notes why not.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        self.gathering.add(path, bytes);
    }

    /// Notes why a file is not in the set that could not be read, or was not wanted.
    pub fn refuse(&mut self, path: &str, reason: String) {
        self.gathering.refuse(path, reason);
    }

    /// The set of all that was added; the gathering is over then.
    pub fn finish(self) -> WebSet {
        let Gathered { set, origins, noted, refused } = self.gathering.finish();
        WebSet { set, origins, noted, refused, normal: self.normal }
    }
}

/// A set of pictures, and what is to be said of its files.
#[wasm_bindgen(js_name = PictureSet)]
pub struct WebSet {
    set: PictureSet,
    origins: Vec<String>,
    noted: Vec<Note>,
    refused: Vec<Refusal>,
    normal: Vec<String>,
}

#[derive(Serialize)]
struct About<'a> {
    side: u32,
    pictures: u32,
    /// Each label with its number of pictures.
    counts: Vec<Count<'a>>,
    /// The label that is taken for normal, if one is.
    normal: Option<&'a str>,
    digest: String,
    noted: Vec<Line<'a>>,
    refused: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    label: &'a str,
    pictures: u32,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    sentence: &'a str,
}

impl WebSet {
    /// A set that is not of files just gathered.
    fn bare(set: PictureSet) -> WebSet {
        let (origins, noted, refused, normal) = Default::default();
        WebSet { set, origins, noted, refused, normal }
    }
}

#[wasm_bindgen(js_class = PictureSet)]
impl WebSet {
    /// The set of an `.npz`, as it is.
    pub fn read(bytes: &[u8]) -> Result<WebSet, JsError> {
        let set = read(bytes).map_err(thrown)?;
        Ok(WebSet::bare(set))
    }

    /// Of pictures that are here already: `levels` `[pictures × side²]`, a label and a name for each. They are put in the
    /// order of a set.
    pub fn of(
        side: u32,
        levels: Vec<u8>,
        labels: Vec<String>,
        names: Vec<String>,
    ) -> Result<WebSet, JsError> {
        let area = u64::from(side) * u64::from(side);
        let whole = labels.len() == names.len() && levels.len() as u64 == labels.len() as u64 * area;
        if area == 0 || !whole {
            let (levels, labels, names) = (levels.len(), labels.len(), names.len());
            return Err(thrown(format!(
                "{levels} levels, {labels} labels and {names} names are no set of pictures of {side} × {side}"
            )));
        }
        let said = labels.into_iter().zip(names).zip(levels.chunks(area as usize));
        let pictures = said.map(|((label, name), levels)| Picture { label, name, levels: levels.to_vec() });
        let set = PictureSet::new(side, pictures.collect());
        Ok(WebSet::bare(set))
    }

    /// The `.npz` of the set.
    pub fn npz(&self) -> Result<Vec<u8>, JsError> {
        write(&self.set).map_err(thrown)
    }

    /// `{ side, pictures, counts: [{ label, pictures }], normal, digest, noted: [{ path, sentence }], refused: [{ path,
    /// sentence }] }`; `noted` says how files were taken that leave it open.
    pub fn about(&self) -> Result<JsValue, JsError> {
        let counts = self.set.counts().into_iter().map(|(label, pictures)| Count { label, pictures });
        let noted = self.noted.iter().map(|Note { path, sentence }| Line { path, sentence });
        let refused = self.refused.iter().map(|Refusal { path, reason }| Line { path, sentence: reason });
        let about = About {
            side: self.set.side(),
            pictures: self.set.pictures().len() as u32,
            counts: counts.collect(),
            normal: normal_label(&self.set, &self.normal),
            digest: Digest::of_pictures(&self.set).to_string(),
            noted: noted.collect(),
            refused: refused.collect(),
        };
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        about.serialize(&serializer).map_err(|error| JsError::new(&error.to_string()))
    }

    /// `[pictures × side²]`.
    pub fn levels(&self) -> Vec<u8> {
        self.set.pictures().iter().flat_map(|picture| picture.levels.iter().copied()).collect()
    }

    /// One for each picture; empty where nobody said.
    pub fn labels(&self) -> Vec<String> {
        self.set.pictures().iter().map(|picture| picture.label.clone()).collect()
    }

    /// Where each picture comes from: the path of its file as it was given, `#` and its place there. None in a set that is
    /// read or made as it is.
    pub fn origins(&self) -> Vec<String> {
        self.origins.clone()
    }

    /// One for each picture.
    pub fn names(&self) -> Vec<String> {
        self.set.pictures().iter().map(|picture| picture.name.clone()).collect()
    }
}
