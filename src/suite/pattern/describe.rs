//! What a pattern expects, in one line for a person.

use serde_json::Value;

use super::{
    mismatch::{brief, shorten},
    tree::{Form, Operator, Pattern},
};
use crate::suite::scope::is_path;

/// The longest description.
const LINE: usize = 240;

impl Pattern {
    /// What it expects, in one line.
    pub fn describe(&self) -> String {
        shorten(&self.answer().unwrap_or_else(|| self.words()), LINE)
    }

    /// The words for what an `expect` sees.
    fn answer(&self) -> Option<String> {
        let Form::Members(members) = &*self.0 else {
            return None;
        };
        let [(name, pattern)] = members.as_slice() else {
            return None;
        };
        let what = match name.as_str() {
            "result" => "a result",
            "error" => "an error",
            "exit" => "the end of the process",
            "silence" => return Some("silence".into()),
            "closed" => return Some("the end of the connection".into()),
            _ => return None,
        };
        let more = if pattern.fits_every_object() { String::new() } else { format!(" with {}", pattern.words()) };
        Some(format!("{what}{more}"))
    }

    fn words(&self) -> String {
        match &*self.0 {
            Form::Exactly(value) => brief(value),
            Form::Members(members) if members.is_empty() => "an object".into(),
            Form::Members(members) => {
                let member = |(name, pattern): &(String, Self)| format!("{}: {}", plain(name), pattern.words());
                format!("{{ {} }}", join(members.iter().map(member), ", "))
            }
            Form::Items(items) => format!("[{}]", join(items.iter().map(Self::words), ", ")),
            Form::Operators(operators) => join(operators.iter().map(Operator::describe), " and "),
        }
    }
}

impl Operator {
    /// What it expects.
    pub fn describe(&self) -> String {
        match self {
            Self::Type(kinds) => join(kinds.iter().map(|kind| kind.words().into()), " or "),
            Self::In(values) if values.len() == 1 => join(values.iter().map(brief), ""),
            Self::In(values) => format!("one of {}", join(values.iter().map(brief), ", ")),
            Self::Re(expression) => format!("a text like /{expression}/"),
            Self::Not(pattern) => format!("not {}", pattern.words()),
            Self::Any(patterns) => join(patterns.iter().map(Pattern::describe), " or "),
            Self::All(patterns) => join(patterns.iter().map(Pattern::words), " and "),
            Self::Absent(true) => "nothing".into(),
            Self::Absent(false) => "something".into(),
            Self::Each(pattern) => format!("items that are each {}", pattern.words()),
            Self::Some(pattern) => format!("an item that is {}", pattern.words()),
            Self::Within(pattern) => format!("something inside that is {}", pattern.words()),
            Self::Keys(pattern) => format!("names that are each {}", pattern.words()),
            Self::Len(pattern) => format!("a length of {}", pattern.words()),
            Self::Min(bound) => format!("at least {}", bare(bound)),
            Self::Max(bound) => format!("at most {}", bare(bound)),
            Self::Eq(value) => format!("exactly {}", brief(value)),
            Self::Base64 => "base64".into(),
            Self::Uri => "a URI".into(),
            Self::Schema(_) | Self::SchemaOf(_) => "what the schema accepts".into(),
            Self::JsonSchema => "a valid JSON Schema".into(),
            Self::Unique(pointer) if pointer.is_empty() => "items that differ".into(),
            Self::Unique(pointer) => format!("items that differ in {pointer}"),
            Self::Integral => "a number without a fraction".into(),
        }
    }
}

/// Joins texts, and stops when the line is full.
fn join(texts: impl Iterator<Item = String>, between: &str) -> String {
    let mut joined = String::new();
    for text in texts {
        if joined.len() > LINE {
            joined.push('…');
            break;
        }
        if !joined.is_empty() {
            joined.push_str(between);
        }
        joined.push_str(&text);
    }
    joined
}

fn plain(name: &str) -> String {
    if is_path(name) { name.to_owned() } else { brief(name) }
}

fn bare(bound: &Value) -> String {
    bound.as_str().map_or_else(|| bound.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::suite::pattern::tests::pattern;

    #[test]
    fn patterns_read_like_a_sentence() {
        for (text, words) in [
            ("result: {}", "a result"),
            ("error: { code: -32602 }", "an error with { code: -32602 }"),
            ("silence: true", "silence"),
            ("closed: true", "the end of the connection"),
            ("exit: { rung: eof }", "the end of the process with { rung: \"eof\" }"),
            ("{}", "an object"),
            (
                "result: { tools: { $each: { name: { $type: string } } } }",
                "a result with { tools: items that are each { name: a text } }",
            ),
            ("$any: [{ result: {} }, { error: {} }]", "a result or an error"),
            ("{ $min: 0, $max: 1 }", "at least 0 and at most 1"),
            ("a: { $absent: true }", "{ a: nothing }"),
        ] {
            assert_eq!(pattern(text).describe(), words);
        }
    }

    #[test]
    fn a_description_is_bounded() {
        let many = format!("[{}]", "{ aaaaaaaaaaaa: bbbbbbbbbbbbbbbb }, ".repeat(1000));
        assert!(pattern(&many).describe().chars().count() <= 241);
    }
}
