//! Trains all goldens on the machine it runs on, and prints what came out, numbers included, line by line. What two machines
//! print is the same, or one of them computes other bits: `cargo xtask everywhere` compares them.
//!
//! It knows no threads, no files and no arguments, so it runs wherever there is a Rust standard library.

use bottleneck::data::{PictureSet, spots};
use bottleneck::error::Error;
use bottleneck::recipe::{Experiment, Link};
use bottleneck::run::anomalies::{Anomalies, FALSE_ALARMS, METHODS};
use bottleneck::run::own::Own;
use bottleneck::run::{Census, Session, tally, whole};
use std::fmt::Debug;
use std::hint::black_box;

const GOLDENS: [&str; 4] = [
    include_str!("../../golden.txt"),
    include_str!("../../golden-duels.txt"),
    include_str!("../../golden-censuses.txt"),
    // One of the anomalies, whose numbers come out of nearly every analysis.
    "anomalies v=1&exp=anomalies&side=12&count=100&epochs=20&networks=2 -",
];
const GREY: &str = include_str!("../../golden-grey.txt");

fn main() -> Result<(), Error> {
    // QEMU 7.2 multiplies two short numbers for IBM Z wrongly (its MDEBR), and with it the square of every difference that
    // is widened first: told apart here.
    let off = f64::from(black_box(0.5f32) - black_box(0.25f32));
    say("machine", "product", &(off * off));
    for (name, link) in GOLDENS.iter().flat_map(|goldens| lines(goldens)) {
        let link = Link::parse(link)?;
        match link.recipe.exp {
            Experiment::Duel => {
                let duel = whole::duel(link)?;
                say(name, "digest", &duel.digest().map(|digest| digest.to_string()));
                say(name, "summary", &duel.summary());
            }
            Experiment::Minima => census(name, &whole::census(link)?),
            Experiment::Anomalies => anomalies(name, &whole::anomalies(link)?)?,
            _ => network(name, &whole::session(link))?,
        }
    }
    let digits = bottleneck_pictures::digits();
    for (name, link) in lines(GREY) {
        let link = Link::parse(link)?;
        if link.recipe.exp == Experiment::Own {
            own(name, link, &digits)?;
        } else {
            let images = spots(link.recipe.side, link.recipe.count);
            let mut session = Session::on(link, images)?;
            session.train(u32::MAX);
            network(name, &session)?;
        }
    }
    Ok(())
}

/// Name and link of each line.
fn lines(goldens: &str) -> impl Iterator<Item = (&str, &str)> {
    goldens.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?, words.next()?))
    })
}

/// Numbers are printed with as many digits as tell them from their neighbours.
fn say(name: &str, what: &str, found: &dyn Debug) {
    println!("{name} {what} {found:?}");
}

fn network(name: &str, session: &Session) -> Result<(), Error> {
    say(name, "digest", &session.digest()?.to_string());
    say(name, "losses", &session.losses());
    say(name, "divergences", &session.kls());
    Ok(())
}

fn census(name: &str, census: &Census) {
    let entries = census.entries();
    let root =
        bottleneck::run::census::root(entries.iter().map(|entry| (entry.ending.outcome, entry.digest)));
    say(name, "root", &root.digest().to_string());
    let outcomes: Vec<u32> = entries.iter().map(|entry| entry.ending.outcome as u32).collect();
    for outcome in 0..11 {
        let count = outcomes.iter().filter(|&&one| one == outcome).count() as u32;
        say(name, "share", &tally::shares(count, outcomes.len() as u32));
    }
    for entry in entries.iter().step_by(7) {
        say(name, "network", &(entry.cause, entry.loss, &entry.codes));
    }
}

fn anomalies(name: &str, anomalies: &Anomalies) -> Result<(), Error> {
    say(name, "digest", &anomalies.digest()?.map(|digest| digest.to_string()));
    for c in 0..anomalies.conditions().len() {
        for m in 0..METHODS.len() {
            say(name, METHODS[m].name, &anomalies.cell(c, m, FALSE_ALARMS));
        }
    }
    Ok(())
}

fn own(name: &str, link: Link, digits: &PictureSet) -> Result<(), Error> {
    let mut own = Own::new(link, digits)?;
    while !own.train(u32::MAX).done {}
    while !own.prepare() {}
    say(name, "digest", &own.digest()?.map(|digest| digest.to_string()));
    for curve in own.curves() {
        say(name, "losses", &(curve.loss, curve.held_out));
    }
    let scores =
        own.scores().into_iter().flatten().chain(own.plain_scores().into_iter().flatten().map(Vec::as_slice));
    for scores in scores {
        say(name, "scores", &scores.iter().step_by(37).collect::<Vec<_>>());
    }
    Ok(())
}
