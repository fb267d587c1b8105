//! A batch of images as the layers next to the pixels read it.
//!
//! Binary images go through the kernels of [`binary`], which add up subsets of bits; pictures with greys through the
//! products of [`dense`].

use super::trainer::transpose;
use crate::data::Images;
use crate::nn::output::Targets;
use crate::nn::{across, binary, dense, greys};
use crate::num::lanes::SAMPLES;
use crate::num::{Number, Real};

/// The pixels of a batch, kept from the way forwards to the way back; memory is taken once.
#[derive(Default)]
pub(super) struct Inputs<N: Number> {
    are_grey: bool,
    /// Of binary images, seen across the samples: `[⌈samples / 8⌉, n_pixels]`.
    across: Vec<u8>,
    /// `[samples, stride(n_out)]`, what [`binary::forward`] makes of them.
    rows: Vec<N>,
    /// Of pictures with greys: `[n_pixels, groups]`.
    greys: Vec<N::Samples>,
}

impl<N: Number> Inputs<N> {
    /// `y = x·W + b` for the images named by `indices`; `y` is `[b.len(), groups]`.
    pub(super) fn forward(
        &mut self,
        (images, indices): (&Images, &[u32]),
        (w, b): (&[N], &[N]),
        y: &mut [N::Samples],
        scratch: &mut [N::Samples],
    ) {
        let groups = indices.len().div_ceil(SAMPLES);
        self.are_grey = images.are_grey();
        if self.are_grey {
            self.greys.resize(images.n_pixels() * groups, N::Samples::splat(0.0));
            greys::spread::<N>(images.rows_of(indices), groups, &mut self.greys);
            dense::forward(w, b.len(), b, &self.greys, groups, y);
        } else {
            let stride = binary::stride(b.len());
            self.rows.resize(indices.len() * stride, N::splat(0.0));
            binary::forward(images.bits_of(indices), w, b, &mut self.rows, scratch);
            transpose(&self.rows, stride, b.len(), groups, y);
        }
    }

    /// The images named by `indices`, those of [`forward`](Inputs::forward), as targets.
    pub(super) fn targets(&mut self, images: &Images, indices: &[u32]) -> Targets<'_, N> {
        if self.are_grey {
            return Targets::Greys(&self.greys);
        }
        self.across.resize(images.n_pixels() * indices.len().div_ceil(across::SAMPLES_IN_A_BYTE), 0);
        across::across_samples(images.bits_of(indices), images.n_pixels(), &mut self.across);
        Targets::Bits(&self.across)
    }

    /// `dW[i][o] = Σ_samples x[i]·dy[o]` and `db[o] = Σ_samples dy[o]`, once targets were asked for.
    pub(super) fn gradients(
        &self,
        dy: &[N::Samples],
        groups: usize,
        (dw, db): (&mut [N], &mut [N]),
        scratch: &mut [N::Samples],
    ) {
        if self.are_grey {
            dense::gradients(&self.greys, dy, groups, db.len(), (dw, db), scratch);
        } else {
            binary::weight_gradient(&self.across, dy, groups, dw, scratch);
            dense::bias_gradient(dy, groups, db);
        }
    }
}
