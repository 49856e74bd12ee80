//! JSON as editors keep it, with comments and trailing commas, into values that know their place.

use super::node::{Data, Fault, Key, Node};

/// Deeper files are no configurations.
const DEPTH: usize = 64;

/// Read a text; the first thing that is wrong ends it.
pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader { text, at: if text.starts_with('\u{feff}') { 3 } else { 0 } };
    reader.space()?;
    let node = reader.value(0)?;
    reader.space()?;
    if reader.at < text.len() { Err(reader.fault("there is more behind the end")) } else { Ok(node) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fault(&self, message: &str) -> Fault {
        Fault { at: self.at, message: format!("this is not JSON: {message}") }
    }

    /// Go over spaces and comments.
    fn space(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.rest();
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").ok_or_else(|| self.fault("a comment has no end"))? + 2
            } else {
                rest.len() - rest.trim_start().len()
            };
            if length == 0 {
                return Ok(());
            }
            self.at += length;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        if depth > DEPTH {
            return Err(self.fault("it is nested too deeply"));
        }
        let at = self.at;
        let data = match self.peek() {
            Some('{') => Data::Map(self.items('}', |reader| reader.entry(depth))?),
            Some('[') => Data::List(self.items(']', |reader| reader.value(depth + 1))?),
            Some('"') => Data::Text(self.string()?),
            Some(_) => self.word()?,
            None => return Err(self.fault("it ends where a value is expected")),
        };
        Ok(Node { at, data })
    }

    fn entry(&mut self, depth: usize) -> Result<(Key, Node), Fault> {
        let at = self.at;
        if self.peek() != Some('"') {
            return Err(self.fault("expected a key in double quotes"));
        }
        let key = Key { name: self.string()?, at };
        self.space()?;
        self.step(':')?;
        self.space()?;
        Ok((key, self.value(depth + 1)?))
    }

    /// What stands between brackets, with commas between and perhaps behind.
    fn items<T>(&mut self, end: char, mut item: impl FnMut(&mut Self) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            self.space()?;
            if self.peek() == Some(end) {
                self.at += 1;
                return Ok(items);
            }
            items.push(item(self)?);
            self.space()?;
            match self.peek() {
                Some(',') => self.at += 1,
                Some(c) if c == end => {}
                _ => return Err(self.fault(&format!("expected `,` or `{end}`"))),
            }
        }
    }

    fn step(&mut self, c: char) -> Result<(), Fault> {
        if self.peek() != Some(c) {
            return Err(self.fault(&format!("expected `{c}`")));
        }
        self.at += c.len_utf8();
        Ok(())
    }

    fn string(&mut self) -> Result<String, Fault> {
        let mut escaped = false;
        let ends = |(_, c): &(usize, char)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        };
        let inside = self.rest().get(1..).unwrap_or_default();
        let (length, _) = inside.char_indices().find(ends).ok_or_else(|| self.fault("a text has no end"))?;
        let whole = self.rest().get(..length + 2).unwrap_or_default();
        let text = serde_json::from_str(whole)
            .map_err(|_| self.fault("a text holds a line break, a control character or an unknown escape"))?;
        self.at += whole.len();
        Ok(text)
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Result<Data, Fault> {
        let rest = self.rest();
        let is_inside = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let word = rest.get(..rest.find(|c| !is_inside(c)).unwrap_or(rest.len())).unwrap_or_default();
        let data = match word {
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            "null" => Data::Null,
            number => Data::Number(serde_json::from_str(number).map_err(|_| self.fault("expected a value"))?),
        };
        self.at += word.len();
        Ok(data)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn comments_and_trailing_commas_are_read_over() {
        let text =
            "\u{feff}// head\n{ /* a */ \"a\": [1, -2.5e3, true, null,], // b\n \"b//\": \"\\u00e9 /* x */\", }\n";
        assert_eq!(parse(text).unwrap().value(), json!({ "a": [1, -2500.0, true, null], "b//": "é /* x */" }));
    }

    #[test]
    fn values_know_their_place() {
        let node = parse("{\n  \"é\": 5, \"b\": [true] }").unwrap();
        let Data::Map(entries) = &node.data else { panic!("a map") };
        assert_eq!(entries.iter().map(|(key, node)| (key.at, node.at)).collect::<Vec<_>>(), [(4, 10), (13, 18)]);
    }

    #[test]
    fn plain_json_is_read_as_others_read_it() {
        for text in [r#"{"a":{"b":[[],{}]},"c":"\"\\"}"#, "[]", "\"x\"", " 12 ", "{}", r#""\\""#] {
            let expected: Value = serde_json::from_str(text).unwrap();
            assert_eq!(parse(text).unwrap().value(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_where_it_is() {
        let deep = "[".repeat(100_000);
        for (text, at, what) in [
            ("", 0, "ends where a value"),
            ("{\"a\" 1}", 5, "expected `:`"),
            ("{\"a\": 1 \"b\": 2}", 8, "expected `,` or `}`"),
            ("{a: 1}", 1, "key in double quotes"),
            ("[1, 2", 5, "expected `,` or `]`"),
            ("{\"a\": \"x", 6, "a text has no end"),
            ("{\"a\": yes}", 6, "expected a value"),
            ("[,]", 1, "expected a value"),
            ("{} x", 3, "more behind the end"),
            ("/* x", 0, "a comment has no end"),
            (deep.as_str(), 65, "nested too deeply"),
        ] {
            let fault = parse(text).unwrap_err();
            assert!(fault.at == at && fault.message.contains(what), "{fault:?}");
        }
    }
}
