//! What a finding of a campaign has to say: what is known of it, the conversation, and how to see it again.

use crate::model::{Campaign, Discovery};
use crate::report::{evidence::separate, layout::Layout, words::play};

use super::words;

/// Everything that is known of a finding.
pub fn evidence(layout: &Layout, found: &Discovery, campaign: &Campaign) -> Vec<String> {
    let mut lines = layout.row("because", &found.because);
    lines.extend(layout.row("seen", &words::seen(found)));
    lines.extend(layout.row("again", &words::again(found)));
    lines.extend(layout.row("shrunk to", &words::size(found)));
    let last = found.stderr.len().saturating_sub(layout.row_lines);
    lines.extend(layout.rows("stderr", found.stderr.iter().skip(last).map(String::as_str)));
    lines.extend(conversations(layout, found));
    separate(&mut lines);
    if let Some(check) = &found.check {
        lines.push(layout.labelled("check", check));
        lines.push(layout.labelled("explain", &format!("mcp-litmus explain {check}")));
    }
    let command = found.reproducer.as_ref().map(|file| play(file, campaign.revision, &campaign.target));
    lines.extend(command.map(|command| layout.labelled("reproduce", &command)));
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// What was said: when it was tried again, and before that when it was seen first, if that is another conversation.
fn conversations(layout: &Layout, found: &Discovery) -> Vec<String> {
    let says =
        |excerpts: &[_]| if found.stderr.is_empty() { layout.transcript(excerpts) } else { layout.wire(excerpts) };
    if found.first.is_empty() {
        return says(&found.transcript);
    }
    let mut lines = vec![String::new(), layout.remark("when it was seen:")];
    lines.extend(says(&found.first).into_iter().skip(1));
    if !found.transcript.is_empty() {
        lines.push(layout.remark("when it was tried again:"));
        lines.extend(says(&found.transcript).into_iter().skip(1));
    }
    lines
}
