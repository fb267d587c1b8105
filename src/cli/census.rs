//! `census`: many networks of one link over all cores, and what they ended as.

use super::progress::Bar;
use super::{Call, DIFFERS, FINE, REFUSED};
use bottleneck::analysis::quad::cause::Cause;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::analysis::stats::wilson;
use bottleneck::error::Error;
use bottleneck::recipe::{CheckedRecipe, Digest, Link};
use bottleneck::run::Verdict;
use bottleneck::run::census::{Census, Entry};
use bottleneck::run::tally::{Tally, csv, digest_of};
use serde::{Serialize, Serializer};
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

/// The trained networks in order, as [`bottleneck::run::tally`] has them.
#[derive(Default)]
struct Rows {
    labels: Vec<u8>,
    numbers: Vec<f32>,
}

/// Trains, sorts, reports, and returns the exit code.
pub fn run(call: &Call) -> u8 {
    let start = Instant::now();
    let counted = Link::parse(&call.link).and_then(|link| Ok((train(&link.recipe)?, link)));
    let (trained, link) = match counted {
        Ok(found) => found,
        Err(error) => {
            refuse(call, &error);
            return REFUSED;
        }
    };
    let report = summarise(&link, &trained, start.elapsed().as_secs_f64());
    if let Some(path) = &call.csv
        && let Err(error) = std::fs::write(path, csv(&link.recipe, &trained.labels, &trained.numbers))
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
fn train(recipe: &CheckedRecipe) -> Result<Rows, Error> {
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
    let mut rows = Rows::default();
    for entry in trained.iter().flatten().flatten() {
        rows.labels.extend(entry.labels());
        rows.numbers.extend(entry.numbers());
    }
    Ok(rows)
}

fn train_piece(recipe: &CheckedRecipe, piece: u32) -> Result<Vec<Entry>, Error> {
    let first = piece * PIECE;
    let mut census = Census::new(recipe.clone(), first, PIECE.min(recipe.networks - first))?;
    while !census.is_done() {
        census.train(u32::MAX);
    }
    Ok(census.entries().to_vec())
}

fn summarise<'a>(link: &'a Link, rows: &Rows, seconds: f64) -> Report<'a> {
    let tally = Tally::of(&rows.labels);
    let found = digest_of(&rows.labels).expect("every network is trained");
    let outcomes: Vec<_> = Outcome::ALL.map(Outcome::label).into_iter().zip(tally.outcomes).collect();
    let causes: Vec<_> = Cause::ALL.map(Cause::label).into_iter().zip(tally.causes).collect();
    // A label that most censuses cannot have is named only where it occurs.
    let named = |counts: &[(&'static str, u32)]| {
        Counts(counts.iter().copied().filter(|&(label, count)| label != "diverged" || count > 0).collect())
    };
    Report {
        link: Link { check: Some(found), ..link.clone() }.to_string(),
        recipe: &link.recipe,
        networks: tally.finished,
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
