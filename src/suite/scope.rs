//! Variables, and the texts that they stand in. `{{name}}` alone is the value itself; inside a longer text it is text.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::{Map, Value};

use super::address;

/// The variables that a step sees.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    values: BTreeMap<String, Value>,
}

/// A variable that has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{{{{{0}}}}}` has no value here")]
pub struct Unfilled(pub String);

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// As it is.
    Text(&'a str),
    /// The path of a variable.
    Path(&'a str),
}

impl Scope {
    /// No variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names a value; a later one hides an earlier one.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        self.values.insert(name.into(), value);
    }

    /// The value at a path such as `tool.inputSchema` or `names.0`.
    pub fn get(&self, path: &str) -> Option<&Value> {
        let mut members = path.split('.');
        let root = self.values.get(members.next()?)?;
        members.try_fold(root, |value, member| match value {
            Value::Object(object) => object.get(member),
            Value::Array(items) => items.get(member.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// `value` with all variables put in, in its texts and in its names.
    pub fn fill(&self, value: &Value) -> Result<Value, Unfilled> {
        Ok(match value {
            Value::String(text) => self.fill_string(text)?,
            Value::Array(items) => Value::Array(items.iter().map(|item| self.fill(item)).collect::<Result<_, _>>()?),
            Value::Object(object) => {
                let member = |(name, value): (&String, &Value)| Ok((self.fill_text(name)?, self.fill(value)?));
                Value::Object(object.iter().map(member).collect::<Result<Map<_, _>, _>>()?)
            }
            scalar => scalar.clone(),
        })
    }

    /// `text` with all variables put in as text: a text as it is, everything else as JSON.
    pub fn fill_text(&self, text: &str) -> Result<String, Unfilled> {
        let mut filled = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Path(path) => match self.need(path)?.as_ref() {
                    Value::String(value) => filled.push_str(value),
                    value => filled.push_str(&value.to_string()),
                },
            }
        }
        Ok(filled)
    }

    fn fill_string(&self, text: &str) -> Result<Value, Unfilled> {
        match alone(text) {
            Some(path) => self.need(path).map(Cow::into_owned),
            None => self.fill_text(text).map(Value::String),
        }
    }

    fn need(&self, path: &str) -> Result<Cow<'_, Value>, Unfilled> {
        let found = self.get(path).map(Cow::Borrowed).or_else(|| self.part(path).map(Cow::Owned));
        found.ok_or_else(|| Unfilled(path.to_owned()))
    }

    /// A part of a text that is an address: `issuer.origin`, `issuer.path`.
    fn part(&self, path: &str) -> Option<Value> {
        let (variable, name) = path.rsplit_once('.')?;
        let address = self.get(variable)?.as_str()?;
        Some(address::part(address, name)?.into())
    }
}

/// The path, when `text` is one variable and nothing else.
pub(super) fn alone(text: &str) -> Option<&str> {
    let mut pieces = pieces(text);
    match (pieces.next(), pieces.next()) {
        (Some(Piece::Path(path)), None) => Some(path),
        _ => None,
    }
}

/// The variables that a text holds.
pub(super) fn paths(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).filter_map(|piece| if let Piece::Path(path) = piece { Some(path) } else { None })
}

/// The pieces of a text. What stands between braces but is no path is text, so that broken JSON can be written.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = next_piece(rest);
        rest = after;
        Some(piece)
    })
}

fn next_piece(text: &str) -> (Piece<'_>, &str) {
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| at + from) {
        if let Some((path, after)) = variable(&text[open..]) {
            return if open == 0 { (Piece::Path(path), after) } else { (Piece::Text(&text[..open]), &text[open..]) };
        }
        from = open + 1;
    }
    (Piece::Text(text), "")
}

/// The variable that `text` begins with, and what follows it.
fn variable(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find(['{', '}'])?;
    let after = inside[end..].strip_prefix("}}")?;
    let path = inside[..end].trim();
    is_path(path).then_some((path, after))
}

/// Whether a text can name a variable, or a part of one.
pub(super) fn is_path(path: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '/');
    path.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && path.chars().all(is_word)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scope() -> Scope {
        let mut scope = Scope::new();
        scope.set("tool", json!({ "name": "add", "sizes": [1, 2] }));
        scope.set("nonce", json!("x7"));
        scope
    }

    #[test]
    fn alone_it_is_the_value_and_inside_it_is_text() {
        let filled = scope().fill(&json!({ "a": "{{tool.sizes}}", "n-{{nonce}}": "{{tool.sizes.1}}/{{tool.name}}" }));
        assert_eq!(filled.unwrap(), json!({ "a": [1, 2], "n-x7": "2/add" }));
    }

    #[test]
    fn what_has_no_value_is_named() {
        assert_eq!(scope().fill(&json!(["{{tool.title}}"])).unwrap_err(), Unfilled("tool.title".into()));
        assert_eq!(scope().fill_text("{{gone}}").unwrap_err().to_string(), "`{{gone}}` has no value here");
        assert!(scope().fill_text("{{tool.sizes.9}}").is_err());
    }

    #[test]
    fn an_address_has_parts() {
        let mut scope = scope();
        scope.set("servers", json!(["https://a.example/b/"]));
        assert_eq!(scope.fill_text("{{servers.0.origin}}/x{{servers.0.path}}").unwrap(), "https://a.example/x/b");
        assert!(scope.fill_text("{{tool.name.origin}}").is_err());
    }

    #[test]
    fn braces_that_are_no_variable_are_text() {
        for text in ["{{", "{{}}", r#"{{"a":1}}"#, "{{ a b }}", "}} {{", "{{{"] {
            assert_eq!(scope().fill_text(text).unwrap(), text);
        }
        assert_eq!(scope().fill_text("{{{nonce}}}").unwrap(), "{x7}");
        assert_eq!(scope().fill_text("{{ nonce }}").unwrap(), "x7");
    }
}
