//! A census against the networks it is made of, and against itself in pieces.

use bottleneck::autoencoder::Model;
use bottleneck::data::quad;
use bottleneck::recipe::{CheckedRecipe, Experiment, Link, Recipe};
use bottleneck::run::{Census, Session, census};

fn recipe(change: impl FnOnce(&mut Recipe)) -> CheckedRecipe {
    let mut recipe = Recipe::default_of(Experiment::Minima);
    change(&mut recipe);
    recipe.check().expect("a recipe within its ranges")
}

fn trained(recipe: &CheckedRecipe, first: u32, count: u32) -> Census {
    let mut census = Census::new(recipe.clone(), first, count).expect("networks that exist");
    census.train(u32::MAX);
    assert!(census.is_done());
    census
}

fn digest(censuses: &[Census]) -> String {
    let entries = censuses.iter().flat_map(Census::entries);
    census::root(entries.map(|e| (e.ending.outcome, e.digest))).to_string()
}

#[test]
fn each_network_is_the_one_that_its_own_link_trains() {
    for model in [Model::Classical, Model::Variational] {
        for width in 1..=32 {
            let code = 1 + width % 2;
            // Five networks: a full vector of four, and one that stands alone in the next.
            let recipe = recipe(|r| {
                *r = Recipe {
                    l1: width,
                    l3: 33 - width,
                    code,
                    epochs: 60,
                    networks: 5,
                    seed: 900 + width,
                    ..r.clone()
                };
                (r.model, r.beta) = (model, if model == Model::Variational { 0.01 } else { 0.0 });
            });
            let census = trained(&recipe, 0, 5);
            for (k, entry) in census.entries().iter().enumerate() {
                let alone = recipe.alone(k as u32, model).expect("a network of the census");
                let mut session = Session::new(Link::from(alone));
                session.train(u32::MAX);
                assert_eq!(session.digest(), Ok(entry.digest), "{model:?}, width {width}, network {k}");
                let codes = session.network().encode(&quad(), &[0, 1, 2, 3]).mean;
                assert!(codes.iter().eq(&entry.codes), "{model:?}, width {width}, network {k}");
            }
        }
    }
}

#[test]
fn small_batches_are_shuffled_as_in_a_link_of_their_own() {
    let recipe = recipe(|r| *r = Recipe { batch: 3, epochs: 50, networks: 6, ..r.clone() });
    for (k, entry) in trained(&recipe, 0, 6).entries().iter().enumerate() {
        let mut session = Session::new(Link::from(recipe.alone(k as u32, Model::Classical).expect("exists")));
        session.train(u32::MAX);
        assert_eq!(session.digest(), Ok(entry.digest));
    }
}

#[test]
fn pieces_give_the_same_digest_as_the_whole() {
    let recipe = recipe(|r| *r = Recipe { epochs: 40, networks: 23, ..r.clone() });
    let whole = trained(&recipe, 0, 23);
    let pieces = [trained(&recipe, 0, 7), trained(&recipe, 7, 1), trained(&recipe, 8, 15)];
    assert_eq!(digest(&pieces), digest(&[whole]));
    let swapped = [trained(&recipe, 7, 1), trained(&recipe, 0, 7), trained(&recipe, 8, 15)];
    assert_ne!(digest(&swapped), digest(&pieces), "the order counts");
}

#[test]
fn it_can_be_trained_a_few_steps_at_a_time() {
    let recipe = recipe(|r| *r = Recipe { epochs: 30, networks: 9, ..r.clone() });
    let mut census = Census::new(recipe.clone(), 0, 9).expect("networks that exist");
    let mut calls = 0;
    while !census.is_done() {
        census.train(7);
        calls += 1;
    }
    assert_eq!(calls, (3 * 30_u32).div_ceil(7), "three vectors of 30 steps each");
    assert_eq!(digest(&[census]), digest(&[trained(&recipe, 0, 9)]));
}

#[test]
fn a_history_counts_every_network_at_every_epoch() {
    let recipe = recipe(|r| *r = Recipe { epochs: 100, networks: 6, ..r.clone() });
    let mut census =
        Census::new(recipe.clone(), 0, 6).expect("networks that exist").with_history(&[1, 50, 100]);
    census.train(u32::MAX);
    let rows: Vec<&[u32]> = census.history().chunks(11).collect();
    assert_eq!(rows.iter().map(|row| row.iter().sum::<u32>()).collect::<Vec<_>>(), [6, 6, 6]);
    let mut last = [0; 11];
    census.entries().iter().for_each(|e| last[e.ending.outcome as usize] += 1);
    assert_eq!(rows[2], last);
}

#[test]
fn a_run_that_leaves_the_finite_numbers_is_said_to_have_diverged() {
    let recipe = recipe(|r| {
        *r = Recipe {
            lr: 10.0,
            opt: bottleneck::nn::Optimiser::Sgd,
            model: Model::Variational,
            beta: 100.0,
            epochs: 300,
            networks: 12,
            ..r.clone()
        };
    });
    let census = trained(&recipe, 0, 12);
    for (k, entry) in census.entries().iter().enumerate() {
        let mut session =
            Session::new(Link::from(recipe.alone(k as u32, Model::Variational).expect("exists")));
        let diverged = session.train(u32::MAX).diverged_at.is_some();
        assert_eq!(entry.ending.outcome.label() == "diverged", diverged, "network {k}");
        assert_eq!(entry.digest.0 == [0; 8], diverged);
    }
    assert!(
        census.entries().iter().any(|e| e.ending.outcome.label() == "diverged"),
        "nothing diverged, so nothing was tested"
    );
}

#[test]
fn networks_that_the_recipe_does_not_have_are_refused() {
    let recipe = recipe(|r| r.networks = 10);
    assert!(Census::new(recipe.clone(), 8, 3).is_err());
    assert!(Census::new(recipe.clone(), u32::MAX, 2).is_err());
    assert!(Census::new(recipe, 8, 2).is_ok());
    let lines = Recipe::default_of(Experiment::Classical).check().expect("a default");
    assert!(Census::new(lines, 0, 1).is_err());
}
