//! Arguments in, a verdict and an exit code out.
//!
//! | file           | idea                                                         |
//! |----------------|--------------------------------------------------------------|
//! | `call.rs`      | what was asked for, or a sentence on why that cannot be done |
//! | `stopping.rs`  | when a training ends by itself                                |
//! | `cores.rs`     | networks over all cores                                      |
//! | `report.rs`    | what a run came to, in words and as JSON                     |
//! | `output.rs`    | standard output and the files that keep something            |
//! | `progress.rs`  | a bar for those who wait                                     |
//! | `network.rs`   | one network                                                  |
//! | `census.rs`    | many networks, and what they ended as                        |
//! | `ends.rs`      | what the networks of a census ended as, in words and as JSON   |
//! | `piece.rs`     | a part of a census of any size, and its file                 |
//! | `merge.rs`     | pieces put together                                          |
//! | `proof.rs`     | the place of one network in a census                         |
//! | `duel.rs`      | both kinds of network from many seeds                        |
//! | `anomalies.rs` | networks and other methods against every defect              |
//! | `own/`         | a set of pictures: which are odd                             |
//! | `pictures/`    | files of pictures to a set                                   |
//! | `saved.rs`     | a network in a file                                          |
//! | `score/`       | a saved network asked about new pictures                     |

mod anomalies;
mod call;
mod census;
mod cores;
mod duel;
mod ends;
mod merge;
mod network;
mod output;
mod own;
mod pictures;
mod piece;
mod progress;
mod proof;
mod report;
mod saved;
mod score;
mod stopping;

use bottleneck::recipe::Experiment;
use call::{Asked, Call, Refusal};
use output::Kept;
use report::Report;
use std::ffi::OsString;
use std::process::ExitCode;

/// Nothing is wrong, and nothing was to be compared.
const FINE: u8 = 0;
/// The link or the call cannot be carried out.
const REFUSED: u8 = 2;
/// The result is there, and could not be written.
const UNWRITTEN: u8 = 3;

/// Runs the twin on the process's arguments.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    // Wherever it stands, so that it holds for a mistake before it, too.
    let json = arguments.iter().any(|argument| argument == "--json");
    let code = match call::parse(&arguments) {
        Ok(Asked::Help) => output::print(call::HELP).map_or(UNWRITTEN, |()| FINE),
        Ok(Asked::Call(call)) => carry_out(*call).unwrap_or_else(|refusal| refuse(json, &refusal)),
        Ok(Asked::Pictures(call)) => pictures::run(*call).unwrap_or_else(|refusal| refuse(json, &refusal)),
        Ok(Asked::Score(call)) => score::run(*call).unwrap_or_else(|refusal| refuse(json, &refusal)),
        Ok(Asked::Piece { link, from, count }) => {
            written(json, piece::train(&link, from, count).map(|piece| report::to_json(&piece) + "\n"))
        }
        Ok(Asked::Merge { files, json }) => match merge::run(&files) {
            Ok(merged) => deliver(&merged, json, None, None),
            Err(refusal) => refuse(json, &refusal),
        },
        Ok(Asked::Prove { link, network, files }) => {
            let proof = proof::prove(&link, network, &files);
            written(json, proof.map(|proof| report::to_json(&proof) + "\n"))
        }
        Ok(Asked::Verify { file }) => {
            let text = |proved: proof::Proved| match json {
                true => report::to_json(&proved) + "\n",
                false => proved.to_string(),
            };
            written(json, proof::verify(&file).map(text))
        }
        Err(refusal) => refuse(json, &refusal),
    };
    ExitCode::from(code)
}

/// Writes a text, or says why there is none.
fn written(json: bool, text: Result<String, Refusal>) -> u8 {
    match text {
        Ok(text) => output::print(&text).map_or(UNWRITTEN, |()| FINE),
        Err(refusal) => refuse(json, &refusal),
    }
}

fn carry_out(call: Call) -> Result<u8, Refusal> {
    let open = |option: &str, path: Option<&str>| path.map(|path| Kept::open(option, path)).transpose();
    let saving = call.saving.as_ref().map(|saving| saving.path.as_str());
    if let (Some(rows), Some(network)) = (call.csv.as_deref(), saving)
        && output::are_one(rows, network)
    {
        return Err(Refusal::Unfit(format!(
            "--csv and --output are one file, {network}, and each needs its own"
        )));
    }
    let rows = open("--csv", call.csv.as_deref()).map_err(Refusal::Unfit)?;
    let network = open("--output", saving).map_err(Refusal::Unfit)?;
    let json = call.json;
    let report = run(call)?;
    Ok(deliver(&*report, json, rows, network))
}

/// What the link's experiment trains.
fn run(call: Call) -> Result<Box<dyn Report>, Refusal> {
    let link = call.link;
    Ok(match link.recipe.exp {
        Experiment::Classical | Experiment::Inside | Experiment::Variational => {
            Box::new(network::run(link, call.parameters, call.stop).map_err(Refusal::Link)?)
        }
        Experiment::Minima => Box::new(census::run(link).map_err(Refusal::Link)?),
        Experiment::Duel => Box::new(duel::run(link).map_err(Refusal::Link)?),
        Experiment::Anomalies => Box::new(anomalies::run(link).map_err(Refusal::Link)?),
        Experiment::Own => {
            Box::new(own::run(link, call.set, call.saving.map_or(0, |saving| saving.network), call.stop)?)
        }
    })
}

/// Writes the rows, the network and the report, each whatever becomes of the others.
fn deliver(report: &dyn Report, json: bool, rows: Option<Kept>, network: Option<Kept>) -> u8 {
    let kept = rows.map_or(Ok(()), |rows| rows.write(report.csv().as_bytes()));
    let saved = network.map_or(Ok(()), |file| match report.saved() {
        Some(network) => file.write(&network),
        None => {
            output::complain("The network left the finite numbers and is not saved.");
            Ok(())
        }
    });
    let lost: Vec<String> = [kept, saved].into_iter().filter_map(Result::err).collect();
    let text = if json { report::with_errors(report.json(), &lost) + "\n" } else { report.to_string() };
    match output::print(&text) {
        Some(()) if lost.is_empty() => report::exit_code(report.verdict()),
        _ => UNWRITTEN,
    }
}

/// Says what is wrong: to a program on standard output, to a reader on standard error.
fn refuse(json: bool, refusal: &Refusal) -> u8 {
    if json {
        output::print(&format!("{}\n", serde_json::json!({ "error": refusal.to_string() })));
    } else {
        output::complain(&refusal.in_words());
    }
    REFUSED
}
