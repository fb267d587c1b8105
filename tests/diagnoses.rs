//! What is said of networks that came to a bad end is true of what they put out.

use bottleneck::analysis::code::diagnosis::Diagnosis;
use bottleneck::analysis::code::idle::Idle;
use bottleneck::autoencoder::Network;
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

/// A trained network with some of its numbers set by hand.
fn spoilt(session: &Session, spoil: impl Fn(&Network, &mut [f32])) -> Vec<Idle> {
    let network = session.network();
    let mut parameters = network.parameters().to_vec();
    spoil(&network, &mut parameters);
    Idle::of(&Network::new(*network.architecture(), parameters), session.images())
}

#[test]
fn every_part_that_is_put_to_rest_is_found_and_nothing_of_a_network_that_works() {
    let session = trained(&format!("{SMALL}&l1=16&code=3&l3=16&epochs=300"));
    // A relu that no seed has killed: as many as lie idle by themselves are added to.
    let before = Idle::of(&session.network(), session.images());
    let idle = |found: &[Idle], which: fn(&Idle) -> Option<u32>| found.iter().find_map(which).unwrap_or(0);
    let l1 = |idle: &Idle| if let Idle::DeadInL1 { dead, of: 16 } = idle { Some(*dead) } else { None };
    let l3 = |idle: &Idle| if let Idle::DeadInL3 { dead, of: 16 } = idle { Some(*dead) } else { None };
    let saturated =
        |idle: &Idle| if let Idle::Saturated { pixels, .. } = idle { Some(*pixels) } else { None };
    let merged = |idle: &Idle| if let Idle::Merged { images, .. } = idle { Some(*images) } else { None };
    assert_eq!((idle(&before, saturated), idle(&before, merged)), (0, 0), "{before:?}");
    assert!(!before.iter().any(Idle::is_grave), "{before:?}");

    let network = session.network();
    let layers = network.architecture().layers();
    let fires = |values: &bottleneck::ndarray::Array2<f32>| {
        (0..16).find(|&n| values.column(n).iter().any(|&value| value > 0.0)).expect("one that fires")
    };
    let all: Vec<u32> = (0..60).collect();
    let first = fires(&network.hidden(session.images(), &all));
    let found = spoilt(&session, |_, parameters| parameters[layers.l1.biases.start + first] = -1e6);
    assert_eq!(idle(&found, l1), idle(&before, l1) + 1);

    let codes = network.encode(session.images(), &all).mean;
    let first = fires(&network.decode_hidden(codes.view()).expect("its own codes"));
    let found = spoilt(&session, |_, parameters| parameters[layers.l3.biases.start + first] = -1e6);
    assert_eq!(idle(&found, l3), idle(&before, l3) + 1);

    let found = spoilt(&session, |_, parameters| parameters[layers.output.biases.start + 20] = 1e6);
    assert_eq!(idle(&found, saturated), 1);

    let found = spoilt(&session, |_, parameters| parameters[layers.l1.biases.clone()].fill(-1e6));
    let different = session.images().different().len() as u32;
    assert_eq!((idle(&found, l1), idle(&found, merged)), (16, different), "{found:?}");
    assert!(
        found.iter().any(|idle| matches!(idle, Idle::Little { percent } if *percent >= 100)),
        "{found:?}"
    );
    let grave = found.iter().filter(|idle| !matches!(idle, Idle::DeadInL3 { .. }));
    assert!(grave.clone().count() == 3 && grave.clone().all(Idle::is_grave), "{found:?}");
    let words: Vec<String> = found.iter().map(Idle::to_string).collect();
    assert!(words[0].starts_with("Dead in L1: 16 of 16 neurons fire for no picture"), "{words:?}");
}

#[test]
fn a_number_of_the_code_whose_posterior_is_the_prior_has_collapsed() {
    let session = trained("variational&side=8&count=60&code=3&beta=1e-3&epochs=300");
    let layers = session.network().architecture().layers();
    let collapsed = |found: &[Idle]| {
        found.iter().find_map(|idle| match idle {
            Idle::Collapsed { numbers, of } => Some((*numbers, *of)),
            _ => None,
        })
    };
    assert_eq!(collapsed(&spoilt(&session, |_, _| ())), None);
    // μ = 0 and σ = 1 for every image, for one number after the other.
    let log_var = layers.log_var.clone().expect("a variational network");
    for n in 1..=3 {
        let found = spoilt(&session, |_, parameters| {
            for layer in [&layers.code, &log_var] {
                for number in 0..n {
                    let weights = layer.weights.start + number * layer.n_in;
                    parameters[weights..weights + layer.n_in].fill(0.0);
                    parameters[layer.biases.start + number] = 0.0;
                }
            }
        });
        assert_eq!(collapsed(&found), Some((n as u32, 3)));
    }
}

#[test]
fn who_puts_out_the_mean_image_has_learned_little_and_images_that_are_alike_ask_for_nothing() {
    let session = trained(&format!("{SMALL}&epochs=300"));
    let images = session.images();
    let layers = session.network().architecture().layers();
    let different = images.different();
    let found = spoilt(&session, |_, parameters| {
        parameters[layers.output.weights.clone()].fill(0.0);
        for (p, bias) in parameters[layers.output.biases.clone()].iter_mut().enumerate() {
            let sum: f32 =
                different.iter().map(|&i| images.values(i as usize).nth(p).expect("a pixel")).sum();
            let mean = sum / different.len() as f32;
            *bias = (mean / (1.0 - mean)).clamp(1e-6, 1e6).ln();
        }
    });
    assert!(found.contains(&Idle::Little { percent: 100 }), "{found:?}");
    let one = trained("classical&side=8&count=1&epochs=5");
    assert_eq!(Idle::of(&one.network(), one.images()), []);
}
