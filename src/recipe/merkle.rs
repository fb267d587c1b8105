//! The Merkle tree of RFC 9162 (section 2.1): one hash over any number of leaves, put together from pieces, and the
//! proof that a leaf stands in its place.
//!
//! The hash of a leaf is SHA-256(0x00 ‖ data), that of a node SHA-256(0x01 ‖ left ‖ right). Of `n` leaves the left
//! branch holds the first `k`, the largest power of two below `n`. So a subtree of 2ᵏ leaves that begins at a multiple
//! of 2ᵏ is the same in every tree that holds its leaves: whoever has some consecutive leaves can hash them into few
//! such subtrees ([`Span`]), and whoever has all spans, the root.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::Digest;
use crate::error::Error;

/// The hash of a leaf, of a node or of the whole tree.
///
/// Written as 64 lower-case hexadecimal digits; read back from exactly that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of the tree without leaves, SHA-256 of nothing.
    pub fn of_nothing() -> Hash {
        Hash(Sha256::digest([]).into())
    }

    /// The hash of a leaf with this content.
    pub fn of_leaf(data: &[u8]) -> Hash {
        Hash(Sha256::new().chain_update([0]).chain_update(data).finalize().into())
    }

    /// The hash of a node above two others.
    pub fn of_node(left: Hash, right: Hash) -> Hash {
        let hasher = Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0);
        Hash(hasher.finalize().into())
    }

    /// Its first 64 bits, as a link carries them.
    pub fn digest(self) -> Digest {
        let mut first = [0; 8];
        first.copy_from_slice(&self.0[..8]);
        Digest(first)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Hash {
    type Err = Error;

    /// # Errors
    ///
    /// [`Error::NotOfKind`] unless `text` is 64 digits of `0`–`9`, `a`–`f`.
    fn from_str(text: &str) -> Result<Hash, Error> {
        let refusal = || Error::NotOfKind {
            key: "hash".into(),
            value: text.into(),
            rule: "64 hexadecimal digits, 0-9 and a-f".into(),
        };
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<16>();
        if pairs.len() != 4 || !rest.is_empty() {
            return Err(refusal());
        }
        for (bytes, digits) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(pairs) {
            let digits = std::str::from_utf8(digits).map_err(|_| refusal())?;
            *bytes = digits.parse::<Digest>().map_err(|_| refusal())?.0;
        }
        Ok(Hash(bytes))
    }
}

/// Consecutive leaves of a tree, hashed into the subtrees that they fill.
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::merkle::{Hash, Span};
///
/// let leaves: Vec<Hash> = (0..7u8).map(|k| Hash::of_leaf(&[k])).collect();
/// let [mut whole, mut first, mut rest] = [0, 0, 3].map(Span::starting_at);
/// leaves.iter().for_each(|&leaf| whole.push(leaf));
/// leaves[..3].iter().for_each(|&leaf| first.push(leaf));
/// leaves[3..].iter().for_each(|&leaf| rest.push(leaf));
/// assert!(first.join(&rest));
/// assert_eq!(first.root(), whole.root());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    from: u64,
    to: u64,
    subtrees: Vec<Subtree>,
}

/// A filled subtree: 2^`level` leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Subtree {
    level: u32,
    hash: Hash,
}

impl Span {
    /// No leaf yet; the first will have this number.
    pub fn starting_at(from: u64) -> Span {
        Span { from, to: from, subtrees: Vec::new() }
    }

    /// Leaves `from … to − 1`, as [`hashes`](Self::hashes) gave their subtrees; `None` unless there are as many as these
    /// leaves fill.
    pub fn from_hashes(from: u64, to: u64, hashes: &[Hash]) -> Option<Span> {
        let levels = levels(from, to)?;
        let whole = levels.len() == hashes.len();
        let subtrees = levels.into_iter().zip(hashes).map(|(level, &hash)| Subtree { level, hash }).collect();
        whole.then_some(Span { from, to, subtrees })
    }

    /// The number of the first leaf.
    pub fn from(&self) -> u64 {
        self.from
    }

    /// The number behind that of the last leaf.
    pub fn to(&self) -> u64 {
        self.to
    }

    /// The hashes of the largest subtrees that the leaves fill, in order: at most two for each power of two.
    pub fn hashes(&self) -> impl Iterator<Item = Hash> {
        self.subtrees.iter().map(|subtree| subtree.hash)
    }

    /// The same leaves, each of the filled subtrees as a span of its own.
    pub fn parts(&self) -> impl Iterator<Item = Span> {
        self.subtrees.iter().scan(self.from, |at, &subtree| {
            let from = *at;
            *at += 1 << subtree.level;
            Some(Span { from, to: *at, subtrees: vec![subtree] })
        })
    }

    /// Adds the next leaf.
    pub fn push(&mut self, leaf: Hash) {
        self.append(Subtree { level: 0, hash: leaf });
    }

    /// Adds the span that begins where this one ends; false, and nothing is added, if it begins elsewhere.
    pub fn join(&mut self, next: &Span) -> bool {
        let fits = next.from == self.to;
        if fits {
            next.subtrees.iter().for_each(|&subtree| self.append(subtree));
        }
        fits
    }

    /// Adds a subtree, which goes into larger ones together with those that it completes.
    fn append(&mut self, mut subtree: Subtree) {
        let mut start = self.to;
        self.to += 1 << subtree.level;
        while let Some(&left) = self.subtrees.last()
            && left.level == subtree.level
            && start & (1 << subtree.level) != 0
        {
            self.subtrees.pop();
            start -= 1 << left.level;
            subtree = Subtree { level: left.level + 1, hash: Hash::of_node(left.hash, subtree.hash) };
        }
        self.subtrees.push(subtree);
    }

    /// The root of the tree of all leaves up to here; `None` unless the span begins with the first.
    pub fn root(&self) -> Option<Hash> {
        if self.from != 0 {
            return None;
        }
        let mut right_to_left = self.hashes().collect::<Vec<_>>().into_iter().rev();
        let last = right_to_left.next().unwrap_or_else(Hash::of_nothing);
        Some(right_to_left.fold(last, |right, left| Hash::of_node(left, right)))
    }
}

/// The levels of the largest subtrees that leaves `from … to − 1` fill, in order; `None` where `to` is less than `from`.
fn levels(from: u64, to: u64) -> Option<Vec<u32>> {
    let mut levels = Vec::new();
    let (mut at, mut left) = (from, to.checked_sub(from)?);
    while left > 0 {
        // A subtree begins at a multiple of its size.
        let level = at.trailing_zeros().min(left.ilog2());
        levels.push(level);
        at += 1 << level;
        left -= 1 << level;
    }
    Some(levels)
}

/// The proof that a leaf stands at its place in a tree (RFC 9162, section 2.1.3).
///
/// # Examples
///
/// ```
/// use bottleneck::recipe::merkle::{Hash, Proof, Span};
///
/// let leaves: Vec<Hash> = (0..7u8).map(|k| Hash::of_leaf(&[k])).collect();
/// let mut span = Span::starting_at(0);
/// leaves.iter().for_each(|&leaf| span.push(leaf));
/// // What is known besides the leaf itself: its neighbours, and the rest as subtrees.
/// let mut rest = Span::starting_at(4);
/// leaves[4..].iter().for_each(|&leaf| rest.push(leaf));
/// let known = [Span::from_hashes(0, 1, &leaves[..1]), Span::from_hashes(1, 4, &{
///     let mut some = Span::starting_at(1);
///     leaves[1..4].iter().for_each(|&leaf| some.push(leaf));
///     some.hashes().collect::<Vec<_>>()
/// })];
/// let spans: Vec<Span> = known.into_iter().flatten().chain([rest]).collect();
/// let proof = Proof::of(0, &spans).expect("all leaves are known");
/// assert_eq!(proof.root(leaves[0]), span.root());
/// assert_ne!(proof.root(leaves[1]), span.root());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The number of the leaf.
    pub leaf: u64,
    /// How many leaves the tree has.
    pub leaves: u64,
    /// From the leaf's neighbour up to the branch beside it under the root.
    pub path: Vec<Hash>,
}

impl Proof {
    /// The proof of a leaf, from spans that cover the tree in order. That leaf must be a span of its own; `None` where
    /// the spans do not say enough.
    pub fn of(leaf: u64, spans: &[Span]) -> Option<Proof> {
        let known = Known::of(spans)?;
        let (mut from, mut to) = (0, known.leaves);
        if leaf >= to {
            return None;
        }
        let mut path = Vec::new();
        while to - from > 1 {
            let middle = from + left_branch(to - from);
            if leaf < middle {
                path.push(known.branch(middle, to)?);
                to = middle;
            } else {
                path.push(known.branch(from, middle)?);
                from = middle;
            }
        }
        path.reverse();
        Some(Proof { leaf, leaves: known.leaves, path })
    }

    /// The root that follows from the proof if the leaf has this hash; `None` where the path is too long or too short for
    /// such a tree.
    pub fn root(&self, leaf: Hash) -> Option<Hash> {
        let (mut at, mut last) = (self.leaf, self.leaves.checked_sub(1)?);
        if at > last {
            return None;
        }
        let mut root = leaf;
        for &beside in &self.path {
            if last == 0 {
                return None;
            }
            if at & 1 == 1 || at == last {
                root = Hash::of_node(beside, root);
                // Up to where it is a right branch: the last leaf may have none beside it for some levels.
                let levels = at.trailing_zeros();
                (at, last) = (at >> levels, last >> levels);
            } else {
                root = Hash::of_node(root, beside);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        (last == 0).then_some(root)
    }
}

/// How many of `n` leaves, 2 or more, are in the left branch.
fn left_branch(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The subtrees that are known, by their first leaf and their level.
struct Known {
    leaves: u64,
    subtrees: BTreeMap<(u64, u32), Hash>,
}

impl Known {
    /// `None` unless the spans follow one another from the first leaf on.
    fn of(spans: &[Span]) -> Option<Known> {
        let mut known = Known { leaves: 0, subtrees: BTreeMap::new() };
        for span in spans {
            if span.from != known.leaves {
                return None;
            }
            for subtree in &span.subtrees {
                known.subtrees.insert((known.leaves, subtree.level), subtree.hash);
                known.leaves += 1 << subtree.level;
            }
        }
        Some(known)
    }

    /// The hash over leaves `from … to − 1`, a branch of the tree.
    fn branch(&self, from: u64, to: u64) -> Option<Hash> {
        let n = to - from;
        if n.is_power_of_two()
            && let Some(&hash) = self.subtrees.get(&(from, n.ilog2()))
        {
            return Some(hash);
        }
        let middle = (n > 1).then(|| from + left_branch(n))?;
        Some(Hash::of_node(self.branch(from, middle)?, self.branch(middle, to)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves that the reference implementation of Certificate Transparency tests its tree with, and the roots over
    /// the first 0 … 8 of them (there as hexadecimal, in its tests of the Merkle tree; the tree of RFC 6962 is the one of
    /// RFC 9162).
    const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn leaf(k: u64) -> Hash {
        Hash::of_leaf(&k.to_le_bytes())
    }

    fn span(from: u64, to: u64) -> Span {
        let mut span = Span::starting_at(from);
        (from..to).for_each(|k| span.push(leaf(k)));
        span
    }

    /// The definition of RFC 9162, section 2.1.1, word for word.
    fn naive(from: u64, to: u64) -> Hash {
        match to - from {
            0 => Hash::of_nothing(),
            1 => leaf(from),
            n => {
                let mut k = 1;
                while 2 * k < n {
                    k *= 2;
                }
                Hash::of_node(naive(from, from + k), naive(from + k, to))
            }
        }
    }

    #[test]
    fn the_roots_are_those_of_the_reference() {
        let mut span = Span::starting_at(0);
        for (n, root) in ROOTS.iter().enumerate() {
            assert_eq!(span.root().expect("begins with the first").to_string(), *root, "{n} leaves");
            LEAVES.get(n).into_iter().for_each(|data| span.push(Hash::of_leaf(data)));
        }
    }

    #[test]
    fn trees_of_all_sizes_and_cuts_have_the_root_of_the_definition() {
        for n in 0..70 {
            assert_eq!(span(0, n).root(), Some(naive(0, n)), "{n}");
            for cut in 0..=n {
                let mut whole = span(0, cut);
                assert!(whole.join(&span(cut, n)));
                assert_eq!(whole, span(0, n), "{cut} of {n}");
            }
        }
    }

    #[test]
    fn a_span_comes_back_from_its_hashes_and_from_no_other_number_of_them() {
        for (from, to) in [(0, 0), (0, 1), (5, 5), (5, 6), (3, 64), (1, 1000), (4095, 4097)] {
            let span = span(from, to);
            let hashes: Vec<Hash> = span.hashes().collect();
            assert_eq!(Span::from_hashes(from, to, &hashes), Some(span));
            let longer = [&hashes[..], &[leaf(0)]].concat();
            assert_eq!(Span::from_hashes(from, to, &longer), None);
            assert!(hashes.is_empty() || Span::from_hashes(from, to, &hashes[1..]).is_none());
        }
        assert_eq!(Span::from_hashes(6, 5, &[]), None);
    }

    #[test]
    fn spans_that_leave_a_gap_or_overlap_are_not_joined() {
        for (from, to) in [(8, 12), (6, 12), (0, 3)] {
            let mut first = span(0, 7);
            assert!(!first.join(&span(from, to)));
            assert_eq!(first, span(0, 7));
        }
    }

    #[test]
    fn every_leaf_of_every_tree_has_a_proof_that_holds_for_it_alone() {
        for n in 1..40 {
            let root = span(0, n).root();
            for k in 0..n {
                let proof = Proof::of(k, &[span(0, k), span(k, k + 1), span(k + 1, n)]).expect("all known");
                assert_eq!(proof.root(leaf(k)), root, "{k} of {n}");
                assert_ne!(proof.root(leaf(n)), root);
                assert!(n == 1 || Proof { leaf: (k + 1) % n, ..proof.clone() }.root(leaf(k)) != root);
                let longer = [&proof.path[..], &[leaf(0)]].concat();
                assert_eq!(Proof { path: longer, ..proof.clone() }.root(leaf(k)), None);
                assert_eq!(Proof { leaf: n, ..proof }.root(leaf(k)), None);
            }
        }
    }

    #[test]
    fn without_all_leaves_there_is_no_proof() {
        assert_eq!(Proof::of(3, &[span(0, 3), span(4, 9)]), None);
        assert_eq!(Proof::of(9, &[span(0, 9)]), None);
        assert_eq!(Proof::of(3, &[span(0, 8)]), None, "the leaf is no span of its own");
    }

    #[test]
    fn a_hash_has_one_spelling() {
        let hash = leaf(7);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        for text in ["", "0", &hash.to_string()[1..], &hash.to_string().to_uppercase(), &"é".repeat(32)] {
            assert!(text.parse::<Hash>().is_err(), "{text}");
        }
    }
}
