//! The promise of `v=1`, held to: these links give these digests, for ever and everywhere.
//!
//! `golden.txt` has a line for each: name, fragment, digest; `golden-duels.txt` and
//! `golden-censuses.txt` the same for duels and censuses, whose digest goes over many networks. The same files are checked under Node, in Chromium and in
//! Firefox (`tests/browser`), and here in debug and in release. To mint it anew,
//! which only a change of arithmetic before 0.1.0 may ask for: delete the digests, run this test,
//! and copy what it prints.

use bottleneck::recipe::Link;
use bottleneck::run::census::{Census, digest};
use bottleneck::run::duel::{Duel, Finished};
use bottleneck::run::{Session, Verdict};

/// Compares what `digest` finds with a file of goldens.
fn check(goldens: &str, digest: fn(Link) -> String) {
    let mut lines = String::new();
    let mut differs = false;
    for line in goldens.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (name, fragment) = (words.next().expect("a name"), words.next().expect("a fragment"));
        let golden = words.next().unwrap_or("none");
        let found = digest(Link::parse(fragment).expect("a golden link is accepted"));
        differs |= found != golden;
        lines += &format!("{name} {fragment} {found}\n");
    }
    assert!(!differs, "other bits than the goldens; found:\n{lines}");
}

#[test]
fn the_goldens_keep_their_digests() {
    check(include_str!("golden.txt"), |link| {
        let mut session = Session::new(link);
        session.train(u32::MAX);
        session.digest().expect("a golden run stays finite").to_string()
    });
}

#[test]
fn the_golden_duels_keep_their_digests() {
    check(include_str!("golden-duels.txt"), |link| {
        let mut duel = Duel::new(link).expect("a golden duel is one");
        for index in 0..duel.networks() {
            let mut session = Session::new(duel.network(index).expect("it has that network").into());
            session.train(u32::MAX);
            duel.add(index, Finished::of(&session));
        }
        duel.digest().expect("a golden duel stays finite").to_string()
    });
}

#[test]
fn the_golden_censuses_keep_their_digests() {
    check(include_str!("golden-censuses.txt"), |link| {
        let networks = link.recipe.networks;
        let mut census = Census::new(link.recipe, 0, networks).expect("a golden census is one");
        while !census.is_done() {
            census.train(u32::MAX);
        }
        digest(census.entries().iter().map(|entry| (entry.ending.outcome, entry.digest))).to_string()
    });
}

#[test]
fn a_link_with_its_digest_is_the_same_and_with_another_differs() {
    let train = |fragment: &str| {
        let mut session = Session::new(Link::parse(fragment).expect("accepted"));
        session.train(u32::MAX);
        session
    };
    let first = train("v=1&exp=inside&epochs=50");
    assert_eq!(first.verdict(), Verdict::Unchecked);
    let again = train(&first.link().to_string());
    assert_eq!(again.verdict(), Verdict::Same);
    let other = first.link().to_string().replace("epochs=50", "epochs=51");
    assert_eq!(train(&other).verdict(), Verdict::Differs);
}

#[test]
fn training_in_slices_gives_the_bits_of_training_at_once() {
    let link = Link::parse("v=1&exp=variational&count=100&epochs=3&side=8").expect("accepted");
    let mut at_once = Session::new(link.clone());
    at_once.train(u32::MAX);
    let mut sliced = Session::new(link);
    while !sliced.train(1).done {}
    assert_eq!(at_once.digest(), sliced.digest());
    assert_eq!(at_once.losses(), sliced.losses());
}

#[test]
fn a_run_that_leaves_the_finite_numbers_says_when_and_has_no_digest() {
    let link = Link::parse("v=1&exp=classical&side=8&count=50&opt=sgd&lr=10&l1=64&l3=64&loss=bce&epochs=500");
    let mut session = Session::new(link.expect("accepted"));
    let progress = session.train(u32::MAX);
    let epoch = progress.diverged_at.expect("a rate of 10 is too much for this network");
    assert_eq!(progress.epoch, epoch, "training ends there");
    assert!(session.digest().is_err());
    assert_eq!(session.verdict(), Verdict::Diverged);
}
