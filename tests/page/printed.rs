//! The results that the page prints are what their links give. Those that take minutes are proved by `reference.rs`.

use crate::page::{assert_rounded, between};
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::autoencoder::Activation;
use bottleneck::recipe::Link;
use bottleneck::run::{Session, Verdict, census};

#[test]
fn the_printed_censuses_are_what_their_links_give() {
    let page = include_str!("../../www/index.html");
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
    let page = include_str!("../../www/index.html");
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
fn the_printed_references_are_those_that_were_proved() {
    let page = include_str!("../../www/index.html");
    let mut printed = 0;
    for line in
        page.lines().filter(|line| line.contains("</a>,&nbsp;reference<") || line.contains("its AUC is <b>"))
    {
        let proved = include_str!("../reference.txt").lines().any(|proved| proved == line.trim());
        assert!(
            proved,
            "nobody has proved this line of the page. Put it into tests/reference.txt, and have it proved by \
             `cargo test --release --test reference` (three minutes):\n{line}"
        );
        printed += 1;
    }
    assert_eq!(printed, 3);
}
