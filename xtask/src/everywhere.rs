//! `cargo xtask everywhere`: whether every machine that can be had here computes the same bits.
//!
//! One program, `tests/everywhere`, trains all goldens and prints digests and numbers. It is run natively, for other
//! processors under qemu-user, and as WebAssembly with and without vectors in wasmtime, in V8 and in the browsers. What it
//! prints must be the same text. The matrix goes to the terminal and into the README. Natively, the results of many
//! networks that the page prints are trained once more, which takes too long for every test.

use std::path::{Path, PathBuf};
use std::time::Instant;

use xshell::{Shell, cmd};

use crate::browsers::{ensure_browsers, ensure_webkit, install, is_debian};
use crate::tools::find;
use crate::{Result, node, python, say};

const PACKAGE: &str = "bottleneck-everywhere";
/// What the program prints, row by row.
const FOLDER: &str = "target/everywhere";
const README: &str = "README.md";
/// Around the matrix in the README.
const MARKS: [&str; 2] = ["<!-- matrix -->\n", "<!-- /matrix -->\n"];

/// Another processor: what Rust, Debian's compilers and qemu call it.
struct Processor {
    target: &'static str,
    gnu: &'static str,
    /// The architecture, as Debian's packages of its C library call it.
    debian: &'static str,
    qemu: &'static str,
    about: &'static str,
}

#[rustfmt::skip]
const PROCESSORS: [Processor; 7] = [
    Processor { target: "aarch64-unknown-linux-gnu", gnu: "aarch64-linux-gnu", debian: "arm64", qemu: "qemu-aarch64", about: "ARM, 64 bits" },
    Processor { target: "armv7-unknown-linux-gnueabihf", gnu: "arm-linux-gnueabihf", debian: "armhf", qemu: "qemu-arm", about: "ARM, 32 bits" },
    Processor { target: "i686-unknown-linux-gnu", gnu: "i686-linux-gnu", debian: "i386", qemu: "qemu-i386", about: "x86, 32 bits" },
    Processor { target: "riscv64gc-unknown-linux-gnu", gnu: "riscv64-linux-gnu", debian: "riscv64", qemu: "qemu-riscv64", about: "RISC-V, 64 bits" },
    Processor { target: "s390x-unknown-linux-gnu", gnu: "s390x-linux-gnu", debian: "s390x", qemu: "qemu-s390x", about: "IBM Z, big-endian" },
    Processor { target: "powerpc64-unknown-linux-gnu", gnu: "powerpc64-linux-gnu", debian: "ppc64", qemu: "qemu-ppc64", about: "POWER, big-endian" },
    Processor { target: "powerpc64le-unknown-linux-gnu", gnu: "powerpc64le-linux-gnu", debian: "ppc64el", qemu: "qemu-ppc64le", about: "POWER, little-endian" },
];

/// WebAssembly as it is, and as the page has it.
const VECTORS: [(&str, &str, &str); 2] =
    [("plain", "without vectors", ""), ("simd128", "with vectors", "-C target-feature=+simd128")];
const WASI: &str = "wasm32-wasip1";
/// Its Python package brings the engine along.
const WASMTIME: &str = "wasmtime==50.0.1";

/// A machine, by what it is and what ran it, and what it printed beside the native program.
struct Row {
    machine: String,
    runs: String,
    bits: Bits,
}

#[derive(Clone, Copy, PartialEq)]
enum Bits {
    Same,
    /// All digests are the same, and the emulator multiplies wrongly, so that nothing else can be.
    WrongProduct,
    Other,
}

impl Bits {
    fn of(text: &str, native: &str) -> Bits {
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

    fn in_words(self) -> &'static str {
        match self {
            Bits::Same => "the same",
            Bits::WrongProduct => "the same digests and losses; this emulator’s MDEBR multiplies wrongly",
            Bits::Other => "**others**",
        }
    }
}

/// Runs the whole matrix.
///
/// # Errors
///
/// A sentence, if any machine prints anything else.
pub fn everywhere(sh: &Shell) -> Result<()> {
    let start = Instant::now();
    ensure(sh)?;
    sh.create_dir(FOLDER)?;
    let target = sh.var_os("CARGO_TARGET_DIR").map_or_else(|| sh.current_dir().join("target"), PathBuf::from);
    let matrix = Matrix { sh, target, native: String::new(), rows: Vec::new() }.run()?;
    let table = table(&matrix.rows);
    println!("{table}");
    sh.write_file(README, placed(&sh.read_file(README)?, &table)?)?;
    say(&format!(
        "{} rows in {} s; the table stands in {README}",
        matrix.rows.len(),
        start.elapsed().as_secs()
    ));
    let other: Vec<&str> =
        matrix.rows.iter().filter(|row| row.bits == Bits::Other).map(|row| &*row.machine).collect();
    if other.is_empty() {
        return Ok(());
    }
    Err(format!("other bits: {}; what each printed is in {FOLDER}", other.join(", ")).into())
}

/// Compilers, emulators, engines.
fn ensure(sh: &Shell) -> Result<()> {
    if !is_debian(sh) {
        return Err("cross compilers and emulators are installed from Debian's packages; on other systems \
                    'cargo xtask test' compares this machine with the goldens"
            .into());
    }
    let missing = PROCESSORS.iter().filter(|one| find(sh, &one.linker()).is_none() || !one.has_library());
    let mut packages: Vec<String> = missing.flat_map(Processor::packages).collect();
    if PROCESSORS.iter().any(|one| find(sh, one.qemu).is_none()) {
        packages.push("qemu-user".into());
    }
    if !packages.is_empty() {
        install(sh, &packages.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    let targets: Vec<&str> = PROCESSORS.iter().map(|one| one.target).chain([WASI]).collect();
    cmd!(sh, "rustup --quiet target add {targets...}").quiet().run()?;
    node::ensure_packages(sh, "tests/browser", "Playwright and what drives WebKit (some seconds)")?;
    ensure_browsers(sh)?;
    if ensure_webkit(sh)? {
        sh.set_var("BOTTLENECK_WEBKIT", "1");
    }
    python::ensure(sh)?;
    let python = sh.var("BOTTLENECK_PYTHON")?;
    Ok(cmd!(sh, "{python} -m pip install --quiet --disable-pip-version-check {WASMTIME}").quiet().run()?)
}

impl Processor {
    fn linker(&self) -> String {
        format!("{}-gcc", self.gnu)
    }

    /// Compiler and C library, which Debian's compilers only recommend.
    fn packages(&self) -> [String; 2] {
        [format!("gcc-{}", self.gnu), format!("libc6-dev-{}-cross", self.debian)]
    }

    fn has_library(&self) -> bool {
        Path::new("/usr").join(self.gnu).join("lib/crt1.o").exists()
    }
}

/// The rows so far.
struct Matrix<'a> {
    sh: &'a Shell,
    /// Where Cargo builds.
    target: PathBuf,
    /// What the program prints on this machine.
    native: String,
    rows: Vec<Row>,
}

impl Matrix<'_> {
    fn run(mut self) -> Result<Self> {
        let sh = self.sh;
        say("this machine (a minute)");
        cmd!(sh, "cargo build --quiet --release --package {PACKAGE}").quiet().run()?;
        let program = self.target.join("release").join(PACKAGE);
        self.native = cmd!(sh, "{program}").quiet().read()?;
        sh.write_file(Path::new(FOLDER).join("native.txt"), &self.native)?;
        let machine = cmd!(sh, "uname -m").quiet().read()?;
        let rust = cmd!(sh, "rustc --version").quiet().read()?;
        self.row(format!("{machine}, native"), first_words(&rust, 2), &self.native.clone())?;
        say("what the page prints of many networks (three minutes)");
        cmd!(sh, "cargo test --quiet --release --test reference").quiet().run()?;
        for processor in &PROCESSORS {
            self.emulate(processor)?;
        }
        for (name, about, flags) in VECTORS {
            self.run_as_wasm(name, about, flags)?;
        }
        Ok(self)
    }

    /// For another processor, whose instructions are emulated.
    fn emulate(&mut self, Processor { target, gnu, qemu, about, .. }: &Processor) -> Result<()> {
        let sh = self.sh;
        say(&format!("{target} (two minutes)"));
        let linker = format!("CARGO_TARGET_{}_LINKER", target.to_uppercase().replace('-', "_"));
        cmd!(sh, "cargo build --quiet --release --package {PACKAGE} --target {target}")
            .env(linker, format!("{gnu}-gcc"))
            .quiet()
            .run()?;
        let program = self.target.join(target).join("release").join(PACKAGE);
        let libraries = format!("/usr/{gnu}");
        let text = cmd!(sh, "{qemu} -L {libraries} {program}").quiet().read()?;
        let version = cmd!(sh, "{qemu} --version").quiet().read()?;
        self.row(format!("{target} ({about})"), format!("qemu {}", version_in(&version)), &text)
    }

    /// As WebAssembly, in every engine.
    fn run_as_wasm(&mut self, name: &str, about: &str, flags: &str) -> Result<()> {
        let sh = self.sh;
        say(&format!("WebAssembly {about} (two minutes)"));
        let target = self.target.join(format!("everywhere-{name}"));
        cmd!(sh, "cargo build --quiet --release --package {PACKAGE} --target {WASI} --target-dir {target}")
            .env("CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS", flags)
            .quiet()
            .run()?;
        let program = target.join(WASI).join("release").join(format!("{PACKAGE}.wasm"));
        let (python, script) = (sh.var("BOTTLENECK_PYTHON")?, "tests/everywhere/run_wasi.py");
        let text = cmd!(sh, "{python} {script} {program}").quiet().read()?;
        let version = cmd!(sh, "{python} {script} --version").quiet().read()?;
        self.row(format!("WebAssembly {about}"), format!("wasmtime {version}"), &text)?;
        let folder = sh.current_dir().join(FOLDER);
        let engines = cmd!(sh, "node tests/browser/everywhere.js {program} {folder}").quiet().read()?;
        for line in engines.lines() {
            let (file, engine) =
                line.split_once('\t').ok_or("a line of everywhere.js has file and engine")?;
            let text = sh.read_file(folder.join(format!("{file}.txt")))?;
            self.row(format!("WebAssembly {about}"), engine.into(), &text)?;
        }
        Ok(())
    }

    /// Compares what a machine printed, and keeps it where it differs.
    fn row(&mut self, machine: String, runs: String, text: &str) -> Result<()> {
        let bits = Bits::of(text, &self.native);
        if bits != Bits::Same {
            let name = format!("{machine}, {runs}.txt").replace(['/', ' '], "-");
            self.sh.write_file(Path::new(FOLDER).join(name), text)?;
            say(&format!("{machine}, {runs}: {}", bits.in_words()));
        }
        self.rows.push(Row { machine, runs, bits });
        Ok(())
    }
}

/// The first so many words.
fn first_words(text: &str, count: usize) -> String {
    text.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

/// The first word that begins with a digit.
fn version_in(text: &str) -> &str {
    text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or("?")
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from("| machine | run by | bits |\n|---|---|---|\n");
    for Row { machine, runs, bits } in rows {
        text += &format!("| {machine} | {runs} | {} |\n", bits.in_words());
    }
    text
}

/// The README with the table between its marks.
fn placed(readme: &str, table: &str) -> Result<String> {
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
        assert!(placed(include_str!("../../README.md"), "").is_ok());
    }

    #[test]
    fn versions_are_found_in_what_programs_say() {
        assert_eq!(version_in("qemu-s390x version 7.2.22 (Debian 1:7.2)"), "7.2.22");
        assert_eq!(first_words("rustc 1.95.0 (abc 2026-04-01)", 2), "rustc 1.95.0");
    }
}
