//! What a server said of its own accord, kept for checks that look back: the newest, within a budget.

use std::collections::VecDeque;

use serde_json::Value;

/// How many messages are kept.
const MESSAGES: usize = 4096;
/// How much memory they may take, roughly.
const BUDGET: usize = 8 << 20;

/// A notification or request of the server, kept for checks that look back.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its place in the order of everything that was heard.
    pub order: u64,
    /// The whole message.
    pub message: Value,
}

/// The newest of them.
#[derive(Default)]
pub(super) struct Memory {
    kept: VecDeque<(usize, Heard)>,
    weight: usize,
    order: u64,
}

impl Memory {
    pub(super) fn keep(&mut self, message: &Value) {
        self.order += 1;
        let size = weight(message);
        self.weight += size;
        self.kept.push_back((size, Heard { order: self.order, message: message.clone() }));
        while self.kept.len() > MESSAGES || (self.weight > BUDGET && self.kept.len() > 1) {
            self.weight -= self.kept.pop_front().map_or(0, |(size, _)| size);
        }
    }

    /// The order of the last that was heard.
    pub(super) fn order(&self) -> u64 {
        self.order
    }

    /// What is kept, oldest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Heard> {
        self.kept.iter().map(|(_, heard)| heard)
    }
}

/// How much memory a value takes, roughly.
pub(super) fn weight(value: &Value) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => members.iter().map(|(key, value)| key.len() + weight(value)).sum(),
        _ => 0,
    };
    size_of::<Value>() + inside
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_newest_are_kept_within_the_budget() {
        let mut memory = Memory::default();
        (0..5000).for_each(|number| memory.keep(&json!(number)));
        assert_eq!((memory.iter().count(), memory.order()), (MESSAGES, 5000));
        assert_eq!(memory.iter().next_back().map(|heard| &heard.message), Some(&json!(4999)));
        (0..9).for_each(|_| memory.keep(&json!({ "text": "x".repeat(1 << 20) })));
        assert_eq!(memory.iter().count(), 7);
        memory.keep(&json!("x".repeat(20 << 20)));
        assert_eq!(memory.iter().count(), 1);
    }
}
