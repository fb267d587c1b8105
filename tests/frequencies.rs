//! How often networks end how, against another implementation, for settings that the documents do not list.
//!
//! `data/frequencies.json` holds counts by `data/frequencies.py`: numpy, float64, random numbers of its own, labels
//! written anew from their definition. Only the frequencies can agree, and they must as two samples of one
//! distribution do.

use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::recipe::Link;
use bottleneck::run::Census;
use bottleneck::run::tally::Tally;
use serde_json::Value;

/// Networks of ours for each setting.
const OURS: u32 = 1000;
/// Labels with fewer networks in both samples together are left out, where χ² is no longer χ².
const FEWEST: f64 = 12.0;
/// The 99.99 % quantiles of χ² with 1, 2, … degrees of freedom: one false alarm in 800 seeds with these dozen settings.
const LIMITS: [f64; 9] = [15.14, 18.42, 21.11, 23.51, 25.74, 27.86, 29.88, 31.83, 33.72];

#[test]
fn frequencies_agree_with_an_independent_implementation() {
    let theirs: Value = serde_json::from_str(include_str!("data/frequencies.json")).expect("a file of ours");
    let networks = theirs["networks"].as_f64().expect("a number");
    for (setting, counts) in theirs["counts"].as_object().expect("an object") {
        let ours = count(setting);
        let pairs = Outcome::ALL.iter().filter_map(|label| {
            let their = counts[label.label()].as_f64().unwrap_or(0.0);
            let our = f64::from(ours.outcomes[*label as usize]);
            (their + our >= FEWEST).then_some((their, our))
        });
        let (mut square, mut cells) = (0.0, 0);
        for (their, our) in pairs {
            let share = (their + our) / (networks + f64::from(OURS));
            let cell = |seen: f64, of: f64| (seen - of * share).powi(2) / (of * share);
            square += cell(their, networks) + cell(our, f64::from(OURS));
            cells += 1;
        }
        // A lone cell must hold nearly all networks of both.
        let limit = LIMITS[if cells > 1 { cells - 2 } else { 0 }];
        assert!(
            square < limit,
            "{setting:?}: χ² = {square:.1}, {cells} labels; ours {ours:?}, theirs {counts}"
        );
    }
}

fn count(setting: &str) -> Tally {
    let fragment = format!("v=1&exp=minima&seed=500000&networks={OURS}&{setting}");
    let recipe = Link::parse(fragment.trim_end_matches('&')).expect("accepted").recipe;
    let mut census = Census::new(recipe, 0, OURS).expect("a census");
    while !census.is_done() {
        census.train(u32::MAX);
    }
    let labels: Vec<u8> = census.entries().iter().flat_map(|entry| entry.labels()).collect();
    Tally::of(&labels)
}
