//! Parts of a file to sections: a heading, its explanation, its blocks.

use super::{
    markdown::{Fence, Part},
    suggest,
    tree::{Fault, Place},
};
use crate::model::Verdict;

/// A `## heading: Title` with the blocks below it, or what stands before the first one.
#[derive(Debug, Default)]
pub(super) struct Section<'a> {
    /// What the heading says, and its line; none before the first.
    pub heading: Option<(&'a str, u32)>,
    /// The prose before the first block.
    pub about: String,
    /// The blocks that mean something.
    pub blocks: Vec<Block<'a>>,
}

/// A block that means something.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub kind: Kind,
    pub fence: Fence<'a>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `yaml check`
    Check,
    /// `yaml watch`
    Watch,
    /// `yaml server pass`
    Server(Verdict),
}

/// The verdicts that a server can deserve.
const VERDICTS: [Verdict; 4] = [Verdict::Pass, Verdict::Fail, Verdict::Warn, Verdict::Skip];

/// The head of the file, with the line where it begins, and its sections.
pub(super) type Cut<'a> = (Option<(String, u32)>, Vec<Section<'a>>);

/// Groups the parts of a file by their headings.
pub(super) fn cut<'a>(parts: Vec<Part<'a>>, faults: &mut Vec<Fault>) -> Cut<'a> {
    let mut head = None;
    let mut sections = vec![Section::default()];
    for part in parts {
        match part {
            Part::Head(text, line) => head = Some((text, line)),
            Part::Heading(1, ..) => sections.push(Section::default()),
            Part::Heading(2, title, line) => {
                sections.push(Section { heading: Some((title, line)), ..Section::default() });
            }
            Part::Heading(depth, title, _) => {
                add_prose(&mut sections, &format!("{} {title}", "#".repeat(depth)));
            }
            Part::Prose(line) => add_prose(&mut sections, line),
            Part::Fence(fence) => add_fence(&mut sections, fence, faults),
        }
    }
    (head, sections)
}

fn add_prose(sections: &mut [Section<'_>], line: &str) {
    if let Some(section) = sections.last_mut().filter(|section| section.blocks.is_empty()) {
        section.about.push_str(line);
        section.about.push('\n');
    }
}

fn add_fence<'a>(sections: &mut [Section<'a>], fence: Fence<'a>, faults: &mut Vec<Fault>) {
    match kind(fence.info) {
        None => fence.lines.iter().for_each(|line| add_prose(sections, line)),
        Some(Err(message)) => faults.push(fence.place.fault(message)),
        Some(Ok(kind)) => {
            if let Some(section) = sections.last_mut() {
                section.blocks.push(Block { kind, fence });
            }
        }
    }
}

/// What the words behind a fence mean; `None` for prose.
fn kind(info: &str) -> Option<Result<Kind, String>> {
    let mut words = info.split_whitespace();
    let language = words.next()?;
    let word = words.next().filter(|word| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))?;
    if !matches!(language, "yaml" | "yml") {
        return None;
    }
    let kind = match (word, words.next()) {
        ("check", None) => Ok(Kind::Check),
        ("watch", None) => Ok(Kind::Watch),
        ("server", Some(verdict)) => verdict_of(verdict).map(Kind::Server),
        ("server", None) => Err(format!("a `yaml server` says what it deserves: {}", verdict_names())),
        ("check" | "watch", Some(more)) => Err(format!("nothing can follow `yaml {word}`, but here is `{more}`")),
        _ => {
            let hint = suggest::hint(word, ["check", "watch", "server"]);
            Err(format!("`yaml {word}` is not a block{hint}"))
        }
    };
    match words.next() {
        Some(more) if kind.is_ok() => Some(Err(format!("nothing can follow the verdict, but here is `{more}`"))),
        _ => Some(kind),
    }
}

fn verdict_of(word: &str) -> Result<Verdict, String> {
    let found = VERDICTS.into_iter().find(|verdict| verdict.as_str() == word);
    found.ok_or_else(|| {
        let hint = suggest::hint(word, VERDICTS.map(Verdict::as_str));
        format!("`{word}` is not what a server can deserve{hint}")
    })
}

fn verdict_names() -> String {
    suggest::either(&VERDICTS.map(Verdict::as_str))
}

impl Section<'_> {
    /// The two halves of the heading: the name of the check and its title.
    pub fn names(&self) -> Result<(&str, &str, u32), Fault> {
        let Some((heading, line)) = self.heading else {
            let place = self.blocks.first().map_or(Place::line(1), |block| block.fence.place);
            return Err(place.fault("this block has no heading: put `## name: Title` above it"));
        };
        let place = Place { line, column: 4 };
        let Some((name, title)) = heading.split_once(": ") else {
            return Err(place.fault("the heading of a check is `## name: Title`"));
        };
        let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if name.is_empty() || !is_name {
            let message = format!("`{name}` cannot be the name of a check: use small letters, digits and `-`");
            return Err(place.fault(message));
        }
        Ok((name, title.trim(), line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::markdown::parts;

    #[test]
    fn the_explanation_ends_at_the_first_block_that_counts() {
        let text = "# T\n\n## a: B\nWhy.\n### More\n```json\n{}\n```\n```yaml check\nx: 1\n```\nafter\n";
        let mut faults = Vec::new();
        let (_, sections) = cut(parts(text).0, &mut faults);
        assert!(faults.is_empty());
        let section = sections.last().unwrap();
        assert_eq!(section.about, "Why.\n### More\n```json\n{}\n```\n");
        assert_eq!(section.names().unwrap(), ("a", "B", 3));
        assert_eq!(section.blocks.len(), 1);
    }

    #[test]
    fn the_words_behind_a_fence() {
        assert_eq!(kind("yaml"), None);
        assert_eq!(kind("yaml title=\"x\""), None);
        assert_eq!(kind("rust check"), None);
        assert_eq!(kind("yml check"), Some(Ok(Kind::Check)));
        assert_eq!(kind("yaml server skip"), Some(Ok(Kind::Server(Verdict::Skip))));
        for info in ["yaml chek", "yaml server", "yaml server error", "yaml check me", "yaml server pass x"] {
            assert!(matches!(kind(info), Some(Err(_))), "{info}");
        }
    }
}
