//! Words to try: those that servers tend to stumble over, and those that this server has said itself.

use std::collections::HashSet;

use fastrand::Rng;
use serde_json::Value;

/// How many words of the server are kept.
const KEPT: usize = 4096;
/// How long a word may be.
const LONGEST: usize = 200;

/// Words of the server, with the newest tried most often.
#[derive(Clone, Default)]
pub struct Dictionary {
    words: Vec<String>,
    known: HashSet<String>,
}

impl Dictionary {
    /// Remember a word.
    pub fn learn(&mut self, word: &str) {
        let fits = !word.is_empty() && word.len() <= LONGEST && self.words.len() < KEPT;
        if fits && self.known.insert(word.to_owned()) {
            self.words.push(word.to_owned());
        }
    }

    /// Remember what a text quotes: an error that says what it expected says what to try.
    pub fn learn_quoted(&mut self, text: &str) {
        for quote in ['"', '\'', '`'] {
            text.split(quote).skip(1).step_by(2).for_each(|word| self.learn(word));
        }
        let lists = text.split([':', ';', '(', ')', '[', ']', '\n']).skip(1);
        for part in lists.flat_map(|list| list.split([',', '|', ' '])) {
            let word = part.trim_matches(|letter: char| !letter.is_alphanumeric());
            if word.len() > 1 {
                self.learn(word);
            }
        }
    }

    /// Remember every text and name inside of a value.
    pub fn learn_value(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                self.learn(text);
                self.learn_quoted(text.get(..2000).unwrap_or(text));
                if let Some(inside) = json_inside(text) {
                    self.learn_value(&inside);
                }
            }
            Value::Array(items) => items.iter().take(100).for_each(|item| self.learn_value(item)),
            Value::Object(members) => {
                for (name, member) in members.iter().take(100) {
                    self.learn(name);
                    self.learn_value(member);
                }
            }
            Value::Number(number) => self.learn(&number.to_string()),
            _ => {}
        }
    }

    /// One of the words; the newer ones more often.
    pub fn word(&self, rng: &mut Rng) -> Option<&str> {
        let all = self.words.len();
        let at = if rng.bool() { rng.usize(all.saturating_sub(64)..all.max(1)) } else { rng.usize(..all.max(1)) };
        self.words.get(at).map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All of them, oldest first.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// Tools often answer with JSON in a text.
fn json_inside(text: &str) -> Option<Value> {
    let is_short = text.len() < 20_000 && text.trim_start().starts_with(['{', '[']);
    is_short.then(|| serde_json::from_str(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_error_says_what_to_try() {
        let mut dictionary = Dictionary::default();
        dictionary.learn_quoted("mode must be one of: alpha, beta; missing key 'depth'");
        for word in ["alpha", "beta", "depth"] {
            assert!(dictionary.words().iter().any(|known| known == word), "{word}");
        }
    }

    #[test]
    fn values_in_texts_are_found() {
        let mut dictionary = Dictionary::default();
        dictionary
            .learn_value(&json!({ "content": [{ "type": "text", "text": "[{\"id\": \"item-7\", \"n\": 12}]" }] }));
        for word in ["item-7", "12", "content"] {
            assert!(dictionary.words().iter().any(|known| known == word), "{word}");
        }
        assert!(dictionary.word(&mut Rng::with_seed(1)).is_some());
        assert_eq!(Dictionary::default().word(&mut Rng::with_seed(1)), None);
    }

    #[test]
    fn their_number_and_length_are_bounded() {
        let mut dictionary = Dictionary::default();
        dictionary.learn(&"x".repeat(LONGEST + 1));
        (0..2 * KEPT).for_each(|number| dictionary.learn(&number.to_string()));
        assert_eq!(dictionary.len(), KEPT);
    }
}
