//! Networks trained side by side are, bit for bit, the networks trained alone.

use bottleneck::autoencoder::{Learn, Model};
use bottleneck::data::Images;
use bottleneck::nn::{Loss, Optimiser};
use bottleneck::recipe::{CheckedRecipe, Experiment, Recipe};
use bottleneck::run::{Course, setup};
use wide::f32x4;

fn assert_same_bits(recipe: Recipe, model: Model) {
    let recipe = recipe.check().expect("a valid recipe");
    assert_same_bits_on(&setup::images(&recipe), &recipe, model);
}

fn assert_same_bits_on(images: &Images, recipe: &CheckedRecipe, model: Model) {
    let name = format!("{model:?} {recipe:?}");
    let mut together = Course::<f32x4>::new(recipe, model, 0, images);
    let mut unseen = Course::<f32x4>::new(recipe, model, 0, images);
    for _ in 0..recipe.epochs {
        together.step(images);
    }
    train_unseen(&mut unseen, images, recipe.epochs);
    for k in 0..4 {
        let mut alone = Course::<f32>::new(recipe, model, k, images);
        let mut alone_unseen = Course::<f32>::new(recipe, model, k, images);
        for _ in 0..recipe.epochs {
            alone.step(images);
        }
        train_unseen(&mut alone_unseen, images, recipe.epochs);
        let bits = |p: &[f32]| p.iter().map(|w| w.to_bits()).collect::<Vec<_>>();
        let networks = [together.network(k as usize), unseen.network(k as usize), alone_unseen.network(0)];
        for one in networks {
            let other = alone.network(0);
            assert_eq!(bits(one.parameters()), bits(other.parameters()), "network {k} of {name}");
        }
        let losses: Vec<f32> =
            together.losses().iter().map(|l| l.reconstruction.to_array()[k as usize]).collect();
        let other: Vec<f32> = alone.losses().iter().map(|l| l.reconstruction).collect();
        assert_eq!(losses, other, "losses of network {k} of {name}");
    }
}

/// Now one epoch, now many at a time.
fn train_unseen<N: Learn>(course: &mut Course<N>, images: &Images, epochs: u32) {
    for at_once in [1, 2, 67].into_iter().cycle() {
        let at_once = at_once.min(epochs - course.epochs());
        if at_once == 0 {
            return;
        }
        if !course.epochs_unseen(images, at_once) {
            course.step(images);
        }
    }
}

/// The 2×2 images with the batch that shows all of them.
fn quad() -> Recipe {
    Recipe { epochs: 400, networks: 4, ..Recipe::default_of(Experiment::Minima) }
}

#[test]
fn the_papers_network_trains_to_the_same_bits_in_company() {
    for seed in (0..400).step_by(4) {
        assert_same_bits(Recipe { seed, ..quad() }, Model::Classical);
    }
}

#[test]
fn so_does_every_width_model_loss_and_optimiser() {
    for width in [1, 2, 3, 4, 5, 8, 16, 32] {
        assert_same_bits(Recipe { l1: width, l3: width, ..quad() }, Model::Classical);
    }
    let biases = bottleneck::autoencoder::Biases::Last;
    assert_same_bits(Recipe { bias: biases, ..quad() }, Model::Classical);
    assert_same_bits(Recipe { loss: Loss::Bce, ..quad() }, Model::Classical);
    assert_same_bits(Recipe { opt: Optimiser::Sgd, lr: 0.5, ..quad() }, Model::Classical);
    assert_same_bits(Recipe { code: 2, l1: 3, ..quad() }, Model::Classical);
    for width in [2, 3, 8] {
        let variational = Recipe { model: Model::Variational, beta: 0.01, l1: width, l3: width, ..quad() };
        assert_same_bits(variational, Model::Variational);
    }
}

#[test]
fn so_do_networks_on_pictures_with_greys() {
    // Five of them fill one group of samples and a part of another.
    for (side, count) in [(4, 4), (5, 5)] {
        let levels = (0..side * side * count).map(|i| (i * i * 7 % 256) as u8).collect();
        let images = Images::of_levels(side, levels);
        for (model, loss) in [(Model::Classical, Loss::Mse), (Model::Variational, Loss::Bce)] {
            let lines = Recipe { epochs: 100, ..Recipe::default_of(Experiment::Classical) };
            let (l1, l3) = (5, 3);
            let recipe = Recipe { side, count, batch: count, model, loss, l1, l3, ..lines };
            let beta = if model == Model::Variational { 0.01 } else { 0.0 };
            let recipe = Recipe { beta, ..recipe }.check().expect("a valid recipe");
            assert_same_bits_on(&images, &recipe, model);
        }
    }
}
