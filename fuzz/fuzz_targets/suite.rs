//! Any text as a chapter of checks: checks, or mistakes at places that exist; and read again, the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::suite::{Suite, SuiteError};

const FILE: &str = "fuzz.md";

/// Every mistake can be shown below the line that it is in.
fn can_be_shown(error: &SuiteError, text: &str) {
    let lines = text.lines().count();
    let line = usize::try_from(error.line).unwrap_or(usize::MAX);
    assert!((1..=lines + 1).contains(&line), "{error}: there are {lines} lines");
    assert!(error.column >= 1, "{error}");
    assert!(!error.message.is_empty() && !error.message.contains('\u{1b}'), "{error:?}");
    let shown = error.render(text);
    assert!(shown.starts_with(FILE) && !shown.contains('\u{1b}'), "{shown:?}");
    assert!(line > lines || shown.ends_with('^'), "{shown:?}");
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let suite = match Suite::parse(FILE, &text) {
        Ok(suite) => suite,
        Err(errors) => {
            assert!(!errors.is_empty());
            assert!(errors.is_sorted_by_key(|error| (error.line, error.column)));
            return errors.iter().for_each(|error| can_be_shown(error, &text));
        }
    };
    for check in &suite.checks {
        assert!(check.info.id.as_str().contains('/'), "{:?}", check.info.id);
        assert!(!check.info.title.trim().is_empty(), "{:?}", check.info.id);
    }
    let again = Suite::parse(FILE, &text).expect("what was read can be read again");
    assert_eq!(format!("{again:?}"), format!("{suite:?}"));
});
