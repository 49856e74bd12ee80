//! A server's command that stands where options of ours are expected, because `--` was forgotten.

use std::ffi::OsString;

use super::{problem::Problem, shell};

/// What would be right: everything from the first word of the command goes behind `--`, and what is before it stays.
pub(super) fn forgotten(arguments: &[OsString], first: usize) -> Problem {
    let (ours, command) = arguments.split_at(first.min(arguments.len()));
    let word = command.first().map(|word| word.to_string_lossy()).unwrap_or_default();
    if ours.iter().any(|word| word == "--demo") {
        return Problem::Usage(format!("`--demo` is the server that is tested; `{word}` is one too many"));
    }
    if word.starts_with("http://") || word.starts_with("https://") {
        let right = ours.iter().cloned().chain(["--url".into()]).chain(command.iter().cloned());
        let right = shell::typed(&right.collect::<Vec<OsString>>());
        return Problem::Usage(format!("the address of a server goes behind `--url`\n  try: {right}"));
    }
    let command = command.iter().filter(|word| *word != "--").cloned();
    let right: Vec<OsString> = ours.iter().cloned().chain(["--".into()]).chain(command).collect();
    Problem::Usage(format!("the command that starts the server goes behind `--`\n  try: {}", shell::typed(&right)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str, first: usize) -> String {
        let words: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
        forgotten(&words, first).to_string()
    }

    #[test]
    fn options_of_ours_stay_before_the_dashes() {
        let problem = said("./mcp-litmus check -v npx -y server", 3);
        assert!(problem.ends_with("try: mcp-litmus check -v -- npx -y server"), "{problem}");
        let problem = said("mcp-litmus check npx -- -y", 2);
        assert!(problem.ends_with("try: mcp-litmus check -- npx -y"), "{problem}");
    }

    #[test]
    fn a_demo_and_a_url_are_no_commands() {
        assert!(said("mcp-litmus check --demo node", 3).contains("`node` is one too many"));
        let problem = said("mcp-litmus check -v https://x --bearer ${T}", 3);
        assert!(problem.ends_with("try: mcp-litmus check -v --url https://x --bearer '${T}'"), "{problem}");
    }
}
