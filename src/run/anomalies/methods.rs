//! Who is examined: networks of four kinds, and what a sceptic asks for beside them.

use crate::autoencoder::{Activation, Model};
use crate::error::Error;
use crate::recipe::{CheckedRecipe, Recipe, wider};

/// A kind of network; `networks` of each are trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkKind {
    /// Its name in results.
    pub name: &'static str,
    /// Classical or variational.
    pub model: Model,
    /// Whether L1 and L3 are [`WIDER`](crate::recipe::WIDER) times as wide as the recipe says.
    pub wide: bool,
}

/// The kinds, in the order in which each seed's networks are trained and digested.
pub const KINDS: [NetworkKind; 4] = [
    NetworkKind { name: "ca", model: Model::Classical, wide: false },
    NetworkKind { name: "va", model: Model::Variational, wide: false },
    NetworkKind { name: "wide_ca", model: Model::Classical, wide: true },
    NetworkKind { name: "wide_va", model: Model::Variational, wide: true },
];

impl NetworkKind {
    /// The recipe that trains network `k` of this kind on its own, to the same bits.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] where there is no network `k`, [`Error::Workload`] where the wide network
    /// is too much.
    pub fn alone(self, recipe: &CheckedRecipe, k: u32) -> Result<CheckedRecipe, Error> {
        let recipe = recipe.alone(k, self.model)?;
        if !self.wide {
            return Ok(recipe);
        }
        let plain = recipe.into_inner();
        Recipe { l1: wider(plain.l1), l3: wider(plain.l3), ..plain }.check()
    }
}

/// A way to reconstruct an image, whose mean squared residual is the decision score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Networks of a kind (an index into [`KINDS`]), through the mean code.
    Network(usize, Activation),
    /// So many principal components of the training set.
    Pca(usize),
    /// The nearest training image.
    NearestImage,
    /// The nearest centred half plane.
    HalfPlane,
}

/// A [`Way`] with its name in results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// As it stands in JSON.
    pub name: &'static str,
    /// What it does.
    pub way: Way,
}

const fn method(name: &'static str, way: Way) -> Method {
    Method { name, way }
}

/// All methods, in the order of every table.
pub const METHODS: [Method; 14] = [
    method("ca", Way::Network(0, Activation::Sigmoid)),
    method("ca_heaviside", Way::Network(0, Activation::Heaviside)),
    method("va", Way::Network(1, Activation::Sigmoid)),
    method("va_heaviside", Way::Network(1, Activation::Heaviside)),
    method("wide_ca", Way::Network(2, Activation::Sigmoid)),
    method("wide_ca_heaviside", Way::Network(2, Activation::Heaviside)),
    method("wide_va", Way::Network(3, Activation::Sigmoid)),
    method("wide_va_heaviside", Way::Network(3, Activation::Heaviside)),
    method("pca_1", Way::Pca(1)),
    method("pca_2", Way::Pca(2)),
    method("pca_8", Way::Pca(8)),
    method("pca_32", Way::Pca(32)),
    method("nearest_image", Way::NearestImage),
    method("half_plane", Way::HalfPlane),
];

/// The most components that a method asks for.
pub const MOST_COMPONENTS: usize = 32;
