//! The reference duels that the page prints are what their links give.
//!
//! A minute or two on an idle machine, so only when asked for, in release:
//! `cargo test --release --test printed_duels -- --ignored`.

use bottleneck::recipe::Link;
use bottleneck::run::duel::{Duel, Finished, Winner};
use bottleneck::run::{Session, Verdict};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

#[test]
#[ignore = "trains 128 networks over 1,500 epochs"]
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
                    let Ok(recipe) = recipes.network(index) else { break };
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
