//! What a recipe and its link promise, by example: defaults, spellings, limits, the form, and a
//! sentence for every refusal. `recipe_random.rs` holds what is true of all recipes.

use bottleneck::autoencoder::Model;
use bottleneck::data::Span;
use bottleneck::recipe::{Experiment, Link, Recipe, keys};

fn refusal(fragment: &str) -> String {
    match Link::parse(fragment) {
        Ok(link) => panic!("{fragment} was read as {link}"),
        Err(error) => error.to_string(),
    }
}

fn canonical(fragment: &str) -> String {
    Link::parse(fragment).map(|link| link.to_string()).unwrap_or_else(|e| panic!("{fragment}: {e}"))
}

#[test]
fn every_refusal_names_key_value_and_rule() {
    let cases = [
        ("", "v is missing: a link begins with v=1, the version of its promise"),
        ("#", "v is missing: a link begins with v=1, the version of its promise"),
        ("exp=classical", "v is missing: a link begins with v=1, the version of its promise"),
        ("v=2&exp=classical", "v=2 is not supported: this release reads v=1 only"),
        ("v=1&v=2&exp=classical", "v is given twice: each key may be given once"),
        ("v=01&exp=classical", "v=01 is not supported: this release reads v=1 only"),
        ("v=1", "exp is missing: it takes classical, inside, variational, minima, duel, anomalies or own"),
        (
            "v=1&exp=Classical",
            "exp=Classical cannot be read: it takes classical, inside, variational, minima, duel, anomalies or own",
        ),
        ("v=1&exp=classical&colour=red", "\"colour\" is not a key of a link"),
        ("v=1&exp=classical&LR=1", "\"LR\" is not a key of a link"),
        ("v=1&exp=classical&seed=1&seed=1", "seed is given twice: each key may be given once"),
        ("v=1&exp=classical&networks=5", "networks=5 has no use here: exp=classical does not take networks"),
        ("v=1&exp=classical&networks=1", "networks=1 has no use here: exp=classical does not take networks"),
        ("v=1&exp=duel&model=va", "model=va has no use here: exp=duel does not take model"),
        ("v=1&exp=classical&lr", "\"lr\" cannot be read: a link is made of key=value pairs, joined by &"),
        ("v=1&exp=classical&lr=", "\"lr=\" cannot be read: neither key nor value may be empty"),
        ("v=1&exp=classical&=3", "\"=3\" cannot be read: neither key nor value may be empty"),
        (
            "v=1&exp=classical&",
            "\"(nothing)\" cannot be read: a link is made of key=value pairs, joined by &",
        ),
        (
            "v=1&exp=classical&l1=%3",
            "\"l1=%3\" cannot be read: % stands before two hexadecimal digits, and what they spell is UTF-8",
        ),
        ("v=1&exp=classical&l1=%00", "\"l1=\\u{0}\" cannot be read: U+0000 is no character of a link"),
        ("v=1&exp=classical&lr=fast", "lr=fast cannot be read: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=NaN", "lr=NaN cannot be read: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=inf", "lr=inf cannot be read: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=+1", "lr=+1 cannot be read: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=1 0", "lr=1 0 cannot be read: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=%2B1", "lr=+1 cannot be read: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=0x1", "lr=0x1 cannot be read: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=0", "lr=0 is out of range: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=-1", "lr=-1 is out of range: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&lr=1e999", "lr=1e999 is out of range: it takes a number from 1e-6 to 10"),
        ("v=1&exp=classical&l1=02", "l1=02 cannot be read: it takes a whole number from 1 to 256"),
        ("v=1&exp=classical&l1=2.5", "l1=2.5 cannot be read: it takes a whole number from 1 to 256"),
        ("v=1&exp=classical&l1=0", "l1=0 is out of range: it takes a whole number from 1 to 256"),
        ("v=1&exp=classical&l1=257", "l1=257 is out of range: it takes a whole number from 1 to 256"),
        ("v=1&exp=classical&l1=-3", "l1=-3 is out of range: it takes a whole number from 1 to 256"),
        (
            "v=1&exp=classical&seed=4294967296",
            "seed=4294967296 is out of range: it takes a whole number from 0 to 4294967295",
        ),
        ("v=1&exp=classical&batch=0", "batch=0 is out of range: it takes a whole number from 1 to 1024"),
        (
            "v=1&exp=classical&batch=1025",
            "batch=1025 is out of range: it takes a whole number from 1 to 1024",
        ),
        ("v=1&exp=classical&opt=rmsprop", "opt=rmsprop cannot be read: it takes adam or sgd"),
        ("v=1&exp=classical&span=90", "span=90 cannot be read: it takes 180 or 360"),
        ("v=1&exp=classical&beta=0.5", "beta=0.5 does not fit the rest: with model=ca beta is always 0"),
        ("v=1&exp=classical&normal=0", "normal=0 has no use here: exp=classical does not take normal"),
        (
            "v=1&exp=classical&data=own",
            "data=own does not fit the rest: exp=classical takes data=lines or quad only",
        ),
        ("v=1&exp=own&data=lines", "data=lines does not fit the rest: exp=own takes data=digits or own only"),
        ("v=1&exp=own&data=own", "images is missing: it takes 16 hexadecimal digits, 0-9 and a-f"),
        (
            "v=1&exp=own&data=own&images=0123",
            "images=0123 cannot be read: it takes 16 hexadecimal digits, 0-9 and a-f",
        ),
        (
            "v=1&exp=own&images=0123456789abcdef",
            "images=0123456789abcdef does not fit the rest: with data=digits there are no images",
        ),
        ("v=1&exp=own&side=16", "side=16 does not fit the rest: with data=digits side is always 8"),
        ("v=1&exp=own&count=9", "count=9 does not fit the rest: with data=digits count is always 1797"),
        ("v=1&exp=own&span=360", "span=360 does not fit the rest: with data=digits span is always 180"),
        ("v=1&exp=own&normal=10", "normal=10 does not fit the rest: the labels of data=digits are 0 to 9"),
        (
            "v=1&exp=own&normal=%0A",
            "normal=%0A cannot be read: it takes 1 to 100 characters in percent-encoded UTF-8, not all of them blank, \
             without any that hides or turns text",
        ),
        ("v=1&exp=own&holdout=91", "holdout=91 is out of range: it takes a whole number from 0 to 90"),
        ("v=1&exp=classical&side=2", "side=2 is out of range: it takes a whole number from 4 to 64"),
        ("v=1&exp=inside&side=32", "side=32 does not fit the rest: with data=quad side is always 2"),
        (
            "v=1&exp=classical&data=quad&count=5",
            "count=5 does not fit the rest: with data=quad count is always 4",
        ),
        ("v=1&exp=inside&data=lines", "data=lines does not fit the rest: exp=inside takes data=quad only"),
        (
            "v=1&exp=anomalies&data=quad",
            "data=quad does not fit the rest: exp=anomalies takes data=lines only",
        ),
        (
            "v=1&exp=classical&check=0123456789ABCDEG",
            "check=0123456789ABCDEG cannot be read: it takes 16 hexadecimal digits, 0-9 and a-f",
        ),
        (
            "v=1&exp=duel&networks=1000",
            "the run is too large with networks=1000: about 1.45e14 floating-point operations, where at most 6.00e12 are allowed; \
             fewer epochs, networks, images or neurons make it smaller",
        ),
        (
            "v=1&exp=minima&epochs=1&code=32&networks=1000000",
            "the run is too large with networks=1000000: about 1.21e9 bytes of memory, where at most 2.68e8 are allowed; \
             fewer epochs, networks, images or neurons make it smaller",
        ),
    ];
    for (fragment, sentence) in cases {
        assert_eq!(refusal(fragment), sentence, "{fragment}");
    }
}

#[test]
fn the_first_offending_key_is_named() {
    assert!(refusal("v=1&exp=classical&lr=99&l1=abc&colour=red").starts_with("lr=99 "));
    assert!(refusal("v=1&exp=classical&l1=abc&lr=99&colour=red").starts_with("l1=abc "));
    assert!(refusal("v=1&exp=classical&colour=red&l1=abc&data=x").starts_with("\"colour\" "));
    assert!(refusal("v=1&exp=classical&beta=3&data=x").starts_with("beta=3 "));
    assert!(refusal("v=1&exp=classical&seed=1&lr=0&seed=1").starts_with("lr=0 "));
}

#[test]
fn a_link_of_more_than_16_kib_is_refused_unread() {
    let long = format!("v=1&exp=classical&seed={}", "1".repeat(16_384));
    assert_eq!(refusal(&long), format!("the link is {} bytes long: at most 16384 are read", long.len()));
    let longest = format!("{}#v=1&exp=classical", "x".repeat(16_384 - 18));
    assert_eq!(longest.len(), 16_384);
    assert_eq!(canonical(&longest), "v=1&exp=classical");
}

#[test]
fn a_long_value_is_shortened_in_its_sentence() {
    let sentence = refusal(&format!("v=1&exp=classical&lr={}", "9".repeat(3000)));
    assert_eq!(
        sentence,
        format!("lr={}… is out of range: it takes a number from 1e-6 to 10", "9".repeat(48))
    );
}

#[test]
fn markup_and_control_characters_stay_text() {
    assert_eq!(
        refusal("v=1&exp=classical&opt=<b>\u{7f}b"),
        r#""opt=<b>\u{7f}b" cannot be read: U+007F is no character of a link"#
    );
}

#[test]
fn one_recipe_in_many_spellings_has_one_link() {
    let spellings = [
        "v=1&exp=classical&lr=0.01&batch=10&count=10",
        "#v=1&exp=classical&lr=0.01&count=10",
        "https://example.org/bottleneck/?x=1#v=1&exp=classical&count=10&lr=1e-2",
        "exp=classical&lr=.01&batch=1024&count=10&v=1",
        "v=1&exp=classical&lr=0.0100&count=1%30&model=ca&beta=-0&side=32",
    ];
    for spelling in spellings {
        assert_eq!(canonical(spelling), "v=1&exp=classical&count=10&lr=0.01", "{spelling}");
    }
}

#[test]
fn zero_has_no_sign() {
    let beta = |text: &str| Link::parse(text).expect("a valid link").recipe.beta.to_bits();
    assert_eq!(beta("v=1&exp=variational&beta=-0"), 0);
    assert_eq!(beta("v=1&exp=variational&beta=-0.0e-3"), 0);
}

#[test]
fn both_ends_of_every_range_are_allowed_and_the_next_value_is_not() {
    let ranges = [
        ("holdout", "-1", "0", "90", "91"),
        ("side", "3", "4", "64", "65"),
        ("count", "0", "1", "10000", "10001"),
        ("dataseed", "-1", "0", "4294967295", "4294967296"),
        ("l1", "0", "1", "256", "257"),
        ("code", "0", "1", "32", "33"),
        ("l3", "0", "1", "256", "257"),
        ("lr", "9.99999e-7", "1e-6", "10", "10.000001"),
        ("batch", "0", "1", "1024", "1025"),
        ("epochs", "0", "1", "1000000", "1000001"),
        ("beta", "-1e-45", "0", "100", "100.00001"),
        ("warmup", "-1", "0", "1000000", "1000001"),
        ("seed", "-1", "0", "4294967295", "4294967296"),
        ("networks", "0", "1", "1000000", "1000001"),
    ];
    for (key, below, min, max, above) in ranges {
        // Small in all else, so that the workload allows both ends.
        let small = [("epochs", "1"), ("count", "1"), ("side", "4"), ("l1", "1"), ("l3", "1")];
        let others = small.iter().filter(|(other, _)| *other != key);
        let mut rest: String = others.map(|(other, value)| format!("&{other}={value}")).collect();
        let mut exp = "variational";
        if key == "networks" {
            (exp, rest) = ("minima", "&epochs=1".into());
        }
        if key == "holdout" {
            (exp, rest) = ("own", "&epochs=1".into());
        }
        for allowed in [min, max] {
            let link = Link::parse(&format!("v=1&exp={exp}{rest}&{key}={allowed}"));
            assert!(link.is_ok(), "{key}={allowed}: {link:?}");
        }
        for refused in [below, above] {
            let sentence = refusal(&format!("v=1&exp={exp}{rest}&{key}={refused}"));
            assert!(sentence.starts_with(&format!("{key}={refused} is out of range")), "{sentence}");
        }
    }
    let is_range = |key: &&keys::Key| {
        matches!(key.kind, keys::ValueKind::Integer { .. } | keys::ValueKind::Number { .. })
    };
    let numeric = keys::TABLE.iter().filter(is_range);
    assert!(numeric.map(|key| key.name).eq(ranges.map(|range| range.0)), "a range is not tried");
}

#[test]
fn numbers_are_written_short_and_readable() {
    assert_eq!(canonical("v=1&exp=classical&lr=0.00001"), "v=1&exp=classical&lr=1e-5");
    assert_eq!(canonical("v=1&exp=classical&lr=1.0"), "v=1&exp=classical&lr=1");
    assert_eq!(canonical("v=1&exp=variational&beta=0.25"), "v=1&exp=variational&beta=0.25");
    assert_eq!(canonical("v=1&exp=variational&beta=0"), "v=1&exp=variational&beta=0");
    assert_eq!(canonical("v=1&exp=classical&seed=4294967295"), "v=1&exp=classical&seed=4294967295");
}

#[test]
fn keys_are_written_in_the_order_of_the_table_and_the_check_last() {
    let text = "check=00ff00ff00ff00ff&networks=3&seed=4&beta=0.5&loss=bce&epochs=5&batch=6&lr=7&opt=sgd&init=he&bias=last\
                &l3=8&code=9&l1=10&dataseed=11&span=360&count=12&side=13&exp=duel&v=1";
    assert_eq!(
        canonical(text),
        "v=1&exp=duel&side=13&count=12&span=360&dataseed=11&l1=10&code=9&l3=8&bias=last&init=he&opt=sgd&lr=7&batch=6\
         &epochs=5&loss=bce&beta=0.5&seed=4&networks=3&check=00ff00ff00ff00ff"
    );
    let names: Vec<_> = keys::TABLE.iter().map(|key| key.name).collect();
    assert_eq!(
        names.join(" "),
        "data images normal holdout side count span dataseed model l1 code l3 bias init opt lr batch epochs loss beta warmup seed networks"
    );
}

#[test]
fn the_defaults_of_every_experiment_are_the_documented_ones() {
    let facts = |text: &str| {
        let r = Link::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).recipe;
        (r.side, r.count, r.lr, r.batch, r.epochs, r.beta, r.networks)
    };
    assert_eq!(facts("v=1&exp=classical"), (32, 1000, 0.001, 32, 1500, 0.0, 1));
    assert_eq!(facts("v=1&exp=inside"), (2, 4, 0.01, 4, 1000, 0.0, 1));
    assert_eq!(facts("v=1&exp=variational"), (32, 1000, 0.001, 32, 1500, 1e-4, 1));
    assert_eq!(facts("v=1&exp=minima"), (2, 4, 0.01, 4, 1000, 0.0, 10_000));
    assert_eq!(facts("v=1&exp=duel"), (32, 1000, 0.001, 32, 1500, 1e-4, 32));
    assert_eq!(facts("v=1&exp=anomalies"), (32, 1000, 0.001, 32, 1500, 1e-4, 8));
    assert_eq!(facts("v=1&exp=own"), (8, 1797, 0.001, 32, 300, 0.0, 4));
    let brought = "v=1&exp=own&data=own&images=0123456789abcdef";
    assert_eq!(facts(brought), (32, 1000, 0.001, 32, 300, 0.0, 4));
    assert_eq!(facts("v=1&exp=own&model=va").5, 1e-4);
    let set = |text: &str| Link::parse(text).expect("a link").recipe.set.clone().expect("a set");
    assert_eq!((set("v=1&exp=own").normal, set("v=1&exp=own").holdout), ("0".into(), 25));
    assert_eq!((set(brought).normal, set(brought).holdout), (String::new(), 25));
    // β follows the data and the model.
    assert_eq!(facts("v=1&exp=classical&model=va").5, 1e-4);
    assert_eq!(facts("v=1&exp=variational&data=quad").5, 1e-2);
    assert_eq!(facts("v=1&exp=minima&model=va").5, 1e-2);
    assert_eq!(facts("v=1&exp=variational&model=ca").5, 0.0);
    assert_eq!(facts("v=1&exp=duel&data=quad").5, 1e-2);
    for exp in Experiment::ALL {
        let recipe = Recipe::default_of(exp).check().unwrap_or_else(|e| panic!("{exp:?}: {e}"));
        let widths = if exp == Experiment::Own { (32, 8, 32) } else { (2, 1, 2) };
        assert_eq!((recipe.l1, recipe.code, recipe.l3), widths);
        assert_eq!((recipe.span, recipe.dataseed, recipe.seed), (Span::Half, 1, 1));
        assert_eq!(recipe.set.is_some(), exp == Experiment::Own);
        assert_eq!(Link::from(recipe).to_string(), format!("v=1&exp={}", exp.name()));
    }
}

#[test]
fn the_workload_limit_stands_where_it_is_said_to() {
    for allowed in [
        "v=1&exp=minima&epochs=20000",
        "v=1&exp=minima&model=va&epochs=20000",
        "v=1&exp=minima&networks=1000000",
        "v=1&exp=minima&l1=32&l3=32",
        "v=1&exp=duel&span=360",
        "v=1&exp=classical&l1=128&code=16&l3=128&batch=64&epochs=1000",
        "v=1&exp=inside&epochs=1000000",
        "v=1&exp=duel&data=quad&l1=1&l3=1&epochs=1&networks=1000",
        "v=1&exp=anomalies&networks=11",
        "v=1&exp=own&networks=100",
        "v=1&exp=own&data=own&images=0123456789abcdef&count=10000&epochs=30",
    ] {
        assert_eq!(canonical(allowed), allowed);
    }
    for refused in [
        "v=1&exp=minima&epochs=1000000",
        "v=1&exp=classical&epochs=1000000",
        "v=1&exp=classical&side=64&count=10000&l1=256&l3=256&code=32",
        "v=1&exp=anomalies&networks=1000000&epochs=1",
        // Few steps, but every network costs something by itself.
        "v=1&exp=duel&data=quad&l1=1&l3=1&epochs=1&networks=1000000&check=0000000000000000",
        "v=1&exp=anomalies&side=4&count=1&l1=1&l3=1&epochs=1&networks=500000&check=0000000000000000",
        "v=1&exp=anomalies&side=4&count=1&epochs=1&networks=2000",
        "v=1&exp=minima&epochs=1&code=32&networks=1000000",
        "v=1&exp=own&epochs=1&networks=1000000",
        "v=1&exp=own&data=own&images=0123456789abcdef&side=64&count=10000&epochs=1",
        "v=1&exp=own&data=own&images=0123456789abcdef&side=64&count=5000&l1=256&l3=256",
        "v=1&exp=duel&side=64&count=10000&l1=256&l3=256&code=32&batch=1&epochs=1000000&networks=1000000",
    ] {
        assert!(refusal(refused).starts_with("the run is too large"), "{refused}");
    }
}

#[test]
fn a_checked_recipe_counts_batches_and_parameters() {
    let read = |text: &str| Link::parse(text).expect("a valid link").recipe;
    let quad = read("v=1&exp=inside");
    assert_eq!((quad.pixels(), quad.batches_per_epoch(), quad.n_parameters()), (4, 1, 29));
    assert_eq!(read("v=1&exp=inside&bias=last").n_parameters(), 29);
    assert_eq!(read("v=1&exp=inside&model=va").n_parameters(), 29 + 3);
    let lines = read("v=1&exp=classical");
    assert_eq!((lines.pixels(), lines.batches_per_epoch(), lines.n_parameters()), (1024, 32, 5129));
    assert_eq!(read("v=1&exp=classical&batch=1000").batches_per_epoch(), 1);
    assert_eq!(read("v=1&exp=classical&batch=999").batches_per_epoch(), 2);
    let duel = read("v=1&exp=duel");
    assert_eq!(duel.models(), [Model::Classical, Model::Variational]);
    assert_eq!(duel.n_parameters_of(Model::Variational), 5129 + 3);
}

#[test]
fn a_network_of_many_has_a_link_of_its_own() {
    let read = |text: &str| Link::parse(text).expect("a valid link").recipe;
    let alone = |text: &str, k, model| read(text).alone(k, model).map(|r| Link::from(r).to_string());
    let (ca, va) = (Model::Classical, Model::Variational);
    assert_eq!(alone("v=1&exp=minima&l1=3", 9, ca), Ok("v=1&exp=inside&l1=3&seed=10".into()));
    assert_eq!(alone("v=1&exp=minima&model=va", 0, va), Ok("v=1&exp=inside&model=va".into()));
    assert_eq!(alone("v=1&exp=duel&beta=1e-5", 1, ca), Ok("v=1&exp=classical&seed=2".into()));
    assert_eq!(alone("v=1&exp=duel&beta=1e-5", 1, va), Ok("v=1&exp=variational&beta=1e-5&seed=2".into()));
    assert_eq!(alone("v=1&exp=anomalies&seed=4294967295", 1, ca), Ok("v=1&exp=classical&seed=0".into()));
    assert!(alone("v=1&exp=duel", 32, ca).is_err());
}

#[test]
fn the_form_crosses_the_boundary_under_the_documented_names() {
    let form = serde_json::to_value(keys::form(Experiment::Classical)).expect("a form is plain data");
    let control = |key: &str| form.as_array().and_then(|all| all.iter().find(|c| c["key"] == key)).cloned();
    assert_eq!(
        control("lr"),
        Some(serde_json::json!({
            "key": "lr", "label": "Learning rate", "kind": "number", "min": 1e-6, "max": 10.0, "scale": "log",
            "help": "How far each step goes; too small learns slowly, too large jumps about.", "value": "0.001",
        }))
    );
    assert_eq!(
        control("count"),
        Some(serde_json::json!({
            "key": "count", "label": "Images", "kind": "integer", "min": 1.0, "max": 10000.0, "step": 1.0,
            "scale": "log", "unit": "images", "help": "How many images the training set has.",
            "needs": { "key": "data", "value": "lines" }, "value": "1000",
        }))
    );
    assert_eq!(
        control("model").map(|model| model["choices"].clone()),
        Some(serde_json::json!([
            { "value": "ca", "label": "Classical" }, { "value": "va", "label": "Variational" },
        ]))
    );
    assert_eq!(control("beta").map(|beta| beta["value"].clone()), Some("1e-4".into()));
}

#[test]
fn the_form_of_an_experiment_offers_what_a_visitor_can_change() {
    let names = |exp| keys::form(exp).iter().map(|info| info.key).collect::<Vec<_>>().join(" ");
    let shared = "l1 code l3 bias init opt lr batch epochs loss";
    let lines = "side count span dataseed";
    assert_eq!(names(Experiment::Classical), format!("data {lines} model {shared} beta warmup seed"));
    assert_eq!(names(Experiment::Variational), format!("data {lines} model {shared} beta warmup seed"));
    assert_eq!(names(Experiment::Inside), format!("model {shared} beta warmup seed"));
    assert_eq!(names(Experiment::Minima), format!("model {shared} beta warmup seed networks"));
    assert_eq!(names(Experiment::Duel), format!("data {lines} {shared} beta warmup seed networks"));
    assert_eq!(names(Experiment::Anomalies), format!("{lines} {shared} beta warmup seed networks"));
    let set = "data images normal holdout side count dataseed";
    assert_eq!(names(Experiment::Own), format!("{set} model {shared} beta warmup seed networks"));
}

#[test]
fn the_documentation_lists_every_key_once() {
    let text = keys::markdown();
    for name in ["v", "exp", "check"] {
        assert_eq!(text.matches(&format!("| `{name}` |")).count(), 1, "{name}");
    }
    for key in keys::TABLE {
        // Once with its meaning, once with its defaults.
        assert_eq!(text.matches(&format!("| `{}` |", key.name)).count(), 2, "{}", key.name);
        assert!(text.contains(key.help), "{}", key.name);
    }
    assert!(text.contains(
        "`lr` (0.001 or 0.01), `batch` (32 or 4), `epochs` (1500 or 1000), `beta` (1e-4 or 0.01).\n"
    ));
    assert!(text.contains("6 million million floating-point operations and 256 MiB of memory"));
    // A broken cell would shift its row.
    for line in text.lines().filter(|line| line.starts_with('|')) {
        assert!([4, 9].contains(&line.matches('|').count()), "{line}");
    }
}

#[test]
fn no_two_keys_share_a_name() {
    let mut names: Vec<_> = keys::TABLE.iter().map(|key| key.name).chain(["v", "exp", "check"]).collect();
    names.sort_unstable();
    let n = names.len();
    names.dedup();
    assert_eq!(names.len(), n);
}

#[test]
fn the_readme_shows_the_table_of_keys() {
    let table = keys::markdown();
    assert!(include_str!("../README.md").contains(&table), "the README is to show this:\n{table}");
}
