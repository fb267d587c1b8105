//! What a recipe asks for, in the terms of the layers below.

use crate::autoencoder::{Architecture, Model, Settings};
use crate::data::{self, Images, Kind};
use crate::recipe::Recipe;

/// The training images.
///
/// # Panics
///
/// For a set of pictures, which is brought and not drawn.
pub fn images(recipe: &Recipe) -> Images {
    match recipe.data {
        Kind::Lines => data::lines(recipe.side, recipe.count, recipe.span, recipe.dataseed),
        Kind::Quad => data::quad(),
        Kind::Digits | Kind::Own => panic!("a set of pictures is brought, not drawn"),
    }
}

/// The layers' sizes, for the given model.
pub fn architecture(recipe: &Recipe, model: Model) -> Architecture {
    Architecture {
        model,
        n_pixels: recipe.pixels() as usize,
        l1: recipe.l1 as usize,
        code: recipe.code as usize,
        l3: recipe.l3 as usize,
        biases: recipe.bias,
    }
}

/// β as it rises from 0, in equal steps, an epoch each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warmup {
    /// The value that it comes to.
    pub beta: f32,
    /// After so many epochs; 0 for at once.
    pub epochs: u32,
}

impl Warmup {
    /// That of a recipe.
    pub fn of(recipe: &Recipe) -> Warmup {
        Warmup { beta: recipe.beta, epochs: recipe.warmup }
    }

    /// β in the epoch that follows `finished` finished ones: `β·min(1, finished/epochs)`.
    ///
    /// ```
    /// use bottleneck::run::setup::Warmup;
    ///
    /// let warmup = Warmup { beta: 0.5, epochs: 4 };
    /// assert_eq!([0, 1, 2, 3, 4, 5].map(|finished| warmup.at(finished)), [0.0, 0.125, 0.25, 0.375, 0.5, 0.5]);
    /// ```
    pub fn at(self, finished: u32) -> f32 {
        // A million epochs, the most there are, is a whole number of an f32.
        if finished < self.epochs { self.beta * (finished as f32 / self.epochs as f32) } else { self.beta }
    }
}

/// How it learns, once β has its value.
pub fn settings(recipe: &Recipe) -> Settings {
    Settings {
        init: recipe.init,
        optimiser: recipe.opt,
        learning_rate: recipe.lr,
        loss: recipe.loss,
        beta: recipe.beta,
    }
}
