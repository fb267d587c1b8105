//! Networks set by hand: an optimal solution, and three that fail as the paper's do.
//!
//! All are of the paper's size, 4 → 2 → 1 → 2 → 4, with zero biases in L1, L2 and L3, and were
//! worked out on paper: L1 decides which inputs a neuron hears, L2 puts them on the line, and the
//! two neurons of L3 are the two halves of that line, relu(z) and relu(−z).

use crate::autoencoder::{Architecture, Biases, Model, Network};

/// A network set by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Fig. 13: all four inputs come back. Codes −3, −1, 1, 3; thresholds −2, 0, 2.
    Solved,
    /// Fig. 14: 1010 and 1100 silence L1, share the code 0 and come back as their average.
    OnePair,
    /// Fig. 15: 0011 and 1010 share the code 0, 1100 and 0101 the code 2.
    TwoPairs,
    /// Fig. 16: both weights of L2 negative, both of L3 positive: L3 is silent, all is grey.
    AllGrey,
}

impl Preset {
    /// All of them, in the order of their figures.
    pub const ALL: [Preset; 4] = [Preset::Solved, Preset::OnePair, Preset::TwoPairs, Preset::AllGrey];

    /// The figure of the paper that shows such a network.
    pub fn figure(self) -> u32 {
        match self {
            Preset::Solved => 13,
            Preset::OnePair => 14,
            Preset::TwoPairs => 15,
            Preset::AllGrey => 16,
        }
    }

    /// The network.
    pub fn network(self) -> Network {
        let architecture =
            Architecture { model: Model::Classical, n_pixels: 4, l1: 2, code: 1, l3: 2, biases: Biases::All };
        Network::new(architecture, self.parameters())
    }

    /// Its 29 parameters in the order of a digest.
    fn parameters(self) -> Vec<f32> {
        let Parts { l1, l2, l3, output, biases } = self.parts();
        let l1 = l1.into_iter().flatten().chain([0.0; 2]);
        let l2 = l2.into_iter().chain([0.0]);
        let l3 = l3.into_iter().chain([0.0; 2]);
        l1.chain(l2).chain(l3).chain(output.into_iter().flatten()).chain(biases).collect()
    }

    fn parts(self) -> Parts {
        match self {
            // The first neuron of L1 hears 1100 as 1 and 0101 as 3, the second 1010 as 1 and 0011
            // as 3; each other input it hears as less than nothing.
            Preset::Solved => Parts {
                l1: [[-0.5, -0.5], [1.5, -1.5], [-1.5, 1.5], [1.5, 1.5]],
                l2: [1.0, -1.0],
                l3: [1.0, -1.0],
                output: [[-4.0, 4.0, -4.0, 4.0], [-4.0, -4.0, 4.0, 4.0]],
                biases: [8.0, 0.0, 0.0, -8.0],
            },
            // One neuron hears 0101 alone, the other 0011 alone, so 1010 and 1100 are heard by none.
            Preset::OnePair => Parts {
                l1: [[-2.0, -2.0], [1.0, -2.0], [-2.0, 1.0], [1.0, 1.0]],
                l2: [1.0, -1.0],
                l3: [1.0, -1.0],
                output: [[-4.0, 2.0, -2.0, 4.0], [-4.0, -2.0, 2.0, 4.0]],
                biases: [4.0, 0.0, 0.0, -4.0],
            },
            // One neuron hears 1100 and 0101 alike, the other nothing.
            Preset::TwoPairs => Parts {
                l1: [[0.0, -1.0], [2.0, -1.0], [-2.0, -1.0], [0.0, -1.0]],
                l2: [1.0, -1.0],
                l3: [1.0, -1.0],
                output: [[0.0, 4.0, -4.0, 0.0], [0.0; 4]],
                biases: [0.0, -4.0, 4.0, 0.0],
            },
            // Fig. 13 with two signs turned.
            Preset::AllGrey => {
                Parts { l2: [-1.0, -1.0], l3: [1.0, 1.0], biases: [0.0; 4], ..Preset::Solved.parts() }
            }
        }
    }
}

/// The numbers of a network of the paper's size, weights as `[from][to]`.
struct Parts {
    l1: [[f32; 2]; 4],
    l2: [f32; 2],
    l3: [f32; 2],
    output: [[f32; 4]; 2],
    biases: [f32; 4],
}
