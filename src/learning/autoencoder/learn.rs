//! Where a training is entered from other packages.

use super::{Losses, Trainer};
use crate::data::Images;
use crate::num::Number;
use wide::f32x4;

/// A number that networks learn with.
///
/// A generic function is compiled where it is called, for the purposes of its caller. These are not:
/// one exists for each kind of number, here, compiled for speed.
pub trait Learn: Number {
    /// See [`Trainer::step`].
    fn step(trainer: &mut Trainer<Self>, images: &Images, indices: &[u32]) -> Losses<Self>;
    /// See [`Trainer::steps_unseen`].
    fn steps_unseen(trainer: &mut Trainer<Self>, images: &Images, indices: &[u32], steps: u32) -> bool;
    /// See [`Trainer::differentiate`].
    fn differentiate(
        trainer: &mut Trainer<Self>,
        images: &Images,
        indices: &[u32],
        noise: Option<&[Self::Samples]>,
    ) -> Losses<Self>;
    /// See [`Trainer::evaluate`].
    fn evaluate(trainer: &mut Trainer<Self>, images: &Images, indices: &[u32]) -> Self;
}

macro_rules! learn {
    ($($number:ty),*) => {$(
        impl Learn for $number {
            #[inline(never)]
            fn step(trainer: &mut Trainer<Self>, images: &Images, indices: &[u32]) -> Losses<Self> {
                trainer.step(images, indices)
            }
            #[inline(never)]
            fn steps_unseen(
                trainer: &mut Trainer<Self>,
                images: &Images,
                indices: &[u32],
                steps: u32,
            ) -> bool {
                trainer.steps_unseen(images, indices, steps)
            }
            #[inline(never)]
            fn differentiate(
                trainer: &mut Trainer<Self>,
                images: &Images,
                indices: &[u32],
                noise: Option<&[Self::Samples]>,
            ) -> Losses<Self> {
                trainer.differentiate(images, indices, noise)
            }
            #[inline(never)]
            fn evaluate(trainer: &mut Trainer<Self>, images: &Images, indices: &[u32]) -> Self {
                trainer.evaluate(images, indices)
            }
        }
    )*};
}
learn!(f32, f32x4);
