//! Files as an accident or a rogue would leave them: the same number is the same file.

use bottleneck::data::PictureSet;
use bottleneck::num::rng::{Purpose, Stream};
use bottleneck_pictures::{Backdrop, Fit, Gathered, Gathering, Options, digits};
use std::fs;
use std::path::Path;

/// Whole files of every kind that is read, each with the name that it comes under.
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures");
    let mut seeds = Vec::new();
    for label in fs::read_dir(folder).expect("a folder") {
        for file in fs::read_dir(label.expect("an entry").path()).expect("a folder of folders") {
            let path = file.expect("an entry").path();
            seeds.push((path.to_string_lossy().into_owned(), fs::read(&path).expect("a file")));
        }
    }
    // Their headers are a larger part of them than those of the digits.
    let few = digits().pictures()[..3].to_vec();
    let few = PictureSet::new(8, few);
    let levels: Vec<u8> = few.pictures().iter().flat_map(|picture| picture.levels.clone()).collect();
    let floats: Vec<u8> = levels.iter().flat_map(|&level| (f32::from(level) / 255.0).to_le_bytes()).collect();
    let idx = [&[0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 8][..], &levels].concat();
    let cells: Vec<String> = levels.iter().map(u8::to_string).collect();
    let rows: Vec<String> = cells.chunks(64).map(|row| row.join(",")).collect();
    seeds.push(("set.npz".into(), bottleneck_pictures::write(&few).expect("a file")));
    for fortran in ["False", "True"] {
        let header = format!("{{'descr': '<f4', 'fortran_order': {fortran}, 'shape': (3, 8, 8), }}");
        let header = format!("{header:<117}\n");
        seeds.push(("f.npy".into(), [b"\x93NUMPY\x01\0\x76\0", header.as_bytes(), &floats].concat()));
    }
    seeds.push(("train-images-idx3-ubyte.gz".into(), gzipped(&idx)));
    seeds.push(("train-images-idx3-ubyte".into(), idx));
    seeds.push(("train-labels-idx1-ubyte".into(), vec![0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]));
    seeds.push(("rows.csv".into(), rows.join("\n").into_bytes()));
    seeds.sort();
    seeds
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, bytes).expect("into memory");
    packed.finish().expect("into memory")
}

/// Mutation `number`: a file of `seeds`, changed in one to eight places, half of them in its first 64 bytes.
pub fn mutated(seeds: &[(String, Vec<u8>)], number: u32) -> (&str, Vec<u8>) {
    let mut stream = Stream::new(number, Purpose::Data);
    let (path, whole) = &seeds[stream.below(seeds.len() as u32) as usize];
    let mut bytes = whole.clone();
    for _ in 0..=stream.below(8) {
        change(&mut bytes, &mut stream, seeds);
    }
    if stream.below(4) > 0 {
        sign(&mut bytes);
    }
    (path, bytes)
}

/// Gives each part of a PNG the checksum of what is in it now: else a decoder looks no further.
fn sign(bytes: &mut [u8]) {
    let mut rest = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") { &mut bytes[8..] } else { return };
    while let Some((length, behind)) = rest.split_first_chunk_mut() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((part, behind)) = behind.split_at_mut_checked(length.saturating_add(4)) else { return };
        let Some((sum, behind)) = behind.split_first_chunk_mut() else { return };
        let mut crc = flate2::Crc::new();
        crc.update(part);
        *sum = crc.sum().to_be_bytes();
        rest = behind;
    }
}

fn change(bytes: &mut Vec<u8>, stream: &mut Stream, seeds: &[(String, Vec<u8>)]) {
    const LOUD: [u32; 8] = [0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 8000];
    let reach = if stream.below(2) == 0 { bytes.len().min(64) } else { bytes.len() };
    if reach == 0 {
        return bytes.push(stream.below(256) as u8);
    }
    let at = stream.below(reach as u32) as usize;
    let to = at + stream.below((bytes.len() - at).min(64) as u32 + 1) as usize;
    match stream.below(8) {
        0 => bytes[at] ^= 1 << stream.below(8),
        1 => bytes[at] = stream.below(256) as u8,
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..to)),
        4 => bytes.splice(at..at, bytes[at..to].to_vec()).for_each(drop),
        5 => {
            let (_, other) = &seeds[stream.below(seeds.len() as u32) as usize];
            let from = stream.below(other.len() as u32) as usize;
            let piece = other[from..other.len().min(from + 64)].to_vec();
            bytes.splice(at..to, piece).for_each(drop);
        }
        // A size or a count in either order of bytes.
        kind => {
            let number = LOUD[stream.below(8) as usize];
            let four = if kind == 6 { number.to_le_bytes() } else { number.to_be_bytes() };
            bytes.iter_mut().skip(at).zip(four).for_each(|(byte, new)| *byte = new);
        }
    }
}

/// What becomes of one file.
pub fn gathered(path: &str, bytes: &[u8]) -> Gathered {
    let options =
        Options { side: 16, fit: Fit::Pad, invert: false, backdrop: Backdrop::Black, normal: Vec::new() };
    let mut gathering = Gathering::new(options).expect("a side in range");
    gathering.add(path, bytes);
    gathering.finish()
}
