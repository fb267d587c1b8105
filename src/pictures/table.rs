//! CSV: a row of numbers a picture.
//!
//! The cells of a row are the levels of a square picture, row by row. Commas, semicolons or tabs stand between them,
//! whichever comes first in the file. A first row with a word in it, besides the label's cell, names the columns: the one
//! called `label`, `labels`, `class`, `target` or `y` holds the label, the one called `name`, `file`, `filename`, `path`
//! or `id` the name. Without such a row, one cell more than a square has is the label: the last, where there is a word in
//! it and none in the first, else the first, as in the files of MNIST that go round.
//!
//! Where no number of the file is above 1, they are shares of white, else levels.

use crate::decode::check_size;
use crate::grey::Grey;
use crate::limits::{MOST_PICTURES, MOST_PIXELS};
use crate::many::{Listed, Sink};
use crate::npy::Scale;

/// More than the levels of any picture that a table is made of.
const LONGEST_ROW: usize = 16_000_000;

const LABELS: [&str; 5] = ["label", "labels", "class", "target", "y"];
const NAMES: [&str; 5] = ["name", "file", "filename", "path", "id"];

/// Whether a file of this name is taken for a table.
pub(crate) fn is_one(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["csv", "tsv"].iter().any(|kind| ending.eq_ignore_ascii_case(kind))
}

/// Hands on the pictures of a table, and says how its numbers were taken.
pub(crate) fn read(bytes: &[u8], sink: Sink) -> Result<Option<String>, String> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(text).map_err(|_| "the table is not text in UTF-8")?;
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (_, first) = lines().next().ok_or("the table is empty")?;
    if lines().any(|(_, line)| line.len() > LONGEST_ROW) {
        return Err("a row of the table is longer than 16 MB".into());
    }
    let separator = first.bytes().find(|byte| b",;\t".contains(byte)).unwrap_or(b',');
    let columns = Columns::of(&cells(first, separator)?)?;
    let rows = || lines().skip(usize::from(columns.named));
    if rows().nth(MOST_PICTURES as usize).is_some() {
        return Err(format!("the table has more than {MOST_PICTURES} pictures"));
    }
    if rows().count() as u64 * columns.count as u64 > MOST_PIXELS {
        return Err("the table has more than 64 million numbers".into());
    }
    let mut scale = Scale::Shares;
    for (line, row) in rows() {
        let cells = cells(row, separator)?;
        if cells.len() != columns.count {
            return Err(format!("row {} has {} cells, the first {}", line + 1, cells.len(), columns.count));
        }
        for (_, cell) in columns.levels(&cells) {
            scale = scale.with(number(cell).ok_or_else(|| {
                format!("row {} holds {cell:.12?} where a number from 0 to 255 is to stand", line + 1)
            })?);
        }
    }
    let side = columns.side;
    for (_, row) in rows() {
        let cells = cells(row, separator)?;
        let level = |(_, cell)| scale.level(number(cell).unwrap_or_default());
        let levels = columns.levels(&cells).map(level).collect();
        let text =
            |column: Option<usize>| column.and_then(|at| cells.get(at)).map(|cell| cell.trim().to_owned());
        let grey = Grey { width: side, height: side, levels };
        sink(Listed { grey, label: text(columns.label), name: text(columns.name) })?;
    }
    Ok(Some(scale.sentence().into()))
}

/// A line at a time, so that no quotation mark runs away with the rest of the file.
fn cells(line: &str, separator: u8) -> Result<csv::StringRecord, String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(line.as_bytes());
    let record = reader.records().next().unwrap_or_else(|| Ok(csv::StringRecord::new()));
    record.map_err(|error| format!("the table is damaged: {error}"))
}

fn number(cell: &str) -> Option<f64> {
    cell.trim().parse().ok().filter(|x| (0.0..=255.0).contains(x))
}

/// What stands where in a row.
struct Columns {
    count: usize,
    side: u32,
    named: bool,
    label: Option<usize>,
    name: Option<usize>,
}

impl Columns {
    fn of(first: &csv::StringRecord) -> Result<Columns, String> {
        // A line may hold what is no cell, such as a second mark of UTF-8.
        if first.is_empty() {
            return Err("the first row of the table has no cells".into());
        }
        let is_word = |cell: &str| cell.trim().parse::<f64>().is_err();
        let words = first.iter().filter(|cell| is_word(cell)).count();
        let called = |names: [&str; 5]| {
            first.iter().position(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
        };
        let (label, name) = (called(LABELS), called(NAMES));
        let named = words > 1 || label.is_some() || name.is_some();
        let spare = first.len() - usize::from(label.is_some()) - usize::from(name.is_some());
        let (side, label) = match (root(spare), named) {
            (Some(side), _) => (side, label),
            (None, false) => {
                let last = first.len() - 1;
                let is_last = is_word(&first[last]) && !is_word(&first[0]);
                (root(last).ok_or_else(|| odd(spare))?, Some(if is_last { last } else { 0 }))
            }
            (None, true) => return Err(odd(spare)),
        };
        check_size(side, side)?;
        Ok(Columns { count: first.len(), side, named, label, name })
    }

    fn levels<'a>(&self, cells: &'a csv::StringRecord) -> impl Iterator<Item = (usize, &'a str)> {
        let (label, name) = (self.label, self.name);
        cells.iter().enumerate().filter(move |(at, _)| ![label, name].contains(&Some(*at)))
    }
}

fn odd(cells: usize) -> String {
    format!("a row of {cells} cells is no square picture: n × n, and a label, are read")
}

/// The side of a square of so many pixels.
fn root(n: usize) -> Option<u32> {
    let side = n.isqrt();
    (side > 0 && side * side == n).then_some(side as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Vec<(String, String, Vec<u8>)>, String> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |one| {
            rows.push((one.label.unwrap_or_default(), one.name.unwrap_or_default(), one.grey.levels));
            Ok(())
        })?;
        Ok(rows)
    }

    fn row(label: &str, name: &str, levels: [u8; 4]) -> (String, String, Vec<u8>) {
        (label.into(), name.into(), levels.into())
    }

    #[test]
    fn a_row_is_a_picture_with_or_without_a_label_and_names_of_columns() {
        let [a, b] = [[0, 255, 1, 2], [3, 4, 5, 6]];
        assert_eq!(table("0,255,1,2\n3,4,5,6\n"), Ok(vec![row("", "", a), row("", "", b)]));
        assert_eq!(table("7,0,255,1,2\r\n8,3,4,5,6"), Ok(vec![row("7", "", a), row("8", "", b)]));
        assert_eq!(table("good;0;255;1;2\n"), Ok(vec![row("good", "", a)]));
        assert_eq!(table("0\t255\t1\t2\t\"good, or so\"\n"), Ok(vec![row("good, or so", "", a)]));
        assert_eq!(table("\u{feff}p0,p1,label,p2,p3\n0,255,ok,1,2\n"), Ok(vec![row("ok", "", a)]));
        assert_eq!(table("File,p0,p1,p2,p3,Class\nx.png,0,255,1,2,ok\n"), Ok(vec![row("ok", "x.png", a)]));
        assert_eq!(table("a,b,c,d\n0,255,1,2\n"), Ok(vec![row("", "", a)]));
    }

    #[test]
    fn numbers_up_to_1_are_shares_of_white_and_others_levels() {
        assert_eq!(table("0,1,0.5,0.25\n"), Ok(vec![row("", "", [0, 255, 128, 64])]));
        assert_eq!(table("0,1,0.5,0.25\n1,2,1.5,0\n").map(|rows| rows[1].2.clone()), Ok(vec![1, 2, 2, 0]));
    }

    #[test]
    fn what_is_no_table_of_pictures_is_refused_with_its_row() {
        for (text, sentence) in [
            ("", "the table is empty"),
            ("\u{feff}\u{feff}\n1,2,3,4\n", "the first row of the table has no cells"),
            ("1,2,3,4\n\u{feff}\n", "row 2 has 0 cells, the first 4"),
            ("1,2,3\n", "a row of 3 cells is no square picture: n × n, and a label, are read"),
            ("1,2,3,4\n1,2,3\n", "row 2 has 3 cells, the first 4"),
            ("1,2,3,4\n1,2,3,256\n", "row 2 holds \"256\" where a number from 0 to 255 is to stand"),
            ("1,2,3,4\n1,2,nan,4\n", "row 2 holds \"nan\" where a number from 0 to 255 is to stand"),
        ] {
            assert_eq!(table(text), Err(sentence.into()), "{text}");
        }
    }
}
