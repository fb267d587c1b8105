//! IDX, the format of MNIST: pictures in one file, their labels in another.

use crate::decode::check_size;
use crate::grey::{Backdrop, Grey, Samples};
use crate::limits::MOST_PICTURES;
use crate::many::{Content, Listed, Sink, without_gz};

/// Whether a file begins as one does: two zeros, a kind of number, and how many sizes follow.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, 8 | 9 | 11..=14, 1..=4, ..])
}

/// Reads bytes of one, three or four dimensions: labels, `[n, h, w]`, `[n, h, w, 3]` or, with alpha, `[n, h, w, 4]`.
pub(crate) fn read(bytes: &[u8], backdrop: Backdrop, sink: Sink) -> Result<Content, String> {
    let short = "the file is damaged or cut short: its header promises another length";
    let (&[_, _, kind, dimensions], rest) = bytes.split_first_chunk().ok_or(short)?;
    if kind != 8 {
        return Err("the IDX file holds other numbers than bytes".into());
    }
    let (sizes, data) = rest.split_at_checked(4 * usize::from(dimensions)).ok_or(short)?;
    let shape: Vec<u32> = sizes.as_chunks().0.iter().map(|four| u32::from_be_bytes(*four)).collect();
    let promised = shape.iter().try_fold(1_u64, |bytes, &n| bytes.checked_mul(u64::from(n)));
    if promised != Some(data.len() as u64) {
        return Err(short.into());
    }
    let (height, width, channels) = match shape[..] {
        [n] if n > MOST_PICTURES => {
            return Err(format!("the file holds {n} labels, where {MOST_PICTURES} are read at most"));
        }
        [_] => return Ok(Content::Labels(data.iter().map(u8::to_string).collect())),
        [_, height, width] => (height, width, 1),
        [_, height, width, channels @ 3..=4] => (height, width, channels as usize),
        _ => {
            return Err(
                "the IDX file is of no shape that is read: [n, h, w], with 3 or 4 more for colours".into()
            );
        }
    };
    check_size(width, height)?;
    let samples = Samples { channels, wide: false };
    for levels in data.chunks_exact(width as usize * height as usize * channels) {
        sink(Listed::bare(Grey { width, height, levels: samples.levels(levels, backdrop) }))?;
    }
    Ok(Content::Pictures(None))
}

/// What a file of labels is called beside a file of pictures: `train-labels-idx1-ubyte` beside
/// `train-images-idx3-ubyte`. A packed file may stand beside one that is not.
pub(crate) fn labels_of(path: &str) -> String {
    let path = without_gz(path);
    let name = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let beside = path[name..].replacen("images", "labels", 1).replacen("idx3", "idx1", 1);
    format!("{}{beside}", &path[..name])
}
