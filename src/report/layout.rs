//! Labelled rows and lines of a transcript in a given room. Consoles and documents share them.

use crate::model::{Direction, Excerpt};

use super::{
    Options,
    columns::{cut, pad, width, wrap},
    escape::visible,
    style::{Ink, Tone},
    words,
};

/// The column behind the labels.
const LABEL: usize = 11;

/// A line narrower than this says nothing.
const NARROWEST: usize = 24;

/// How much room the evidence gets, and what of it is left out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The colours.
    pub ink: Ink,
    /// The columns of a line of text.
    pub width: usize,
    /// The columns of a line of a transcript.
    pub wire_width: usize,
    /// The blanks before everything.
    pub indent: usize,
    /// The lines of one row.
    pub row_lines: usize,
    /// The findings of one result.
    pub findings: usize,
    /// The lines of one transcript.
    pub excerpts: usize,
}

impl Layout {
    /// For a person in a hurry; everything when `verbose`.
    pub fn console(options: &Options) -> Self {
        let (ink, width) = (Ink { color: options.color }, options.width.max(NARROWEST));
        let brief = Self { ink, width, wire_width: width, indent: 6, row_lines: 6, findings: 5, excerpts: 12 };
        let all = usize::MAX;
        let full = Self { wire_width: all, row_lines: all, findings: all, excerpts: all, ..brief };
        if options.verbose { full } else { brief }
    }

    /// For a document, which has no columns, but readers that refuse large ones.
    pub fn document() -> Self {
        let all = usize::MAX;
        let ink = Ink { color: false };
        Self { ink, width: all, wire_width: all, indent: 0, row_lines: all, findings: 20, excerpts: 40 }
    }

    fn blanks(&self) -> String {
        " ".repeat(self.indent)
    }

    /// A label with its text, wrapped. No text, no row.
    pub fn row(&self, label: &str, text: &str) -> Vec<String> {
        let text = text.trim();
        if text.is_empty() { Vec::new() } else { self.rows(label, [text]) }
    }

    /// A label with lines of text, each wrapped.
    pub fn rows<'t>(&self, label: &str, texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
        let room = self.width.saturating_sub(self.indent + LABEL).max(NARROWEST);
        let mut rows = Vec::new();
        for text in texts {
            for line in wrap(&visible(text), room, self.row_lines) {
                rows.push(self.labelled(if rows.is_empty() { label } else { "" }, &line));
            }
        }
        rows
    }

    /// A label with a text that somebody will copy, and that is therefore left in one piece.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        let gap = pad("", LABEL.saturating_sub(width(label)));
        let line = format!("{}{}{gap}{}", self.blanks(), self.ink.paint(Tone::Dim, label), visible(text));
        line.trim_end().to_owned()
    }

    /// A text without a label, wrapped.
    pub fn paragraph(&self, text: &str) -> Vec<String> {
        let text = visible(text);
        let lines = wrap(&text, self.width - self.indent, self.row_lines);
        lines.iter().map(|line| format!("{}{}", self.blanks(), self.ink.paint(Tone::Plain, line))).collect()
    }

    /// A remark in the place of what was left out.
    pub fn remark(&self, text: &str) -> String {
        format!("{}{}", self.blanks(), self.ink.paint(Tone::Dim, text))
    }

    /// The last lines of a conversation, between empty lines.
    pub fn transcript(&self, excerpts: &[Excerpt]) -> Vec<String> {
        if excerpts.is_empty() {
            return Vec::new();
        }
        let cut_off = if excerpts.len() > self.excerpts { excerpts.len() + 1 - self.excerpts } else { 0 };
        let mut lines = vec![String::new()];
        if cut_off > 0 {
            lines.push(self.remark(&format!("… {cut_off} earlier lines")));
        }
        lines.extend(excerpts.iter().skip(cut_off).map(|excerpt| self.excerpt(excerpt)));
        lines.push(String::new());
        lines
    }

    /// The same without its stderr, which stands elsewhere.
    pub fn wire(&self, excerpts: &[Excerpt]) -> Vec<String> {
        let is_wire = |line: &&Excerpt| line.direction != Direction::Stderr;
        self.transcript(&excerpts.iter().filter(is_wire).cloned().collect::<Vec<_>>())
    }

    fn excerpt(&self, excerpt: &Excerpt) -> String {
        let text = words::excerpt(excerpt);
        let text = visible(&text);
        let line = cut(&text, self.wire_width.saturating_sub(self.indent));
        format!("{}{}", self.blanks(), self.ink.paint(excerpt.direction.into(), &line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(width: usize) -> Layout {
        Layout::console(&Options { color: false, width, verbose: false })
    }

    #[test]
    fn a_row_hangs_under_its_label() {
        let rows = layout(48).row("because", "a model cannot tell this from a tool that failed\n");
        assert_eq!(rows, ["      because    a model cannot tell this from a", "                 tool that failed",]);
        assert!(layout(48).row("because", " ").is_empty());
    }

    #[test]
    fn a_long_transcript_keeps_its_end_and_says_what_is_missing() {
        let excerpt = |at_us| Excerpt { at_us, direction: Direction::Sent, text: format!("m{at_us}") };
        let excerpts: Vec<Excerpt> = (0..30).map(excerpt).collect();
        let lines = layout(60).transcript(&excerpts);
        assert_eq!(lines.len(), 12 + 2);
        assert_eq!(lines.get(1).unwrap(), "      … 19 earlier lines");
        assert!(lines.iter().rev().nth(1).unwrap().ends_with("--> m29"));
    }

    #[test]
    fn a_line_of_a_transcript_is_cut_to_the_width() {
        let excerpt = Excerpt { at_us: 412_000, direction: Direction::Received, text: "x".repeat(200) };
        let line = layout(40).excerpt(&excerpt);
        assert_eq!(line, format!("        0.412s <-- {}…", "x".repeat(20)));
    }
}
