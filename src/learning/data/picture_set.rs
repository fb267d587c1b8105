//! A set of grey pictures that somebody brought: levels, a label each, a name each, in one order.

use crate::num::order;

/// A grey picture of a set. The order is that of the set: by label, then by name, each by its bytes; those alike in both
/// are ordered by their levels, so that a set is the same whichever came first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picture {
    /// What it shows, in a word; empty where nobody said.
    pub label: String,
    /// Where it came from; it orders the set and is in no digest.
    pub name: String,
    /// `side × side` levels, row by row.
    pub levels: Vec<u8>,
}

/// Grey pictures of one size, in the order of label and name, each by its bytes; duplicates stay.
///
/// ```
/// use bottleneck::data::{Picture, PictureSet};
///
/// let picture = |label: &str, name: &str| Picture { label: label.into(), name: name.into(), levels: vec![7; 16] };
/// let set = PictureSet::new(4, vec![picture("good", "b"), picture("crack", "c"), picture("good", "a")]);
/// let names: Vec<&str> = set.pictures().iter().map(|picture| &*picture.name).collect();
/// assert_eq!(names, ["c", "a", "b"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureSet {
    side: u32,
    pictures: Vec<Picture>,
}

impl PictureSet {
    /// Puts the pictures in order.
    ///
    /// # Panics
    ///
    /// Unless every picture has `side × side` levels.
    pub fn new(side: u32, pictures: Vec<Picture>) -> PictureSet {
        PictureSet::ordered(side, pictures).0
    }

    /// A set as [`new`](Self::new) makes it, and where each of its pictures stood before.
    ///
    /// # Panics
    ///
    /// As there.
    pub fn ordered(side: u32, pictures: Vec<Picture>) -> (PictureSet, Vec<u32>) {
        let n_pixels = u64::from(side) * u64::from(side);
        let whole = |picture: &Picture| picture.levels.len() as u64 == n_pixels;
        assert!(pictures.iter().all(whole), "every picture has side × side levels");
        let places = order::positions(pictures.len(), &|a, b| pictures[a] < pictures[b]);
        let mut waiting: Vec<Option<Picture>> = pictures.into_iter().map(Some).collect();
        let pictures = places.iter().filter_map(|&place| waiting[place].take()).collect();
        (PictureSet { side, pictures }, places.into_iter().map(|place| place as u32).collect())
    }

    /// The places of pictures that are the same level by level, whatever their labels and names: each group of two or more,
    /// in rising order.
    ///
    /// ```
    /// use bottleneck::data::{Picture, PictureSet};
    ///
    /// let picture = |label: &str, level: u8| Picture { label: label.into(), name: String::new(), levels: vec![level; 16] };
    /// let set = PictureSet::new(4, vec![picture("a", 7), picture("b", 9), picture("c", 7)]);
    /// assert_eq!(set.alike(), [[0, 2]]);
    /// ```
    pub fn alike(&self) -> Vec<Vec<u32>> {
        let levels = |place: usize| &self.pictures[place].levels;
        let places = order::positions(self.pictures.len(), &|a, b| levels(a) < levels(b));
        let groups: Vec<Vec<u32>> = places
            .chunk_by(|&a, &b| levels(a) == levels(b))
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().map(|&place| place as u32).collect())
            .collect();
        order::sorted_by(&groups, |a, b| a[0] < b[0])
    }

    /// The places of pictures whose pixels all have one level: there is nothing to see on them.
    pub fn flat(&self) -> Vec<u32> {
        let is_flat = |picture: &Picture| picture.levels.iter().all(|level| *level == picture.levels[0]);
        (0..).zip(&self.pictures).filter(|(_, picture)| is_flat(picture)).map(|(place, _)| place).collect()
    }

    /// Width and height of every picture.
    pub fn side(&self) -> u32 {
        self.side
    }

    /// The pictures in their order.
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }

    /// Each label with its number of pictures, in order.
    pub fn counts(&self) -> Vec<(&str, u32)> {
        let mut counts: Vec<(&str, u32)> = Vec::new();
        for picture in &self.pictures {
            match counts.last_mut() {
                Some((label, count)) if *label == picture.label => *count += 1,
                _ => counts.push((&picture.label, 1)),
            }
        }
        counts
    }
}
