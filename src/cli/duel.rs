//! `duel`: both kinds of network from many seeds, over all cores.

use super::progress::Bar;
use super::{Call, DIFFERS, FINE, REFUSED};
use bottleneck::analysis::stats::rank::{MannWhitney, Method};
use bottleneck::error::Error;
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::duel::{Duel, Finished, Side, Summary, Winner};
use bottleneck::run::{Session, Verdict};
use serde::Serialize;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;

#[derive(Serialize)]
struct Report<'a> {
    link: String,
    recipe: &'a CheckedRecipe,
    #[serde(flatten)]
    summary: Summary,
    digest: Option<String>,
    verdict: Verdict,
}

/// Trains, compares, reports, and returns the exit code.
pub fn run(call: &Call) -> u8 {
    match Link::parse(&call.link).and_then(fight) {
        Ok(duel) => report(&duel, call),
        Err(error) => {
            if call.json {
                println!("{}", serde_json::json!({ "error": error.to_string() }));
            } else {
                eprintln!("This link is refused: {error}.");
            }
            REFUSED
        }
    }
}

/// All networks, each on one thread from its first weight to its last: which thread, and when, is
/// left to chance and changes nothing.
fn fight(link: Link) -> Result<Duel, Error> {
    let mut duel = Duel::new(link)?;
    let networks: Vec<CheckedRecipe> =
        (0..duel.networks()).map(|index| duel.network(index)).collect::<Result<_, _>>()?;
    let all = duel.networks();
    let next = AtomicU32::new(0);
    let mut bar = Bar::new();
    thread::scope(|scope| {
        let (done, finished) = mpsc::channel();
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (done, next, networks) = (done.clone(), &next, &networks);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(recipe) = networks.get(index as usize) else { break };
                    if done.send((index, train(recipe))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        for (count, (index, network)) in (1..).zip(finished) {
            duel.add(index, network);
            bar.show(count, all, "networks", "");
        }
    });
    bar.clear();
    Ok(duel)
}

fn train(recipe: &CheckedRecipe) -> Finished {
    let mut session = Session::new(recipe.clone().into());
    while !session.train(u32::MAX).done {}
    Finished::of(&session)
}

fn report(duel: &Duel, call: &Call) -> u8 {
    let verdict = duel.verdict();
    let digest = duel.digest().map(|digest| digest.to_string());
    if call.json {
        let link = duel.link().to_string();
        let report = Report { link, recipe: &duel.asked().recipe, summary: duel.summary(), digest, verdict };
        println!("{}", serde_json::to_string(&report).expect("numbers and strings have a JSON form"));
    } else {
        tell(duel, digest.as_deref(), verdict);
    }
    match verdict {
        Verdict::Same | Verdict::Unchecked => FINE,
        Verdict::Differs | Verdict::Diverged => DIFFERS,
    }
}

fn tell(duel: &Duel, digest: Option<&str>, verdict: Verdict) {
    let summary = duel.summary();
    tell_side("Classical", &summary.classical);
    tell_side("Variational", &summary.variational);
    if let Some(test) = &summary.test {
        tell_test(test, summary.winner);
    }
    println!("Digest {}.", digest.unwrap_or("none: a network diverged"));
    match (verdict, duel.asked().check) {
        (Verdict::Same, _) => println!("Same bits as the link."),
        (Verdict::Differs, Some(asked)) => println!("Differs: the link asks for {asked}."),
        _ => println!("{}", duel.link()),
    }
}

fn tell_side(name: &str, side: &Side) {
    let Some(q) = &side.quartiles else { return };
    println!(
        "{name}: {} networks, mean squared error {:.5} in the median (quartiles {:.5} and {:.5}), {} stuck.",
        side.finished, q.median, q.low, q.high, side.stuck
    );
}

fn tell_test(test: &MannWhitney, winner: Winner) {
    let method = match test.method {
        Method::Exact => "exact",
        Method::Normal => "normal approximation with tie and continuity correction",
    };
    println!("Mann–Whitney, two-sided, {method}: U = {}, p = {:.3e}.", test.u, test.p);
    println!(
        "A random variational network beats a random classical one with probability {:.3}.",
        test.superiority
    );
    let sentence = match winner {
        Winner::Classical => "The classical networks end with the lower errors.",
        Winner::Variational => "The variational networks end with the lower errors.",
        Winner::Neither => "No difference is seen at this number of seeds.",
    };
    println!("{sentence}");
}
