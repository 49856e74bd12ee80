//! What is shown while a run goes on: a header, a line that moves, and with `--verbose` every check and message.

use std::time::Duration;

use crate::model::{CheckId, CheckResult, RunEvent, RunInfo};
use crate::report::{
    Options,
    columns::{cut, pad},
    escape::visible,
    style::{Ink, Tone},
    words,
};

/// What a terminal needs to hear before the line with the progress is written again, or is gone.
pub const CLEAR_LINE: &str = "\r\u{1b}[2K";

/// What an event has to say at once, with its newline; most say nothing.
pub fn live(event: &RunEvent, options: &Options) -> Option<String> {
    let ink = Ink { color: options.color };
    match event {
        RunEvent::Started { tool, target, seed, .. } => Some(header(&tool.name, &tool.version, target, *seed, options)),
        RunEvent::RunStarted(run) if options.verbose => Some(conversation(run, ink)),
        RunEvent::CheckFinished(result) if options.verbose => Some(finished(result, ink)),
        RunEvent::Wire { session, line } if options.verbose => {
            let text = ink.paint(line.direction.into(), &words::excerpt(line));
            Some(format!("{} {text}\n", ink.paint(Tone::Dim, session)))
        }
        _ => None,
    }
}

/// Who tests what.
pub fn header(tool: &str, version: &str, target: &str, seed: u64, options: &Options) -> String {
    let ink = Ink { color: options.color };
    let name = ink.paint(Tone::Bold, &format!("{tool} {version}"));
    let target = visible(target);
    let target = cut(&target, if options.verbose { usize::MAX } else { options.width });
    format!("{name}  {}\n{}\n\n", ink.paint(Tone::Dim, &format!("seed {seed}")), ink.paint(Tone::Plain, &target))
}

/// The line that moves on a terminal; it has no newline, and is shown behind [`CLEAR_LINE`].
pub fn progress(done: usize, planned: usize, current: &CheckId, elapsed: Duration, options: &Options) -> String {
    let digits = planned.to_string().len();
    let text = format!("{done:>digits$}/{planned}  {}  {}", words::seconds(elapsed), visible(current.as_str()));
    // The last column stays free: some terminals wrap a full line.
    Ink { color: options.color }.paint(Tone::Dim, &cut(&text, options.width.saturating_sub(1)))
}

fn conversation(run: &RunInfo, ink: Ink) -> String {
    let names = run.capabilities.as_object().map(|all| all.keys().map(String::as_str).collect::<Vec<_>>().join(", "));
    let offers = names.filter(|names| !names.is_empty()).unwrap_or_else(|| "nothing".to_owned());
    let about = format!("{}  {}  {}", run.revision, run.transport, words::server(&run.server));
    let more = format!("first answer after {} ms, declares {offers}", run.startup_ms);
    format!("{}  {}\n", ink.paint(Tone::Bold, &about), ink.paint(Tone::Dim, &more))
}

fn finished(result: &CheckResult, ink: Ink) -> String {
    let verdict = ink.paint(result.verdict.into(), &format!("{:<5}", result.verdict));
    let check = ink.paint(Tone::Plain, &pad(&visible(result.check.as_str()), 36));
    let about = format!("{}  {:.1} ms  judged {}", result.revision, result.duration_ms, result.judged);
    let reason = if result.reason.is_empty() { String::new() } else { format!("  {}", result.reason) };
    format!("{verdict}  {check}  {}\n", ink.paint(Tone::Dim, &(about + &reason)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::columns::width;

    #[test]
    fn progress_fits_a_terminal() {
        let options = Options { width: 30, ..Options::default() };
        let line = progress(7, 140, &"tools/a-rather-long-name".into(), Duration::from_millis(2310), &options);
        assert_eq!(line, "  7/140  2.31 s  tools/a-rat…");
        assert_eq!(width(&line), 29);
    }

    #[test]
    fn only_the_header_is_shown_unasked() {
        let check =
            RunEvent::CheckStarted { check: "a/b".into(), revision: crate::model::Revision::NEWEST, planned: 1 };
        assert_eq!(live(&check, &Options { verbose: true, ..Options::default() }), None);
        assert_eq!(header("t", "1", "node \u{7}", 5, &Options::default()), "t 1  seed 5\nnode \\u{7}\n\n");
    }
}
