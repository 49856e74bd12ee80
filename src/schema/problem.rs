//! What is wrong with a message, in words for a person: where, what was expected, what came.

use std::{collections::HashMap, fmt, sync::LazyLock};

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::{
    document::{PART, TOLERATED},
    edition::Edition,
    foreign::{Flaw, embedded},
    formats::{self, FORMATS, Format},
    validators::Compiled,
    words,
};
use crate::model::{Revision, Severity};

/// How many different problems of one message are told. More of a kind are counted.
const TOLD: usize = 50;
/// A value with more nodes is judged up to its first problem.
const LARGE: usize = 100_000;

/// The name of every rule that a message can break, in any revision: types, formats, and the envelope.
pub fn rules() -> &'static [&'static str] {
    static RULES: LazyLock<Vec<&str>> = LazyLock::new(all_rules);
    &RULES
}

fn all_rules() -> Vec<&'static str> {
    let types = Revision::ALL.into_iter().flat_map(|revision| Edition::of(revision).types()).map(|of| of.name);
    let mut rules: Vec<_> =
        types.chain(FORMATS.iter().map(|format| format.name)).chain([ENVELOPE, JSON_SCHEMA]).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Something that is wrong with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it weighs.
    pub severity: Severity,
    /// The type whose rule is broken (`Tool`), or the format (`uri`).
    pub rule: String,
    /// The place, as a JSON pointer into the message.
    pub pointer: String,
    /// The place as a person would write it, without the envelope: `tools[3].inputSchema.type`.
    pub place: String,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub got: String,
    /// What the type is that the rule belongs to, in a sentence; empty for formats.
    pub because: String,
    /// In how many places of the message; the place is the first of them.
    pub count: u64,
}

impl Problem {
    /// Something that is wrong in one place; nothing is said of the type.
    pub fn new(severity: Severity, rule: &str, pointer: String, expected: String, got: String) -> Self {
        let (rule, place, because) = (rule.to_owned(), place(&pointer), String::new());
        Self { severity, rule, place, pointer, expected, got, because, count: 1 }
    }
}

/// A place without the numbers of its items: where the same mistake was made.
pub fn anywhere(place: &str) -> String {
    let mut in_index = false;
    let keep = |c: &char| {
        in_index = *c == '[' || (in_index && c.is_ascii_digit());
        !in_index || *c == '['
    };
    place.chars().filter(keep).collect()
}

impl Problem {
    /// Whether it is the form of a text that is wrong, and not its place in the message.
    pub fn is_of_format(&self) -> bool {
        formats::format(&self.rule).is_some()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { "the message" } else { &self.place };
        write!(f, "{place}: expected {}, got {}", self.expected, self.got)?;
        if self.count > 1 { write!(f, " ({} times)", self.count) } else { Ok(()) }
    }
}

/// All that is wrong with a value, one problem for each cause.
pub(super) fn problems(compiled: &Compiled, value: &Value) -> Vec<Problem> {
    if compiled.validator.is_valid(value) {
        return Vec::new();
    }
    let mut found = Found { document: &compiled.document, problems: Vec::new(), causes: HashMap::new() };
    if exceeds(value, &mut LARGE.clone()) {
        // All errors are gathered before the first is told, and each takes memory: of a huge value, one is enough.
        if let Err(first) = compiled.validator.validate(value) {
            found.add(&first);
        }
    } else {
        compiled.validator.iter_errors(value).for_each(|error| found.add(&error));
    }
    found.problems
}

/// Whether a value has more nodes than are left.
fn exceeds(value: &Value, left: &mut usize) -> bool {
    if *left == 0 {
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter().any(|item| exceeds(item, left)),
        Value::Object(members) => members.values().any(|member| exceeds(member, left)),
        _ => false,
    }
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
            Kind::PropertyNames { error: inner } => self.add_key(error, inner),
            _ => self.add_plain(error),
        }
    }

    fn add_plain(&mut self, error: &ValidationError<'_>) {
        let mut pointer = error.instance_path().to_string();
        let keyword = error.schema_path().to_string();
        let mut cause = keyword.clone();
        let node = self.document.pointer(parent(&keyword)).unwrap_or(&Value::Null);
        let got = error.instance().as_ref();
        let mut severity = Severity::Fail;
        let mut rule = self.rule(&keyword);
        let (expected, got) = match error.kind() {
            Kind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                pointer = format!("{pointer}/{}", escaped(name));
                cause = format!("{keyword}/{name}");
                let member = node.get("properties").and_then(|members| members.get(name));
                rule = member.and_then(part).unwrap_or(rule);
                (words::expected(self.document, member.unwrap_or(&Value::Null)), "nothing".to_owned())
            }
            Kind::AnyOf { .. } => (words::one_of(node), words::members(got)),
            Kind::MultipleOf { .. } => {
                severity = Severity::Warn;
                ("a whole number".to_owned(), words::value(got))
            }
            Kind::Format { format } => {
                let (format, objection) = objection(format, got);
                (severity, rule) = (objection.0, format.name);
                (format.expected.to_owned(), format!("{}: {}", words::value(got), objection.1))
            }
            Kind::Type { kind } => {
                if tolerated(node, got) {
                    severity = Severity::Warn;
                }
                (types(kind), words::value(got))
            }
            Kind::Enum { .. } if tolerated(node, got) => {
                severity = Severity::Warn;
                (words::expected(self.document, node), words::value(got))
            }
            _ => (words::expected(self.document, node), words::value(got)),
        };
        let because = about(rule);
        self.note(cause, Problem { because, ..Problem::new(severity, rule, pointer, expected, got) });
    }

    /// A key of an object that breaks the grammar of its keys.
    fn add_key(&mut self, outer: &ValidationError<'_>, inner: &ValidationError<'_>) {
        let Kind::Format { format } = inner.kind() else { return };
        let key = inner.instance().as_ref();
        let (format, objection) = objection(format, key);
        let pointer = format!("{}/{}", outer.instance_path(), escaped(key.as_str().unwrap_or_default()));
        let got = format!("{}: {}", words::value(key), objection.1);
        let cause = format!("{}/{got}", outer.schema_path());
        self.note(cause, Problem::new(objection.0, format.name, pointer, format.expected.to_owned(), got));
    }

    /// What is wrong with a schema inside the message. What its type has already been told of is not told again.
    fn add_flaws(&mut self, error: &ValidationError<'_>) {
        for Flaw { pointer, severity, expected, got } in embedded(error.instance().as_ref()) {
            let pointer = format!("{}{pointer}", error.instance_path());
            if self.problems.iter().any(|problem| problem.pointer == pointer) {
                continue;
            }
            let cause = format!("{}{expected}{got}", error.schema_path());
            self.note(cause, Problem::new(severity, JSON_SCHEMA, pointer, expected, got));
        }
    }

    fn note(&mut self, cause: String, problem: Problem) {
        let cause =
            cause + &format!(" {:?} {}", problem.severity, if problem.got == "nothing" { "nothing" } else { "" });
        match self.causes.get(&cause) {
            Some(known) => self.problems[*known].count += 1,
            None if self.problems.len() < TOLD => {
                self.causes.insert(cause, self.problems.len());
                self.problems.push(problem);
            }
            None => {}
        }
    }

    /// The type whose rule a keyword is: the innermost with a name that it stands in, or the part that keeps it apart.
    fn rule<'b>(&'b self, keyword: &'b str) -> &'b str {
        let around = keyword.match_indices('/').rev().map(|(end, _)| &keyword[..end]);
        around.filter_map(|path| self.document.pointer(path)).find_map(part).unwrap_or_else(|| named(keyword))
    }
}

/// What a type is; empty for what is none.
fn about(name: &str) -> String {
    static ABOUT: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let types = Revision::ALL.into_iter().flat_map(|revision| Edition::of(revision).types());
        types.map(|of| (of.name, of.about)).collect()
    });
    ABOUT.get(name).map(|about| format!("{name}: {about}")).unwrap_or_default()
}

/// The rule of what belongs to no type with a name: the envelope.
pub const ENVELOPE: &str = "JSONRPCMessage";
/// The rule of what is wrong with a schema inside a message.
pub const JSON_SCHEMA: &str = "json-schema";

/// The innermost type with a name that a keyword stands in.
fn named(keyword: &str) -> &str {
    let named = keyword.strip_prefix("/$defs/").and_then(|rest| rest.split('/').next());
    named.unwrap_or(ENVELOPE)
}

fn part(member: &Value) -> Option<&str> {
    member.get(PART)?.as_str()
}

fn objection(format: &str, got: &Value) -> (&'static Format, (Severity, String)) {
    static UNKNOWN: Format = Format { name: "format", expected: "another text", check: |_| None };
    let format = formats::format(format).unwrap_or(&UNKNOWN);
    let objection = got.as_str().and_then(|text| (format.check)(text));
    (format, objection.map_or((Severity::Fail, String::new()), |objection| (objection.severity, objection.why)))
}

fn tolerated(node: &Value, got: &Value) -> bool {
    node.get(TOLERATED).and_then(Value::as_str).is_some_and(|json| json == words::json_type(got))
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => words::of_type(&one.to_string()),
        TypeKind::Multiple(several) => {
            words::or(&several.iter().map(|one| words::of_type(&one.to_string())).collect::<Vec<_>>())
        }
    }
}

fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A pointer as a person would write it, without the envelope of the message.
fn place(pointer: &str) -> String {
    let mut place = String::new();
    let segments = pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"));
    for (depth, segment) in segments.enumerate() {
        let envelope = depth == 0 && ["params", "result"].contains(&segment.as_str());
        if envelope && pointer.matches('/').count() > 1 {
            continue;
        }
        if segment.bytes().all(|b| b.is_ascii_digit()) && !segment.is_empty() {
            place.push_str(&format!("[{segment}]"));
        } else if segment.contains(['.', '/', ' ']) {
            place.push_str(&format!("[{segment:?}]"));
        } else {
            let dot = if place.is_empty() { "" } else { "." };
            place.push_str(&format!("{dot}{segment}"));
        }
    }
    place
}
