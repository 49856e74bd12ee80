//! Who may enter which room: the table of ARCHITECTURE.md, held against every `use`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each room with the rooms that it may use. Below `cli`, only what stands here.
const TABLE: [(&str, &[&str]); 16] = [
    ("model", &[]),
    ("wire", &["model"]),
    ("schema", &["model", "wire"]),
    ("instances", &["model", "schema"]),
    ("suite", &["model", "schema"]),
    ("transport", &["model", "wire"]),
    ("session", &["model", "wire", "schema", "instances", "transport"]),
    ("checks", &["model", "wire", "schema", "instances", "suite", "session"]),
    ("run", &["model", "wire", "schema", "instances", "suite", "transport", "session", "checks", "demo"]),
    ("fuzz", &["model", "wire", "schema", "instances", "suite", "transport", "session", "checks", "run"]),
    ("report", &["model"]),
    ("demo", &["model"]),
    ("config", &["model"]),
    ("sandbox", &["transport"]),
    (
        "cli",
        &[
            "model",
            "wire",
            "schema",
            "instances",
            "suite",
            "transport",
            "session",
            "checks",
            "run",
            "fuzz",
            "report",
            "demo",
            "config",
            "sandbox",
        ],
    ),
    ("main.rs", &["cli"]),
];

#[test]
fn every_room_is_in_the_table() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "lib.rs" || TABLE.iter().any(|(room, _)| *room == name), "src/{name} is not in the table");
    }
}

#[test]
fn imports_only_go_down() {
    let mut trespasses = Vec::new();
    for file in sources(&root().join("src")) {
        let inside = file.strip_prefix(root().join("src")).unwrap();
        let room = inside.iter().next().unwrap().to_str().unwrap();
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == room) else {
            continue;
        };
        let text = fs::read_to_string(&file).unwrap();
        for (number, used) in uses(&text) {
            if used != room && TABLE.iter().any(|(name, _)| *name == used) && !allowed.contains(&used.as_str()) {
                trespasses.push(format!("src/{}:{number}: {room} may not use {used}", inside.display()));
            }
        }
    }
    assert!(trespasses.is_empty(), "{}", trespasses.join("\n"));
}

#[test]
fn the_architecture_page_shows_the_table() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (room, allowed) in TABLE.iter().filter(|(room, _)| *room != "main.rs") {
        let list = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
        assert!(page.contains(&format!("| `{room}` | {list} |")), "ARCHITECTURE.md lacks: | `{room}` | {list} |");
    }
}

/// The rooms that a file names with `crate::room` or in `use crate::{room, ..}`, with their lines.
fn uses(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::").chain(text.match_indices("mcp_litmus::")) {
        let after = &text[text[at..].find("::").map_or(at, |length| at + length + 2)..];
        let line = text[..at].matches('\n').count() + 1;
        match after.strip_prefix('{') {
            Some(group) => found.extend(top_level(group).into_iter().map(|name| (line, name))),
            None => found.push((line, word(after))),
        }
    }
    found
}

/// The first word of each item of a group of imports.
fn top_level(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0, Vec::new(), true);
    for (index, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && depth == 0 && !c.is_whitespace() => {
                names.push(word(&group[index..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
    files
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_group_of_imports_is_read() {
    let text = "use crate::{\n    model::{Era, Exit},\n    wire::Line,\n};\nlet x = crate::demo::serve();";
    let names: Vec<String> = uses(text).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["model", "wire", "demo"]);
}
