//! The analyses at their limits: what the page's wasm must find, too.
//!
//! `golden-analyses.txt` has a line for each: name, pairs, how many of the classical errors are one value, and the test
//! of the duel as JSON. The same file is read under Node (`tests/browser/analyses.node.test.js`), so a count that does not fit a
//! 32-bit `usize` differs there.

use bottleneck::recipe::Link;
use bottleneck::run::duel::{Duel, Finished};

/// A made-up duel: the first errors of each kind are one value, a fiftieth more of the variational ones.
fn duel(pairs: u32, tied: u32) -> Duel {
    let link = Link::parse(&format!("v=1&exp=duel&data=quad&l1=1&l3=1&epochs=1&networks={pairs}"));
    let mut duel = Duel::new(link.expect("accepted")).expect("a duel");
    for k in 0..pairs {
        for (index, error) in [(2 * k, error(k, tied)), (2 * k + 1, error(k, tied + pairs / 50))] {
            duel.add(index, Finished { mse: error as f32 / 131072.0, parameters: Vec::new() });
        }
    }
    duel
}

fn error(k: u32, tied: u32) -> u32 {
    if k < tied { 0 } else { k + 1 }
}

#[test]
fn the_analyses_at_their_limits_find_what_they_found() {
    let goldens = include_str!("golden-analyses.txt");
    let mut found = String::new();
    for line in goldens.lines() {
        let mut words = line.split(' ');
        let name = words.next().expect("a name");
        let [pairs, tied] = [(); 2].map(|()| words.next().expect("a number").parse().expect("a number"));
        let test =
            serde_json::to_string(&duel(pairs, tied).summary().test).expect("numbers have a JSON form");
        found += &format!("{name} {pairs} {tied} {test}\n");
    }
    assert_eq!(found, goldens);
}

#[test]
fn every_other_experiment_is_no_duel() {
    for exp in ["classical", "variational", "inside", "minima", "anomalies"] {
        let link = Link::parse(&format!("v=1&exp={exp}")).expect("its defaults");
        assert!(Duel::new(link).is_err(), "{exp}");
    }
}
