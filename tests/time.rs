//! Every moment of a run: what is shown of an epoch is what training to that epoch gives, bit for bit.

use bottleneck::recipe::{Digest, Experiment, Link};
use bottleneck::run::Session;
use bottleneck::run::own::Own;
use bottleneck::run::time::{BUDGET, Event, Place, Stall, Stop};

fn link(fragment: &str) -> Link {
    Link::parse(fragment).expect("accepted")
}

fn session(fragment: &str) -> Session {
    Session::new(link(fragment))
}

/// Name and fragment of each line, and the digests that it says.
fn goldens() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    include_str!("golden-moments.txt").lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut words = line.split_whitespace();
        (words.next().expect("a name"), words.next().expect("a fragment"), words.next().unwrap_or("none"))
    })
}

/// A run that is looked into: of one network on images that are drawn, or on the handwritten digits.
trait Run {
    fn begin(fragment: &str) -> Self;
    fn batch(&mut self);
    fn epoch(&self) -> u32;
    fn epochs(&self) -> u32;
    /// Trains to the end, and gives the digest of the network there.
    fn end(&mut self) -> String;
    fn look_at(&mut self, epoch: u32);
    fn shown(&self) -> u32;
    fn shown_digest(&self) -> String;
    fn go_on(&mut self);
}

impl Run for Session {
    fn begin(fragment: &str) -> Session {
        session(fragment)
    }

    fn batch(&mut self) {
        self.train(1);
    }

    fn epoch(&self) -> u32 {
        self.progress().epoch
    }

    fn epochs(&self) -> u32 {
        self.recipe().epochs
    }

    fn end(&mut self) -> String {
        self.train(u32::MAX);
        self.digest().expect("it stays finite").to_string()
    }

    fn look_at(&mut self, epoch: u32) {
        self.look_at(epoch);
    }

    fn shown(&self) -> u32 {
        self.shown()
    }

    fn shown_digest(&self) -> String {
        self.shown_digest().to_string()
    }

    fn go_on(&mut self) {
        self.go_on_from_here();
    }
}

impl Run for Own {
    fn begin(fragment: &str) -> Own {
        Own::new(link(fragment), &bottleneck_pictures::digits())
            .expect("the digits are what the link asks for")
    }

    fn batch(&mut self) {
        self.train(1);
    }

    fn epoch(&self) -> u32 {
        self.progress().epoch
    }

    fn epochs(&self) -> u32 {
        self.recipe().epochs
    }

    fn end(&mut self) -> String {
        while !self.train(u32::MAX).done {}
        self.look_away();
        self.digest().expect("it stays finite").expect("all are trained").to_string()
    }

    fn look_at(&mut self, epoch: u32) {
        while !self.look_towards(0, epoch, 7) {}
    }

    fn shown(&self) -> u32 {
        self.shown(0).0
    }

    fn shown_digest(&self) -> String {
        Digest::of_parameters(self.network(0).expect("it stays finite").parameters()).to_string()
    }

    fn go_on(&mut self) {
        self.go_on_from_here();
    }
}

/// The epochs that a golden looks at, in no order.
fn looked_at(epochs: u32) -> impl Iterator<Item = u32> {
    (1..=10).map(move |k| 389 * k % (epochs + 1))
}

/// The digest after so many epochs of training and no more.
fn trained_to<R: Run>(fragment: &str, epoch: u32) -> String {
    let mut run = R::begin(fragment);
    while run.epoch() < epoch {
        run.batch();
    }
    run.shown_digest()
}

/// The digests of the epochs that a golden looks at: in no order, forwards and backwards; and from each of them training
/// goes on to the same end.
fn digests_of<R: Run>(name: &str, fragment: &str) -> String {
    let mut run = R::begin(fragment);
    let (end, epochs) = (run.end(), run.epochs());
    let digests: Vec<String> = looked_at(epochs)
        .map(|epoch| {
            run.look_at(epoch);
            assert_eq!(run.shown(), epoch);
            let shown = run.shown_digest();
            assert_eq!(shown, trained_to::<R>(fragment, epoch), "{name}: epoch {epoch}");
            shown
        })
        .collect();
    let mut forwards: Vec<(u32, &String)> = looked_at(epochs).zip(&digests).collect();
    forwards.sort();
    for &(epoch, digest) in forwards.iter().chain(forwards.iter().rev()) {
        run.look_at(epoch);
        assert_eq!(run.shown_digest(), *digest, "{name}: epoch {epoch}, on the way");
    }
    assert_eq!(run.end(), end, "{name}: looking changes nothing");
    for epoch in looked_at(epochs) {
        run.look_at(epoch);
        run.go_on();
        assert_eq!(run.end(), end, "{name}: gone on from epoch {epoch}");
    }
    digests.join(",")
}

#[test]
fn any_epoch_is_shown_to_the_bits_of_training_to_it() {
    let (mut lines, mut differs) = (String::new(), false);
    for (name, fragment, golden) in goldens() {
        let is_own = link(fragment).recipe.exp == Experiment::Own;
        let found =
            if is_own { digests_of::<Own>(name, fragment) } else { digests_of::<Session>(name, fragment) };
        differs |= found != golden;
        lines += &format!("{name} {fragment} {found}\n");
    }
    assert!(!differs, "other moments than the goldens; found:\n{lines}");
}

#[test]
fn forwards_and_backwards_step_by_step_give_the_same_moments() {
    let fragment = "v=1&exp=variational&side=8&count=50&batch=16&warmup=9&beta=0.1&epochs=30";
    let mut run = session(fragment);
    run.train(u32::MAX);
    let mut visit = |epoch: u32| {
        // By one batch at a time, as a page does that answers in between.
        while !run.look_towards(epoch, 1) {}
        run.shown_digest().to_string()
    };
    let there: Vec<String> = (0..=30).map(&mut visit).collect();
    let mut back: Vec<String> = (0..=30).rev().map(&mut visit).collect();
    back.reverse();
    assert_eq!(there, back);
    assert_eq!(there[17], trained_to::<Session>(fragment, 17));
}

#[test]
fn whoever_turns_back_in_the_midst_of_an_epoch_sees_the_end_of_the_one_before() {
    let fragment = "v=1&exp=classical&side=8&count=50&batch=16&epochs=30";
    let mut run = session(fragment);
    run.train(u32::MAX);
    assert!(run.look_towards(2, u32::MAX));
    assert!(!run.look_towards(9, 2), "two batches of four");
    assert!(run.look_towards(2, u32::MAX), "back by two batches");
    assert_eq!(run.shown_digest().to_string(), trained_to::<Session>(fragment, 2));
}

#[test]
fn a_link_looks_at_an_epoch_only_while_that_is_not_where_training_stands() {
    let mut run = session("v=1&exp=classical&side=8&count=50&epochs=30");
    run.train(u32::MAX);
    run.look_at(12);
    assert_eq!((run.is_away(), run.link().at), (true, Some(12)));
    run.look_at(30);
    assert_eq!((run.is_away(), run.link().at), (false, None));
}

#[test]
fn a_run_that_stands_still_is_looked_into_as_far_as_it_has_come() {
    let fragment = "v=1&exp=classical&side=8&count=50&batch=16&epochs=30";
    let mut run = session(fragment);
    run.train(4 * 10 + 2); // ten epochs, and two batches of the next
    run.look_at(25);
    assert_eq!((run.shown(), run.reached()), (10, 10));
    run.look_at(3);
    assert_eq!(run.shown_digest().to_string(), trained_to::<Session>(fragment, 3));
    assert_eq!(run.losses().len(), 3, "what is shown knows no later losses");
    assert_eq!(run.curve(100).len(), 10, "the curve knows all");
    run.look_away();
    run.train(u32::MAX);
    assert_eq!(run.digest().expect("finite").to_string(), trained_to::<Session>(fragment, 30));
}

#[test]
fn going_on_from_an_earlier_epoch_keeps_what_is_known_of_later_ones() {
    let mut run = session("v=1&exp=classical&side=8&count=50&epochs=30");
    run.train(u32::MAX);
    let (losses, link) = (run.losses(), run.link());
    run.look_at(12);
    run.go_on_from_here();
    assert_eq!((run.progress().epoch, run.progress().done, run.reached()), (12, false, 30));
    assert_eq!(run.curve(100).len(), 30);
    run.train(2 * 5);
    assert_eq!(run.progress().epoch, 17);
    run.train(u32::MAX);
    assert_eq!((run.losses(), run.link()), (losses, link));
}

#[test]
fn a_run_that_diverged_is_looked_into_up_to_there_and_diverges_again() {
    let mut run = session("v=1&exp=classical&side=8&count=50&opt=sgd&lr=10&l1=64&l3=64&loss=bce&epochs=500");
    let at = run.train(u32::MAX).diverged_at.expect("a rate of 10 is too much for this network");
    run.look_at(at - 1);
    assert!(run.network().parameters().iter().all(|p| p.is_finite()));
    run.go_on_from_here();
    assert_eq!(run.progress().diverged_at, None);
    assert_eq!(run.train(u32::MAX).diverged_at, Some(at));
}

#[test]
fn the_checkpoints_of_a_long_run_of_a_wide_network_stay_within_the_budget() {
    // Of one picture, so that its epochs cost little and its parameters, all of which a checkpoint holds, are many.
    let mut run = session("v=1&exp=classical&side=32&count=1&l1=16&l3=16&batch=1&epochs=100000");
    let (first, each) = run.checkpoints();
    for _ in 0..100_000 {
        run.train(1);
        let (stride, bytes) = run.checkpoints();
        assert!(bytes <= BUDGET, "{bytes} bytes with a stride of {stride}");
    }
    let (stride, bytes) = run.checkpoints();
    assert!(100_000 / u64::from(first) * each > 10 * BUDGET, "unthinned they would be many times as much");
    assert!(stride >= 16 * first && bytes > BUDGET / 4, "thinned, and yet used: {stride}, {bytes}");
    run.look_at(99_999);
    assert_eq!(run.shown(), 99_999);
}

#[test]
fn a_small_network_keeps_few_checkpoints_and_is_anywhere_at_once() {
    let mut run = session("v=1&exp=inside&epochs=100000");
    run.train(u32::MAX);
    let (stride, bytes) = run.checkpoints();
    assert!((1024..=16_384).contains(&stride) && bytes < 1 << 20, "{stride}, {bytes}");
}

#[test]
fn marks_say_when_images_became_equal_and_neurons_died() {
    // Found by looking at every epoch, the slow way.
    for seed in 1..=12 {
        let mut run = session(&format!("v=1&exp=inside&epochs=400&seed={seed}"));
        run.train(u32::MAX);
        while run.sweep(97) < 400 {}
        let marks = run.marks();
        assert!(marks.is_sorted_by_key(|mark| mark.epoch), "in the order of epochs");
        let dead = |run: &mut Session, epoch: u32, neuron: usize| {
            run.look_at(epoch);
            let (network, images) = (run.network(), run.images());
            network.hidden(images, &[0, 1, 2, 3]).column(neuron).iter().all(|&h| h == 0.0)
        };
        for neuron in 0..2 {
            let expected = (0..=400).rev().take_while(|&epoch| dead(&mut run, epoch, neuron)).last();
            let found = marks.iter().find_map(|mark| match &mark.event {
                Event::Dead { place: Place::L1, neurons } if neurons.contains(&(neuron as u32)) => {
                    Some(mark.epoch)
                }
                _ => None,
            });
            assert_eq!(found, expected, "seed {seed}, neuron {neuron} of L1");
        }
    }
}

#[test]
fn a_solved_run_says_since_when_and_images_with_one_code_say_so() {
    let mut solved = None;
    let mut equal = 0;
    for seed in 1..60 {
        let mut run = session(&format!("v=1&exp=inside&seed={seed}"));
        run.train(u32::MAX);
        while run.sweep(u32::MAX) < 1000 {}
        let marks = run.marks();
        equal += marks.iter().filter(|mark| matches!(mark.event, Event::Equal { .. })).count();
        if let Some(mark) = marks.iter().find(|mark| mark.event == Event::Solved) {
            solved = Some((seed, mark.epoch));
        }
    }
    let (seed, epoch) = solved.expect("one in sixteen is solved");
    assert!(equal > 20, "most of the others have lost an image: {equal}");
    let mut run = session(&format!("v=1&exp=inside&seed={seed}"));
    run.train(u32::MAX);
    let largest = |run: &mut Session, epoch| {
        run.look_at(epoch);
        let (network, images) = (run.network(), run.images());
        let outputs =
            network.reconstruct(images, &[0, 1, 2, 3], bottleneck::autoencoder::Activation::Sigmoid);
        let targets = (0..4).flat_map(|i| images.values(i).collect::<Vec<f32>>());
        outputs.iter().zip(targets).map(|(y, x)| (y - x).abs()).fold(0.0, f32::max)
    };
    assert!(largest(&mut run, epoch) < 0.1 && largest(&mut run, epoch - 1) >= 0.1);
}

#[test]
fn training_that_stops_by_itself_gives_the_link_of_the_epochs_that_were_trained() {
    let fragment = "v=1&exp=classical&side=16&count=200&l1=8&l3=8&epochs=500";
    let mut run = session(fragment);
    run.stop_when(Some(Stop { below: Some(0.05), stall: None })).expect("a sensible number");
    let progress = run.train(u32::MAX);
    assert!(progress.done && progress.stopped && progress.epoch < 500 && progress.loss <= 0.05);
    let losses = run.losses();
    assert!(losses[..losses.len() - 1].iter().all(|&loss| loss > 0.05), "not before");
    assert_eq!(run.recipe().epochs, progress.epoch);
    let reason = run.ended().expect("it ended").to_string();
    assert!(reason.ends_with("no higher than 0.05"), "{reason}");
    // Whoever opens the link trains just as many epochs, to the same bits.
    let mut again = session(&run.link().to_string());
    again.train(u32::MAX);
    assert_eq!(again.verdict(), bottleneck::run::Verdict::Same);
}

#[test]
fn a_run_that_went_back_and_stops_earlier_knows_nothing_of_what_came_later() {
    let mut run = session("v=1&exp=classical&side=16&count=200&l1=8&l3=8&epochs=60");
    run.train(u32::MAX);
    while run.sweep(u32::MAX) < 60 {}
    run.look_at(5);
    run.go_on_from_here();
    run.stop_when(Some(Stop { below: Some(1.0), stall: None })).expect("a sensible number");
    run.train(u32::MAX);
    assert_eq!((run.progress().epoch, run.reached(), run.curve(100).len()), (6, 6, 6));
    while run.sweep(u32::MAX) < 6 {}
    assert!(run.marks().iter().all(|mark| mark.epoch <= 6));
}

#[test]
fn a_link_with_a_digest_is_trained_to_its_end_whatever_would_stop_it() {
    let mut run = session("v=1&exp=inside&epochs=50&check=0123456789abcdef");
    let stall = Stall { share: 0.5, epochs: 1 };
    run.stop_when(Some(Stop { below: Some(1.0), stall: Some(stall) })).expect("sensible");
    let progress = run.train(u32::MAX);
    assert_eq!((progress.epoch, progress.stopped), (50, false));
}

#[test]
fn a_loss_that_stalls_stops_the_run_no_sooner_and_no_later() {
    let stall = Stall { share: 0.01, epochs: 40 };
    let mut run = session("v=1&exp=inside&epochs=5000&seed=2");
    run.stop_when(Some(Stop { below: None, stall: Some(stall) })).expect("sensible");
    let progress = run.train(u32::MAX);
    assert!(progress.stopped, "a network of this size comes to a rest");
    let losses = run.losses();
    // The naive rule: the last epoch that fell by a hundredth below the last such one.
    let (mut best, mut at) = (f32::INFINITY, 0);
    for (i, &loss) in losses.iter().enumerate() {
        assert!(i - at < 40 || i == losses.len(), "it should have ended after {i} epochs");
        if loss <= best * 0.99 {
            (best, at) = (loss, i + 1);
        }
    }
    assert_eq!(losses.len() - at, 40);
}

#[test]
fn at_names_an_epoch_of_the_run_and_is_no_part_of_it() {
    let with = link("v=1&exp=inside&epochs=50&at=12&check=0123456789abcdef");
    assert_eq!(
        (with.at, with.to_string()),
        (Some(12), "v=1&exp=inside&epochs=50&at=12&check=0123456789abcdef".into())
    );
    assert_eq!(with.run().to_string(), "v=1&exp=inside&epochs=50");
    let refusal = |text: &str| Link::parse(text).expect_err(text).to_string();
    assert_eq!(
        refusal("v=1&exp=inside&at=51&epochs=50"),
        "at=51 is out of range: it takes a whole number from 0 to 50, the epochs that are trained"
    );
    assert!(refusal("v=1&exp=inside&at=1.5").starts_with("at=1.5 cannot be read"));
    assert!(refusal("v=1&exp=inside&at=-1").starts_with("at=-1 is out of range"));
    assert_eq!(refusal("v=1&exp=duel&at=3"), "at=3 has no use here: exp=duel does not take at");
    assert_eq!(with.with([("at", "")]).expect("without").at, None);
    assert!(with.with([("at", "51")]).is_err());
}

#[test]
fn a_warm_up_is_a_rising_beta_and_none_changes_nothing() {
    let digest = |fragment: &str| {
        let mut run = session(fragment);
        run.train(u32::MAX);
        run.digest().expect("finite")
    };
    let base = "v=1&exp=variational&side=8&count=50&beta=0.5&epochs=1";
    // The first epoch of a warm-up has no KL term at all.
    assert_eq!(digest(&format!("{base}&warmup=7")), digest(&base.replace("beta=0.5", "beta=0")));
    assert_eq!(digest(&format!("{base}&warmup=0")), digest(base));
    let refused =
        Link::parse("v=1&exp=classical&warmup=3").expect_err("a classical network has no β").to_string();
    assert_eq!(refused, "warmup=3 does not fit the rest: with model=ca warmup is always 0");
}
