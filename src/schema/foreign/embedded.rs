//! Judging a schema that a server publishes: `inputSchema`, `outputSchema`, `requestedSchema`.
//!
//! The schema is walked keyword by keyword, and never expanded: a reference costs one look-up however often it is used,
//! and no regular expression is compiled.

use serde_json::{Map, Value};

use super::{
    address::{Addresses, Target},
    bounds::is_bounded,
    dialect::Dialect,
    flaw::{Flaw, Step, pointer, shown},
    keywords::{Rule, rule},
    pattern, scalar,
};
use crate::model::Severity;

/// With more flaws than this, the rest is not told.
const MOST: usize = 8;

/// The flaws of a schema; none of one that is good, and none of one whose dialect is not known here.
///
/// A schema has to be valid in its dialect, 2020-12 unless it names another (`basic/index#schema-validation`, MUST):
/// what its meta-schema refuses fails, and so does a reference within the schema that leads nowhere, because no
/// validator can be made of it. A reference to another document warns: nobody may fetch it by himself
/// (`basic/index#ref-resolution`), and a schema is rejected for it. A `pattern` that is no regular expression of
/// ECMA-262 warns, as JSON Schema only says it should be one. So does what is too large, since hosts are told to set
/// bounds (`basic/index#composition-keyword-resource-use`).
pub fn embedded(schema: &Value) -> Vec<Flaw> {
    if !is_bounded(schema) {
        let expected = "a schema of moderate depth and size, which hosts do not refuse".into();
        return vec![Flaw { pointer: String::new(), severity: Severity::Warn, expected, got: "a larger one".into() }];
    }
    let Ok(dialect) = Dialect::of(schema) else {
        return Vec::new();
    };
    let mut walk = Walk { root: schema, dialect, steps: Vec::new(), flaws: Vec::new(), addresses: None };
    walk.schema(schema, schema);
    walk.flaws
}

struct Walk<'a> {
    root: &'a Value,
    dialect: Dialect,
    /// The way from the root to the value that is looked at.
    steps: Vec<Step<'a>>,
    flaws: Vec<Flaw>,
    /// Gathered when a reference needs them.
    addresses: Option<Addresses<'a>>,
}

impl<'a> Walk<'a> {
    /// Judges a value that has to be a schema. References in it are relative to the base: the schema around it, or
    /// itself, that says its own address.
    fn schema(&mut self, schema: &'a Value, base: &'a Value) {
        let members = match schema {
            Value::Object(members) => members,
            Value::Bool(_) if self.dialect > Dialect::Draft04 => return,
            other => return self.fail("a schema", shown(other)),
        };
        let base = if Addresses::own(self.dialect, members).is_some() { schema } else { base };
        for (keyword, value) in members {
            if self.flaws.len() >= MOST {
                return;
            }
            if let Some(rule) = rule(self.dialect, keyword) {
                self.below(Step::Member(keyword), |walk| walk.value(rule, value, base));
            }
        }
        if self.dialect == Dialect::Draft04 {
            self.pairs(members);
        }
    }

    /// Keywords that mean nothing alone, in the oldest dialect.
    fn pairs(&mut self, members: &Map<String, Value>) {
        for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if members.contains_key(flag) && !members.contains_key(bound) {
                self.fail(format!("{bound} beside {flag}"), format!("{flag} alone"));
            }
        }
    }

    fn value(&mut self, rule: Rule, value: &'a Value, base: &'a Value) {
        match (rule, value) {
            (Rule::SchemaOrBoolean, Value::Bool(_)) => {}
            (Rule::Schemas | Rule::SchemaOrSchemas, Value::Array(schemas)) => self.schemas(schemas, base),
            (Rule::Schema | Rule::SchemaOrBoolean | Rule::SchemaOrSchemas, schema) => self.schema(schema, base),
            (Rule::Schemas, other) => self.fail("a list of schemas", shown(other)),
            (Rule::SchemaMap | Rule::PatternMap | Rule::Dependencies, Value::Object(map)) => self.map(rule, map, base),
            (Rule::SchemaMap | Rule::PatternMap, other) => self.fail("schemas by name", shown(other)),
            (Rule::Dependencies, other) => self.fail("schemas or lists of names, by name", shown(other)),
            (rule, value) => match (scalar::expected(rule, value, self.dialect), rule, value) {
                (Some(expected), _, value) => self.fail(expected, shown(value)),
                (None, Rule::Pattern, Value::String(text)) => self.pattern(text),
                (None, Rule::Reference, Value::String(target)) => self.reference(target, base),
                _ => {}
            },
        }
    }

    fn schemas(&mut self, schemas: &'a [Value], base: &'a Value) {
        if schemas.is_empty() {
            self.fail("at least one schema", "an empty list");
        }
        for (index, schema) in schemas.iter().enumerate() {
            self.below(Step::Item(index), |walk| walk.schema(schema, base));
        }
    }

    fn map(&mut self, rule: Rule, map: &'a Map<String, Value>, base: &'a Value) {
        for (name, value) in map {
            self.below(Step::Member(name), |walk| match rule {
                Rule::Dependencies if value.is_array() => {
                    if !scalar::names(value, walk.dialect) {
                        walk.fail(scalar::names_expected(walk.dialect), shown(value));
                    }
                }
                _ => {
                    if rule == Rule::PatternMap {
                        walk.pattern(name);
                    }
                    walk.schema(value, base);
                }
            });
        }
    }

    fn pattern(&mut self, text: &str) {
        if let Some(fault) = pattern::fault(text) {
            let got = format!("{fault}, in {}", shown(&Value::from(text)));
            self.add(Severity::Warn, "a regular expression of ECMA-262", got);
        }
    }

    fn reference(&mut self, target: &str, base: &'a Value) {
        let is_near = std::ptr::eq(self.root, base);
        let found = match target.strip_prefix('#') {
            Some(fragment) if is_near && (fragment.is_empty() || fragment.starts_with('/')) => {
                Target::within(self.root, fragment, self.dialect)
            }
            _ => {
                let (root, dialect) = (self.root, self.dialect);
                self.addresses.get_or_insert_with(|| Addresses::of(root, dialect)).find(target, base)
            }
        };
        let got = || shown(&Value::from(target));
        match found {
            Target::Schema => {}
            Target::Nothing => self.fail("a reference that leads to a schema", got()),
            Target::Elsewhere => {
                self.add(Severity::Warn, "a reference within the schema: no other document is fetched", got());
            }
        }
    }

    fn below(&mut self, step: Step<'a>, judge: impl FnOnce(&mut Self)) {
        self.steps.push(step);
        judge(self);
        self.steps.pop();
    }

    fn fail(&mut self, expected: impl Into<String>, got: impl Into<String>) {
        self.add(Severity::Fail, expected, got);
    }

    fn add(&mut self, severity: Severity, expected: impl Into<String>, got: impl Into<String>) {
        if self.flaws.len() < MOST {
            let pointer = pointer(&self.steps);
            self.flaws.push(Flaw { pointer, severity, expected: expected.into(), got: got.into() });
        }
    }
}
