//! The report that a person reads, as goldens, and what no server may do to a terminal.

mod report_sample;

use mcp_litmus::report::{FORMATS, Options, Render, console};
use proptest::prelude::*;
use report_sample::{HOSTILE, clean, fold, mixed, nothing_tested, of_text, single, unreachable};

const PLAIN: Options = Options { color: false, width: 100, verbose: false };

fn golden(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true
    }, { insta::assert_snapshot!(name, text) });
}

#[test]
fn a_mixed_run() {
    golden("report_console_plain", &console::render(&fold(&mixed(false)), &PLAIN));
}

#[test]
fn a_single_revision_in_a_narrow_terminal() {
    golden("report_console_narrow", &console::render(&fold(&single()), &Options { width: 48, ..PLAIN }));
}

#[test]
fn everything_when_verbose() {
    golden("report_console_verbose", &console::render(&fold(&mixed(false)), &Options { verbose: true, ..PLAIN }));
}

#[test]
fn colours_are_ours() {
    let text = console::render(&fold(&mixed(true)), &Options { color: true, ..PLAIN });
    golden("report_console_color", &text.replace('\u{1b}', "ESC"));
}

#[test]
fn a_server_that_cannot_be_tested() {
    golden("report_console_unreachable", &console::render(&fold(&unreachable()), &PLAIN));
}

#[test]
fn nothing_to_test_and_nothing_wrong() {
    let texts = [nothing_tested(), clean()].map(|events| console::render(&fold(&events), &PLAIN));
    golden("report_console_quiet", &texts.join("-----\n"));
}

#[test]
fn what_is_said_while_it_happens() {
    let options = Options { verbose: true, ..PLAIN };
    let lines: String = mixed(false).iter().filter_map(|event| console::live(event, &options)).collect();
    golden("report_console_live", &lines);
}

#[test]
fn a_run_that_was_cut_off_says_so() {
    let mut events = single();
    events.pop();
    let text = console::render(&fold(&events), &PLAIN);
    assert!(text.lines().last().unwrap().starts_with("CUT OFF  1 failed, 1 passed"), "{text}");
}

#[test]
fn the_same_finding_in_two_revisions_is_one_case_and_failures_come_last() {
    let text = console::render(&fold(&mixed(false)), &PLAIN);
    let at = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("no {needle} in\n{text}"));
    assert_eq!(text.matches("FAIL  tools/unknown-tool").count(), 1);
    assert_eq!(text.matches("WARN  stdio/noise").count(), 2, "these name different places");
    assert!(at("Skipped") < at("WARN  stdio/noise") && at("WARN  stdio/noise") < at("ERROR  tools/schema"));
    assert!(at("ERROR  tools/schema") < at("FAIL  tools/names"));
    assert!(text.lines().last().unwrap().starts_with("FAIL  4 failed, 1 could not be judged, 2 warned, 2 passed"));
}

/// All that a format says of these events, the live part too.
fn everything(text: &str, options: &Options) -> String {
    let events = of_text(text);
    let record = fold(&events);
    let mut said: String = events.iter().filter_map(|event| console::live(event, options)).collect();
    for format in &FORMATS {
        match format.render {
            Render::Finished(render) => said += &render(&record, options),
            Render::Stream(line) => said.extend(events.iter().map(line)),
        }
    }
    let elapsed = std::time::Duration::from_secs(1);
    said + &console::progress(1, 2, &text.into(), elapsed, options)
}

/// Our own colours taken out again.
fn without_colors(text: &str) -> String {
    ["0", "1", "2", "36", "1;31", "1;32", "1;33", "1;35"]
        .iter()
        .fold(text.to_owned(), |text, code| text.replace(&format!("\u{1b}[{code}m"), ""))
}

fn harmless(c: char) -> bool {
    c == '\n' || !mcp_litmus::report::escape::deceives(c)
}

#[test]
fn a_hostile_server_reaches_no_terminal() {
    for verbose in [false, true] {
        let said = everything(HOSTILE, &Options { verbose, ..PLAIN });
        assert_eq!(said.chars().find(|c| !harmless(*c)), None);
        let said = everything(HOSTILE, &Options { verbose, color: true, ..PLAIN });
        assert_eq!(without_colors(&said).chars().find(|c| !harmless(*c)), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_reaches_a_terminal_unescaped(
        text in "[\\PC\u{0}-\u{ff}\u{1b}\u{202e}\u{feff}]{0,80}", width in 0_usize..120, verbose: bool,
    ) {
        let said = everything(&text, &Options { color: false, width, verbose });
        prop_assert_eq!(said.chars().find(|c| !harmless(*c)), None);
    }
}
