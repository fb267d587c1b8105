//! Files of many pictures: told from each other, unfolded, and handed on picture by picture.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::decode::decode;
use crate::grey::{Backdrop, Grey};
use crate::limits::MOST_BYTES;
use crate::{idx, npz, table};

/// One of the pictures of a file.
pub(crate) struct Listed {
    pub grey: Grey,
    pub label: Option<String>,
    pub name: Option<String>,
}

impl Listed {
    /// A picture of which its file says no more.
    pub fn bare(grey: Grey) -> Listed {
        Listed { grey, label: None, name: None }
    }
}

/// Takes the pictures of a file one by one, so that they need not all be there at their full size; an error of it ends
/// the reading.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Listed) -> Result<(), String>;

/// What a file turned out to be.
pub(crate) enum Content {
    /// Pictures, which the sink has; and what is to be said of how they were taken, if anything.
    Pictures(Option<String>),
    /// Labels alone, of pictures in the file beside it.
    Labels(Vec<String>),
}

/// Reads a file of one picture or many, told by its content; a table of numbers, which has no sign of its own, by its
/// name. What `gzip` has packed is unpacked, once.
pub(crate) fn open(path: &str, bytes: &[u8], backdrop: Backdrop, sink: Sink) -> Result<Content, String> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return unpacked(path, bytes, backdrop, sink);
    }
    let (bytes, packed) = (unfold(MultiGzDecoder::new(bytes), MOST_BYTES)?, bytes.len() as u64);
    match bytes.len() as u64 + packed <= MOST_BYTES {
        true => unpacked(without_gz(path), &bytes, backdrop, sink),
        false => Err(TOO_MUCH.into()),
    }
}

fn unpacked(path: &str, bytes: &[u8], backdrop: Backdrop, sink: Sink) -> Result<Content, String> {
    if bytes.starts_with(b"\x93NUMPY") {
        npz::pictures(bytes, backdrop, sink).map(Content::Pictures)
    } else if bytes.starts_with(b"PK\x03\x04") {
        npz::list(bytes, backdrop, sink).map(Content::Pictures)
    } else if idx::is_one(bytes) {
        idx::read(bytes, backdrop, sink)
    } else if table::is_one(path) {
        table::read(bytes, sink).map(Content::Pictures)
    } else {
        sink(Listed::bare(decode(bytes, backdrop)?)).map(|()| Content::Pictures(None))
    }
}

const TOO_MUCH: &str = "the file unfolds to more than 512 MB";

/// All that a reader has, if it is no more than `most` bytes: what is unfolded counts, whatever a header says of it.
pub(crate) fn unfold(reader: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = reader.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("the archive is damaged or cut short: {error}"))?;
    if bytes.len() as u64 > most { Err(TOO_MUCH.into()) } else { Ok(bytes) }
}

/// The name of a file before it was packed.
pub(crate) fn without_gz(path: &str) -> &str {
    let end = path.len().saturating_sub(3);
    match path.get(end..) {
        Some(ending) if ending.eq_ignore_ascii_case(".gz") => &path[..end],
        _ => path,
    }
}
