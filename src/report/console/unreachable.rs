//! A server that could not be started or spoken to: what happened, what usually helps, and what it said before.

use crate::model::event::Unreachable;
use crate::report::{layout::Layout, style::Tone};

/// Everything that helps to get it running.
pub fn unreachable(found: &Unreachable, layout: &Layout) -> Vec<String> {
    let mut lines = vec![layout.ink.paint(Tone::Bad, "The server could not be tested")];
    lines.extend(layout.paragraph(&found.what));
    lines.push(String::new());
    lines.extend(layout.row("hint", &found.hint));
    lines.extend(layout.rows("stderr", found.stderr.iter().map(String::as_str)));
    // Its stderr stands above already.
    lines.extend(layout.wire(&found.transcript));
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}
