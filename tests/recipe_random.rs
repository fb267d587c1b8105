//! What holds for every recipe and every text: one spelling for every recipe, and no way for a hostile
//! link to get past the limits.
//!
//! Random cases come from a small generator of this file, so that a failure names the case and comes
//! back on the next run.

use bottleneck::Error;
use bottleneck::autoencoder::{Architecture, Biases, Model};
use bottleneck::data::{Kind, Span};
use bottleneck::nn::{Init, Loss, Optimiser};
use bottleneck::recipe::{
    CONTROLS, CheckedRecipe, Digest, Experiment, LONGEST_LABEL, Link, MOST_BYTES, MOST_OPERATIONS, Painting,
    Recipe, Set, Teaching, keys,
};

/// SplitMix64 (Steele, Lea and Flood 2014): one u64 of state, good enough to choose test cases.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() % (u64::from(high - low) + 1)) as u32
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.between(1, n) == 1
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.between(0, from.len() as u32 - 1) as usize]
    }

    /// An `f32` of random bits within the range: every exponent is as likely as the next.
    fn number(&mut self, low: f32, high: f32) -> f32 {
        f32::from_bits(self.between(low.to_bits(), high.to_bits()))
    }
}

/// A random label: of any script, with the separators of links, of mails and of HTML.
fn some_label(dice: &mut Dice) -> String {
    const PIECES: [&str; 16] =
        ["a", "good", "0", " ", "&", "=", "%", "+", "#", "ü", "字", "🙂", "&amp;", "%41", ".", "say="];
    let pieces = dice.between(0, 19);
    let label: String = (0..pieces).map(|_| *dice.pick(&PIECES)).collect();
    // A label that nobody sees is refused.
    if label.trim().is_empty() { "x".into() } else { label }
}

/// A random recipe that keeps every rule of the table but perhaps the workload's.
fn some_recipe(dice: &mut Dice) -> Recipe {
    let exp = *dice.pick(&Experiment::ALL);
    let data = match exp {
        Experiment::Inside | Experiment::Minima => Kind::Quad,
        Experiment::Anomalies => Kind::Lines,
        Experiment::Own => *dice.pick(&[Kind::Digits, Kind::Own]),
        _ => *dice.pick(&[Kind::Lines, Kind::Quad]),
    };
    let both = matches!(exp, Experiment::Duel | Experiment::Anomalies);
    let model = if both { Model::Classical } else { *dice.pick(&[Model::Classical, Model::Variational]) };
    let mut r = Recipe::default_with(exp, data, model);
    let set_digest = dice.next().to_le_bytes();
    // Each field is changed in one case out of two, so that short links come up as well as long ones.
    let mut change = |change: &mut dyn FnMut(&mut Dice)| {
        if dice.one_in(2) {
            change(dice);
        }
    };
    if data == Kind::Lines {
        change(&mut |dice| r.span = *dice.pick(&[Span::Half, Span::Full]));
    }
    if matches!(data, Kind::Lines | Kind::Own) {
        change(&mut |dice| r.side = dice.between(4, 64));
        change(&mut |dice| r.count = dice.between(1, 100));
    }
    if data != Kind::Quad {
        change(&mut |dice| r.dataseed = dice.between(0, u32::MAX));
    }
    if let Some(set) = &mut r.set {
        change(&mut |dice| set.holdout = dice.between(0, 90));
        set.images = (data == Kind::Own).then_some(Digest(set_digest));
        let digit = set_digest[0] % 10;
        change(&mut |dice| set.normal = if data == Kind::Own { some_label(dice) } else { digit.to_string() });
    }
    change(&mut |dice| r.l1 = dice.between(1, 256));
    change(&mut |dice| r.code = dice.between(1, 32));
    change(&mut |dice| r.l3 = dice.between(1, 256));
    change(&mut |dice| r.bias = *dice.pick(&[Biases::All, Biases::Last]));
    change(&mut |dice| r.init = *dice.pick(&[Init::Glorot, Init::He]));
    change(&mut |dice| r.opt = *dice.pick(&[Optimiser::Adam, Optimiser::Sgd]));
    change(&mut |dice| r.lr = dice.number(1e-6, 10.0));
    change(&mut |dice| r.batch = dice.between(1, 1024));
    change(&mut |dice| r.epochs = dice.between(1, 2000));
    change(&mut |dice| r.loss = *dice.pick(&[Loss::Mse, Loss::Bce]));
    if both || model == Model::Variational {
        change(&mut |dice| r.beta = dice.number(0.0, 100.0));
        change(&mut |dice| r.warmup = dice.between(0, 1_000_000));
    }
    change(&mut |dice| r.seed = dice.between(0, u32::MAX));
    if both || matches!(exp, Experiment::Minima | Experiment::Own) {
        change(&mut |dice| r.networks = dice.between(1, 20_000));
    }
    r
}

/// A random recipe that passes the check.
fn some_checked(dice: &mut Dice) -> CheckedRecipe {
    loop {
        match some_recipe(dice).check() {
            Ok(recipe) => return recipe,
            Err(Error::Workload { .. }) => {}
            Err(refusal) => panic!("a recipe within its ranges was refused: {refusal}"),
        }
    }
}

fn some_digest(dice: &mut Dice) -> Option<Digest> {
    if dice.one_in(2) { Some(Digest(dice.next().to_le_bytes())) } else { None }
}

#[test]
fn a_link_reads_back_as_the_recipe_it_was_written_from() {
    let mut dice = Dice(1);
    for case in 0..20_000 {
        let check = some_digest(&mut dice);
        let link = Link { check, ..Link::from(some_checked(&mut dice)) };
        let text = link.to_string();
        assert_eq!(Link::parse(&text).as_ref(), Ok(&link), "case {case}: {text}");
    }
}

/// Text as `encodeURIComponent` encodes it, and one time more.
fn encoded_twice(text: &str) -> String {
    let once = |text: &str| -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
        text.bytes().map(|b| if plain(b) { char::from(b).into() } else { format!("%{b:02X}") }).collect()
    };
    once(&once(text))
}

/// A random link as somebody may write it: with weights or an image where its experiment takes them.
fn some_text(dice: &mut Dice) -> String {
    let mut link = Link::from(some_checked(dice));
    if link.recipe.exp == Experiment::Anomalies && dice.one_in(2) {
        let pixels: Vec<u8> = (0..link.recipe.pixels()).map(|_| dice.between(0, 1) as u8).collect();
        link.paint = Some(Painting::new(&pixels));
    }
    if link.recipe.exp == Experiment::Inside {
        let (l1, l3) = (dice.between(1, 80), dice.between(1, 80));
        let narrow = Recipe { l1, l3, code: dice.between(1, 2), ..link.recipe.into_inner() };
        link.recipe = narrow.check().expect("a smaller recipe");
        let weights = (0..link.recipe.n_parameters()).map(|_| dice.number(0.0, 1e6)).collect();
        link.weights = Some(weights);
    }
    let mut text = link.to_string();
    if dice.one_in(2) {
        text += &format!("&say={}", "ü".repeat(dice.between(1, 200) as usize));
    }
    text
}

#[test]
fn whatever_is_read_can_be_read_again_with_all_that_the_page_adds_to_it() {
    let mut dice = Dice(9);
    let mut longest = 0;
    for case in 0..5_000 {
        let text = some_text(&mut dice);
        let Ok(mut link) = Link::parse(&text) else { continue };
        link.check = Some(Digest(dice.next().to_le_bytes()));
        // All that the share panel has to offer, the question in characters of the longest spelling.
        let controls = keys::form(link.recipe.exp).into_iter().map(|info| info.key).chain(CONTROLS);
        let all: Vec<&str> = controls.collect();
        let only = Some(link.recipe.exp.name());
        if let Some(set) = link.recipe.set.clone().filter(|_| link.recipe.data == Kind::Own) {
            let set = Some(Set { normal: "🙂".repeat(LONGEST_LABEL), ..set });
            link.recipe =
                Recipe { set, ..link.recipe.into_inner() }.check().expect("a label of the greatest length");
        }
        link.teaching = Teaching { hide: all.clone(), lock: all, only, say: Some("🙂".repeat(200)) };
        let full = format!("https://example.org/bottleneck/#{link}");
        assert_eq!(Link::parse(&full).as_ref(), Ok(&link), "case {case}: {full}");
        assert_eq!(Link::parse(&encoded_twice(&full)).as_ref(), Ok(&link), "case {case}: {full}");
        longest = longest.max(full.len());
        // The networks of a census, a duel or of the anomalies have links of their own.
        for k in [0, link.recipe.networks - 1] {
            for &model in link.recipe.models() {
                let alone = Link::from(link.recipe.alone(k, model).expect("a network of the recipe"));
                assert_eq!(Link::parse(&alone.to_string()), Ok(alone), "case {case}");
            }
        }
    }
    assert!(longest > 6_800, "only {longest} bytes");
}

#[test]
fn a_network_set_by_hand_has_a_link_up_to_768_parameters_and_a_refusal_beyond() {
    let by_hand = |fragment: &str| {
        let link = Link::parse(fragment).expect("a recipe");
        let weights = vec![0.1; link.recipe.n_parameters() as usize];
        (weights.len(), link.with_weights(weights))
    };
    let (n, link) = by_hand("v=1&exp=inside&l1=84&l3=84&code=1&model=va&seed=4294967295&epochs=999999");
    assert_eq!((n, link.is_ok()), (1098, false));
    for l3 in 60..110 {
        let (n, link) = by_hand(&format!("v=1&exp=inside&l1=40&l3={l3}&seed=4294967295&epochs=999999"));
        match link {
            Ok(link) => assert_eq!((Link::parse(&link.to_string()).as_ref(), n <= 768), (Ok(&link), true)),
            Err(error) => {
                let rule = format!("a link holds at most 768 parameters, a network of this recipe has {n}");
                assert!(n > 768 && error.to_string().ends_with(&rule), "{error}");
            }
        }
    }
}

#[test]
fn a_recipe_counts_the_parameters_that_its_network_has() {
    let mut dice = Dice(8);
    for case in 0..2_000 {
        let r = some_checked(&mut dice);
        for &model in r.models() {
            let [n_pixels, l1, code, l3] = [r.pixels(), r.l1, r.code, r.l3].map(|width| width as usize);
            let network = Architecture { model, n_pixels, l1, code, l3, biases: r.bias };
            assert_eq!(r.n_parameters_of(model) as usize, network.n_parameters(), "case {case}: {r:?}");
        }
    }
}

#[test]
fn two_links_are_equal_exactly_when_their_recipes_are() {
    let mut dice = Dice(2);
    for case in 0..20_000 {
        let first = some_checked(&mut dice);
        let (mut plain, other) = (first.clone().into_inner(), some_checked(&mut dice).into_inner());
        // One field taken over, which is sometimes the same already.
        match case % 4 {
            0 => plain.lr = other.lr,
            1 => plain.batch = other.batch,
            2 => plain.bias = other.bias,
            _ => plain.seed = plain.seed.wrapping_add(u32::from(dice.one_in(2))),
        }
        let Ok(second) = plain.check() else { continue };
        let same_text = Link::from(first.clone()).to_string() == Link::from(second.clone()).to_string();
        assert_eq!(same_text, first == second, "case {case}");
    }
}

#[test]
fn keys_in_any_order_and_defaults_spelled_out_give_the_same_link() {
    let mut dice = Dice(3);
    for case in 0..5_000 {
        let recipe = some_checked(&mut dice);
        let mut pairs: Vec<String> = keys::TABLE
            .iter()
            .filter(|key| key.is_used_by(recipe.exp))
            // What is empty cannot be spelled out.
            .filter(|key| !key.get(&recipe).is_empty())
            .map(|key| format!("{}={}", key.name, key.spelled(&recipe)))
            .chain([format!("exp={}", recipe.exp.name()), "v=1".into()])
            .collect();
        for last in (1..pairs.len()).rev() {
            pairs.swap(last, dice.between(0, last as u32) as usize);
        }
        // side=2 and count=4 are what quad always has, so they are no refusal, but are not written.
        let text = pairs.join("&");
        assert_eq!(Link::parse(&text), Ok(Link::from(recipe)), "case {case}: {text}");
    }
}

#[test]
fn a_form_filled_from_a_recipe_spells_that_recipe() {
    let mut dice = Dice(4);
    for case in 0..5_000 {
        let recipe = some_checked(&mut dice);
        let values = keys::form_values(&recipe);
        let form = keys::form(recipe.exp);
        assert!(form.iter().map(|info| info.key).eq(values.iter().map(|(key, _)| *key)), "case {case}");
        let spelled = keys::from_form(recipe.exp, values.iter().map(|(key, value)| (*key, value.as_str())));
        assert_eq!(spelled, Ok(recipe), "case {case}: {values:?}");
    }
}

#[test]
fn a_form_whose_data_or_model_is_changed_still_spells_a_recipe() {
    for exp in Experiment::ALL {
        for (key, value) in [("data", "quad"), ("data", "lines"), ("model", "va"), ("model", "ca")] {
            let mut form: Vec<(&str, String)> =
                keys::form(exp).into_iter().map(|i| (i.key, i.value)).collect();
            // A set of one's own has a digest, which no form has of itself.
            let offered =
                keys::form(exp).into_iter().find(|info| info.key == key).and_then(|info| info.choices);
            if !offered.unwrap_or_default().iter().any(|choice| choice.value == value) {
                continue;
            }
            let Some(control) = form.iter_mut().find(|(name, _)| *name == key) else { continue };
            control.1 = value.into();
            let recipe = keys::from_form(exp, form.iter().map(|(key, value)| (*key, value.as_str())));
            let recipe = recipe.unwrap_or_else(|e| panic!("{exp:?} {key}={value}: {e}"));
            let row = keys::find(key).expect("the key was in the form");
            assert_eq!(row.get(&recipe), value);
            // And back: what was idle has a sensible value to come back to.
            let back = keys::form_values(&recipe);
            for info in keys::form(exp) {
                let shown = &back.iter().find(|(name, _)| *name == info.key).expect("same form").1;
                let (low, high) = (info.min.unwrap_or(0.0), info.max.unwrap_or(0.0));
                if info.min.is_some() {
                    let shown: f64 = shown.parse().expect("a number");
                    assert!(shown >= low && shown <= high, "{exp:?} {key}={value}: {}={shown}", info.key);
                }
            }
        }
    }
}

/// The limits as DESIGN states them, written down again so that a slip in the table shows.
fn assert_within_limits(r: &CheckedRecipe) {
    match r.data {
        Kind::Quad => assert_eq!((r.side, r.count, r.span, r.dataseed), (2, 4, Span::Half, 1)),
        Kind::Lines | Kind::Own => assert!((4..=64).contains(&r.side) && (1..=10_000).contains(&r.count)),
        Kind::Digits => assert_eq!((r.side, r.count, r.span), (8, 1797, Span::Half)),
    }
    assert_eq!(r.set.is_some(), r.exp == Experiment::Own);
    if let Some(set) = &r.set {
        assert!(set.holdout <= 90 && set.normal.chars().count() <= LONGEST_LABEL);
        assert!(!set.normal.chars().any(char::is_control));
        assert_eq!(set.images.is_some(), r.data == Kind::Own);
    }
    assert!((1..=256).contains(&r.l1) && (1..=256).contains(&r.l3) && (1..=32).contains(&r.code));
    assert!((1e-6..=10.0).contains(&r.lr) && (0.0..=100.0).contains(&r.beta) && r.beta.is_sign_positive());
    assert!((1..=1024).contains(&r.batch) && r.batch <= r.count);
    assert!((1..=1_000_000).contains(&r.epochs) && (1..=1_000_000).contains(&r.networks));
    let many = !matches!(r.exp, Experiment::Classical | Experiment::Inside | Experiment::Variational);
    assert!(many || r.networks == 1);
    let both = matches!(r.exp, Experiment::Duel | Experiment::Anomalies);
    assert!(both || r.model == Model::Variational || (r.beta, r.warmup) == (0.0, 0));
    assert!(!both || r.model == Model::Classical);
    assert!(r.workload().operations <= MOST_OPERATIONS && r.workload().bytes <= MOST_BYTES);
    // The weights alone, counted here in the plainest way, cannot exceed what the estimate allows.
    let pixels = u128::from(r.side) * u128::from(r.side);
    let weights = pixels * u128::from(r.l1 + r.l3) + u128::from(r.code) * u128::from(r.l1 + r.l3);
    let run = 6 * weights * u128::from(r.count) * u128::from(r.epochs) * u128::from(r.networks);
    assert!(run <= 6_000_000_000_000, "{run} operations");
}

/// Pieces that mutations paste in: what an attacker, a mail program or a typing error would.
const SPLICES: [&str; 54] = [
    "&",
    "=",
    "#",
    "%",
    "%3",
    "%3D",
    "%26",
    "%00",
    "%0a",
    "%ff",
    "%+1",
    "%zz",
    "+",
    "-",
    " ",
    "e",
    "E",
    ".",
    "..",
    "0",
    "00",
    "9",
    "1e9",
    "1e-9",
    "1e999",
    "-0",
    "nan",
    "inf",
    "0x1f",
    "é",
    "\u{202e}",
    "\0",
    "\n",
    "<script>",
    "&v=1",
    "&v=2",
    "&exp=duel",
    "&exp=minima",
    "&data=quad",
    "&exp=own",
    "&data=own",
    "&data=digits",
    "&images=0123456789abcdef",
    "&normal=%F0%9F%99%82",
    "&holdout=50",
    "&data=lines",
    "&model=va",
    "&model=ca",
    "&epochs=4294967295",
    "&networks=1000000",
    "&count=10000",
    "&batch=1024",
    "&side=64",
    "&check=0123456789abcdef",
];

fn mutate(dice: &mut Dice, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..dice.between(1, 3) {
        let at = dice.between(0, bytes.len() as u32) as usize;
        let to = dice.between(at as u32, bytes.len().min(at + 12) as u32) as usize;
        match dice.between(0, 8) {
            0 => drop(bytes.drain(at..to)),
            1 => drop(bytes.splice(at..at, dice.pick(&SPLICES).bytes())),
            2 => drop(bytes.splice(at..to, dice.pick(&SPLICES).bytes())),
            3 => {
                let piece = bytes[at..to].to_vec();
                let target = dice.between(0, bytes.len() as u32) as usize;
                drop(bytes.splice(target..target, piece));
            }
            4 if at < bytes.len() => bytes[at] = dice.between(0, 255) as u8,
            // A digit for a digit keeps most links readable, and so tries the limits.
            _ if at < bytes.len() && bytes[at].is_ascii_digit() => {
                bytes[at] = b'0' + dice.between(0, 9) as u8
            }
            _ => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn no_mutated_link_panics_or_gets_past_the_limits() {
    let mut dice = Dice(5);
    let (mut accepted, mut refused) = (0, 0);
    let mut text = String::new();
    for case in 0..200_000 {
        // Some mutants are mutated again; most begin from a fresh link.
        if !dice.one_in(4) || text.len() > 300 {
            let check = some_digest(&mut dice);
            let mut link = Link { check, ..Link::from(some_checked(&mut dice)) };
            if dice.one_in(3) {
                link.teaching.hide = vec!["lr", "train"];
                link.teaching.say = Some("Why \u{fc}?".into());
            }
            text = link.to_string();
        }
        text = mutate(&mut dice, &text);
        match Link::parse(&text) {
            Ok(link) => {
                accepted += 1;
                assert_within_limits(&link.recipe);
                let canonical = link.to_string();
                assert_eq!(Link::parse(&canonical), Ok(link), "case {case}: {text}");
                assert!(canonical.bytes().all(|b| b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || b"=&.-,_~%ABCDEFGHIJKLMNOPQRSTUVWXYZ".contains(&b)));
            }
            Err(error) => {
                refused += 1;
                let sentence = error.to_string();
                assert!(!sentence.chars().any(char::is_control), "case {case}: {sentence:?}");
                assert!(sentence.chars().count() < 500, "case {case}: {sentence}");
            }
        }
    }
    // Both halves of the test must have been tried in earnest.
    assert!(accepted > 5_000 && refused > 50_000, "{accepted} accepted, {refused} refused");
}

#[test]
fn no_random_text_panics() {
    let mut dice = Dice(6);
    for _ in 0..50_000 {
        let length = dice.between(0, 60);
        let bytes: Vec<u8> = (0..length).map(|_| dice.between(0, 255) as u8).collect();
        let _ = Link::parse(&String::from_utf8_lossy(&bytes));
        let words: String = (0..length / 4).map(|_| *dice.pick(&SPLICES)).collect();
        if let Ok(link) = Link::parse(&format!("v=1&exp=classical{words}")) {
            assert_within_limits(&link.recipe);
        }
    }
}

#[test]
fn random_fields_are_refused_or_within_the_limits() {
    let mut dice = Dice(7);
    let mut accepted = 0;
    for _ in 0..50_000 {
        let mut r = some_recipe(&mut dice);
        let any = if dice.one_in(2) { dice.between(0, 5) } else { dice.between(0, u32::MAX) };
        match dice.between(0, 12) {
            0 => r.side = any,
            1 => r.count = any,
            2 => r.dataseed = any,
            3 => r.l1 = any,
            4 => r.code = any,
            5 => r.batch = any,
            6 => r.epochs = any,
            7 => r.networks = any,
            8 => r.lr = f32::from_bits(any),
            9 => r.beta = f32::from_bits(any),
            10 => r.set = some_recipe(&mut dice).set,
            11 => r.model = *dice.pick(&[Model::Classical, Model::Variational]),
            _ => r.data = *dice.pick(&[Kind::Lines, Kind::Quad, Kind::Digits, Kind::Own]),
        }
        if let Ok(checked) = r.check() {
            accepted += 1;
            assert_within_limits(&checked);
            assert_eq!(Link::parse(&Link::from(checked.clone()).to_string()), Ok(Link::from(checked)));
        }
    }
    assert!(accepted > 5_000, "only {accepted} accepted");
}
