//! What each dialect of JSON Schema says of the values of its keywords.

use super::dialect::Dialect;

/// What the value of a keyword has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// One schema.
    Schema,
    /// One schema, or a boolean where the dialect has no boolean schemas.
    SchemaOrBoolean,
    /// One or more schemas in a list.
    Schemas,
    /// One schema, or some in a list.
    SchemaOrSchemas,
    /// Schemas by name.
    SchemaMap,
    /// Schemas by regular expression.
    PatternMap,
    /// By name, schemas or lists of names.
    Dependencies,
    /// By name, lists of names.
    NamesMap,
    /// Different texts in a list.
    Names,
    /// The name of a type, or some in a list.
    Types,
    /// A whole number from 0 on.
    Count,
    Number,
    AboveZero,
    Boolean,
    Text,
    Pattern,
    /// The address of a schema.
    Id,
    /// A name for a place in a schema.
    Anchor,
    /// The address of a place in a schema.
    Reference,
    /// Booleans by name.
    Vocabulary,
    List,
}

/// The rule for a keyword; `None` for one that the dialect does not know, or says nothing of.
pub(super) fn rule(dialect: Dialect, keyword: &str) -> Option<Rule> {
    let since = |first: Dialect, rule: Rule| (dialect >= first).then_some(rule);
    let until = |last: Dialect, rule: Rule| (dialect <= last).then_some(rule);
    match keyword {
        "type" => Some(Rule::Types),
        "description" | "title" | "format" | "$schema" => Some(Rule::Text),
        "properties" | "definitions" => Some(Rule::SchemaMap),
        "required" => Some(Rule::Names),
        "items" => Some(if dialect < Dialect::Draft2020 { Rule::SchemaOrSchemas } else { Rule::Schema }),
        "enum" => Some(Rule::List),
        "additionalProperties" => Some(Rule::SchemaOrBoolean),
        "allOf" | "anyOf" | "oneOf" => Some(Rule::Schemas),
        "not" => Some(Rule::Schema),
        "$ref" => Some(Rule::Reference),
        "exclusiveMinimum" | "exclusiveMaximum" if dialect == Dialect::Draft04 => Some(Rule::Boolean),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => Some(Rule::Number),
        "maxLength" | "minLength" | "maxItems" | "minItems" | "maxProperties" | "minProperties" => Some(Rule::Count),
        "pattern" => Some(Rule::Pattern),
        "uniqueItems" => Some(Rule::Boolean),
        "multipleOf" => Some(Rule::AboveZero),
        "patternProperties" => Some(Rule::PatternMap),
        "dependencies" => Some(Rule::Dependencies),
        "additionalItems" => until(Dialect::Draft2019, Rule::SchemaOrBoolean),
        "id" => until(Dialect::Draft04, Rule::Text),
        "$id" => since(Dialect::Draft06, Rule::Id),
        "examples" => since(Dialect::Draft06, Rule::List),
        "contains" | "propertyNames" => since(Dialect::Draft06, Rule::Schema),
        "$comment" | "contentMediaType" | "contentEncoding" => since(Dialect::Draft07, Rule::Text),
        "readOnly" | "writeOnly" => since(Dialect::Draft07, Rule::Boolean),
        "if" | "then" | "else" => since(Dialect::Draft07, Rule::Schema),
        _ => later(dialect, keyword).filter(|_| dialect >= Dialect::Draft2019),
    }
}

/// The rules that came with 2019-09 and after it.
fn later(dialect: Dialect, keyword: &str) -> Option<Rule> {
    let is_latest = dialect == Dialect::Draft2020;
    match keyword {
        "$defs" | "dependentSchemas" => Some(Rule::SchemaMap),
        "$anchor" => Some(Rule::Anchor),
        "$vocabulary" => Some(Rule::Vocabulary),
        "deprecated" => Some(Rule::Boolean),
        "unevaluatedItems" | "unevaluatedProperties" | "contentSchema" => Some(Rule::Schema),
        "maxContains" | "minContains" => Some(Rule::Count),
        "dependentRequired" => Some(Rule::NamesMap),
        "$recursiveRef" => Some(Rule::Reference),
        "$recursiveAnchor" => Some(if is_latest { Rule::Anchor } else { Rule::Boolean }),
        "prefixItems" => is_latest.then_some(Rule::Schemas),
        "$dynamicRef" => is_latest.then_some(Rule::Reference),
        "$dynamicAnchor" => is_latest.then_some(Rule::Anchor),
        _ => None,
    }
}
