//! The machines that can be had here, and how the program is run on each.

use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use super::FOLDER;
use super::matrix::{Bits, Row};
use crate::{Result, say};

const PACKAGE: &str = "bottleneck-everywhere";

/// Another processor: what Rust, Debian's compilers and qemu call it.
pub struct Processor {
    pub target: &'static str,
    gnu: &'static str,
    /// The architecture, as Debian's packages of its C library call it.
    debian: &'static str,
    pub qemu: &'static str,
    about: &'static str,
}

#[rustfmt::skip]
pub const PROCESSORS: [Processor; 7] = [
    Processor { target: "aarch64-unknown-linux-gnu", gnu: "aarch64-linux-gnu", debian: "arm64", qemu: "qemu-aarch64", about: "ARM, 64 bits" },
    Processor { target: "armv7-unknown-linux-gnueabihf", gnu: "arm-linux-gnueabihf", debian: "armhf", qemu: "qemu-arm", about: "ARM, 32 bits" },
    Processor { target: "i686-unknown-linux-gnu", gnu: "i686-linux-gnu", debian: "i386", qemu: "qemu-i386", about: "x86, 32 bits" },
    Processor { target: "riscv64gc-unknown-linux-gnu", gnu: "riscv64-linux-gnu", debian: "riscv64", qemu: "qemu-riscv64", about: "RISC-V, 64 bits" },
    Processor { target: "s390x-unknown-linux-gnu", gnu: "s390x-linux-gnu", debian: "s390x", qemu: "qemu-s390x", about: "IBM Z, big-endian" },
    Processor { target: "powerpc64-unknown-linux-gnu", gnu: "powerpc64-linux-gnu", debian: "ppc64", qemu: "qemu-ppc64", about: "POWER, big-endian" },
    Processor { target: "powerpc64le-unknown-linux-gnu", gnu: "powerpc64le-linux-gnu", debian: "ppc64el", qemu: "qemu-ppc64le", about: "POWER, little-endian" },
];

/// WebAssembly as it is, and as the page has it.
pub const VECTORS: [(&str, &str, &str); 2] =
    [("plain", "without vectors", ""), ("simd128", "with vectors", "-C target-feature=+simd128")];
pub const WASI: &str = "wasm32-wasip1";

impl Processor {
    pub fn linker(&self) -> String {
        format!("{}-gcc", self.gnu)
    }

    /// Compiler and C library, which Debian's compilers only recommend.
    pub fn packages(&self) -> [String; 2] {
        [format!("gcc-{}", self.gnu), format!("libc6-dev-{}-cross", self.debian)]
    }

    pub fn has_library(&self) -> bool {
        Path::new("/usr").join(self.gnu).join("lib/crt1.o").exists()
    }
}

/// What can be done at the same time as others of its kind.
#[derive(Clone, Copy)]
pub enum Task {
    /// What the page prints of many networks, natively; no row, as its test compares.
    Printed,
    Emulated(&'static Processor),
    /// In every engine: name, in words, flags.
    Wasm(&'static str, &'static str, &'static str),
}

/// Where Cargo builds.
fn target(sh: &Shell) -> PathBuf {
    sh.var_os("CARGO_TARGET_DIR").map_or_else(|| sh.current_dir().join("target"), PathBuf::from)
}

/// Its row, and what the program prints here.
pub fn this_machine(sh: &Shell) -> Result<(Row, String)> {
    say("this machine (a minute)");
    cmd!(sh, "cargo build --quiet --release --package {PACKAGE}").quiet().run()?;
    let program = target(sh).join("release").join(PACKAGE);
    let native = cmd!(sh, "{program}").quiet().read()?;
    sh.write_file(Path::new(FOLDER).join("native.txt"), &native)?;
    let machine = cmd!(sh, "uname -m").quiet().read()?;
    let rust = cmd!(sh, "rustc --version").quiet().read()?;
    let row = Row { machine: format!("{machine}, native"), runs: first_words(&rust, 2), bits: Bits::Same };
    Ok((row, native))
}

/// Where tasks are done, one after the other.
pub struct Bench<'a> {
    sh: Shell,
    target: PathBuf,
    /// What the program prints on this machine.
    native: &'a str,
}

impl<'a> Bench<'a> {
    pub fn new(sh: Shell, native: &'a str) -> Bench<'a> {
        Bench { target: target(&sh), sh, native }
    }

    pub fn run(&self, task: Task) -> Result<Vec<Row>> {
        match task {
            Task::Printed => {
                let sh = &self.sh;
                say("what the page prints of many networks (five minutes)");
                cmd!(sh, "cargo test --quiet --release --test reference").quiet().run()?;
                Ok(Vec::new())
            }
            Task::Emulated(processor) => Ok(vec![self.emulate(processor)?]),
            Task::Wasm(name, about, flags) => self.run_as_wasm(name, about, flags),
        }
    }

    /// For another processor, whose instructions are emulated.
    fn emulate(&self, Processor { target, gnu, qemu, about, .. }: &Processor) -> Result<Row> {
        let sh = &self.sh;
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
    fn run_as_wasm(&self, name: &str, about: &str, flags: &str) -> Result<Vec<Row>> {
        let sh = &self.sh;
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
        let machine = format!("WebAssembly {about}");
        let mut rows = vec![self.row(machine.clone(), format!("wasmtime {version}"), &text)?];
        let folder = sh.current_dir().join(FOLDER).join(name);
        sh.create_dir(&folder)?;
        let engines = cmd!(sh, "node tests/browser/everywhere.js {program} {folder}").quiet().read()?;
        for line in engines.lines() {
            let (file, engine) =
                line.split_once('\t').ok_or("a line of everywhere.js has file and engine")?;
            let text = sh.read_file(folder.join(format!("{file}.txt")))?;
            rows.push(self.row(machine.clone(), engine.into(), &text)?);
        }
        Ok(rows)
    }

    /// Compares what a machine printed, and keeps it where it differs.
    fn row(&self, machine: String, runs: String, text: &str) -> Result<Row> {
        let bits = Bits::of(text, self.native);
        if bits != Bits::Same {
            let name = format!("{machine}, {runs}.txt").replace(['/', ' '], "-");
            self.sh.write_file(Path::new(FOLDER).join(name), text)?;
            say(&format!("{machine}, {runs}: {}", bits.in_words()));
        }
        Ok(Row { machine, runs, bits })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_programs_say() {
        assert_eq!(version_in("qemu-s390x version 7.2.22 (Debian 1:7.2)"), "7.2.22");
        assert_eq!(first_words("rustc 1.95.0 (abc 2026-04-01)", 2), "rustc 1.95.0");
    }
}
