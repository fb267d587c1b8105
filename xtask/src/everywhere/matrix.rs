//! The matrix: what each machine printed beside the native program, as a table of the README.

use crate::Result;

/// Around the matrix in the README.
const MARKS: [&str; 2] = ["<!-- matrix -->\n", "<!-- /matrix -->\n"];

/// A machine, by what it is and what ran it, and what it printed beside the native program.
pub struct Row {
    pub machine: String,
    pub runs: String,
    pub bits: Bits,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Bits {
    Same,
    /// All digests are the same, and the emulator multiplies wrongly, so that nothing else can be.
    WrongProduct,
    Other,
}

impl Bits {
    pub fn of(text: &str, native: &str) -> Bits {
        let only = |wanted: &str, text: &str| {
            text.lines().filter(|line| line.contains(wanted)).map(String::from).collect::<Vec<_>>()
        };
        let alike = |wanted| only(wanted, text) == only(wanted, native);
        let trained = [" digest ", " root ", " losses "].into_iter().all(alike);
        match text.trim_end() == native.trim_end() {
            true => Bits::Same,
            false if trained && !alike("machine product ") => Bits::WrongProduct,
            false => Bits::Other,
        }
    }

    pub fn in_words(self) -> &'static str {
        match self {
            Bits::Same => "the same",
            Bits::WrongProduct => "the same digests and losses; this emulator’s MDEBR multiplies wrongly",
            Bits::Other => "**others**",
        }
    }
}

pub fn table(rows: &[Row]) -> String {
    let mut text = String::from("| machine | run by | bits |\n|---|---|---|\n");
    for Row { machine, runs, bits } in rows {
        text += &format!("| {machine} | {runs} | {} |\n", bits.in_words());
    }
    text
}

/// The README with the table between its marks.
pub fn placed(readme: &str, table: &str) -> Result<String> {
    let [open, close] = MARKS;
    let (before, rest) = readme.split_once(open).ok_or("the README has no place for the matrix")?;
    let (_, behind) = rest.split_once(close).ok_or("the matrix in the README has no end")?;
    Ok(format!("{before}{open}\n{table}\n{close}{behind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_takes_the_place_of_the_one_before() {
        let row = |bits| Row { machine: "a (b)".into(), runs: "c 1".into(), bits };
        let once = placed("x\n<!-- matrix -->\nold\n<!-- /matrix -->\ny", &table(&[row(Bits::Same)]))
            .expect("marks");
        let stands = "| a (b) | c 1 | the same |\n\n<!-- /matrix -->\ny";
        assert!(once.starts_with("x\n<!-- matrix -->\n\n| machine") && once.ends_with(stands), "{once}");
        let again = placed(&once, &table(&[row(Bits::Other)])).expect("marks");
        assert_eq!(again, once.replace("the same", "**others**"));
        assert!(placed("no marks", "").is_err());
    }

    #[test]
    fn an_emulator_that_multiplies_wrongly_is_told_from_other_bits() {
        let native = "machine product 0.125\na digest \"1\"\na scores [1]\n";
        assert!(Bits::of(native, native) == Bits::Same);
        assert!(Bits::of(&native.replace("[1]", "[2]"), native) == Bits::Other);
        let wrong = native.replace("0.125", "7e-6").replace("[1]", "[2]");
        assert!(Bits::of(&wrong, native) == Bits::WrongProduct);
        assert!(Bits::of(&wrong.replace("\"1\"", "\"2\""), native) == Bits::Other);
    }

    #[test]
    fn the_readme_has_a_place_for_it() {
        assert!(placed(include_str!("../../../README.md"), "").is_ok());
    }
}
