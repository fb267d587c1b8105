//! What the variational networks are said to do, on the four 2×2 images and on half planes.

use bottleneck::analysis::code::codes;
use bottleneck::analysis::code::diagnosis::STUCK_MSE;
use bottleneck::analysis::quad::outcome::Outcome;
use bottleneck::analysis::stats::rank::quartiles;
use bottleneck::autoencoder::Activation;
use bottleneck::recipe::{CheckedRecipe, Link};
use bottleneck::run::{Census, Session};

fn census(fragment: &str) -> Census {
    let recipe: CheckedRecipe = Link::parse(fragment).expect("a link within its ranges").recipe;
    let networks = recipe.networks;
    let mut census = Census::new(recipe, 0, networks).expect("networks that exist");
    census.train(u32::MAX);
    census
}

fn count(census: &Census, outcome: Outcome) -> usize {
    census.entries().iter().filter(|entry| entry.ending.outcome == outcome).count()
}

/// The literal D·MSE + KL is β = 1/D. To tell four images apart takes ln 4 nats, 0.35 at that rate; to
/// come out grey costs 0.25.
#[test]
fn at_one_over_d_the_four_images_end_grey_for_every_seed() {
    let early = census("v=1&exp=minima&model=va&beta=0.25&epochs=2000&networks=200");
    assert_eq!(count(&early, Outcome::Solved), 0);
    assert!(count(&early, Outcome::AllGrey) >= 196, "all but a few that the noise has moved");
    let late = census("v=1&exp=minima&model=va&beta=0.25&epochs=20000&networks=32");
    assert_eq!(count(&late, Outcome::AllGrey), 32);
}

#[test]
fn at_a_hundredth_about_one_in_five_solves_the_four_images() {
    let census = census("v=1&exp=minima&model=va&beta=0.01&epochs=2000&networks=600");
    let solved = count(&census, Outcome::Solved);
    // 120 expected; the standard deviation of such a count is 10.
    assert!((90..=150).contains(&solved), "{solved} of 600");
}

fn trained(fragment: &str) -> Session {
    let mut session = Session::new(Link::parse(fragment).expect("a link within its ranges"));
    session.train(u32::MAX);
    session
}

fn mse(session: &Session) -> f32 {
    session.network().mse(session.images(), Activation::Sigmoid)
}

/// Half planes of a quarter of the pixels and a fifth of the number, for the sake of time.
#[test]
fn on_half_planes_of_one_polarity_variational_networks_end_with_lower_errors_and_a_sigma_around_a_hundredth()
{
    let runs = |model: &str| -> Vec<Session> {
        let of = |seed| trained(&format!("v=1&exp={model}&side=16&count=200&seed={seed}"));
        (1..=8).map(of).collect()
    };
    let (classical, variational) = (runs("classical"), runs("variational"));
    let median =
        |runs: &[Session]| quartiles(&runs.iter().map(mse).collect::<Vec<_>>()).expect("eight errors").median;
    let (ca, va) = (median(&classical), median(&variational));
    assert!(va < 0.75 * ca, "{va} against {ca}");
    let all: Vec<u32> = (0..200).collect();
    let sigma = |session: &Session| {
        let sigma = session.network().encode(session.images(), &all).sigma().expect("a variational one");
        codes::sigmas(sigma.view()).expect("finite").median
    };
    let solved: Vec<f32> = variational.iter().filter(|s| mse(s) < STUCK_MSE).map(sigma).collect();
    let typical = quartiles(&solved).expect("some are solved").median;
    assert!((0.005..0.02).contains(&typical), "{solved:?}");
}

#[test]
fn the_divergence_is_reported_apart_from_the_reconstruction() {
    let session = trained("v=1&exp=variational&data=quad&epochs=200&seed=3");
    assert_eq!((session.losses().len(), session.kls().len()), (200, 200));
    assert!(session.kls().iter().all(|&kl| kl > 0.0));
    // The reconstruction alone: at any β it is a mean of squares of numbers below 1.
    let dear = trained("v=1&exp=variational&data=quad&epochs=200&seed=3&beta=100");
    assert!(dear.losses().iter().all(|&loss| loss < 1.0));
    assert_eq!(session.kls()[0], dear.kls()[0], "before the first step, β makes no difference");
    assert!(trained("v=1&exp=classical&data=quad&epochs=2").kls().iter().all(|&kl| kl == 0.0));
}
