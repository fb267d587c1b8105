//! Standard output, standard error and the files that keep something: what cannot be written is said, and panics nowhere.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write, stderr, stdout};
use std::path::{Path, PathBuf};

/// Writes to standard output. `None` where that failed, which was said then; a reader who has gone, as `head` does,
/// has read enough.
pub fn print(text: &str) -> Option<()> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("The report cannot be written: {error}."));
            None
        }
        _ => Some(()),
    }
}

/// Writes a line to standard error, if somebody listens there.
pub fn complain(sentence: &str) {
    let _ = writeln!(stderr(), "{sentence}");
}

/// A file that is to keep what comes out.
pub struct Kept {
    path: String,
    file: File,
    /// Where what is written stands until it is whole; `None` where it goes to its place at once, as into a pipe.
    part: Option<Part>,
}

impl Kept {
    /// Opens the file before there is anything to write, so that a path that will not do is known before the work.
    /// What is in it stays until then, and where there was none, none is left of a run that comes to nothing.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn open(option: &str, path: &str) -> Result<Kept, String> {
        let opened = opened(Path::new(path));
        let (file, part) = opened.map_err(|error| format!("{option} {path} cannot be written: {error}"))?;
        Ok(Kept { path: path.into(), file, part })
    }

    /// Puts these bytes in the place of what was there.
    ///
    /// # Errors
    ///
    /// A sentence, which was said then. What was there is lost only where it could not be written beside it.
    pub fn write(self, bytes: &[u8]) -> Result<(), String> {
        let Kept { path, mut file, part } = self;
        // What is no file on a disk, such as a pipe, has no length to be set.
        let emptied = if file.metadata().is_ok_and(|file| file.is_file()) { file.set_len(0) } else { Ok(()) };
        let written = emptied.and_then(|()| file.write_all(bytes)).and_then(|()| file.flush());
        drop(file);
        let placed = written.and_then(|()| part.map_or(Ok(()), Part::into_place));
        placed.map_err(|error| {
            let sentence = format!("{path} cannot be written: {error}");
            complain(&format!("{sentence}; the report follows all the same."));
            sentence
        })
    }
}

fn opened(path: &Path) -> io::Result<(File, Option<Part>)> {
    let about = fs::metadata(path);
    // What leads into /dev may be a file that is open already, as standard output.
    let is_plain = about.as_ref().map_or(true, fs::Metadata::is_file) && !path.starts_with("/dev");
    let is_new = about.is_err() && fs::symlink_metadata(path).is_err();
    if is_new && let Ok((file, part)) = Part::beside(path) {
        return Ok((file, Some(part)));
    }
    // Also where something is there: who may not write it may not replace it.
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    if let (true, Ok(about)) = (is_plain, about)
        // A link stays one: the file that it leads to is replaced.
        && let Ok((beside, part)) = fs::canonicalize(path).and_then(|place| Part::beside(&place))
        && beside.set_permissions(about.permissions()).is_ok()
    {
        return Ok((beside, Some(part)));
    }
    Ok((file, None))
}

/// A file beside another, which takes its place once it is whole; so a disk that is full costs nothing that was there.
struct Part {
    beside: PathBuf,
    place: PathBuf,
    is_placed: bool,
}

impl Part {
    fn beside(place: &Path) -> io::Result<(File, Part)> {
        let name = place.file_name().ok_or(ErrorKind::InvalidInput)?;
        // One of that name may be somebody's own, or be left of a run that was killed.
        for k in 0..100 {
            let mut other = name.to_owned();
            other.push(if k == 0 { ".part".into() } else { format!(".{k}.part") });
            let beside = place.with_file_name(other);
            match OpenOptions::new().write(true).create_new(true).open(&beside) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                opened => {
                    return opened.map(|file| (file, Part { beside, place: place.into(), is_placed: false }));
                }
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    fn into_place(mut self) -> io::Result<()> {
        fs::rename(&self.beside, &self.place)?;
        self.is_placed = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_placed {
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// Whether two paths lead to one file, which need not be there yet.
pub fn are_one(a: &str, b: &str) -> bool {
    let place = |path: &str| {
        fs::canonicalize(path).or_else(|_| {
            let path = Path::new(path);
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
            io::Result::Ok(folder.join(path.file_name().unwrap_or_default()))
        })
    };
    a == b || matches!((place(a), place(b)), (Ok(a), Ok(b)) if a == b)
}
