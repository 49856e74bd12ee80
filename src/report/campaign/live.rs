//! What is shown while a campaign goes on: lines that are drawn in place on a terminal, or a plain one now and then.

use crate::model::{Discovery, campaign::Pulse};
use crate::report::{
    Options,
    columns::cut,
    console::CLEAR_LINE,
    escape::visible,
    style::{Ink, Tone},
    words::{counted, grouped, seconds, time},
};

use super::words::{Standing, kinds};

/// No line is longer, so that a terminal which does not tell its width wraps none.
const WIDEST: usize = 80;

/// The lines of the display, each narrower than the terminal; they have no newlines.
pub fn display(pulse: &Pulse, options: &Options) -> Vec<String> {
    let ink = Ink { color: options.color };
    let findings = kinds(&pulse.findings);
    let doing = format!("{}, {} kept  {}", behaviours(pulse), grouped(pulse.corpus as u64), pulse.doing);
    let lines = [(Tone::Plain, progress(pulse)), (Tone::Dim, doing), (Tone::Bad, findings)];
    // The last column stays free: some terminals wrap a full line.
    let room = options.width.min(WIDEST).saturating_sub(1);
    let fitted = lines.iter().filter(|(_, text)| !text.is_empty());
    fitted.map(|(tone, text)| ink.paint(*tone, &cut(&visible(text), room))).collect()
}

/// What a terminal needs to hear before the display is drawn again, or is gone. The cursor is on its last line.
pub fn erase(lines: usize) -> String {
    let above = format!("\u{1b}[1A{CLEAR_LINE}").repeat(lines.saturating_sub(1));
    if lines == 0 { String::new() } else { format!("{CLEAR_LINE}{above}") }
}

/// The same in one line, for a pipe.
pub fn line(pulse: &Pulse) -> String {
    let findings = kinds(&pulse.findings);
    let findings = if findings.is_empty() { "no findings".to_owned() } else { findings };
    let doing = visible(&pulse.doing);
    format!("{}, {}, {findings}; {doing}\n", progress(pulse), behaviours(pulse))
}

/// A finding, as soon as there is one.
pub fn found(found: &Discovery, options: &Options) -> String {
    let ink = Ink { color: options.color };
    let standing = Standing::of(found);
    let file = found.reproducer.as_ref().map_or(String::new(), |file| format!("  {}", ink.paint(Tone::Dim, file)));
    let room = if options.verbose { usize::MAX } else { options.width.saturating_sub(20) };
    let title = visible(&found.title);
    format!(
        "{}  {}  {}{file}\n",
        ink.paint(standing.tone(), standing.word()),
        ink.paint(Tone::Bold, found.kind.name()),
        ink.paint(Tone::Plain, &cut(&title, room)),
    )
}

/// `12.30 s of 1 min 00 s  2,530 messages (205/s)  3 processes`
fn progress(pulse: &Pulse) -> String {
    let limit = pulse.limit.map_or(String::new(), |limit| format!(" of {}", seconds(time(limit))));
    // A rate that is no number is none.
    let rate = time(pulse.rate).as_secs();
    format!(
        "{}{limit}  {} ({}/s)  {}",
        seconds(time(pulse.seconds)),
        counted(pulse.messages, "message", "messages"),
        grouped(rate),
        counted(pulse.processes, "process", "processes"),
    )
}

fn behaviours(pulse: &Pulse) -> String {
    counted(pulse.behaviours as u64, "behaviour", "behaviours")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::columns::width;
    use proptest::prelude::*;

    fn pulse() -> Pulse {
        Pulse {
            seconds: 12.3,
            limit: Some(60.0),
            messages: 2_530,
            rate: 205.7,
            corpus: 17,
            behaviours: 41,
            processes: 3,
            findings: [1, 2, 0, 0, 0, 0],
            doing: "framing".into(),
        }
    }

    #[test]
    fn a_pulse_in_lines_and_in_one() {
        let first = "12.30 s of 1 min 00 s  2,530 messages (205/s)  3 processes";
        let lines = display(&pulse(), &Options::default());
        assert_eq!(lines, [first, "41 behaviours, 17 kept  framing", "1 crash, 2 hangs"]);
        assert_eq!(line(&pulse()), format!("{first}, 41 behaviours, 1 crash, 2 hangs; framing\n"));
        let quiet = Pulse { findings: [0; 6], ..pulse() };
        assert_eq!(display(&quiet, &Options::default()).len(), 2);
        assert!(line(&quiet).contains("no findings"));
    }

    #[test]
    fn as_much_is_erased_as_was_drawn() {
        assert_eq!(erase(0), "");
        assert_eq!(erase(1), CLEAR_LINE);
        assert_eq!(erase(3).matches("\u{1b}[1A").count(), 2);
        assert_eq!(erase(3).matches(CLEAR_LINE).count(), 3);
    }

    proptest! {
        #[test]
        fn the_display_fits_any_terminal(
            doing in "[\\PC\u{0}-\u{ff}\u{1b}漢]{0,90}", seconds: f64, rate: f64, messages: u64,
            findings: [usize; 6], columns in 40_usize..200,
        ) {
            let pulse = Pulse { seconds, messages, rate, findings, doing, ..pulse() };
            for line in display(&pulse, &Options { width: columns, ..Options::default() }) {
                prop_assert!(width(&line) < columns.min(WIDEST + 1), "{}", line);
                prop_assert!(!line.contains(crate::report::escape::deceives));
            }
            prop_assert_eq!(line(&pulse).matches('\n').count(), 1);
        }
    }
}
