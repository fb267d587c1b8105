//! What a network on the four 2×2 images ended as: exactly one label each.

use super::partition::Partition;
use crate::data::QUAD;
use crate::num::matrix::flat;
use ndarray::ArrayView2;

/// An output this close to its target is right; this close to the mean target of its group, it
/// does what a network can do that does not tell the group apart.
pub const TOLERANCE: f32 = 0.1;
/// A pixel further from its target than this is confidently wrong.
pub const CONFIDENTLY_WRONG: f32 = 0.9;
/// Outputs of one pixel that are closer than this belong to one group, transitively.
pub const ALIKE: f32 = 0.05;
/// Codes closer than this share of the range of all four count as one.
pub const SAME_CODE: f32 = 1e-3;

/// The label of an end state. The first that matches, in this order; see [`ending`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every output is right.
    Solved,
    /// Some pixel is confidently wrong.
    Saturated,
    /// Two neighbouring images come out as their average.
    OnePairAdjacent,
    /// Two opposite images do.
    OnePairOpposite,
    /// Two pairs of neighbouring images come out as their averages.
    TwoPairsAdjacent,
    /// Two pairs of opposite images do: all grey, but the codes know two kinds.
    TwoPairsOpposite,
    /// Three images come out as their average.
    ThreeMerged,
    /// Every image comes out as the average of all four, 0.5 everywhere.
    AllGrey,
    /// Images are merged in some pixels only.
    PartlyMerged,
    /// None of these.
    Unsettled,
    /// A number left the finite ones.
    Diverged,
}

impl Outcome {
    /// All, in the order of their numbers.
    pub const ALL: [Outcome; 11] = [
        Outcome::Solved,
        Outcome::Saturated,
        Outcome::OnePairAdjacent,
        Outcome::OnePairOpposite,
        Outcome::TwoPairsAdjacent,
        Outcome::TwoPairsOpposite,
        Outcome::ThreeMerged,
        Outcome::AllGrey,
        Outcome::PartlyMerged,
        Outcome::Unsettled,
        Outcome::Diverged,
    ];

    /// The label in tables and exports.
    pub fn label(self) -> &'static str {
        match self {
            Outcome::Solved => "solved",
            Outcome::Saturated => "saturated",
            Outcome::OnePairAdjacent => "one_pair_adjacent",
            Outcome::OnePairOpposite => "one_pair_opposite",
            Outcome::TwoPairsAdjacent => "two_pairs_adjacent",
            Outcome::TwoPairsOpposite => "two_pairs_opposite",
            Outcome::ThreeMerged => "three_merged",
            Outcome::AllGrey => "all_grey",
            Outcome::PartlyMerged => "partly_merged",
            Outcome::Unsettled => "unsettled",
            Outcome::Diverged => "diverged",
        }
    }
}

/// A label, and which images come out alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The label.
    pub outcome: Outcome,
    /// The classes behind the label; for labels that name none, the images alike in every pixel.
    pub partition: Partition,
}

/// The label of outputs `[4, 4]` (images × pixels, 0 to 1) with codes `[4, code]`.
///
/// 1. solved: every |y − x| < 0.1;
/// 2. saturated: some |y − x| > 0.9;
/// 3. per pixel, outputs that differ by less than 0.05 form a group, transitively; if every output
///    lies within 0.1 of the mean target of its group:
///    - where one partition of the images has, for every image and pixel, the mean target of the
///      groups, its name: one pair, two pairs, three merged, all grey. All grey and two opposite
///      pairs look alike, so there the codes decide;
///    - else partly merged;
/// 4. unsettled.
///
/// ```
/// use bottleneck::analysis::quad::outcome::{Outcome, ending};
/// use bottleneck::ndarray::{Array2, array};
/// let grey = Array2::from_elem((4, 4), 0.5);
/// assert_eq!(ending(grey.view(), array![[0.0], [0.0], [0.0], [0.0]].view()).outcome, Outcome::AllGrey);
/// ```
///
/// # Panics
///
/// With fewer than four rows or pixels.
pub fn ending(outputs: ArrayView2<'_, f32>, codes: ArrayView2<'_, f32>) -> Ending {
    let outputs: [[f32; 4]; 4] = std::array::from_fn(|i| std::array::from_fn(|p| outputs[[i, p]]));
    let finite = outputs.as_flattened().iter().chain(&flat(&codes)).all(|v| v.is_finite());
    let groups: [Partition; 4] = std::array::from_fn(|p| groups(outputs.map(|image| image[p])));
    let alike = Partition::closure(|i, j| groups.iter().all(|g| g.is_together(i, j)));
    let labelled = |outcome| Ending { outcome, partition: alike };
    if !finite {
        labelled(Outcome::Diverged)
    } else if everywhere(|i, p| error(&outputs, i, p) < TOLERANCE) {
        labelled(Outcome::Solved)
    } else if !everywhere(|i, p| error(&outputs, i, p) <= CONFIDENTLY_WRONG) {
        labelled(Outcome::Saturated)
    } else if !everywhere(|i, p| (outputs[i][p] - mean_target(groups[p], i, p)).abs() < TOLERANCE) {
        labelled(Outcome::Unsettled)
    } else {
        merged(&groups, codes).unwrap_or(labelled(Outcome::PartlyMerged))
    }
}

fn everywhere(holds: impl Fn(usize, usize) -> bool) -> bool {
    (0..4).all(|i| (0..4).all(|p| holds(i, p)))
}

fn error(outputs: &[[f32; 4]; 4], i: usize, p: usize) -> f32 {
    (outputs[i][p] - f32::from(QUAD[i][p])).abs()
}

/// The images whose values of one pixel hang together.
fn groups(values: [f32; 4]) -> Partition {
    Partition::closure(|i, j| (values[i] - values[j]).abs() < ALIKE)
}

fn mean_target(partition: Partition, i: usize, p: usize) -> f32 {
    let (sum, size) = partition.target(i, p);
    f32::from(sum) / f32::from(size)
}

/// The one partition that explains the groups of all pixels, if there is one.
fn merged(groups: &[Partition; 4], codes: ArrayView2<'_, f32>) -> Option<Ending> {
    let same = |(s, n): (u8, u8), (t, m): (u8, u8)| s * m == t * n;
    let explains = |q: Partition| everywhere(|i, p| same(q.target(i, p), groups[p].target(i, p)));
    // Two opposite pairs explain the same as all together; they are looked for in the codes.
    let mut all = Partition::ALL.into_iter().skip(1).filter(|&q| q != Partition::OPPOSITES);
    let found = all.find(|&q| explains(q))?;
    let partition = match found == Partition::TOGETHER && code_classes(codes) == Partition::OPPOSITES {
        true => Partition::OPPOSITES,
        false => found,
    };
    Some(Ending { outcome: name(partition), partition })
}

fn name(partition: Partition) -> Outcome {
    let largest = (0..4).map(|i| partition.target(i, 0).1).fold(0, |a, b| if b > a { b } else { a });
    match (partition.count(), largest, partition.joins_opposites()) {
        (3, _, false) => Outcome::OnePairAdjacent,
        (3, _, true) => Outcome::OnePairOpposite,
        (2, 3, _) => Outcome::ThreeMerged,
        (2, _, false) => Outcome::TwoPairsAdjacent,
        (2, _, true) => Outcome::TwoPairsOpposite,
        _ => Outcome::AllGrey,
    }
}

/// The images that share a code, `[4, code]`, to within [`SAME_CODE`] of the codes' range.
pub fn code_classes(codes: ArrayView2<'_, f32>) -> Partition {
    let range = (0..codes.ncols()).map(|d| spread([0, 1, 2, 3].map(|i| codes[[i, d]])));
    let close = SAME_CODE * range.fold(0.0, |a, b| if b > a { b } else { a });
    Partition::closure(|i, j| (0..codes.ncols()).all(|d| (codes[[i, d]] - codes[[j, d]]).abs() <= close))
}

/// The largest minus the smallest.
fn spread(values: [f32; 4]) -> f32 {
    let ends = values.into_iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), v| {
        (if v < low { v } else { low }, if v > high { v } else { high })
    });
    ends.1 - ends.0
}
