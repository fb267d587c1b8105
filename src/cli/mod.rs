//! Arguments in, a verdict and an exit code out.

mod anomalies;
mod census;
mod duel;
mod progress;
mod reproduce;

use lexopt::prelude::*;
use std::process::ExitCode;

const HELP: &str = "\
bottleneck: trains what a link asks for, natively, and compares the bits

  bottleneck reproduce '<link or fragment>' [--json] [--parameters]
  bottleneck anomalies '<link or fragment>' [--json]
  bottleneck census '<link or fragment>' [--json] [--csv FILE]
  bottleneck duel '<link or fragment>' [--json]

  --json        one JSON object instead of words
  --parameters  the trained weights and biases too
  --csv FILE    every network of the census as a row of that file

Exit code: 0 same bits or nothing to compare, 1 other bits or diverged, 2 a link or call in error.";

/// Same bits, or nothing to compare.
const FINE: u8 = 0;
/// Other bits, or the run diverged.
const DIFFERS: u8 = 1;
/// The link or the call cannot be carried out.
const REFUSED: u8 = 2;

/// What was asked for.
struct Call {
    run: fn(&Call) -> u8,
    link: String,
    json: bool,
    parameters: bool,
    csv: Option<String>,
}

/// Runs the twin on the process's arguments.
pub fn main() -> ExitCode {
    let code = match parse() {
        Ok(Some(call)) => (call.run)(&call),
        Ok(None) => {
            println!("{HELP}");
            FINE
        }
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            REFUSED
        }
    };
    ExitCode::from(code)
}

fn parse() -> Result<Option<Call>, lexopt::Error> {
    let mut words = Vec::new();
    let (mut json, mut parameters, mut csv) = (false, false, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("json") => json = true,
            Long("parameters") => parameters = true,
            Long("csv") => csv = Some(arguments.value()?.string()?),
            Long("help") | Short('h') => return Ok(None),
            Value(word) => words.push(word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    match words.as_slice() {
        [name, link] => match command(name) {
            Some(run) => Ok(Some(Call { run, link: link.clone(), json, parameters, csv })),
            None => Err(format!("there is no command {name}").into()),
        },
        _ => Err("expected: a command and '<link or fragment>'".into()),
    }
}

fn command(name: &str) -> Option<fn(&Call) -> u8> {
    match name {
        "reproduce" => Some(reproduce::run),
        "anomalies" => Some(anomalies::run),
        "census" => Some(census::run),
        "duel" => Some(duel::run),
        _ => None,
    }
}
