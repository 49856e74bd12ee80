//! The folder of a sandbox: made for nobody but us, below the temporary folder of the system, removed in the end.

use std::{
    fs, io, iter,
    path::{Path, PathBuf},
};

/// How many names are tried.
const NAMES: usize = 16;

/// How often it is removed while somebody still writes into it.
const TRIES: usize = 5;

/// A folder with a home, a temporary folder and a working folder. Dropping it removes it.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub fn create(below: &Path) -> io::Result<Self> {
        let below = below.canonicalize()?;
        let root = (0..NAMES).map(|_| below.join(name())).find_map(|path| match private(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
            made => Some(made.map(|()| Self(path))),
        });
        let root = root.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))??;
        for part in [root.home(), root.temporary(), root.work()] {
            private(&part)?;
        }
        Ok(root)
    }

    pub fn root(&self) -> &Path {
        &self.0
    }

    pub fn home(&self) -> PathBuf {
        self.0.join("home")
    }

    pub fn temporary(&self) -> PathBuf {
        self.0.join("tmp")
    }

    pub fn work(&self) -> PathBuf {
        self.0.join("work")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for _ in 0..TRIES {
            if fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            // A server may have locked a folder, which locks out its owner too.
            unlock(&self.0);
        }
    }
}

fn name() -> String {
    let letters: String = iter::repeat_with(fastrand::alphanumeric).take(12).collect();
    format!("mcp-litmus-{letters}")
}

/// Make a folder that only we can enter; one that is there already is none.
fn private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(unix)]
fn unlock(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let _ = fs::set_permissions(&folder, fs::Permissions::from_mode(0o700));
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        open.extend(
            entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()),
        );
    }
}

#[cfg(not(unix))]
fn unlock(_folder: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_removed_with_all_that_is_in_it() {
        let folder = Folder::create(&std::env::temp_dir()).unwrap();
        let root = folder.root().to_owned();
        fs::create_dir_all(folder.home().join("a/b")).unwrap();
        fs::write(folder.work().join("file"), "text").unwrap();
        assert!(folder.temporary().is_dir());
        drop(folder);
        assert!(!root.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_enter_and_a_locked_folder_is_removed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::create(&std::env::temp_dir()).unwrap();
        for part in [folder.root().to_owned(), folder.home(), folder.temporary(), folder.work()] {
            assert_eq!(fs::metadata(part).unwrap().permissions().mode() & 0o777, 0o700);
        }
        let (root, locked) = (folder.root().to_owned(), folder.home().join("locked"));
        fs::create_dir_all(locked.join("in")).unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        drop(folder);
        assert!(!root.exists());
    }

    #[test]
    fn two_are_two() {
        let below = std::env::temp_dir();
        let (one, other) = (Folder::create(&below).unwrap(), Folder::create(&below).unwrap());
        assert_ne!(one.root(), other.root());
        assert!(Folder::create(&one.root().join("missing")).is_err());
    }
}
