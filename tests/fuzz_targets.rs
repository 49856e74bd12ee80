//! The fuzz targets are named in several places; nothing but this test sees all of them.

use std::{collections::BTreeSet, fs, path::Path};

const FUZZ: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz");

/// The files of a folder that end like this, without that ending.
fn files(folder: &str, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(Path::new(FUZZ).join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
}

/// What stands between these in a file, wherever a line opens with it.
fn named(file: &str, open: &str, close: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(Path::new(FUZZ).join(file)).unwrap();
    let names = text.lines().filter_map(|line| line.strip_prefix(open)?.split_once(close));
    names.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_target_is_named_everywhere() {
    let targets = files("fuzz_targets", ".rs");
    assert!(targets.contains("stdio_lines") && targets.contains("server"), "{targets:?}");
    assert_eq!(named("Cargo.toml", "path = \"fuzz_targets/", ".rs\""), targets, "the binaries of fuzz/Cargo.toml");
    assert_eq!(files("options", ".options"), targets, "the files of fuzz/options");
    assert_eq!(named("README.md", "**`", "`**"), targets, "the paragraphs of fuzz/README.md");
    assert_eq!(
        named("../examples/fuzz_seeds/samples.rs", "            (\"", "\", "),
        targets,
        "the seeds of examples/fuzz_seeds"
    );
}
