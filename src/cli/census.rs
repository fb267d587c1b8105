//! `census`: many networks of one link over all cores, and what they ended as.

use super::progress::Bar;
use super::{Call, DIFFERS, FINE, REFUSED};
use bottleneck::analysis::cause::Cause;
use bottleneck::analysis::outcome::Outcome;
use bottleneck::analysis::stats::wilson;
use bottleneck::error::Error;
use bottleneck::recipe::{CheckedRecipe, Digest, Link};
use bottleneck::run::Verdict;
use bottleneck::run::census::{Census, Entry, digest};
use serde::{Serialize, Serializer};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

/// Networks that a thread takes at a time.
const PIECE: u32 = 64;

/// How many networks have each label, in the order of the labels.
struct Counts(Vec<(&'static str, u32)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[derive(Serialize)]
struct Report<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    networks: u32,
    outcomes: Counts,
    causes: Counts,
    digest: String,
    verdict: Verdict,
    seconds: f64,
}

/// Trains, sorts, reports, and returns the exit code.
pub fn run(call: &Call) -> u8 {
    let start = Instant::now();
    let counted = Link::parse(&call.link).and_then(|link| Ok((train(&link.recipe)?, link)));
    let (entries, link) = match counted {
        Ok(found) => found,
        Err(error) => {
            refuse(call, &error);
            return REFUSED;
        }
    };
    let report = summarise(&link, &entries, start.elapsed().as_secs_f64());
    if let Some(path) = &call.csv
        && let Err(error) = std::fs::write(path, csv(&link.recipe, &entries))
    {
        eprintln!("{path} cannot be written: {error}");
        return REFUSED;
    }
    if call.json {
        println!("{}", serde_json::to_string(&report).expect("numbers and strings have a JSON form"));
    } else {
        tell(&report, link.check);
    }
    match report.verdict {
        Verdict::Same | Verdict::Unchecked => FINE,
        Verdict::Differs | Verdict::Diverged => DIFFERS,
    }
}

fn refuse(call: &Call, error: &Error) {
    if call.json {
        println!("{}", serde_json::json!({ "error": error.to_string() }));
    } else {
        eprintln!("This link is refused: {error}.");
    }
}

/// All networks in order, whichever threads trained them.
fn train(recipe: &CheckedRecipe) -> Result<Vec<Entry>, Error> {
    let pieces = recipe.networks.div_ceil(PIECE);
    let next = AtomicU32::new(0);
    let mut bar = Bar::new();
    let mut trained: Vec<Option<Vec<Entry>>> = (0..pieces).map(|_| None).collect();
    thread::scope(|scope| {
        let (done, finished) = mpsc::channel();
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (done, next) = (done.clone(), &next);
            scope.spawn(move || {
                loop {
                    let piece = next.fetch_add(1, Ordering::Relaxed);
                    if piece >= pieces || done.send((piece, train_piece(recipe, piece))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        for (count, (piece, entries)) in (1..).zip(finished) {
            trained[piece as usize] = Some(entries?);
            bar.show((count * PIECE).min(recipe.networks), recipe.networks, "networks", "");
        }
        Ok(())
    })?;
    bar.clear();
    Ok(trained.into_iter().flatten().flatten().collect())
}

fn train_piece(recipe: &CheckedRecipe, piece: u32) -> Result<Vec<Entry>, Error> {
    let first = piece * PIECE;
    let mut census = Census::new(recipe.clone(), first, PIECE.min(recipe.networks - first))?;
    while !census.is_done() {
        census.train(u32::MAX);
    }
    Ok(census.entries().to_vec())
}

fn summarise<'a>(link: &'a Link, entries: &[Entry], seconds: f64) -> Report<'a> {
    let found = digest(entries.iter().map(|entry| (entry.ending.outcome, entry.digest)));
    let outcomes = Outcome::ALL.map(|label| {
        (label.label(), entries.iter().filter(|entry| entry.ending.outcome == label).count() as u32)
    });
    let causes = Cause::ALL
        .map(|label| (label.label(), entries.iter().filter(|entry| entry.cause == label).count() as u32));
    // A label that most censuses cannot have is named only where it occurs.
    let named = |counts: &[(&'static str, u32)]| {
        Counts(counts.iter().copied().filter(|&(label, count)| label != "diverged" || count > 0).collect())
    };
    Report {
        link: Link { check: Some(found), ..link.clone() }.to_string(),
        recipe: &link.recipe,
        networks: entries.len() as u32,
        outcomes: named(&outcomes),
        causes: named(&causes),
        digest: found.to_string(),
        verdict: match link.check {
            None => Verdict::Unchecked,
            Some(asked) if asked == found => Verdict::Same,
            Some(_) => Verdict::Differs,
        },
        seconds,
    }
}

fn tell(report: &Report, asked: Option<Digest>) {
    println!("{} networks in {:.2} s; digest {}.", report.networks, report.seconds, report.digest);
    println!("\n{:22}{:>9}{:>9}   95 % interval", "outcome", "networks", "share");
    for &(label, count) in &report.outcomes.0 {
        let (low, high) = wilson(count, report.networks);
        let share = f64::from(count) / f64::from(report.networks.max(1));
        println!("{label:22}{count:9}{:8.2} %   {:.2} to {:.2} %", 100.0 * share, 100.0 * low, 100.0 * high);
    }
    println!("\n{:22}{:>9}", "cause", "networks");
    report.causes.0.iter().for_each(|(label, count)| println!("{label:22}{count:9}"));
    println!();
    match (report.verdict, asked) {
        (Verdict::Same, _) => println!("Same bits as the link."),
        (_, Some(asked)) => println!("Differs: the link asks for {asked}."),
        _ => println!("{}", report.link),
    }
}

/// One row per network: its seed, its end, its loss, its digest, its codes (image after image).
fn csv(recipe: &CheckedRecipe, entries: &[Entry]) -> String {
    let mut text = String::from("network,seed,outcome,cause,classes,loss,digest");
    for image in 0..4 {
        for number in 0..recipe.code {
            let _ = match recipe.code {
                1 => write!(text, ",code_{image}"),
                _ => write!(text, ",code_{image}_{number}"),
            };
        }
    }
    text.push('\n');
    for (k, entry) in (0..).zip(entries) {
        let [a, b, c, d] = entry.ending.partition.classes();
        let (outcome, cause) = (entry.ending.outcome.label(), entry.cause.label());
        let (seed, loss, digest) = (recipe.seed_of(k), entry.loss, entry.digest);
        let _ = write!(text, "{k},{seed},{outcome},{cause},{a}{b}{c}{d},{loss},{digest}");
        for code in &entry.codes {
            let _ = write!(text, ",{code}");
        }
        text.push('\n');
    }
    text
}
