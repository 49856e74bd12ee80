//! What was said, by whom and when: a ring of bytes within a budget. Forgets the oldest first, and counts what it
//! forgot.

use std::collections::VecDeque;
use std::time::Duration;

use crate::model::{Direction, Excerpt};

/// How much of one entry is kept.
const LONGEST: usize = 16 * 1024;

/// A conversation as evidence.
pub struct Transcript {
    budget: usize,
    used: usize,
    first: usize,
    entries: VecDeque<Entry>,
}

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who said it.
    pub direction: Direction,
    /// Since the process was started.
    pub at: Duration,
    /// Its beginning.
    pub bytes: Box<[u8]>,
    /// Of the whole.
    pub length: usize,
}

/// A place between two entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(usize);

impl Transcript {
    /// Keep about so many bytes in all.
    pub fn new(budget: usize) -> Self {
        Self { budget, used: 0, first: 0, entries: VecDeque::new() }
    }

    /// Keep what was said; gives its sequence number.
    pub fn push(&mut self, direction: Direction, at: Duration, bytes: &[u8]) -> usize {
        let entry = Entry { direction, at, bytes: bytes.get(..LONGEST).unwrap_or(bytes).into(), length: bytes.len() };
        self.used += entry.size();
        self.entries.push_back(entry);
        while self.used > self.budget && self.entries.len() > 1 {
            self.used -= self.entries.pop_front().map_or(0, |oldest| oldest.size());
            self.first += 1;
        }
        self.mark().0 - 1
    }

    /// How many of the oldest entries are forgotten.
    pub fn dropped(&self) -> usize {
        self.first
    }

    /// The place behind the last entry.
    pub fn mark(&self) -> Mark {
        Mark(self.first + self.entries.len())
    }

    /// The place so many entries before the end.
    pub fn back(&self, entries: usize) -> Mark {
        Mark(self.mark().0.saturating_sub(entries))
    }

    /// What was said after a mark.
    pub fn since(&self, mark: Mark) -> Vec<Excerpt> {
        self.between(mark, self.mark())
    }

    /// What was said between two marks.
    pub fn between(&self, from: Mark, to: Mark) -> Vec<Excerpt> {
        let skip = from.0.saturating_sub(self.first);
        let end = to.0.saturating_sub(self.first);
        self.entries.iter().take(end).skip(skip).map(Entry::excerpt).collect()
    }

    /// The last so many entries.
    pub fn last(&self, count: usize) -> Vec<Excerpt> {
        self.since(self.back(count))
    }

    /// Everything that is kept, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

impl Entry {
    fn size(&self) -> usize {
        self.bytes.len() + size_of::<Self>()
    }

    fn excerpt(&self) -> Excerpt {
        let at_us = u64::try_from(self.at.as_micros()).unwrap_or(u64::MAX);
        Excerpt { at_us, direction: self.direction, text: self.text() }
    }

    fn text(&self) -> String {
        if self.length == self.bytes.len() {
            let line = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
            return String::from_utf8_lossy(line).into_owned();
        }
        let kept = whole_characters(&self.bytes);
        format!("{}… ({} of {} bytes)", String::from_utf8_lossy(kept), kept.len(), self.length)
    }
}

/// Without a character that the cut went through.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    match bytes.utf8_chunks().last() {
        Some(chunk) if chunk.invalid().len() < 4 => bytes.get(..bytes.len() - chunk.invalid().len()).unwrap_or(bytes),
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Duration = Duration::from_micros(1_500);

    fn texts(excerpts: Vec<Excerpt>) -> Vec<String> {
        excerpts.into_iter().map(|excerpt| excerpt.text).collect()
    }

    #[test]
    fn marks_cut_the_conversation() {
        let mut transcript = Transcript::new(10_000);
        assert_eq!(transcript.push(Direction::Sent, AT, b"a\n"), 0);
        let from = transcript.mark();
        assert_eq!(transcript.push(Direction::Received, AT, b"b\xff"), 1);
        let to = transcript.mark();
        transcript.push(Direction::Stderr, AT, b"c");
        assert_eq!(texts(transcript.between(from, to)), ["b\u{fffd}"]);
        assert_eq!(texts(transcript.since(from)), ["b\u{fffd}", "c"]);
        assert_eq!(texts(transcript.last(9)), ["a", "b\u{fffd}", "c"]);
        assert_eq!(transcript.since(from)[0].at_us, 1_500);
        assert_eq!(texts(transcript.between(to, from)), Vec::<String>::new());
    }

    #[test]
    fn the_oldest_are_forgotten_and_counted() {
        let mut transcript = Transcript::new(5_000);
        let start = transcript.mark();
        for number in 0..1_000 {
            assert_eq!(transcript.push(Direction::Received, AT, &[b'x'; 1_000]), number);
        }
        let kept = transcript.since(start).len();
        assert!((1..=5).contains(&kept), "{kept}");
        assert_eq!(transcript.dropped() + kept, 1_000);
        assert_eq!(transcript.last(2).len(), 2);
    }

    #[test]
    fn a_long_entry_is_cut_between_characters_and_says_so() {
        let mut transcript = Transcript::new(1_000_000);
        transcript.push(Direction::Received, AT, format!("x{}", "é".repeat(20_000)).as_bytes());
        let text = texts(transcript.last(1)).concat();
        assert!(text.ends_with("é… (16383 of 40001 bytes)"), "{}", &text[text.len() - 40..]);
    }
}
