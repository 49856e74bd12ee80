//! What was found before, and the demand that it be found again.

use std::{env, fs, path::PathBuf};

use crate::is_set;

/// What begins a line that is found in some runs and not in others: a race in the server, looked into and understood.
const SOMETIMES: &str = "sometimes ";

/// Compare with `golden/real/<name>.txt`; or write it, where somebody asks for that at a desk.
pub fn compare(name: &str, found: &[String]) -> Result<(), String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/real").join(format!("{name}.txt"));
    let text = fs::read_to_string(&file).unwrap_or_default();
    let (sometimes, always): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with(SOMETIMES));
    let is_chance = |line: &str| sometimes.iter().any(|known| known.strip_prefix(SOMETIMES) == Some(line));
    let found: Vec<&str> = found.iter().map(String::as_str).filter(|line| !is_chance(line)).collect();
    if is_set("UPDATE_GOLDEN") {
        return update(&file, &[found, sometimes].concat());
    }
    let missing = always.iter().filter(|line| !found.contains(line)).map(|line| format!("- {line}"));
    let surplus = found.iter().filter(|line| !always.contains(line)).map(|line| format!("+ {line}"));
    let difference: Vec<String> = missing.chain(surplus).collect();
    if difference.is_empty() {
        return Ok(());
    }
    let shown = difference.join("\n");
    Err(format!("{} is not what is found now:\n{shown}\nUPDATE_GOLDEN=1 accepts it", file.display()))
}

fn update(file: &PathBuf, lines: &[&str]) -> Result<(), String> {
    if env::var_os("CI").is_some() {
        return Err("UPDATE_GOLDEN has no place in a pipeline".to_owned());
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
