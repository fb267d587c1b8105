//! Which files there are below the paths of a call, and what is in them.

use bottleneck_pictures::{Gathered, Gathering, MOST_BYTES};
use std::fs;
use std::path::{Path, PathBuf};

/// The files that were named and those below the folders that were, in the order of their names. What is neither is
/// noted with the gathering, as is the file that the set will be written to: it may be an earlier one.
///
/// # Errors
///
/// A sentence, where a path of the call leads nowhere.
pub fn listed(
    paths: &[String],
    output: Option<&str>,
    gathering: &mut Gathering,
) -> Result<Vec<PathBuf>, String> {
    let output = output.and_then(|path| fs::canonicalize(path).ok());
    let mut found = Vec::new();
    for path in paths {
        let kind = fs::metadata(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
        if kind.is_dir() {
            walk(Path::new(path), &mut found, gathering);
        } else {
            found.push(path.into());
        }
    }
    found.retain(|path| {
        let is_output = output.is_some() && fs::canonicalize(path).ok() == output;
        if is_output {
            gathering.refuse(&path.to_string_lossy(), "left out: it is where the set is written".into());
        }
        !is_output
    });
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>, gathering: &mut Gathering) {
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = entries.unwrap_or_else(|error| {
        gathering.refuse(&folder.to_string_lossy(), format!("the folder cannot be read: {error}"));
        Vec::new()
    });
    entries.sort_by_key(fs::DirEntry::file_name);
    for path in entries.iter().map(fs::DirEntry::path) {
        if !path.is_dir() {
            found.push(path);
        } else if path.is_symlink() {
            // It may lead to a folder that it is in itself.
            gathering.refuse(&path.to_string_lossy(), "left out: it is a link to a folder".into());
        } else {
            walk(&path, found, gathering);
        }
    }
}

/// All that these paths hold.
///
/// # Errors
///
/// A sentence, where a path leads nowhere.
pub fn gathered(paths: &[String], options: bottleneck_pictures::Options) -> Result<Gathered, String> {
    let mut gathering = Gathering::new(options)?;
    let files = listed(paths, None, &mut gathering)?;
    files.iter().for_each(|path| add(path, &mut gathering));
    Ok(gathering.finish())
}

/// Adds what the file holds. It is read by its own name, which need not be UTF-8 as that in a set is.
pub fn add(path: &Path, gathering: &mut Gathering) {
    let name = path.to_string_lossy();
    match read(path) {
        Ok(bytes) => gathering.add(&name, &bytes),
        Err(reason) => gathering.refuse(&name, reason),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let unread = |error| format!("it cannot be read: {error}");
    let about = fs::metadata(path).map_err(unread)?;
    if !about.is_file() {
        // A pipe or a device might never end.
        Err("it is neither a file nor a folder".into())
    } else if about.len() > MOST_BYTES {
        Err("it has more than 512 MB".into())
    } else {
        fs::read(path).map_err(unread)
    }
}
