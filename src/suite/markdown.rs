//! The few parts of Markdown that a suite needs: the head, headings, fenced blocks, and the text between. Everything
//! else is prose; indented blocks and comments are prose as well.

use super::{
    tree::{Fault, Place},
    yaml::Origin,
};

/// What a line, or several of them, turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// The text between `+++` lines, and the line where it begins.
    Head(String, u32),
    /// A heading: how deep, what it says, where.
    Heading(usize, &'a str, u32),
    /// A line of prose.
    Prose(&'a str),
    /// A fenced block.
    Fence(Fence<'a>),
}

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fence<'a> {
    /// What stands behind the opening fence.
    pub info: &'a str,
    /// Where that stands.
    pub place: Place,
    /// The text inside.
    pub text: String,
    /// How many columns were taken from the front of each line of it.
    pub indent: u32,
    /// The block as written, fences included.
    pub lines: Vec<&'a str>,
}

impl Fence<'_> {
    /// Where the text inside begins.
    pub fn origin(&self) -> Origin {
        Origin { line: self.place.line + 1, indent: self.indent }
    }
}

/// Cuts a file into its parts, and names the fences that are never closed.
pub(super) fn parts(text: &str) -> (Vec<Part<'_>>, Vec<Fault>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut scanner = Scanner { lines: text.lines().zip(1..).collect(), at: 0, faults: Vec::new() };
    let mut parts: Vec<Part<'_>> = scanner.head().into_iter().collect();
    while let Some((line, number)) = scanner.next() {
        if let Some(opening) = Opening::of(line) {
            parts.push(Part::Fence(scanner.fence(line, number, &opening)));
        } else if let Some((depth, title)) = heading(line) {
            parts.push(Part::Heading(depth, title, number));
        } else {
            let begins_comment = line.trim_start().starts_with("<!--");
            parts.push(Part::Prose(line));
            if begins_comment && !line.contains("-->") {
                scanner.comment(&mut parts);
            }
        }
    }
    (parts, scanner.faults)
}

struct Scanner<'a> {
    lines: Vec<(&'a str, u32)>,
    at: usize,
    faults: Vec<Fault>,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<(&'a str, u32)> {
        let line = self.lines.get(self.at).copied();
        self.at += 1;
        line
    }

    fn head(&mut self) -> Option<Part<'a>> {
        self.lines.first().filter(|(line, _)| line.trim_end() == "+++")?;
        let end = self.lines.iter().skip(1).position(|(line, _)| line.trim_end() == "+++");
        let Some(length) = end else {
            self.faults.push(Place::line(1).fault("this head is never closed: it ends at the next line `+++`"));
            return None;
        };
        let inside: Vec<&str> = self.lines.iter().skip(1).take(length).map(|(line, _)| *line).collect();
        self.at = length + 2;
        Some(Part::Head(inside.join("\n"), 2))
    }

    fn fence(&mut self, line: &'a str, number: u32, opening: &Opening<'a>) -> Fence<'a> {
        let mut lines = vec![line];
        let mut text = String::new();
        let mut closed = false;
        while let Some((line, _)) = self.next() {
            lines.push(line);
            if opening.is_closed_by(line) {
                closed = true;
                break;
            }
            text.push_str(without_indent(line, opening.indent));
            text.push('\n');
        }
        let before = line.len() - line.trim_start().len();
        if !closed {
            let place = Place { line: number, column: column(line, before) };
            self.faults
                .push(place.fault(format!("this block is never closed: it ends at the next line {}", opening.fence)));
        }
        let place = Place { line: number, column: column(line, line.len() - opening.behind.len()) };
        let indent = u32::try_from(opening.indent).unwrap_or(0);
        Fence { info: opening.behind.trim_end(), place, text, indent, lines }
    }

    fn comment(&mut self, parts: &mut Vec<Part<'a>>) {
        while let Some((line, _)) = self.next() {
            parts.push(Part::Prose(line));
            if line.contains("-->") {
                break;
            }
        }
    }
}

/// A line that opens a fenced block.
struct Opening<'a> {
    indent: usize,
    fence: &'a str,
    behind: &'a str,
}

impl<'a> Opening<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let rest = unindented(line)?;
        let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = rest.len() - rest.trim_start_matches(mark).len();
        let (fence, behind) = rest.split_at(length);
        let is_code_span = mark == '`' && behind.contains('`');
        let indent = line.len() - rest.len();
        (length >= 3 && !is_code_span).then(|| Self { indent, fence, behind: behind.trim_start() })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let Some(rest) = unindented(line) else {
            return false;
        };
        let rest = rest.trim_end();
        rest.len() >= self.fence.len() && rest.chars().all(|c| self.fence.starts_with(c))
    }
}

/// The line without its indentation, unless that makes it an indented block.
fn unindented(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() < 4).then_some(rest)
}

fn without_indent(line: &str, indent: usize) -> &str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    line.get(spaces.min(indent)..).unwrap_or(line)
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = unindented(line)?;
    let title = rest.trim_start_matches('#');
    let depth = rest.len() - title.len();
    let is_heading = (1..=6).contains(&depth) && (title.is_empty() || title.starts_with([' ', '\t']));
    is_heading.then(|| (depth, without_closing_marks(title.trim())))
}

/// `## Title ##` is `Title`.
fn without_closing_marks(title: &str) -> &str {
    let front = title.trim_end_matches('#');
    if front.is_empty() || front.ends_with([' ', '\t']) { front.trim_end() } else { title }
}

/// The column of a byte.
pub(super) fn column(line: &str, byte: usize) -> u32 {
    let before = line.get(..byte).unwrap_or(line).chars().count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fences(text: &str) -> Vec<(String, String)> {
        let fences = parts(text).0.into_iter().filter_map(|part| match part {
            Part::Fence(fence) => Some((fence.info.to_owned(), fence.text)),
            _ => None,
        });
        fences.collect()
    }

    #[test]
    fn a_fence_ends_at_one_that_is_as_long() {
        let text = "~~~~yaml check\n```\n~~~\na: 1\n~~~~~  \n``` x\ny\n```";
        let expected = [("yaml check", "```\n~~~\na: 1\n"), ("x", "y\n")];
        assert_eq!(fences(text), expected.map(|(info, text)| (info.to_owned(), text.to_owned())));
    }

    #[test]
    fn what_is_indented_by_four_is_no_fence() {
        assert!(fences("    ```yaml check\n    a: 1\n    ```\n").is_empty());
        assert!(fences("Inline ``` code\n``` a ` b\n").is_empty());
        let (all, faults) = parts("  ```yaml check\n  a:\n    - 1\n  ```");
        assert!(faults.is_empty());
        let Part::Fence(fence) = &all[0] else { panic!("{all:?}") };
        assert_eq!((fence.text.as_str(), fence.place), ("a:\n  - 1\n", Place { line: 1, column: 6 }));
        assert_eq!((fence.origin().line, fence.origin().indent), (2, 2));
    }

    #[test]
    fn comments_hide_what_is_in_them() {
        assert!(fences("<!-- not now\n```yaml check\na: 1\n```\n-->\n").is_empty());
        assert_eq!(fences("<!-- one line -->\n```a\n```\n").len(), 1);
    }

    #[test]
    fn windows_files_read_the_same() {
        let text = "\u{feff}+++\r\nabout = \"x\"\r\n+++\r\n## a: B\r\n```yaml check\r\na: 1\r\n```\r\n";
        let (all, faults) = parts(text);
        assert!(faults.is_empty());
        assert_eq!(all[0], Part::Head("about = \"x\"".into(), 2));
        assert_eq!(all[1], Part::Heading(2, "a: B", 4));
        assert!(matches!(&all[2], Part::Fence(fence) if fence.text == "a: 1\n"));
    }

    #[test]
    fn what_is_never_closed_is_named() {
        let (_, faults) = parts("+++\na = 1\n");
        assert_eq!(faults.len(), 1);
        let (_, faults) = parts("x\n  ~~~ yaml\na: 1\n~~\n");
        assert_eq!(
            faults,
            [Place { line: 2, column: 3 }.fault("this block is never closed: it ends at the next line ~~~")]
        );
    }

    #[test]
    fn headings() {
        assert_eq!(heading("## a: B ##"), Some((2, "a: B")));
        assert_eq!(heading("# C#"), Some((1, "C#")));
        assert_eq!(heading("###"), Some((3, "")));
        assert_eq!(heading("#hash"), None);
        assert_eq!(heading("    # code"), None);
    }
}
