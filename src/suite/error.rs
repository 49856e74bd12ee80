//! What is wrong with a suite file, and where: the fault of its author, told so that it can be mended at once.

use std::sync::Arc;

/// One thing that is wrong with a suite file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct SuiteError {
    /// The path, as the user would open it.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// The longest piece of a line that is shown.
const WIDTH: usize = 100;

impl SuiteError {
    /// The error with its line of `text`, and a caret below the place.
    pub fn render(&self, text: &str) -> String {
        let Some(line) = text.lines().nth(self.line.saturating_sub(1) as usize) else {
            return self.to_string();
        };
        let column = self.column.saturating_sub(1) as usize;
        let skip = column.saturating_sub(WIDTH / 2);
        let shown: String = line.chars().skip(skip).take(WIDTH).map(plain).collect();
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        let blank = " ".repeat(column - skip);
        format!("{self}\n{gutter} |\n{number} | {}\n{gutter} | {blank}^", shown.trim_end())
    }
}

/// What a message quotes of the file does nothing to a terminal either.
pub(super) fn harmless(message: String) -> String {
    let hides = |c: char| c.is_control() && c != '\n';
    if !message.contains(hides) {
        return message;
    }
    let written = |c: char| if hides(c) { c.escape_unicode().to_string() } else { c.to_string() };
    message.chars().map(written).collect()
}

/// Tabs and control characters take one column, and do nothing to a terminal.
fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(line: u32, column: u32) -> SuiteError {
        SuiteError { file: "tools.md".into(), line, column, message: "no".into() }
    }

    #[test]
    fn the_caret_stands_below_the_place() {
        let shown = error(2, 3).render("one\n\u{1b}two\tthree\n");
        assert_eq!(shown, "tools.md:2:3: no\n  |\n2 |  two three\n  |   ^");
    }

    #[test]
    fn control_characters_are_written_out() {
        assert_eq!(harmless("`a\u{1b}[2J` is no\nname".to_owned()), "`a\\u{1b}[2J` is no\nname");
        let errors = crate::suite::Suite::parse(
            "x.md",
            "+++\nabout = \"a\"\n+++\n\n# X\n\n## a: c\n```yaml check\nlevel: MUST\n\"a\\eb\": 1\n```\n",
        )
        .unwrap_err();
        assert!(errors.iter().all(|error| !error.message.contains('\u{1b}')), "{errors:?}");
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let shown = error(1, 5001).render(&format!("{}x{}", "a".repeat(5000), "b".repeat(5000)));
        let lines: Vec<&str> = shown.lines().collect();
        let caret = lines[3].chars().position(|c| c == '^').unwrap();
        assert_eq!(lines[2].chars().nth(caret), Some('x'));
        assert!(lines[2].len() < 120);
    }

    #[test]
    fn a_place_outside_of_the_text_is_no_panic() {
        assert_eq!(error(9, 1).render("one"), "tools.md:9:1: no");
        assert!(error(1, 90).render("one").ends_with('^'));
        assert!(error(0, 0).render("one").ends_with('^'));
    }
}
