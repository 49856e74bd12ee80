//! What a validator objects to, in words for a person: one problem for each cause.

use std::collections::HashMap;

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::{
    document::{PART, TOLERATED},
    foreign::{Flaw, embedded, within},
    formats,
    pointer::escaped,
    problem::{Problem, anywhere},
    rules::{ENVELOPE, JSON_SCHEMA, about, known_since},
    validators::Compiled,
    words,
};
use crate::model::Severity;

/// How many different problems of one message are told. More of a kind are counted.
const TOLD: usize = 50;
/// A value with more nodes is judged up to its first problem.
const LARGE: usize = 100_000;

/// All that is wrong with a value.
pub fn problems(compiled: &Compiled, value: &Value) -> Vec<Problem> {
    if compiled.validator.is_valid(value) {
        return Vec::new();
    }
    let mut found = Found { document: &compiled.document, problems: Vec::new(), causes: HashMap::new() };
    if within(value, usize::MAX, &mut LARGE.clone()) {
        compiled.validator.iter_errors(value).for_each(|error| found.add(&error));
    } else if let Err(first) = compiled.validator.validate(value) {
        // All errors are gathered before the first is told, and each takes memory: of a huge value, one is enough.
        found.add(&first);
    }
    found.problems
}

/// What was found so far.
struct Found<'a> {
    document: &'a Value,
    problems: Vec<Problem>,
    /// Which problem a cause led to.
    causes: HashMap<String, usize>,
}

impl Found<'_> {
    fn add(&mut self, error: &ValidationError<'_>) {
        match error.kind() {
            Kind::Custom { .. } => self.add_flaws(error),
            Kind::Required { property } => self.add_missing(error, property.as_str().unwrap_or_default()),
            Kind::PropertyNames { error: inner } => self.add_key(error, inner),
            _ => self.add_value(error),
        }
    }

    /// A value that is not what it should be.
    fn add_value(&mut self, error: &ValidationError<'_>) {
        let keyword = error.schema_path().to_string();
        let got = error.instance().as_ref();
        let pointer = || error.instance_path().to_string();
        if let Kind::Format { format } = error.kind() {
            let problem = formatted(format, pointer(), got);
            return self.note(keyword, problem.severity, |_| problem);
        }
        let severity = match error.kind() {
            Kind::MultipleOf { .. } => Severity::Warn,
            _ => weight(self.node(&keyword), got),
        };
        self.note(keyword.clone(), severity, |found| {
            let (rule, node) = (found.rule(&keyword), found.node(&keyword));
            let (expected, got) = match error.kind() {
                Kind::MultipleOf { .. } => ("a whole number".to_owned(), words::value(got)),
                Kind::AnyOf { .. } => (words::one_of(node), words::members(got)),
                Kind::Type { kind } => (types(kind), words::value(got)),
                Kind::Enum { .. } => (words::expected(found.document, node), word(rule, got)),
                _ => (words::expected(found.document, node), words::value(got)),
            };
            Problem::new(severity, rule, pointer(), expected, got)
        });
    }

    /// A member that is not there.
    fn add_missing(&mut self, error: &ValidationError<'_>, name: &str) {
        let keyword = error.schema_path().to_string();
        self.note(format!("{keyword}/{name}"), Severity::Fail, |found| {
            let member = found.node(&keyword).get("properties").and_then(|members| members.get(name));
            let rule = member.and_then(part).unwrap_or_else(|| found.rule(&keyword));
            let expected = words::expected(found.document, member.unwrap_or(&Value::Null));
            Problem::new(Severity::Fail, rule, below(error, name), expected, "nothing".to_owned())
        });
    }

    /// A key of an object that breaks the grammar of its keys.
    fn add_key(&mut self, outer: &ValidationError<'_>, inner: &ValidationError<'_>) {
        let Kind::Format { format } = inner.kind() else { return };
        let key = inner.instance().as_ref();
        let problem = formatted(format, below(outer, key.as_str().unwrap_or_default()), key);
        self.note(format!("{}/{}", outer.schema_path(), problem.got), problem.severity, |_| problem);
    }

    /// What is wrong with a schema inside the message. What its type has already been told of is not told again.
    fn add_flaws(&mut self, error: &ValidationError<'_>) {
        for Flaw { pointer, severity, expected, got } in embedded(error.instance().as_ref()) {
            let cause = format!("{}{expected}{got}", error.schema_path());
            let pointer = format!("{}{pointer}", error.instance_path());
            let problem = Problem::new(severity, JSON_SCHEMA, pointer, expected, got);
            let told = self.problems.iter().filter(|known| known.rule != JSON_SCHEMA);
            if !told.into_iter().any(|known| anywhere(&known.place) == anywhere(&problem.place)) {
                self.note(cause, severity, |_| problem);
            }
        }
    }

    /// Count one more of a cause; the first time it is told.
    fn note(&mut self, cause: String, severity: Severity, tell: impl FnOnce(&Self) -> Problem) {
        let cause = cause + if severity == Severity::Warn { " in part" } else { "" };
        match self.causes.get(&cause) {
            Some(known) => self.problems[*known].count += 1,
            None if self.problems.len() < TOLD => {
                let problem = tell(self);
                self.causes.insert(cause, self.problems.len());
                self.problems.push(Problem { because: about(&problem.rule), ..problem });
            }
            None => {}
        }
    }

    /// The schema that a keyword stands in.
    fn node(&self, keyword: &str) -> &Value {
        let parent = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.document.pointer(parent).unwrap_or(&Value::Null)
    }

    /// The type whose rule a keyword is: the innermost with a name that it stands in, or the part that keeps it apart.
    fn rule<'b>(&'b self, keyword: &'b str) -> &'b str {
        let around = keyword.match_indices('/').rev().map(|(end, _)| &keyword[..end]);
        around.filter_map(|path| self.document.pointer(path)).find_map(part).unwrap_or_else(|| named(keyword))
    }
}

/// The pointer of a member of what an error is about.
fn below(error: &ValidationError<'_>, name: &str) -> String {
    format!("{}/{}", error.instance_path(), escaped(name))
}

/// A text that is not of its format.
fn formatted(format: &str, pointer: String, got: &Value) -> Problem {
    let known = formats::format(format);
    let objection = known.and_then(|known| (known.check)(got.as_str()?));
    let (severity, why) = objection.map_or((Severity::Fail, String::new()), |said| (said.severity, said.why));
    let expected = known.map_or(format, |known| known.expected).to_owned();
    Problem::new(severity, format, pointer, expected, format!("{}: {why}", words::value(got)))
}

/// The innermost type with a name that a keyword stands in.
fn named(keyword: &str) -> &str {
    let named = keyword.strip_prefix("/$defs/").and_then(|rest| rest.split('/').next());
    named.unwrap_or(ENVELOPE)
}

fn part(member: &Value) -> Option<&str> {
    member.get(PART)?.as_str()
}

/// What is wrong in a way that is tolerated is only worth a warning.
fn weight(node: &Value, got: &Value) -> Severity {
    let tolerated = node.get(TOLERATED).and_then(Value::as_str);
    if tolerated == Some(words::json_type(got)) { Severity::Warn } else { Severity::Fail }
}

/// A word that is none of those that are known; it may be one of another revision.
fn word(rule: &str, got: &Value) -> String {
    let since = got.as_str().and_then(|word| known_since(rule, word));
    words::value(got) + &since.map(|date| format!(", which is known since {date}")).unwrap_or_default()
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => words::of_type(&one.to_string()),
        TypeKind::Multiple(several) => {
            words::or(&several.iter().map(|one| words::of_type(&one.to_string())).collect::<Vec<_>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        model::Revision,
        schema::{Subject, Validators},
    };

    fn told(revision: Revision, asked: &str, result: &Value) -> Vec<String> {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "result": result });
        let subject = Subject::Result(asked.to_owned());
        let problems = Validators::of(revision).problems(&subject, &message).unwrap();
        problems.iter().map(|problem| format!("{:?} {problem} [{}]", problem.severity, problem.rule)).collect()
    }

    #[test]
    fn a_mistake_is_told_once_where_it_is_and_by_its_owner() {
        let tool = json!({ "name": "a", "inputSchema": { "type": null } });
        let result =
            json!({ "tools": [tool, 5, tool, { "inputSchema": { "type": "object" }, "icons": [{ "src": 4 }] }] });
        assert_eq!(
            told(Revision::V2025_11_25, "tools/list", &result),
            [
                r#"Fail tools[0].inputSchema.type: expected "object", got null (2 times) [Tool]"#,
                "Fail tools[1]: expected an object, got 5 [Tool]",
                "Fail tools[3].name: expected a string, got nothing [Tool]",
                "Fail tools[3].icons[0].src: expected a string, got 4 [Icon]",
            ]
        );
    }

    #[test]
    fn the_tag_decides_and_no_branch_is_told_that_was_not_meant() {
        let said = |content: Value| told(Revision::V2025_03_26, "tools/call", &json!({ "content": [content] }));
        assert_eq!(
            said(json!({ "type": "resource_link", "uri": "a:b", "name": "x" })),
            [concat!(
                r#"Fail content[0].type: expected one of "text", "image", "audio", "resource", "#,
                r#"got "resource_link", which is known since 2025-06-18 [ContentBlock]"#
            )]
        );
        assert_eq!(
            said(json!({ "type": "resource", "resource": { "uri": "a:b" } })),
            ["Fail content[0].resource: expected `text` or `blob`, got an object with uri [EmbeddedResource]"]
        );
        assert_eq!(
            said(json!({ "type": "text" })),
            ["Fail content[0].text: expected a string, got nothing [TextContent]"]
        );
    }

    #[test]
    fn the_same_cause_is_counted() {
        let result = json!({ "content": vec![json!({ "type": "text" }); 7] });
        let told = told(Revision::NEWEST_LEGACY, "tools/call", &result);
        assert_eq!(told, ["Fail content[0].text: expected a string, got nothing (7 times) [TextContent]"]);
    }

    #[test]
    fn what_the_text_leaves_room_for_only_warns() {
        let result = json!({ "resources": [{ "uri": "a:b", "name": "x", "size": 1.5 }] });
        assert_eq!(
            told(Revision::NEWEST_LEGACY, "resources/list", &result),
            ["Warn resources[0].size: expected a whole number, got 1.5 [Resource]"]
        );
    }

    #[test]
    fn texts_and_keys_are_told_by_their_format() {
        let result = json!({ "resources": [{ "uri": "nowhere", "name": "x", "_meta": { "a b": 1 } }] });
        let told = told(Revision::NEWEST_LEGACY, "resources/list", &result);
        assert_eq!(told.len(), 2);
        assert!(told[0].ends_with("[uri]") && told[0].contains(r#"got "nowhere": no scheme"#), "{told:?}");
        assert!(told[1].contains(r#"_meta["a b"]"#) && told[1].ends_with("[meta-key-2025-11-25]"), "{told:?}");
    }

    #[test]
    fn of_a_huge_value_one_problem_is_enough() {
        let result = json!({ "content": vec![json!(1); LARGE] });
        assert_eq!(
            told(Revision::NEWEST_LEGACY, "tools/call", &result),
            ["Fail content[0]: expected an object, got 1 [ContentBlock]"]
        );
    }
}
