//! What is known of the end of a process: how it ended, and its last words.

use std::collections::VecDeque;

use crate::{
    fuzz::{mask, offence::Offence},
    model::campaign::Kind,
    transport::Exited,
};

/// How many lines are kept, and how much of each.
const LINES: usize = 40;
const LENGTH: usize = 400;

/// The last lines of stderr.
#[derive(Default)]
pub struct LastWords {
    lines: VecDeque<String>,
    partial: Vec<u8>,
}

impl LastWords {
    /// Hear more.
    pub fn push(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = LENGTH.saturating_sub(self.partial.len());
            self.partial.extend_from_slice(part.get(..room).unwrap_or(part));
            if part.ends_with(b"\n") {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        let line = String::from_utf8_lossy(&self.partial).trim_end().to_owned();
        self.partial.clear();
        if !line.is_empty() {
            self.lines.push_back(line);
        }
        if self.lines.len() > LINES {
            self.lines.pop_front();
        }
    }

    /// What is kept.
    pub fn lines(&mut self) -> Vec<String> {
        if !self.partial.is_empty() {
            self.end_line();
        }
        self.lines.iter().cloned().collect()
    }

    /// What tells one death from another: where it panicked, or the last thing that it said.
    fn reason(&mut self) -> String {
        let lines = self.lines();
        let telling = ["panicked at", "Error", "error", "Exception", "fatal", "abort", "overflow"];
        let told = lines.iter().rev().find(|line| telling.iter().any(|word| line.contains(word)));
        mask::text(told.or(lines.last()).map_or("", String::as_str))
    }
}

/// The death of a process as an offence.
pub fn of(exited: Option<&Exited>, words: &mut LastWords) -> Offence {
    let how = exited.map_or_else(|| "closed its output".to_owned(), ToString::to_string);
    let reason = words.reason();
    let because = if reason.is_empty() { String::new() } else { format!("its last words: {reason}") };
    Offence::new(Kind::Crash, format!("{how}:{reason}"), format!("the server {how}")).because(because)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_what_tells_deaths_apart() {
        let mut words = LastWords::default();
        words.push(b"starting\nthread 'main' panicked at src/main.rs:12:5:\nindex out of bo");
        words.push(b"unds\nnote: run with RUST_BACKTRACE=1\n");
        let exited = Exited { code: Some(101), signal: None };
        let offence = of(Some(&exited), &mut words);
        assert_eq!(offence.key, "exited with code 101:thread '…' panicked at src/main.rs:#:#:");
        assert_eq!(words.lines().len(), 4);
    }

    #[test]
    fn no_more_is_kept_than_a_screen() {
        let mut words = LastWords::default();
        words.push(&vec![b'x'; 1 << 20]);
        (0..1000).for_each(|_| words.push(b"\nline"));
        assert!(words.lines().len() <= LINES && words.lines().iter().all(|line| line.len() <= LENGTH));
    }
}
