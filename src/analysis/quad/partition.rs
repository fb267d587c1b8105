//! The ways in which four images can be told apart, or not.

use crate::data::QUAD;

/// A partition of the four 2×2 images into classes that come out alike.
///
/// ```
/// use bottleneck::analysis::quad::partition::Partition;
/// let pairs = Partition::from_classes([7, 7, 3, 3]);
/// assert_eq!((pairs.classes(), pairs.is_together(0, 1)), ([0, 0, 1, 1], true));
/// assert_eq!(Partition::ALL[pairs.index() as usize], pairs);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition([u8; 4]);

impl Partition {
    /// All four apart.
    pub const APART: Partition = Partition([0, 1, 2, 3]);
    /// All four together.
    pub const TOGETHER: Partition = Partition([0, 0, 0, 0]);
    /// Two pairs of opposite images.
    pub const OPPOSITES: Partition = Partition([0, 1, 0, 1]);

    /// All fifteen, the number of classes falling.
    pub const ALL: [Partition; 15] = [
        Partition::APART,
        Partition([0, 0, 1, 2]),
        Partition([0, 1, 1, 2]),
        Partition([0, 1, 2, 2]),
        Partition([0, 1, 2, 0]),
        Partition([0, 1, 0, 2]),
        Partition([0, 1, 2, 1]),
        Partition([0, 0, 1, 1]),
        Partition([0, 1, 1, 0]),
        Partition::OPPOSITES,
        Partition([0, 0, 0, 1]),
        Partition([0, 1, 1, 1]),
        Partition([0, 0, 1, 0]),
        Partition([0, 1, 0, 0]),
        Partition::TOGETHER,
    ];

    /// Images with the same number are together; classes are numbered anew, as they appear.
    pub fn from_classes(of: [u8; 4]) -> Partition {
        let mut next = 0;
        let mut classes = [0; 4];
        for i in 0..4 {
            classes[i] = match (0..i).find(|&j| of[j] == of[i]) {
                Some(j) => classes[j],
                None => {
                    next += 1;
                    next - 1
                }
            };
        }
        Partition(classes)
    }

    /// The transitive closure of a relation between images.
    pub fn closure(alike: impl Fn(usize, usize) -> bool) -> Partition {
        let mut classes = [0, 1, 2, 3];
        for i in 0..4 {
            for j in i + 1..4 {
                if alike(i, j) {
                    let (from, to) = (classes[j], classes[i]);
                    classes.iter_mut().filter(|c| **c == from).for_each(|c| *c = to);
                }
            }
        }
        Partition::from_classes(classes)
    }

    /// The class of each image, numbered from 0 as they appear.
    pub fn classes(self) -> [u8; 4] {
        self.0
    }

    /// How many classes there are.
    pub fn count(self) -> usize {
        1 + usize::from(self.0.into_iter().fold(0, |a, b| if b > a { b } else { a }))
    }

    /// Whether two images are in one class.
    pub fn is_together(self, i: usize, j: usize) -> bool {
        self.0[i] == self.0[j]
    }

    /// Its place in [`ALL`](Partition::ALL).
    pub fn index(self) -> u8 {
        // Every restricted growth string of four digits is in the table.
        Partition::ALL.iter().position(|&p| p == self).unwrap_or(0) as u8
    }

    /// Whether some image shares its class with the opposite one.
    pub fn joins_opposites(self) -> bool {
        self.is_together(0, 2) || self.is_together(1, 3)
    }

    /// The sum of the targets of pixel `p` over the class of image `i`, and the size of that class.
    pub(super) fn target(self, i: usize, p: usize) -> (u8, u8) {
        let members = (0..4).filter(|&j| self.is_together(i, j));
        members.fold((0, 0), |(sum, size), j| (sum + QUAD[j][p], size + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_each_partition_once() {
        for (index, p) in Partition::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(p.index()), index);
            assert_eq!(Partition::from_classes(p.classes()), p);
        }
        let all =
            (0..256u32).map(|n| Partition::from_classes([n, n / 4, n / 16, n / 64].map(|d| (d % 4) as u8)));
        assert!(all.into_iter().all(|p| Partition::ALL.contains(&p)));
    }

    #[test]
    fn a_chain_of_likenesses_is_one_class() {
        let chain = Partition::closure(|i, j| j - i == 1);
        assert_eq!(chain, Partition::TOGETHER);
        assert_eq!(Partition::closure(|i, j| (i, j) == (0, 3)).classes(), [0, 1, 2, 0]);
    }
}
