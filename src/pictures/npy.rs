//! NumPy's `.npy`: a header in Python's spelling and numbers behind it.

use std::ops::Range;

use crate::limits::{MOST_PICTURES, MOST_PIXELS};

/// An array as its file holds it.
pub(crate) struct Npy<'a> {
    kind: Element,
    big_endian: bool,
    fortran: bool,
    /// Its sizes, the slowest first.
    pub shape: Vec<u64>,
    data: &'a [u8],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Truth,
    Byte,
    Signed(usize),
    Unsigned(usize),
    Float(usize),
    Text(usize),
}

/// What a number says of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// A share of white, 0 to 1.
    Shares,
    /// A level, 0 to 255.
    Levels,
}

impl Scale {
    /// Shares as long as no number is above 1.
    pub fn with(self, x: f64) -> Scale {
        if x > 1.0 { Scale::Levels } else { self }
    }

    /// `round(255·x)` or `round(x)`, halves up.
    pub fn level(self, x: f64) -> u8 {
        let level = if self == Scale::Shares { 255.0 * x } else { x };
        (level + 0.5) as u8
    }

    pub fn sentence(self) -> &'static str {
        match self {
            Scale::Shares => "its numbers are taken for shares of white, 0 to 1, as none is above 1",
            Scale::Levels => "its numbers are taken for levels, 0 to 255, as some are above 1",
        }
    }
}

const NO_LEVELS: &str = "the array holds values that are no levels: 0 to 1 as floats, or 0 to 255";

impl Element {
    fn named(letter: u8, size: usize) -> Option<Element> {
        match (letter, size) {
            (b'b', 1) => Some(Element::Truth),
            (b'u', 1) => Some(Element::Byte),
            (b'u', 2 | 4 | 8) => Some(Element::Unsigned(size)),
            (b'i', 1 | 2 | 4 | 8) => Some(Element::Signed(size)),
            (b'f', 4 | 8) => Some(Element::Float(size)),
            (b'U', 0..=4096) => Some(Element::Text(4 * size)),
            _ => None,
        }
    }

    fn size(self) -> usize {
        match self {
            Element::Truth | Element::Byte => 1,
            Element::Signed(size) | Element::Unsigned(size) | Element::Float(size) | Element::Text(size) => {
                size
            }
        }
    }
}

impl<'a> Npy<'a> {
    /// Reads the header and holds it against the length of the file.
    pub fn read(bytes: &'a [u8]) -> Result<Npy<'a>, String> {
        let short = "the array is damaged or cut short";
        let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or("the file is no array of NumPy")?;
        let (&[major, _], rest) = rest.split_first_chunk().ok_or(short)?;
        let (length, rest) = match major {
            1 => rest.split_first_chunk().map(|(n, rest)| (u32::from(u16::from_le_bytes(*n)), rest)),
            _ => rest.split_first_chunk().map(|(n, rest)| (u32::from_le_bytes(*n), rest)),
        }
        .ok_or(short)?;
        let (header, data) = rest.split_at_checked(length as usize).ok_or(short)?;
        let header = std::str::from_utf8(header).map_err(|_| short)?;
        Npy::behind(header, data)
    }

    fn behind(header: &str, data: &'a [u8]) -> Result<Npy<'a>, String> {
        let value = |key: &str| header.split_once(&format!("'{key}':")).map(|(_, rest)| rest.trim_start());
        let quoted = value("descr").and_then(|rest| rest.strip_prefix('\'')?.split_once('\''));
        let descr = quoted.ok_or("the array holds records, which are no pictures")?.0;
        let unknown = || format!("the array holds {descr:.12}: bytes, whole numbers or floats are read");
        let [order, letter, size @ ..] = descr.as_bytes() else { return Err(unknown()) };
        let size = std::str::from_utf8(size).ok().and_then(|size| size.parse().ok()).ok_or_else(unknown)?;
        let kind = Element::named(*letter, size).ok_or_else(unknown)?;
        let shape = value("shape").and_then(|rest| rest.strip_prefix('(')?.split_once(')'));
        let shape = shape.ok_or("the array has no shape")?.0.split(',').map(str::trim);
        let sizes = shape.filter(|size| !size.is_empty()).map(str::parse::<u64>);
        let shape: Vec<u64> = sizes.collect::<Result<_, _>>().map_err(|_| "the array has no shape")?;
        let bytes = shape.iter().try_fold(kind.size() as u64, |bytes, &n| bytes.checked_mul(n));
        if bytes != Some(data.len() as u64) {
            return Err("the array is damaged or cut short: its header promises another length".into());
        }
        let fortran = value("fortran_order").is_some_and(|rest| rest.starts_with("True"));
        if fortran && data.len() as u64 / (kind.size() as u64).max(1) > MOST_PIXELS {
            // Each is far from the next: it would take minutes.
            return Err(
                "the array is in Fortran's order, in which 64 million numbers are read at most".into()
            );
        }
        Ok(Npy { kind, big_endian: *order == b'>', fortran, shape, data })
    }

    fn len(&self) -> usize {
        self.data.len() / self.kind.size().max(1)
    }

    /// Where the file has these elements of C order, in which the last index runs fastest.
    fn places(&self, elements: Range<usize>) -> impl Iterator<Item = usize> {
        let mut odometer = self.fortran.then(|| Odometer::at(&self.shape, elements.start));
        elements.map(move |i| odometer.as_mut().map_or(i, Odometer::step))
    }

    /// The bytes of the element in this place, little-endian, filled up to eight.
    fn eight(&self, place: usize) -> [u8; 8] {
        let size = self.kind.size().min(8);
        let mut eight = [0; 8];
        eight[..size].copy_from_slice(&self.data[place * size..][..size]);
        if self.big_endian {
            eight[..size].reverse();
        }
        eight
    }

    fn number(&self, place: usize) -> f64 {
        let bits = u64::from_le_bytes(self.eight(place));
        match self.kind {
            Element::Float(4) => f64::from(f32::from_bits(bits as u32)),
            Element::Float(_) => f64::from_bits(bits),
            Element::Signed(size) => signed(bits, size) as f64,
            _ => bits as f64,
        }
    }

    /// A whole number in digits: each of its own, where an f64 would round those above 2^53.
    fn digits(&self, place: usize) -> String {
        let bits = u64::from_le_bytes(self.eight(place));
        match self.kind {
            Element::Signed(size) => signed(bits, size).to_string(),
            _ => bits.to_string(),
        }
    }

    /// How the elements become levels.
    pub fn scale(&self) -> Result<Scale, String> {
        let numbers = || (0..self.len()).map(|place| self.number(place));
        match self.kind {
            Element::Byte => Ok(Scale::Levels),
            Element::Truth => Ok(Scale::Shares),
            Element::Text(_) => Err(NO_LEVELS.into()),
            _ if !numbers().all(|x| (0.0..=255.0).contains(&x)) => Err(NO_LEVELS.into()),
            Element::Float(_) => Ok(numbers().fold(Scale::Shares, Scale::with)),
            _ => Ok(Scale::Levels),
        }
    }

    /// What is to be said of how the numbers were taken, where that was a choice.
    pub fn remark(&self, scale: Scale) -> Option<String> {
        matches!(self.kind, Element::Float(_)).then(|| scale.sentence().into())
    }

    /// These elements as levels.
    pub fn levels(&self, elements: Range<usize>, scale: Scale) -> Vec<u8> {
        let places = self.places(elements.clone());
        match (self.kind, self.fortran) {
            (Element::Byte, false) => self.data[elements].to_vec(),
            (Element::Truth, _) => places.map(|at| 255 * u8::from(self.data[at] != 0)).collect(),
            (Element::Byte, true) => places.map(|at| self.data[at]).collect(),
            _ => places.map(|at| scale.level(self.number(at))).collect(),
        }
    }

    /// Every element of a list as a text: text as it stands, whole numbers in digits. A list of more than a set has
    /// pictures is refused.
    pub fn texts(&self) -> Result<Vec<String>, String> {
        // Its length is that of its shape alone: text may be of no letters at all.
        let n = self.shape.first().copied().unwrap_or(1);
        if n > u64::from(MOST_PICTURES) {
            return Err(format!("it has {n} elements, where {MOST_PICTURES} are read at most"));
        }
        match self.kind {
            Element::Text(size) => (0..n as usize).map(|i| self.text(i, size)).collect(),
            Element::Float(_) => {
                Err("it holds floats, and labels and names are text or whole numbers".into())
            }
            _ => Ok((0..self.len()).map(|place| self.digits(place)).collect()),
        }
    }

    fn text(&self, i: usize, size: usize) -> Result<String, String> {
        let letter = |four: &[u8; 4]| match self.big_endian {
            true => char::from_u32(u32::from_be_bytes(*four)),
            false => char::from_u32(u32::from_le_bytes(*four)),
        };
        let bytes = self.data.get(i * size..(i + 1) * size).unwrap_or_default();
        let letters: Option<String> = bytes.as_chunks().0.iter().map(letter).collect();
        let text = letters.ok_or("one of its elements holds what is no letter")?;
        Ok(text.trim_end_matches('\0').to_owned())
    }
}

/// A number of so many bytes, its sign in the highest of them.
fn signed(bits: u64, size: usize) -> i64 {
    (bits << (64 - 8 * size)) as i64 >> (64 - 8 * size)
}

/// Goes through an array in C order that lies in Fortran's, in which the first index runs fastest.
struct Odometer {
    /// Size, stride and index of each dimension, the last first.
    wheels: Vec<(usize, usize, usize)>,
    place: usize,
}

impl Odometer {
    fn at(shape: &[u64], mut element: usize) -> Odometer {
        let mut stride = 1;
        let mut wheels = Vec::new();
        for &size in shape {
            wheels.push((size as usize, stride, 0));
            stride *= size as usize;
        }
        wheels.reverse();
        let mut place = 0;
        for (size, stride, index) in &mut wheels {
            (*index, element) = (element % *size, element / *size);
            place += *index * *stride;
        }
        Odometer { wheels, place }
    }

    /// Where it stands, and on to the next.
    fn step(&mut self) -> usize {
        let here = self.place;
        for (size, stride, index) in &mut self.wheels {
            *index += 1;
            self.place += *stride;
            if index < size {
                break;
            }
            self.place -= *size * *stride;
            *index = 0;
        }
        here
    }
}

/// A file of bytes.
pub(crate) fn of_bytes(shape: &[u32], bytes: &[u8]) -> Vec<u8> {
    file("|u1", shape, bytes)
}

/// A file of texts, each as wide as the widest, filled up with zeros.
pub(crate) fn of_texts(texts: &[&str]) -> Vec<u8> {
    let width = texts.iter().map(|text| text.chars().count()).max().unwrap_or(0).max(1);
    let wide = |text: &&str| text.chars().chain(std::iter::repeat('\0')).take(width).collect::<Vec<_>>();
    let data: Vec<u8> = texts.iter().flat_map(wide).flat_map(|c| u32::from(c).to_le_bytes()).collect();
    file(&format!("<U{width}"), &[texts.len() as u32], &data)
}

fn file(descr: &str, shape: &[u32], data: &[u8]) -> Vec<u8> {
    let shape: String = shape.iter().map(|n| format!("{n}, ")).collect();
    let mut header =
        format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({}), }}", shape.trim_end());
    // The numbers begin at a multiple of 64 bytes, and a line ends the header.
    header.extend(std::iter::repeat_n(' ', (header.len() + 11).wrapping_neg() % 64));
    header.push('\n');
    let mut file = b"\x93NUMPY\x01\0".to_vec();
    file.extend_from_slice(&(header.len() as u16).to_le_bytes());
    file.extend_from_slice(header.as_bytes());
    file.extend_from_slice(data);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(descr: &str, fortran: &str, data: &[u8]) -> Vec<u8> {
        let header = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': (2, 2, 3), }}\n");
        [b"\x93NUMPY\x01\0", &(header.len() as u16).to_le_bytes()[..], header.as_bytes(), data].concat()
    }

    fn levels(file: &[u8]) -> Result<Vec<u8>, String> {
        let array = Npy::read(file)?;
        let scale = array.scale()?;
        Ok([0..6, 6..12].into_iter().flat_map(|picture| array.levels(picture, scale)).collect())
    }

    #[test]
    fn either_order_is_read() {
        let data: Vec<u8> = (0..12).collect();
        assert_eq!(levels(&array("|u1", "False", &data)), Ok(data.clone()));
        // numpy.asarray(numpy.arange(12).reshape(2, 2, 3), order='F').tobytes(order='A')
        let turned = [0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11];
        assert_eq!(levels(&array("|u1", "True", &turned)), Ok(data.clone()));
        let wide: Vec<u8> = turned.iter().flat_map(|&level| i16::from(level).to_be_bytes()).collect();
        assert_eq!(levels(&array(">i2", "True", &wide)), Ok(data));
    }

    fn list(descr: &str, n: usize, data: &[u8]) -> Result<Vec<String>, String> {
        let header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({n},), }}\n");
        let length = (header.len() as u16).to_le_bytes();
        Npy::read(&[b"\x93NUMPY\x01\0", &length[..], header.as_bytes(), data].concat())?.texts()
    }

    #[test]
    fn whole_numbers_are_labels_to_the_last_digit() {
        let numbers = [u64::MAX, (1 << 53) + 1, 7];
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        assert_eq!(list("<u8", 3, &bytes), Ok(numbers.map(|n| n.to_string()).to_vec()));
        let signs = [i64::MIN, -(1 << 53) - 1, 1 << 62];
        let bytes: Vec<u8> = signs.iter().flat_map(|n| n.to_be_bytes()).collect();
        assert_eq!(list(">i8", 3, &bytes), Ok(signs.map(|n| n.to_string()).to_vec()));
        assert_eq!(list("|i1", 2, &[255, 127]), Ok(vec!["-1".into(), "127".into()]));
    }

    #[test]
    fn a_list_of_more_than_a_set_has_pictures_is_refused() {
        for (descr, size) in [("|u1", 1), ("<i8", 8), ("<U0", 0), ("<U1", 4)] {
            let of = |n: usize| list(descr, n, &vec![0; n * size]);
            assert_eq!(of(10_000).map(|texts| texts.len()), Ok(10_000), "{descr}");
            let sentence = "it has 10001 elements, where 10000 are read at most";
            assert_eq!(of(10_001), Err(sentence.into()), "{descr}");
        }
    }

    #[test]
    fn truths_are_black_and_white_and_floats_shares_or_levels() {
        let truths = [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        assert_eq!(levels(&array("|b1", "False", &truths)), Ok(truths.map(|truth| 255 * truth).to_vec()));
        let floats = |most: f64| -> Vec<u8> {
            (0..12).flat_map(|k| (f64::from(k) / 11.0 * most).to_le_bytes()).collect()
        };
        let shares: Vec<u8> = (0..12).map(|k| (f64::from(k) / 11.0 * 255.0 + 0.5) as u8).collect();
        assert_eq!(levels(&array("<f8", "False", &floats(1.0))), Ok(shares.clone()));
        assert_eq!(levels(&array("<f8", "False", &floats(255.0))), Ok(shares));
        assert_eq!(levels(&array("<f8", "False", &floats(256.0))), Err(NO_LEVELS.into()));
        assert_eq!(levels(&array("<f8", "False", &floats(f64::NAN))), Err(NO_LEVELS.into()));
        assert_eq!(levels(&array("<f8", "False", &floats(-1.0))), Err(NO_LEVELS.into()));
    }
}
