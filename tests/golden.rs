//! The promise of `v=1`, held to: these links give these digests, for ever and everywhere.
//!
//! `golden.txt` has a line for each: name, fragment, digest; `golden-duels.txt` and `golden-censuses.txt` the same for
//! duels and censuses, whose digest goes over many networks; `golden-grey.txt` the same for pictures with greys: the
//! handwritten digits where the fragment has `exp=own`, else [`spots`] of grey instead of the fragment's lines. The same
//! files are checked under Node, in Chromium and in Firefox (`tests/browser`), and here in debug and in release. To mint
//! new ones: leave their digests out, run this test, and copy what it prints. Those that are there stay (`frozen.rs`).
//!
//! What the page prints is held to in release alone, where it takes some seconds.

#[cfg(not(debug_assertions))]
mod page;
#[cfg(not(debug_assertions))]
#[path = "page/printed.rs"]
mod printed;

use bottleneck::data::{Images, spots};
use bottleneck::recipe::{Experiment, Link};
use bottleneck::run::own::Own;
use bottleneck::run::{Session, Verdict, whole};

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

fn digest(link: Link) -> String {
    whole::digest(link).expect("a golden run stays finite").expect("it is done").to_string()
}

#[test]
fn the_goldens_keep_their_digests() {
    check(include_str!("golden.txt"), digest);
}

#[test]
fn the_golden_networks_of_grey_keep_their_digests() {
    check(include_str!("golden-grey.txt"), |link| match link.recipe.exp {
        Experiment::Own => {
            let mut own =
                Own::new(link, &bottleneck_pictures::digits()).expect("a golden link is to the digits");
            own.train(u32::MAX);
            own.digest().expect("a golden run stays finite").expect("it is done").to_string()
        }
        _ => {
            let images = spots(link.recipe.side, link.recipe.count);
            let mut session = Session::on(link, images).expect("as many pictures as the recipe says");
            session.train(u32::MAX);
            session.digest().expect("a golden run stays finite").to_string()
        }
    });
}

#[test]
fn a_set_of_nothing_but_black_and_white_has_the_digest_of_its_bits() {
    let link = Link::parse("v=1&exp=classical&side=9&count=77&l1=7&code=3&l3=5&batch=13&epochs=25")
        .expect("accepted");
    let mut drawn = Session::new(link.clone());
    let levels: Vec<u8> = (0..77).flat_map(|i| drawn.images().image(i)).map(|pixel| 255 * pixel).collect();
    let mut brought = Session::on(link, Images::of_levels(9, levels)).expect("as many as the recipe says");
    drawn.train(u32::MAX);
    brought.train(u32::MAX);
    assert_eq!(brought.digest(), drawn.digest());
    assert_eq!(brought.losses(), drawn.losses());
}

#[test]
fn pictures_that_are_not_as_many_or_as_large_as_the_recipe_says_are_refused() {
    let link = || Link::parse("v=1&exp=classical&side=9&count=77").expect("accepted");
    let refusal = |images| Session::on(link(), images).err().expect("other pictures").to_string();
    assert_eq!(refusal(spots(8, 77)), "pixels of a picture: expected 81, found 64");
    assert_eq!(refusal(spots(9, 76)), "pictures: expected 77, found 76");
}

#[test]
fn the_golden_duels_keep_their_digests() {
    check(include_str!("golden-duels.txt"), digest);
}

#[test]
fn the_golden_censuses_keep_their_digests() {
    check(include_str!("golden-censuses.txt"), digest);
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
