//! What is said of networks that came to a bad end is true of what they put out.

use bottleneck::analysis::code::diagnosis::Diagnosis;
use bottleneck::recipe::Link;
use bottleneck::run::Session;

/// Small pictures, so that every training takes a fraction of a second.
const SMALL: &str = "classical&side=8&count=60";

fn trained(rest: &str) -> Session {
    let mut session = Session::new(Link::parse(&format!("v=1&exp={rest}")).expect("a link"));
    session.train(u32::MAX);
    session
}

fn said(rest: &str) -> String {
    let session = trained(rest);
    let found = Diagnosis::of(&session.network(), session.images(), &session.losses());
    found.map_or_else(String::new, |found| found.to_string())
}

#[track_caller]
fn says(rest: &str, words: &[&str]) {
    let said = said(rest);
    assert!(words.iter().all(|words| said.contains(words)), "{rest}: {said}");
}

#[test]
fn outputs_at_their_ends_are_called_that_and_a_smaller_rate_is_advised() {
    for rest in ["lr=1&epochs=50", "lr=10&epochs=50"] {
        says(&format!("classical&{rest}"), &["stand at 0 or 1", "a smaller learning rate"]);
    }
}

#[test]
fn a_loss_that_never_moved_asks_for_a_larger_rate() {
    for rest in ["opt=sgd&lr=1e-6&epochs=50", "lr=1e-6&epochs=20"] {
        says(&format!("{SMALL}&{rest}"), &["hardly moved", "a larger learning rate"]);
    }
}

#[test]
fn who_stops_while_the_loss_falls_is_not_called_stuck() {
    for rest in ["epochs=1", "epochs=100", "epochs=400", "epochs=100&l1=64&l3=64&lr=1e-4"] {
        let session = trained(&format!("{SMALL}&{rest}"));
        let found =
            Diagnosis::of(&session.network(), session.images(), &session.losses()).expect("a high error");
        assert!(!found.is_stuck(), "{rest}: {found}");
        assert!(found.to_string().ends_with("try more epochs"), "{found}");
    }
}

#[test]
fn a_code_that_the_kl_term_has_emptied_asks_for_a_smaller_beta() {
    says(
        "variational&side=8&count=60&beta=1&epochs=2000&lr=0.01",
        &["every image comes out the same", "a smaller β"],
    );
}

#[test]
fn different_images_are_counted_not_copies_of_one() {
    // Two of these twenty are the same picture.
    let session = trained("classical&count=20&dataseed=4&epochs=300");
    let images = session.images();
    let different: std::collections::BTreeSet<&[u8]> = (0..20).map(|k| images.image(k)).collect();
    assert!(different.len() < 20, "the training set has lost its copies");
    assert!(!said("classical&count=20&dataseed=4&epochs=300").contains("share one code"));
}

#[test]
fn a_set_without_two_different_images_is_not_called_stuck() {
    for rest in [
        "classical&count=1&epochs=3",
        "variational&count=1&epochs=3",
        "classical&side=4&count=2&dataseed=8&epochs=1",
    ] {
        let session = trained(rest);
        let images = session.images();
        let all_alike = (1..images.count()).all(|k| images.image(k) == images.image(0));
        assert!(all_alike, "{rest} has different images");
        assert_eq!(Diagnosis::of(&session.network(), images, &session.losses()), None, "{rest}");
    }
}

#[test]
fn a_poor_order_is_claimed_only_where_pixels_turn() {
    let session = trained("classical&span=360&count=300&epochs=1500");
    let found = Diagnosis::of(&session.network(), session.images(), &session.losses());
    assert_eq!(found, Some(Diagnosis::Blurred));
    let all: Vec<u32> = (0..300).collect();
    let sharp =
        session.network().reconstruct(session.images(), &all, bottleneck::autoencoder::Activation::Heaviside);
    let turns = |pixel: usize| sharp.column(pixel).iter().any(|&y| y != sharp[[0, pixel]]);
    assert!((0..1024).any(turns));
}

#[test]
fn a_network_that_does_well_is_left_alone() {
    assert_eq!(said("classical&side=4&count=50&epochs=3000&seed=4"), "");
}
