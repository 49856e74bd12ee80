//! What was found before, and the demand that it be found again.

use std::{env, fs, path::PathBuf};

use crate::is_set;

/// Compare with `golden/real/<name>.txt`; or write it, where somebody asks for that at a desk.
pub fn compare(name: &str, found: &[String]) -> Result<(), String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/real").join(format!("{name}.txt"));
    if is_set("UPDATE_GOLDEN") {
        return update(&file, found);
    }
    let text = fs::read_to_string(&file).unwrap_or_default();
    let known: Vec<&str> = text.lines().collect();
    let missing = known.iter().filter(|line| !found.iter().any(|found| found == *line)).map(|line| format!("- {line}"));
    let surplus = found.iter().filter(|line| !known.contains(&line.as_str())).map(|line| format!("+ {line}"));
    let difference: Vec<String> = missing.chain(surplus).collect();
    if difference.is_empty() {
        return Ok(());
    }
    let shown = difference.join("\n");
    Err(format!("{} is not what is found now:\n{shown}\nUPDATE_GOLDEN=1 accepts it", file.display()))
}

fn update(file: &PathBuf, found: &[String]) -> Result<(), String> {
    if env::var_os("CI").is_some() {
        return Err("UPDATE_GOLDEN has no place in a pipeline".to_owned());
    }
    let lines: String = found.iter().map(|line| format!("{line}\n")).collect();
    fs::write(file, lines).map_err(|error| format!("{}: {error}", file.display()))
}
