//! What a folder says of the pictures in it.

use learning::data::PictureSet;

/// The names of folders that hold what is normal, where nobody names another.
const NORMAL: [&str; 3] = ["good", "normal", "ok"];

/// Whether a label says that a picture is normal: one of `named`, or, where nobody named any, `good`, `normal` or `ok`.
/// Capitals do not matter.
pub fn is_normal(label: &str, named: &[String]) -> bool {
    let is = |name: &str| label.eq_ignore_ascii_case(name);
    if named.is_empty() { NORMAL.into_iter().any(is) } else { named.iter().any(|name| is(name)) }
}

/// The label of a set that is taken for normal: of those that say so, the one with the most pictures.
pub fn normal_label<'a>(set: &'a PictureSet, named: &[String]) -> Option<&'a str> {
    let normal = set.counts().into_iter().filter(|(label, _)| is_normal(label, named));
    normal.max_by_key(|(_, n)| *n).map(|(label, _)| label)
}

/// The folder of masks in the layout of MVTec AD.
const MASKS: &str = "ground_truth";

/// The folders that all paths so far have in common: none of them says anything of the pictures.
#[derive(Default)]
pub(crate) struct Root(Option<Vec<String>>);

impl Root {
    /// Takes one more path. Whether all before it lay in a folder of masks, and it does not.
    pub fn narrow(&mut self, path: &str) -> bool {
        let folders = folders(path);
        let root = self.0.get_or_insert_with(|| folders.iter().map(|&folder| folder.to_owned()).collect());
        let both = root.iter().zip(folders).take_while(|(ours, theirs)| ours == theirs).count();
        root.split_off(both).iter().any(|folder| folder == MASKS)
    }

    /// Whether a path that was taken lies in a folder of masks that is not itself above everything.
    pub fn is_mask(&self, path: &str) -> bool {
        folders(path).into_iter().skip(self.0.as_ref().map_or(0, Vec::len)).any(|folder| folder == MASKS)
    }
}

/// The label of each path: the folder below `train` or `test`, as MVTec AD has them; else the first folder below the one
/// that all share. What lies above that says nothing, as the same files are the same set wherever they lie. A single
/// folder has no labels, unless its name says that it is normal, or it lies in `train` or `test`.
pub(crate) fn labels(paths: &[&str], normal: &[String]) -> Vec<String> {
    let shared = shared(paths);
    let is_flat = paths.iter().all(|path| folders(path).len() == shared);
    let least = shared.saturating_sub(if is_flat { 2 } else { 1 });
    let label = |path: &&str| {
        let folders = folders(path);
        let split = folders.iter().rposition(|folder| ["train", "test"].contains(folder));
        let split = split.filter(|&at| at >= least);
        let own = || folders.get(shared).or(folders.last().filter(|name| is_normal(name, normal)));
        split.map_or_else(own, |at| folders.get(at + 1)).copied().unwrap_or_default().to_owned()
    };
    paths.iter().map(label).collect()
}

/// What each path is called below the folder that all share, with `/` between folders: so the names of a set, and their
/// order, are those of its files wherever it lies.
pub(crate) fn names(paths: &[&str]) -> Vec<String> {
    let shared = shared(paths);
    let file = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let name = |path: &&str| [&folders(path)[shared..].join("/"), "/", &file(path)].concat();
    paths.iter().map(name).map(|name| name.trim_start_matches('/').to_owned()).collect()
}

fn folders(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts.pop();
    parts.retain(|part| !part.is_empty() && *part != ".");
    parts
}

/// How many folders all paths begin with.
fn shared(paths: &[&str]) -> usize {
    let mut all = paths.iter().map(|path| folders(path));
    let first = all.next().unwrap_or_default();
    all.fold(first.len(), |n, other| first[..n].iter().zip(other).take_while(|(a, b)| *a == b).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_labels_and_a_flat_one_is_none() {
        assert_eq!(labels(&["x/good/1.png", "x/crack/1.png", "x/2.png"], &[]), ["good", "crack", ""]);
        assert_eq!(labels(&["x/1.png", "x/2.png"], &[]), ["", ""]);
        assert_eq!(labels(&["1.png"], &[]), [""]);
        assert_eq!(labels(&["x/ok/1.png", "x/ok/2.png"], &[]), ["ok", "ok"]);
        assert_eq!(labels(&["x/fine/1.png"], &["fine".into()]), ["fine"]);
    }

    #[test]
    fn names_are_those_below_the_folder_that_all_share() {
        assert_eq!(
            names(&["x/good/1.png", "x/crack/a/1.png", "x/2.png"]),
            ["good/1.png", "crack/a/1.png", "2.png"]
        );
        assert_eq!(names(&["C:\\x\\1.png", "C:\\x\\y\\2.png"]), ["1.png", "y/2.png"]);
        assert_eq!(names(&["./1.png", "/y/2.png"]), ["1.png", "y/2.png"]);
    }

    #[test]
    fn the_layout_of_mvtec_is_understood() {
        let paths =
            ["bottle/train/good/000.png", "bottle/test/good/000.png", "bottle/test/broken_large/000.png"];
        assert_eq!(labels(&paths, &[]), ["good", "good", "broken_large"]);
        let mut root = Root::default();
        let mask = "bottle/ground_truth/broken_large/000_mask.png";
        assert!(!root.narrow(paths[0]) && !root.narrow(mask));
        assert!(root.is_mask(mask) && !root.is_mask(paths[0]));
    }

    #[test]
    fn parts_of_the_layout_of_mvtec_are_understood_alone() {
        let both = ["train/good/0.png", "test/good/0.png", "test/crack/0.png"];
        assert_eq!(labels(&both, &[]), ["good", "good", "crack"]);
        assert_eq!(labels(&["test/good/0.png", "test/crack/0.png"], &[]), ["good", "crack"]);
        assert_eq!(labels(&["bottle/train/good/0.png", "bottle/train/good/1.png"], &[]), ["good", "good"]);
        assert_eq!(labels(&["test/crack/0.png", "test/crack/1.png"], &[]), ["crack", "crack"]);
        assert_eq!(labels(&["test/0.png", "test/1.png"], &[]), ["", ""]);
    }

    #[test]
    fn folders_above_the_pictures_decide_no_label() {
        let paths = ["parts/good/0.png", "parts/crack/0.png", "parts/test/ring/0.png", "parts/0.png"];
        let expected = ["good", "crack", "ring", ""];
        assert_eq!(labels(&paths, &[]), expected);
        for above in ["test", "train", "t/test/x", "test/good", "/train/y/test"] {
            let deeper = paths.map(|path| format!("{above}/{path}"));
            assert_eq!(labels(&deeper.each_ref().map(|path| &**path), &[]), expected, "{above}");
        }
        let flat = ["test/a/parts/0.png", "test/a/parts/1.png"];
        assert_eq!(labels(&flat, &[]), ["", ""]);
    }

    #[test]
    fn a_folder_of_masks_is_one_beside_something_else() {
        let mut root = Root::default();
        let masks = ["x/ground_truth/a/0.png", "x/ground_truth/b/0.png"];
        assert_eq!(masks.map(|path| root.narrow(path)), [false, false]);
        assert!(masks.iter().all(|path| !root.is_mask(path)), "it is above everything");
        assert!(root.narrow("x/test/a/0.png"));
        assert!(masks.iter().all(|path| root.is_mask(path)));
        assert!(!root.narrow("y/0.png") && !root.is_mask("x/test/a/0.png"));
    }
}
