//! `cargo xtask`: builds, serves and tests the project.
//!
//! - [`args`] reads the command line,
//! - [`tasks`] builds and serves the page, [`checks`] tests all there is,
//! - [`bench`](mod@bench) measures,
//! - [`everywhere`](mod@everywhere) compares machines,
//! - [`staged`] finishes the page that Trunk has built, and [`bundle`] makes it small,
//! - [`package`](mod@package) packs what is released beside the page,
//! - [`tools`] gets the build tools that are missing, [`node`] packages from npm,
//! - [`browsers`] gets the two browsers, [`python`] a library of Python, for the tests.
//!
//! Every step says in one line what it does and about how long that takes, and is skipped when there is nothing to do.

mod args;
mod bench;
mod browsers;
mod bundle;
mod checks;
mod everywhere;
mod node;
mod package;
mod python;
mod staged;
mod tasks;
mod together;
mod tools;

use std::process::ExitCode;
use xshell::Shell;

use args::Command;

/// What a step can fail with: a sentence for the person at the terminal, or the output of a command.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match args::parse().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let sh = Shell::new()?;
    // xtask/ lies directly under the root of the project.
    sh.change_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    match command {
        Command::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
        Command::Serve { port, open } => tasks::serve(&sh, port, open),
        Command::Build => tasks::build(&sh),
        Command::Test { quick } => checks::test(&sh, quick),
        Command::Bench { json, prompt: false } => bench::bench(&sh, json),
        Command::Bench { json, prompt: true } => bench::prompt(&sh, json),
        Command::Everywhere => everywhere::everywhere(&sh),
        Command::Package => package::package(&sh),
        Command::Packed => package::npm(&sh).map(drop),
        Command::Staged => staged::finish(&sh),
    }
}

/// Tells the person at the terminal what happens next.
fn say(line: &str) {
    eprintln!("xtask: {line}");
}
