//! The results of many networks that the page prints are what their links give: the lines of `reference.txt`, which
//! stand in the page as they stand there (`page/printed.rs`).
//!
//! In release only, where it takes three minutes on two cores: `cargo test --release --test reference`, or as a part of
//! `cargo xtask everywhere`.
#![cfg(not(debug_assertions))]

mod page;

use bottleneck::recipe::Link;
use bottleneck::run::duel::{Duel, Finished, Winner};
use bottleneck::run::{Session, Verdict};
use page::{assert_rounded, between};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

const REFERENCES: &str = include_str!("reference.txt");

#[test]
fn the_printed_reference_duels_are_what_their_links_give() {
    let rows: Vec<&str> = REFERENCES.lines().filter(|line| line.contains("exp=duel")).collect();
    assert_eq!(rows.len(), 2, "one for each span");
    for row in rows {
        let link = between(row, "href=\"#", "\"").replace("&amp;", "&");
        let duel = fight(Link::parse(&link).expect("a printed link is accepted"));
        assert_eq!(duel.verdict(), Verdict::Same, "{link}");
        let (summary, printed) = (duel.summary(), cells(row));
        let test = summary.test.expect("both kinds are there");
        let median = |side: &bottleneck::run::duel::Side| side.quartiles.expect("networks").median;
        let stuck = |side: &bottleneck::run::duel::Side| format!("{} of {}", side.stuck, side.finished);
        let [classical, variational, ca_stuck, va_stuck, p, superiority, lower] = printed[..] else {
            panic!("seven cells: {printed:?}");
        };
        assert_rounded(median(&summary.classical), classical);
        assert_rounded(median(&summary.variational), variational);
        assert_eq!(stuck(&summary.classical), ca_stuck);
        assert_eq!(stuck(&summary.variational), va_stuck);
        assert_rounded(test.p, p);
        assert_rounded(test.superiority, superiority);
        let words = match summary.winner {
            Winner::Classical => "classical",
            Winner::Variational => "variational",
            Winner::Neither => "no difference seen",
        };
        assert_eq!(words, lower);
    }
}

#[test]
fn the_printed_areas_under_the_curve_are_what_their_link_gives() {
    let row = REFERENCES.lines().find(|line| line.contains("exp=anomalies")).expect("the ruling");
    let link = between(row, "href=\"#", "\"").replace("&amp;", "&");
    let twin = Command::new(env!("CARGO_BIN_EXE_bottleneck")).args(["anomalies", &link, "--json"]).output();
    let twin = twin.expect("the twin runs");
    assert!(twin.status.success(), "other bits than {link}");
    let report: serde_json::Value = serde_json::from_slice(&twin.stdout).expect("JSON");
    let printed: Vec<&str> = row.split("<b>").skip(1).filter_map(|rest| rest.split("</b>").next()).collect();
    for (method, printed) in ["va", "ca", "pca_8", "nearest_image"].into_iter().zip(&printed) {
        let median = report["auc"]["block_4"][method]["median"].as_f64().expect("a median");
        assert_rounded(median, printed);
    }
    assert_eq!(printed.len(), 4);
}

/// All networks, over all cores.
fn fight(link: Link) -> Duel {
    let duel = Mutex::new(Duel::new(link.clone()).expect("a duel"));
    let recipes = Duel::new(link).expect("a duel");
    let next = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Ok(recipe) = recipes.recipe_of(index) else { break };
                    let mut session = Session::new(recipe.into());
                    while !session.train(u32::MAX).done {}
                    duel.lock().expect("no thread has panicked").add(index, Finished::of(&session));
                }
            });
        }
    });
    duel.into_inner().expect("no thread has panicked")
}

fn cells(row: &str) -> Vec<&str> {
    row.split("<td class=\"number\">").skip(1).map(|cell| cell.split('<').next().unwrap_or("")).collect()
}
