//! Standard output, standard error and the files that keep something: what cannot be written is said, and panics nowhere.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write, stderr, stdout};

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
}

impl Kept {
    /// Opens the file before there is anything to write, so that a path that will not do is known before the work.
    /// What is in it stays until then.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn open(option: &str, path: &str) -> Result<Kept, String> {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| format!("{option} {path} cannot be written: {error}"))?;
        Ok(Kept { path: path.into(), file })
    }

    /// Puts these bytes in the place of what was there. `None` where that failed, which was said then.
    pub fn write(mut self, bytes: &[u8]) -> Option<()> {
        // What is no file on a disk, such as a pipe, has no length to be set.
        let emptied =
            if self.file.metadata().is_ok_and(|file| file.is_file()) { self.file.set_len(0) } else { Ok(()) };
        match emptied.and_then(|()| self.file.write_all(bytes)).and_then(|()| self.file.flush()) {
            Ok(()) => Some(()),
            Err(error) => {
                complain(&format!(
                    "{} cannot be written: {error}; the report follows all the same.",
                    self.path
                ));
                None
            }
        }
    }
}
