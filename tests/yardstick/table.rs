//! The differences as a table for readers, which `docs/messages.md` has to show.

use std::{env, fs, path::PathBuf};

use crate::differences::{self, Difference, Refuses};

const BEGIN: &str = "<!-- differences -->\n";
const END: &str = "<!-- end of differences -->\n";

/// The page shows the differences as they are.
pub fn is_fresh() -> Result<(), String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/messages.md");
    let page = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
    let Some((before, (shown, after))) = parts else {
        return Err(format!("{} has no place for the table", path.display()));
    };
    let table = table();
    if shown == table {
        return Ok(());
    }
    if env::var_os("UPDATE_DOCS").is_none() {
        return Err(format!("{} does not show the differences: UPDATE_DOCS=1 writes them", path.display()));
    }
    fs::write(&path, [before, BEGIN, &table, END, after].concat()).map_err(|error| error.to_string())
}

fn table() -> String {
    let head = "| what | revisions | who refuses | such as | why |\n|---|---|---|---|---|\n";
    head.to_owned() + &differences::all().map(row).collect::<String>()
}

fn row(difference: &Difference) -> String {
    let Difference { name, revisions, refuses, because, examples, .. } = difference;
    let refuses = match refuses {
        Refuses::They => "the file",
        Refuses::We => "we",
    };
    let (definition, value) = examples[0];
    format!("| {name} | {revisions} | {refuses} | {definition} `{value}` | {because} |\n")
}
