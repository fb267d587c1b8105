//! The results that the page prints are what their links give.
//!
//! In release only, where they take some minutes: `cargo test --release --test printed`.
#![cfg(not(debug_assertions))]

use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::autoencoder::Activation;
use bottleneck::recipe::Link;
use bottleneck::run::duel::{Duel, Finished, Winner};
use bottleneck::run::{Session, Verdict, census};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

#[test]
fn the_printed_reference_duels_are_what_their_links_give() {
    let page = include_str!("../www/index.html");
    let rows: Vec<&str> =
        page.lines().filter(|line| line.contains("exp=duel") && line.contains("<td")).collect();
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
fn the_printed_censuses_are_what_their_links_give() {
    let page = include_str!("../www/index.html");
    let summary = between(page, "<ol class=\"claims\">", "</ol>");
    let mut links = 0;
    for anchor in summary.split("href=\"#").skip(1).filter(|anchor| anchor.contains("exp=minima")) {
        let link = anchor.split('"').next().expect("an end").replace("&amp;", "&");
        let Link { recipe, check, .. } = Link::parse(&link).expect("a printed link is accepted");
        let networks = recipe.networks;
        let mut census = census::Census::new(recipe, 0, networks).expect("a census");
        census.train(u32::MAX);
        while !census.is_done() {
            census.train(u32::MAX);
        }
        let entries = census.entries();
        let root = census::root(entries.iter().map(|entry| (entry.ending.outcome, entry.digest)));
        assert_eq!(Some(root.digest()), check, "{link}");
        let solved = entries.iter().filter(|entry| entry.ending.outcome == Outcome::Solved).count();
        let printed = format!("{:.1}&nbsp;%", 100.0 * solved as f64 / f64::from(networks));
        assert!(summary.contains(&printed), "{printed} of {link}");
        links += 1;
    }
    assert_eq!(links, 4);
}

#[test]
fn the_printed_errors_through_a_step_are_what_their_links_give() {
    let page = include_str!("../www/index.html");
    let row = page.lines().find(|line| line.contains("href=\"#fig-9\"")).expect("the ruling on Fig. 9");
    // "from <sigmoid> to <b><step></b> (<link>)", twice.
    let runs: Vec<&str> = row.split(" from ").skip(1).collect();
    assert_eq!(runs.len(), 2);
    for run in runs {
        let link = Link::parse(&between(run, "href=\"#", "\"").replace("&amp;", "&"))
            .expect("a printed link is accepted");
        let mut session = Session::new(link);
        while !session.train(u32::MAX).done {}
        assert_eq!(session.verdict(), Verdict::Same, "{run}");
        let error = |activation| f64::from(session.network().mse(session.images(), activation));
        assert_rounded(error(Activation::Sigmoid), run.split(' ').next().expect("a number"));
        assert_rounded(error(Activation::Heaviside), between(run, "<b>", "</b>"));
    }
}

#[test]
fn the_printed_areas_under_the_curve_are_what_their_link_gives() {
    let page = include_str!("../www/index.html");
    let row =
        page.lines().find(|line| line.contains("exp=anomalies") && line.contains("AUC")).expect("the ruling");
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

/// The printed digits are those of the value, rounded to as many.
fn assert_rounded(value: f64, printed: &str) {
    let decimals = printed.split_once('.').map_or(0, |(_, digits)| digits.len());
    assert_eq!(format!("{value:.decimals$}"), printed);
}

fn cells(row: &str) -> Vec<&str> {
    row.split("<td class=\"number\">").skip(1).map(|cell| cell.split('<').next().unwrap_or("")).collect()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).expect("the row has a link").0
}
