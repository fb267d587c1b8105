//! Inside the 2×2 network: thresholds against bisection, networks set by hand, links that carry them.

use bottleneck::analysis::quad::presets::Preset;
use bottleneck::analysis::thresholds::{Emitted, Thresholds, Turn, Zero};
use bottleneck::autoencoder::{Activation, Architecture, Biases, Model, Network};
use bottleneck::data::{QUAD, quad};
use bottleneck::ndarray::Array2;
use bottleneck::num::matrix::{flat, rows};
use bottleneck::num::rng::{Purpose, Stream};
use bottleneck::recipe::Link;
use bottleneck::run::{Session, Verdict};

/// A decoder of one number, as its weights and biases; the encoder is of no interest here.
struct Decoder {
    w: Vec<f32>,
    c: Vec<f32>,
    v: Vec<f32>,
    b: Vec<f32>,
}

impl Decoder {
    fn one_pixel(w: &[f32], c: &[f32], v: &[f32], b: f32) -> Decoder {
        Decoder { w: w.to_vec(), c: c.to_vec(), v: v.to_vec(), b: vec![b] }
    }

    fn network(&self) -> Network {
        let (l3, n_pixels) = (self.w.len(), self.b.len());
        let architecture =
            Architecture { model: Model::Classical, n_pixels, l1: 1, code: 1, l3, biases: Biases::All };
        let encoder = vec![0.0; n_pixels + 3];
        Network::new(architecture, [&encoder[..], &self.w, &self.c, &self.v, &self.b].concat())
    }

    fn thresholds(&self) -> Thresholds {
        Thresholds::of(&self.network()).expect("a code of one number")
    }

    /// The pre-activation of a pixel as its definition says it, in f64.
    fn a(&self, pixel: usize, z: f64) -> f64 {
        let n_pixels = self.b.len();
        let term = |j: usize| {
            let h = f64::from(self.w[j]) * z + f64::from(self.c[j]);
            f64::from(self.v[j * n_pixels + pixel]) * if h > 0.0 { h } else { 0.0 }
        };
        f64::from(self.b[pixel]) + (0..self.w.len()).map(term).sum::<f64>()
    }

    fn is_on(&self, pixel: usize, z: f64) -> bool {
        self.a(pixel, z) > 0.0
    }

    /// Where the pixel changes between two codes at which it differs, by halving.
    fn bisect(&self, pixel: usize, mut low: f64, mut high: f64) -> f64 {
        let below = self.is_on(pixel, low);
        loop {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                return high;
            }
            if self.is_on(pixel, middle) == below { low = middle } else { high = middle }
        }
    }
}

/// Whether two codes are the same number, or neighbours, in f32 at the given scale.
fn within_an_ulp(a: f64, b: f64, scale: f64) -> bool {
    let scale = scale as f32;
    let ulp = f64::from(f32::from_bits(scale.to_bits() + 1)) - f64::from(scale);
    (f64::from(a as f32) - f64::from(b as f32)).abs() <= ulp
}

/// Where the steps of a grid end at which the pixel changes.
const LOW: f64 = -12.0;
const HIGH: f64 = 12.0;
const STEPS: u32 = 1_500;

/// Checks one pixel's turns: every change between neighbours on a fine grid is one of them, to an
/// ulp, and every one of them is a change, however close together they are.
fn check(decoder: &Decoder, pixel: usize, turns: &[Turn]) {
    let scale = |z: f64| z.abs().max(1.0);
    let mut before = LOW;
    for i in 1..=STEPS {
        let z = LOW + (HIGH - LOW) * f64::from(i) / f64::from(STEPS);
        if decoder.is_on(pixel, before) != decoder.is_on(pixel, z) {
            let found = decoder.bisect(pixel, before, z);
            assert!(
                turns.iter().any(|turn| within_an_ulp(turn.z, found, scale(found))),
                "bisection finds {found}, which is not among {turns:?}"
            );
        }
        before = z;
    }
    for (i, turn) in turns.iter().enumerate() {
        let gap = |other: Option<&Turn>| other.map_or(1.0, |other| (other.z - turn.z).abs());
        let below = turn.z - gap(i.checked_sub(1).and_then(|i| turns.get(i))).min(1.0) / 2.0;
        let above = turn.z + gap(turns.get(i + 1)).min(1.0) / 2.0;
        assert!(decoder.is_on(pixel, below) != turn.on && decoder.is_on(pixel, above) == turn.on, "{turn:?}");
        let found = decoder.bisect(pixel, below, above);
        assert!(within_an_ulp(turn.z, found, scale(turn.z)), "{turn:?} instead of {found}");
    }
}

/// A number from −2 to 2: any, or one of few (multiples of ¼), whose sums meet zero exactly.
fn number(stream: &mut Stream, few: bool) -> f32 {
    if few { stream.below(17) as f32 / 4.0 - 2.0 } else { 4.0 * stream.uniform() - 2.0 }
}

#[test]
fn thresholds_of_ten_thousand_random_decoders_are_those_of_bisection() {
    let mut stream = Stream::new(2020, Purpose::Resample);
    let mut pieces_with_zeros = [0_u32; 6];
    for k in 0..10_000 {
        let (few, l3) = (k % 4 == 0, 1 + stream.below(4) as usize);
        let mut draw = |n: usize| (0..n).map(|_| number(&mut stream, few)).collect::<Vec<_>>();
        let decoder = Decoder { w: draw(l3), c: draw(l3), v: draw(l3), b: draw(1) };
        let thresholds = decoder.thresholds();
        let zeros = thresholds.zeros(0).len();
        // Of the three slopes of two neurons the middle one is the sum of the others, or zero: never all three
        // take turns in sign.
        assert!(l3 != 2 || zeros <= 2, "{zeros} zeros of two neurons");
        assert!(zeros <= l3 + 1, "{zeros} zeros on {} pieces", l3 + 1);
        pieces_with_zeros[zeros] += 1;
        check(&decoder, 0, &thresholds.turns());
    }
    // The draw is rich enough to have met no zero, one, and several on one line.
    assert!(pieces_with_zeros[..4].iter().all(|&n| n > 50), "{pieces_with_zeros:?}");
}

fn zeros_of(w: &[f32], c: &[f32], v: &[f32], b: f32) -> Vec<Zero> {
    Decoder::one_pixel(w, c, v, b).thresholds().zeros(0).to_vec()
}

fn zero(from: f64, to: f64, before: Option<bool>, after: Option<bool>) -> Zero {
    Zero { from, to, before, after }
}

#[test]
fn two_neurons_turn_a_pixel_up_to_twice_and_three_up_to_four_times() {
    let at = |zeros: &[Zero]| zeros.iter().map(|zero| zero.from).collect::<Vec<_>>();
    // 1 − relu(z) − relu(−z), as pixels 1 and 4 of the paper's solution.
    let zeros = zeros_of(&[1.0, -1.0], &[0.0, 0.0], &[-1.0, -1.0], 1.0);
    assert_eq!(zeros, [zero(-1.0, -1.0, Some(false), Some(true)), zero(1.0, 1.0, Some(true), Some(false))]);
    // Kinks at −1, 0 and 1, slopes 3, −2, 2, −1: each of the four pieces has its zero.
    let zeros = zeros_of(&[1.0, 1.0, -1.0], &[1.0, 0.0, 1.0], &[-5.0, 4.0, -3.0], 7.0);
    assert_eq!(at(&zeros), [-4.0 / 3.0, -0.5, 0.5, 2.0]);
}

#[test]
fn a_flat_piece_at_zero_is_one_zero_with_two_ends() {
    // 2·relu(−z − 1) + 3·relu(z − 1): zero from −1 to 1.
    let zeros = zeros_of(&[-1.0, 1.0], &[-1.0, -1.0], &[2.0, 3.0], 0.0);
    assert_eq!(zeros, [zero(-1.0, 1.0, Some(true), Some(true))]);
    let turns = Decoder::one_pixel(&[-1.0, 1.0], &[-1.0, -1.0], &[2.0, 3.0], 0.0).thresholds().turns();
    assert_eq!(turns.iter().map(|t| (t.z, t.on)).collect::<Vec<_>>(), [(-1.0, false), (1.0, true)]);
    // Below zero on both sides it never comes on.
    assert!(
        Decoder::one_pixel(&[-1.0, 1.0], &[-1.0, -1.0], &[-2.0, -3.0], 0.0).thresholds().turns().is_empty()
    );
}

#[test]
fn a_zero_at_a_kink_is_found_once_and_is_a_turn_only_where_the_sign_changes() {
    // 2·relu(z) − relu(−z): through zero at the kink that both neurons share.
    let through = zeros_of(&[1.0, -3.0], &[0.0, 0.0], &[2.0, -1.0], 0.0);
    assert_eq!(through, [zero(0.0, 0.0, Some(false), Some(true))]);
    // −|z − ⅓| in thirds that no binary number holds: touched, not crossed.
    let touched = Decoder::one_pixel(&[3.0, -3.0], &[-1.0, 1.0], &[-1.0, -1.0], 0.0).thresholds();
    assert_eq!(touched.zeros(0), [zero(1.0 / 3.0, 1.0 / 3.0, Some(false), Some(false))]);
    assert!(touched.turns().is_empty());
}

#[test]
fn a_pixel_may_have_no_zero_or_be_zero_everywhere() {
    assert_eq!(zeros_of(&[1.0, -1.0], &[0.5, 0.5], &[1.0, 1.0], 0.25), []);
    assert_eq!(zeros_of(&[0.0, 0.0], &[1.0, -1.0], &[2.0, 5.0], -1.0), []);
    let everywhere = [zero(f64::NEG_INFINITY, f64::INFINITY, None, None)];
    assert_eq!(zeros_of(&[1.0, -1.0], &[0.0, 0.0], &[0.0, 0.0], 0.0), everywhere);
    assert_eq!(zeros_of(&[0.0], &[2.0], &[1.0], -2.0), everywhere);
}

#[test]
fn a_half_line_of_zeros_ends_where_a_neuron_wakes() {
    assert_eq!(zeros_of(&[2.0], &[-1.0], &[1.0], 0.0), [zero(f64::NEG_INFINITY, 0.5, None, Some(true))]);
    assert_eq!(zeros_of(&[-2.0], &[-1.0], &[-1.0], 0.0), [zero(-0.5, f64::INFINITY, Some(false), None)]);
}

#[test]
fn a_code_of_two_numbers_has_no_thresholds_on_a_line() {
    let architecture =
        Architecture { model: Model::Classical, n_pixels: 4, l1: 2, code: 2, l3: 2, biases: Biases::All };
    let network = Network::new(architecture, vec![0.5; architecture.n_parameters()]);
    let refusal = Thresholds::of(&network).expect_err("two numbers").to_string();
    assert_eq!(refusal, "thresholds: numbers in the code: expected 1, found 2");
}

#[test]
fn a_diverged_decoder_has_none() {
    let thresholds =
        Decoder::one_pixel(&[f32::NAN, 1.0], &[0.0, f32::INFINITY], &[1.0, 1.0], 0.0).thresholds();
    assert_eq!(thresholds.zeros(0), []);
}

/// Each image at the middle of its interval, or one beyond the last threshold.
fn middle(image: &Emitted) -> f32 {
    match (image.from.is_finite(), image.to.is_finite()) {
        (true, true) => f32::midpoint(image.from, image.to),
        (true, false) => image.from + 1.0,
        (false, true) => image.to - 1.0,
        (false, false) => 0.0,
    }
}

#[test]
fn the_list_of_images_is_what_the_decoder_emits() {
    let mut stream = Stream::new(7, Purpose::Resample);
    for k in 0..500 {
        let few = k % 2 == 0;
        let mut draw = |n: usize| (0..n).map(|_| number(&mut stream, few)).collect::<Vec<_>>();
        let decoder = Decoder { w: draw(2), c: draw(2), v: draw(8), b: draw(4) };
        let images = decoder.thresholds().images();
        assert!(images[0].from == f32::NEG_INFINITY && images[images.len() - 1].to == f32::INFINITY);
        for pair in images.windows(2) {
            assert!(pair[0].to == pair[1].from && pair[0].pixels != pair[1].pixels, "{pair:?}");
        }
        for image in &images {
            let z = middle(image);
            let emitted: Vec<bool> = (0..4).map(|pixel| decoder.is_on(pixel, z.into())).collect();
            // An interval of few neighbours in f32 has no middle that f64 would not see otherwise.
            if image.to - image.from > 1e-4 {
                assert_eq!(emitted, image.pixels, "at {z}");
            }
        }
    }
}

#[test]
fn the_map_of_1024_pixels_holds_at_every_pixel() {
    let link = Link::parse("v=1&exp=classical&epochs=60&count=200").expect("a link");
    let mut session = Session::new(link);
    session.train(u32::MAX);
    let network = session.network();
    let thresholds = Thresholds::of(&network).expect("a code of one number");
    let layers = network.architecture().layers();
    let (w, c) = network.layer(&layers.l3);
    let (v, b) = network.layer(&layers.output);
    let decoder = Decoder { w: flat(&w), c: c.to_vec(), v: flat(&v), b: b.to_vec() };
    let turns = thresholds.turns();
    for pixel in 0..1024 {
        let own: Vec<Turn> = turns.iter().filter(|turn| turn.pixel == pixel).copied().collect();
        check(&decoder, pixel, &own);
    }
    assert!(turns.len() > 500, "most pixels of a network that has begun to learn turn somewhere");
}

/// The four images as a network gives them back.
fn copies(network: &Network, activation: Activation) -> Vec<f32> {
    flat(&network.reconstruct(&quad(), &[0, 1, 2, 3], activation))
}

fn largest_error(network: &Network, expected: &[[f32; 4]; 4]) -> f32 {
    let errors = copies(network, Activation::Sigmoid);
    errors.iter().zip(expected.concat()).map(|(y, x)| (y - x).abs()).fold(0.0, f32::max)
}

fn codes(network: &Network) -> Vec<f32> {
    flat(&network.encode(&quad(), &[0, 1, 2, 3]).mean)
}

#[test]
fn presets_have_zero_biases_but_in_the_last_layer() {
    for preset in Preset::ALL {
        let network = preset.network();
        let layers = network.architecture().layers();
        for layer in [&layers.l1, &layers.code, &layers.l3] {
            assert!(network.layer(layer).1.iter().all(|&bias| bias == 0.0), "{preset:?}: {}", layer.name);
        }
    }
}

#[test]
fn figure_13_gives_all_four_back() {
    let network = Preset::Solved.network();
    let originals = QUAD.map(|image| image.map(f32::from));
    assert_eq!(copies(&network, Activation::Heaviside), originals.concat());
    let error = largest_error(&network, &originals);
    assert!(error < 0.1, "{error}");
}

#[test]
fn figure_13_has_three_thresholds_and_emits_the_four_images_in_cyclic_order() {
    let images = Thresholds::of(&Preset::Solved.network()).expect("a code of one number").images();
    let bits: Vec<[u8; 4]> =
        images.iter().map(|image| std::array::from_fn(|p| u8::from(image.pixels[p]))).collect();
    assert_eq!(bits, [[0, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]]);
    let thresholds: Vec<f32> = images.iter().skip(1).map(|image| image.from).collect();
    assert_eq!(thresholds, [-2.0, 0.0, 2.0]);
    // Each input's code lies inside the interval of its own image.
    for (z, image) in codes(&Preset::Solved.network()).iter().zip(&images) {
        assert!(image.from < *z && *z < image.to, "{z} in {image:?}");
    }
}

#[test]
fn figure_14_averages_two_inputs_that_silence_l1() {
    let network = Preset::OnePair.network();
    assert_eq!(
        network.hidden(&quad(), &[1, 2]),
        Array2::zeros((2, 2)),
        "1010 and 1100 silence both neurons of L1"
    );
    assert_eq!(codes(&network)[1..3], [0.0, 0.0]);
    let expected = [[0.0, 0.0, 1.0, 1.0], [1.0, 0.5, 0.5, 0.0], [1.0, 0.5, 0.5, 0.0], [0.0, 1.0, 0.0, 1.0]];
    assert!(largest_error(&network, &expected) < 0.1);
}

#[test]
fn figure_15_averages_two_pairs() {
    let network = Preset::TwoPairs.network();
    assert_eq!(codes(&network), [0.0, 0.0, 2.0, 2.0]);
    let (low, high) = ([0.5, 0.0, 1.0, 0.5], [0.5, 1.0, 0.0, 0.5]);
    assert!(largest_error(&network, &[low, low, high, high]) < 0.1);
}

#[test]
fn figure_16_is_grey_because_l3_is_silent() {
    let network = Preset::AllGrey.network();
    let codes = codes(&network);
    assert!(codes.iter().all(|&z| z < 0.0), "L2 is negative: {codes:?}");
    assert_eq!(
        network.decode_hidden(rows(1, &codes)),
        Ok(Array2::zeros((4, 2))),
        "and L3 hears positive codes only"
    );
    assert_eq!(copies(&network, Activation::Sigmoid), [0.5; 16]);
}

#[test]
fn a_failure_of_the_paper_stays_one_under_training_and_the_solution_stays_solved() {
    for (preset, learns) in [(Preset::Solved, true), (Preset::OnePair, false), (Preset::AllGrey, false)] {
        let mut session = Session::new(by_hand("v=1&exp=inside&epochs=300", preset.network().parameters()));
        let progress = session.train(u32::MAX);
        // One averaged pair costs at least 4 of 16 values a quarter each.
        assert_eq!(progress.loss < 0.01, learns, "{preset:?}: {}", progress.loss);
    }
}

fn by_hand(fragment: &str, parameters: &[f32]) -> Link {
    Link::parse(fragment).and_then(|link| link.with_weights(parameters.to_vec())).expect("weights that fit")
}

#[test]
fn a_link_carries_weights_to_the_bit() {
    let mut stream = Stream::new(3, Purpose::Resample);
    let mut weights: Vec<f32> = (0..29).map(|_| 20.0 * stream.uniform() - 10.0).collect();
    weights[..4].copy_from_slice(&[-0.0, f32::MIN_POSITIVE, f32::from_bits(1), 1e6]);
    let text = by_hand("v=1&exp=inside&epochs=50", &weights).to_string();
    let read = Link::parse(&text).expect("a link of ours").weights.expect("its weights");
    let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&read), bits(&weights));
    assert_eq!(text.len(), "v=1&exp=inside&epochs=50&weights=".len() + 155, "29 numbers in 155 digits");
}

#[test]
fn training_begins_with_the_weights_of_the_link_and_ends_in_its_digest() {
    let link = by_hand("v=1&exp=inside&epochs=40", Preset::OnePair.network().parameters());
    let mut session = Session::new(link.clone());
    assert_eq!(session.network(), Preset::OnePair.network());
    session.train(u32::MAX);
    assert_ne!(session.network(), Preset::OnePair.network());
    let proof = session.link();
    assert_eq!(proof.weights, link.weights, "where it began, not where it ended");
    let mut again = Session::new(Link::parse(&proof.to_string()).expect("a link of ours"));
    again.train(u32::MAX);
    assert_eq!(again.verdict(), Verdict::Same);
}

#[test]
fn weights_that_do_not_fit_are_refused_in_a_sentence() {
    let good = by_hand("v=1&exp=inside", &[0.25; 29]).to_string();
    let weights = good.split("weights=").nth(1).expect("there they are");
    let refusal = |fragment: &str| Link::parse(fragment).expect_err("a refusal").to_string();
    let said = refusal(&format!("v=1&exp=inside&l3=3&weights={weights}"));
    assert!(said.ends_with("a network of this recipe has 35 parameters, these are 29"), "{said}");
    let said = refusal(&format!("v=1&exp=classical&weights={weights}"));
    assert!(said.ends_with("exp=classical does not take weights"), "{said}");
    let said = refusal("v=1&exp=inside&weights=no*base64");
    assert!(said.starts_with("weights=no*base64 cannot be read"), "{said}");
    for value in [f32::NAN, f32::INFINITY, 1.1e6] {
        let link = Link::parse("v=1&exp=inside").expect("a link").with_weights(vec![value; 29]);
        let said = link.expect_err("no such weight").to_string();
        assert!(said.contains("out of range"), "{value}: {said}");
    }
}
