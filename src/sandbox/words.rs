//! The words of a command that name files from the working folder: they have to name the same ones from another.

use std::{
    ffi::OsString,
    path::{MAIN_SEPARATOR, Path},
};

/// The arguments with every path that is seen from `folder` made absolute.
pub(super) fn absolute(args: &[OsString], folder: &Path) -> Vec<OsString> {
    args.iter().map(|arg| anchored(arg, folder).unwrap_or_else(|| arg.clone())).collect()
}

/// A word, or the value of an option like `--root=./data`, as an absolute path, if it is one that is there.
fn anchored(arg: &OsString, folder: &Path) -> Option<OsString> {
    if let Some(path) = path(arg.to_str()?, folder) {
        return Some(path);
    }
    let (option, value) = arg.to_str()?.split_once('=').filter(|(option, _)| option.starts_with('-'))?;
    let mut word = OsString::from(format!("{option}="));
    word.push(path(value, folder)?);
    Some(word)
}

/// A file may have any name. A folder has to look like a path, because words like `build` or `test` name what to do.
fn path(text: &str, folder: &Path) -> Option<OsString> {
    if text.is_empty() || text.starts_with('-') || Path::new(text).is_absolute() {
        return None;
    }
    let found = folder.join(text);
    let is_path = text.starts_with('.') || text.contains(['/', MAIN_SEPARATOR]);
    (found.is_file() || is_path && found.is_dir()).then(|| found.into_os_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_file_names_it_from_anywhere() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let args = ["Cargo.toml", "./src", "src", "src/sandbox", "--root=./src", "--", "-x", "missing.js", "a=b", ""];
        let moved = absolute(&args.map(OsString::from), folder);
        let at = |place: &str| OsString::from(folder.join(place));
        let root = OsString::from(format!("--root={}", folder.join("./src").display()));
        let kept = |word: &str| OsString::from(word);
        assert_eq!(
            moved,
            [
                at("Cargo.toml"),
                at("./src"),
                kept("src"),
                at("src/sandbox"),
                root,
                kept("--"),
                kept("-x"),
                kept("missing.js"),
                kept("a=b"),
                kept(""),
            ]
        );
    }
}
