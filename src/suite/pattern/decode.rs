//! Nodes to patterns. Refuses operators that do not exist, and operators beside members.

use std::sync::Arc;

use regex::RegexBuilder;
use serde_json::Value;

use super::{
    grammar::Takes,
    schema,
    tree::{Form, Kind, Operator, Pattern},
};
use crate::suite::{
    scope, suggest,
    tree::{Data, Fault, Key, Node},
};

/// The largest compiled expression, in bytes.
const EXPRESSION: usize = 1 << 20;

type Decoded = Result<Operator, Fault>;

/// How the value of an operator is read.
type Read = fn(Node<'_>) -> Decoded;

/// Every operator, what it takes, and how that is read. The documentation has the same rows.
pub(super) const OPERATORS: [(&str, Takes, Read); 21] = [
    ("$type", Takes::Kinds, |node| one_or_more(node, kind).map(Operator::Type)),
    ("$in", Takes::Values, |node| Ok(Operator::In(list(node, |item| Ok(item.to_value()))?))),
    ("$re", Takes::Text, expression),
    ("$not", Takes::Pattern, |node| Pattern::decode(node).map(Operator::Not)),
    ("$any", Takes::Patterns, |node| list(node, Pattern::decode).map(Operator::Any)),
    ("$all", Takes::Patterns, |node| list(node, Pattern::decode).map(Operator::All)),
    ("$absent", Takes::Boolean, |node| boolean(node).map(Operator::Absent)),
    ("$each", Takes::Pattern, |node| Pattern::decode(node).map(Operator::Each)),
    ("$some", Takes::Pattern, |node| Pattern::decode(node).map(Operator::Some)),
    ("$within", Takes::Pattern, |node| Pattern::decode(node).map(Operator::Within)),
    ("$keys", Takes::Pattern, |node| Pattern::decode(node).map(Operator::Keys)),
    ("$len", Takes::Pattern, |node| Pattern::decode(node).map(Operator::Len)),
    ("$min", Takes::Number, |node| bound(node).map(Operator::Min)),
    ("$max", Takes::Number, |node| bound(node).map(Operator::Max)),
    ("$eq", Takes::Value, |node| Ok(Operator::Eq(node.to_value()))),
    ("$base64", Takes::True, |node| only_true(node, Operator::Base64)),
    ("$uri", Takes::True, |node| only_true(node, Operator::Uri)),
    ("$schema", Takes::Schema, json_schema),
    ("$json-schema", Takes::True, |node| only_true(node, Operator::JsonSchema)),
    ("$unique", Takes::Text, pointer),
    ("$integral", Takes::True, |node| only_true(node, Operator::Integral)),
];

impl Pattern {
    /// The pattern that a node says.
    pub(in crate::suite) fn decode(node: Node<'_>) -> Result<Self, Fault> {
        let form = match node.data() {
            Data::List(_) => Form::Items(list(node, Self::decode)?),
            Data::Map(entries) => {
                let operators = entries.iter().filter(|(key, _)| key.name.starts_with('$')).count();
                if operators > 0 && operators == entries.len() { operators_of(node)? } else { members_of(node)? }
            }
            _ => Form::Exactly(node.to_value()),
        };
        Ok(Self(Arc::new(form)))
    }
}

fn operators_of(node: Node<'_>) -> Result<Form, Fault> {
    let operator = |(key, value): (&Key, Node<'_>)| {
        if let Some(read) = read_of(&key.name) {
            read(value)
        } else {
            let hint = suggest::hint(&key.name, OPERATORS.map(|(name, ..)| name));
            Err(key.place.fault(format!("`{}` is not an operator{hint}", key.name)))
        }
    };
    Ok(Form::Operators(node.entries().map(operator).collect::<Result<_, _>>()?))
}

/// A name such as `$ref` may be a member; but an operator beside members is a mistake. `$schema` is both: beside
/// members it is the member that every other schema has.
fn members_of(node: Node<'_>) -> Result<Form, Fault> {
    let mut members = Vec::new();
    for (key, value) in node.entries() {
        if read_of(&key.name).is_some() && key.name != "$schema" {
            let message = format!("`{}` cannot stand beside members; join the two with `$all`", key.name);
            return Err(key.place.fault(message));
        }
        members.push((key.name.clone(), Pattern::decode(value)?));
    }
    Ok(Form::Members(members))
}

fn read_of(name: &str) -> Option<Read> {
    OPERATORS.iter().find(|(known, ..)| *known == name).map(|(.., read)| *read)
}

fn list<'t, T>(node: Node<'t>, item: impl Fn(Node<'t>) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    match node.data() {
        Data::List(_) => node.items().map(item).collect(),
        _ => Err(node.fault(format!("expected a list, got {}", node.words()))),
    }
}

fn one_or_more<'t, T>(node: Node<'t>, item: impl Fn(Node<'t>) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    if matches!(node.data(), Data::List(_)) { list(node, item) } else { Ok(vec![item(node)?]) }
}

fn kind(node: Node<'_>) -> Result<Kind, Fault> {
    let name = match node.data() {
        Data::Null => "null",
        _ => text(node)?,
    };
    let found = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
    found.ok_or_else(|| {
        let hint = suggest::hint(name, Kind::ALL.map(Kind::as_str));
        node.fault(format!("`{name}` is not a type{hint}"))
    })
}

fn text(node: Node<'_>) -> Result<&str, Fault> {
    node.text().ok_or_else(|| node.fault(format!("expected a text, got {}", node.words())))
}

fn expression(node: Node<'_>) -> Decoded {
    let text = text(node)?;
    refuse_variables(node, text)?;
    let built = RegexBuilder::new(text).size_limit(EXPRESSION).build();
    built.map(Operator::Re).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
        node.fault(format!("this is not an expression: {reason}"))
    })
}

fn json_schema(node: Node<'_>) -> Decoded {
    let value = node.to_value();
    if value.as_str().and_then(scope::alone).is_some() {
        return Ok(Operator::SchemaOf(value));
    }
    refuse_variables(node, &value.to_string())?;
    let built = schema::compile(&value).map(|validator| Operator::Schema(Box::new(validator)));
    built.map_err(|reason| node.fault(format!("this is not a JSON Schema: {}", super::mismatch::shorten(&reason, 240))))
}

fn refuse_variables(node: Node<'_>, text: &str) -> Result<(), Fault> {
    match scope::paths(text).next() {
        Some(path) => Err(node.fault(format!("`{{{{{path}}}}}` cannot stand here: this is compiled before the run"))),
        None => Ok(()),
    }
}

fn boolean(node: Node<'_>) -> Result<bool, Fault> {
    match node.data() {
        Data::Bool(value) => Ok(*value),
        _ => Err(node.fault(format!("expected `true` or `false`, got {}", node.words()))),
    }
}

fn bound(node: Node<'_>) -> Result<Value, Fault> {
    match node.data() {
        Data::Number(_) => Ok(node.to_value()),
        Data::Text(text) if scope::alone(text).is_some() => Ok(node.to_value()),
        _ => Err(node.fault(format!("expected a number, got {}", node.words()))),
    }
}

fn only_true(node: Node<'_>, operator: Operator) -> Decoded {
    match node.data() {
        Data::Bool(true) => Ok(operator),
        _ => Err(node.fault("only `true` can stand here; turn it round with `$not`")),
    }
}

fn pointer(node: Node<'_>) -> Decoded {
    let text = text(node)?;
    if text.is_empty() || text.starts_with('/') {
        return Ok(Operator::Unique(text.to_owned()));
    }
    Err(node.fault(format!("a JSON pointer begins with a slash: `/{text}`")))
}

#[cfg(test)]
mod tests {
    use crate::suite::pattern::tests::{fault, fits, pattern};

    #[test]
    fn what_is_no_operator_is_refused_with_what_was_meant() {
        for (text, message) in [
            ("$typ: string", "`$typ` is not an operator; did you mean `$type`?"),
            ("a: { $type: strin }", "`strin` is not a type; did you mean `string`?"),
            ("{ $type: string, a: 1 }", "`$type` cannot stand beside members; join the two with `$all`"),
            ("$any: 1", "expected a list, got `1`"),
            ("$re: '('", "this is not an expression: unclosed group"),
            ("$re: '{{nonce}}'", "`{{nonce}}` cannot stand here: this is compiled before the run"),
            ("$absent: 1", "expected `true` or `false`, got `1`"),
            ("$uri: false", "only `true` can stand here; turn it round with `$not`"),
            ("$unique: name", "a JSON pointer begins with a slash: `/name`"),
            ("$min: a", "expected a number, got a text"),
        ] {
            assert_eq!(fault(text), message);
        }
        assert!(fault("$schema: { type: text }").starts_with("this is not a JSON Schema: "));
        assert!(fault("$re: '(a{1000}){1000}'").contains("size limit"));
    }

    #[test]
    fn members_of_schemas_are_members() {
        let text = "{ $schema: { $type: string }, $ref: x, type: object }";
        assert!(fits(text, &serde_json::json!({ "$schema": "s", "$ref": "x", "type": "object" })));
        assert!(pattern(text).mentions("$ref"));
    }

    #[test]
    fn what_an_arm_looks_for_is_seen_through_choices() {
        assert!(pattern("$any: [{ error: {} }, { silence: true }]").mentions("silence"));
        assert!(!pattern("result: { silence: true }").mentions("silence"));
    }
}
