//! A saved network as the beginning of a run: `from=` in a link, and the file that has to be brought.

mod program;

use bottleneck::autoencoder::{Architecture, Biases, Model, Network};
use bottleneck::data::{Images, Picture, PictureSet};
use bottleneck::recipe::{Digest, Link, Recipe};
use bottleneck::run::own::Own;
use bottleneck::run::{Session, Verdict};

/// A network of those that the paper draws, on four pixels, trained a little.
fn trained() -> Network {
    let mut session = Session::new(Link::parse("v=1&exp=inside&seed=5&epochs=40").expect("a link"));
    session.train(u32::MAX);
    session.network()
}

fn digest(network: &Network) -> Digest {
    Digest::of_parameters(network.parameters())
}

fn run(link: Link) -> Session {
    let mut session = Session::new(link);
    session.train(u32::MAX);
    session
}

#[test]
fn a_run_from_a_saved_network_is_the_one_from_the_same_weights_set_by_hand() {
    let (network, text) = (trained(), "v=1&exp=inside&epochs=30");
    let from = run(Link::parse_with(text, &network).expect("it fits"));
    let by_hand = Link::parse(text).and_then(|link| link.with_weights(network.parameters().to_vec()));
    let by_hand = run(by_hand.expect("they fit"));
    assert_eq!((from.digest(), from.losses()), (by_hand.digest(), by_hand.losses()));
    assert_ne!(from.digest(), run(Link::parse(text).expect("a link")).digest());
}

#[test]
fn the_link_of_such_a_run_names_the_network_and_is_the_same_for_whoever_has_it() {
    let network = trained();
    let first = run(Link::parse_with("v=1&exp=inside&epochs=30", &network).expect("it fits"));
    let (began, ended) = (digest(&network), first.digest().expect("it stays finite"));
    let link = first.link().to_string();
    assert_eq!(link, format!("v=1&exp=inside&epochs=30&from={began}&check={ended}"));
    let again = Link::parse_with(&link, &network).expect("the network of the link");
    assert_eq!((again.from, again.to_string()), (Some(began), link.clone()));
    assert_eq!(run(again).verdict(), Verdict::Same);
    let shouted = link.replace(&began.to_string(), &began.to_string().to_uppercase());
    assert_eq!(Link::parse_with(&shouted, &network).map(|link| link.to_string()), Ok(link));
}

#[test]
fn without_its_network_or_with_another_a_link_is_refused_with_what_is_missing() {
    let network = trained();
    let began = digest(&network);
    let text = format!("v=1&exp=inside&from={began}");
    assert_eq!(
        Link::parse(&text).expect_err("it is missing").to_string(),
        format!(
            "from={began} is missing its network: training begins with a saved network of this digest, a .safetensors \
             file, which the page asks for and the command line takes as --from FILE"
        )
    );
    let other = Network::new(*network.architecture(), vec![0.5; network.parameters().len()]);
    assert_eq!(
        Link::parse_with(&text, &other).expect_err("another one").to_string(),
        format!(
            "from={began} does not fit the rest: the network that was brought has the digest {}",
            digest(&other)
        )
    );
}

#[test]
fn a_network_that_the_recipe_cannot_begin_with_is_refused_by_key_value_and_rule() {
    let network = trained();
    let began = digest(&network);
    let refusal = |rest: &str, network: &Network| {
        Link::parse_with(&format!("v=1&exp={rest}"), network).expect_err(rest).to_string()
    };
    let unfit =
        |rule: &str| format!("from={began} does not fit the rest: the network that was brought has {rule}");
    for (rest, rule) in [
        ("inside&l1=3", "l1=2, and this recipe l1=3"),
        ("inside&code=2", "code=1, and this recipe code=2"),
        ("inside&l3=9", "l3=2, and this recipe l3=9"),
        ("inside&model=va", "model=ca, and this recipe model=va"),
        ("classical", "side=2, and this recipe side=32"),
        ("variational", "model=ca, and this recipe model=va"),
        ("own", "side=2, and this recipe side=8"),
        ("inside&bias=last", "biases in other layers than the last"),
    ] {
        assert_eq!(refusal(rest, &network), unfit(rule), "{rest}");
    }
    for exp in ["minima", "duel", "anomalies"] {
        let sentence = format!("from={began} has no use here: exp={exp} does not take from");
        assert_eq!(refusal(exp, &network), sentence);
        assert_eq!(Link::parse(&format!("v=1&exp={exp}&from={began}")).expect_err(exp).to_string(), sentence);
    }
    let weights = Link::parse("v=1&exp=inside").and_then(|link| link.with_weights(vec![0.5; 29]));
    let weights = weights.expect("as many as there are").to_string();
    assert!(refusal(weights.trim_start_matches("v=1&exp="), &network).contains("the link has weights, and"));
    assert_eq!(
        refusal("inside&from=0123", &network),
        "from=0123 cannot be read: it takes 16 hexadecimal digits, 0-9 and a-f"
    );
    let lost = Network::new(*network.architecture(), vec![f32::NAN; 29]);
    assert!(refusal("inside", &lost).ends_with("not all numbers of the network that was brought are finite"));
    // A network without biases in its earlier layers is one of bias=last, whatever its file says.
    let link = Link::parse("v=1&exp=inside&bias=last&epochs=9").expect("a link");
    let last = Network::new(*network.architecture(), run(link).network().parameters().to_vec());
    assert!(Link::parse_with("v=1&exp=inside&bias=last", &last).is_ok());
}

#[test]
fn every_network_on_a_set_of_pictures_begins_with_it() {
    let picture = |k: u8| Picture {
        label: "good".into(),
        name: format!("{k:02}"),
        levels: (0..16).map(|p: u8| p.wrapping_mul(k).wrapping_add(9 * k)).collect(),
    };
    let set = PictureSet::new(4, (0..12).map(picture).collect());
    let text = format!(
        "v=1&exp=own&data=own&images={}&normal=good&side=4&count=12&l1=5&code=2&l3=6&batch=4&epochs=6&networks=2&seed=3",
        Digest::of_pictures(&set)
    );
    let sizes =
        Architecture { model: Model::Classical, n_pixels: 16, l1: 5, code: 2, l3: 6, biases: Biases::All };
    let parameters = (0..sizes.n_parameters()).map(|i| (i % 7) as f32 / 10.0 - 0.3).collect();
    let network = Network::new(sizes, parameters);
    let link = Link::parse_with(&text, &network).expect("it fits");
    let mut own = Own::new(link.clone(), &set).expect("the set of the link");
    assert_eq!([own.network(0), own.network(1)], [Some(network.clone()), Some(network.clone())]);
    while !own.train(100).done {}
    let proved = own.link();
    assert_eq!((proved.from, proved.check.is_some()), (link.from, true));
    // Each is the one that a session trains from there on the learned pictures alone.
    let levels: Vec<u8> =
        own.split().training.iter().flat_map(|&i| &set.pictures()[i as usize].levels).copied().collect();
    for k in 0..2 {
        let recipe = Recipe {
            count: own.split().training.len() as u32,
            seed: 3 + k,
            side: 4,
            ..Link::parse("v=1&exp=classical&l1=5&code=2&l3=6&batch=4&epochs=6")
                .expect("a link")
                .recipe
                .into_inner()
        };
        let alone = Link::from(recipe.check().expect("in range")).to_string();
        let alone = Link::parse_with(&alone, &network).expect("it fits");
        let mut session = Session::on(alone, Images::of_levels(4, levels.clone())).expect("as many");
        session.train(u32::MAX);
        assert_eq!(own.network(k), Some(session.network()), "network {k}");
    }
}

/// The command line with files.
mod twin {
    use super::program::{json, run};
    use std::fs;
    use std::path::{Path, PathBuf};

    /// A folder of this test's own, and in it the file of the network that a link trains, with its digest.
    fn saved(name: &str, link: &str) -> (PathBuf, String) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join("network.safetensors");
        let report = json(&["reproduce", link, "-o", file.to_str().expect("UTF-8")]);
        (file, report["digest"].as_str().expect("a digest").into())
    }

    #[test]
    fn a_saved_network_goes_on_and_the_link_proves_it_to_whoever_has_the_file() {
        for (name, link) in [
            ("begin-classical", "v=1&exp=classical&side=9&count=20&l1=3&epochs=4"),
            ("begin-variational", "v=1&exp=variational&data=quad&epochs=30"),
            ("begin-own", "v=1&exp=own&normal=8&epochs=2&networks=1"),
        ] {
            let (file, began) = saved(name, link);
            let file = file.to_str().expect("UTF-8");
            let report = json(&["reproduce", link, "--from", file]);
            assert_eq!(report["verdict"], "unchecked", "{report}");
            let proved = report["link"].as_str().expect("a link");
            assert!(proved.starts_with(&format!("{link}&from={began}&check=")), "{proved}");
            let again = run(&["reproduce", proved, "--from", file]);
            let said = String::from_utf8_lossy(&again.stdout).into_owned();
            assert!(again.status.code() == Some(0) && said.contains("Same bits as the link."), "{said}");
            // Without the file, and with another.
            let error = json(&["reproduce", proved])["error"].clone();
            let error = error.as_str().expect("a sentence");
            assert!(error.starts_with(&format!("from={began} is missing its network: ")), "{error}");
            let (other, found) = saved(&format!("{name}-other"), &format!("{link}&seed=2"));
            let error =
                json(&["reproduce", proved, "--from", other.to_str().expect("UTF-8")])["error"].clone();
            let error = error.as_str().expect("a sentence");
            assert!(error.contains(&began) && error.ends_with(&format!("has the digest {found}")), "{error}");
        }
    }

    #[test]
    fn what_cannot_be_begun_with_is_refused_with_a_sentence_and_2() {
        let (file, _) = saved("begin-refused", "v=1&exp=inside&epochs=1");
        let file = file.to_str().expect("UTF-8");
        for (arguments, sentence) in [
            (["reproduce", "v=1&exp=inside", "--from", "nowhere"], "--from nowhere cannot be read: "),
            (["reproduce", "v=1&exp=inside&l1=3", "--from", file], "has l1=2, and this recipe l1=3"),
            (["duel", "v=1&exp=duel", "--from", file], "has no use here: exp=duel does not take from"),
            (["census", "v=1&exp=minima", "--from", "x"], "a piece of a census is printed with --json only"),
            (["pictures", "x", "--from", file], "--from is not for pictures"),
        ] {
            let output = run(&arguments);
            let said = String::from_utf8([&output.stdout[..], &output.stderr].concat()).expect("UTF-8");
            assert!(said.contains(sentence) && !said.contains("panicked"), "{arguments:?}: {said}");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        }
        let error = json(&["census", "v=1&exp=minima", "--from", "x"])["error"].clone();
        assert_eq!(error, "--from x cannot be read: it takes the number of a network");
    }
}
