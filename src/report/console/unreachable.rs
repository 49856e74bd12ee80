//! A server that could not be started or spoken to: what happened, what usually helps, and what it said before.

use crate::model::{Direction, event::Unreachable};
use crate::report::{columns::wrap, escape::visible, layout::Layout, style::Tone};

/// Everything that helps to get it running.
pub fn unreachable(found: &Unreachable, layout: &Layout) -> Vec<String> {
    let what = visible(&found.what);
    let what = wrap(&what, layout.width - layout.indent, layout.row_lines);
    let mut lines = vec![layout.ink.paint(Tone::Bad, "The server could not be tested")];
    let blanks = " ".repeat(layout.indent);
    lines.extend(what.iter().map(|line| format!("{blanks}{}", layout.ink.paint(Tone::Plain, line))));
    lines.push(String::new());
    lines.extend(layout.row("hint", &found.hint));
    lines.extend(layout.rows("stderr", found.stderr.iter().map(String::as_str)));
    // Its stderr stands above already.
    let wire: Vec<_> = found.transcript.iter().filter(|line| line.direction != Direction::Stderr).cloned().collect();
    lines.extend(layout.transcript(&wire));
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}
