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

/// How it learns.
pub fn settings(recipe: &Recipe) -> Settings {
    Settings {
        init: recipe.init,
        optimiser: recipe.opt,
        learning_rate: recipe.lr,
        loss: recipe.loss,
        beta: recipe.beta,
    }
}
