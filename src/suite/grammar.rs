//! The JSON Schema of the blocks, for editors. It is made from the types that are decoded; what is decoded by hand has
//! its shape here.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{
    JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema, transform::RecursiveTransform,
};
use serde_json::{Map, Value};

use super::{
    block::{CheckBlock, HttpAnswerKeys, SayKeys, ServerBlock, WatchBlock},
    pattern::operator_schemas,
    verb::{
        AliveKeys, CloseKeys, ExpectKeys, ForKeys, HangUpKeys, HttpKeys, LetKeys, NotifyKeys, RawKeys, SendKeys,
        WaitKeys,
    },
};

/// A block of a suite: what stands between the fences of `yaml check`, `yaml watch` and `yaml server`.
#[derive(JsonSchema)]
#[schemars(untagged, title = "A block of a suite")]
#[expect(dead_code, reason = "it only has a schema")]
enum Block {
    Check(CheckBlock),
    Watch(WatchBlock),
    Server(ServerBlock),
}

/// A step, known by its verb.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "Step")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum StepGrammar {
    Send(SendKeys),
    Notify(NotifyKeys),
    Raw(RawKeys),
    Http(HttpKeys),
    HangUp(HangUpKeys),
    Expect(ExpectKeys),
    Alive(AliveKeys),
    Let(LetKeys),
    For(ForKeys),
    Close(CloseKeys),
    Wait(WaitKeys),
}

/// What becomes of the standard `_meta`.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "Meta")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum MetaGrammar {
    /// `none` sends none.
    Word(String),
    /// Merged over it; null removes a member.
    Merge(BTreeMap<String, Value>),
}

/// Bytes on the wire.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "Raw")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum RawGrammar {
    /// This text.
    Text(String),
    /// These bytes, as pairs of hexadecimal digits.
    Hex {
        /// `ff fe`
        hex: String,
    },
    /// These bytes, in base64.
    Base64 {
        /// `//4=`
        base64: String,
    },
    /// The same text again and again.
    Repeat {
        /// What is repeated.
        repeat: String,
        /// How often.
        times: u64,
    },
}

/// What becomes of a header.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "Header")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum HeaderGrammar {
    /// It is left out.
    Leave(()),
    /// It has this value.
    Text(String),
    /// It has this number.
    Number(f64),
    /// It has this word.
    Bool(bool),
    /// It is there once for each of these.
    Repeated(Vec<String>),
}

/// The body of an answer: text, `{ hex: ... }`, `{ base64: ... }`, `{ repeat: ..., times: ... }`, or else JSON.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "Content")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum ContentGrammar {
    Bytes(RawGrammar),
    Json(Value),
}

/// One answer over HTTP, or alternatives of which the first whose `when` fits is given.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "HttpAnswers")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum AnswersGrammar {
    One(HttpAnswerKeys),
    Alternatives(Vec<HttpAnswerKeys>),
}

/// What `for` goes through.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "List")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum ListGrammar {
    /// `tools`, `prompts`, `resources`, `templates`, `calls`, `mirrored`, or `"{{variable}}"`.
    Text(String),
    /// These values.
    Values(Vec<Value>),
}

/// One thing to say, or alternatives of which the first whose `when` fits is said.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "Say")]
#[expect(dead_code, reason = "it only has a schema")]
pub(super) enum SayGrammar {
    One(SayKeys),
    Alternatives(Vec<SayKeys>),
}

/// Data that looks like what it fits; see `docs/suites.md`.
pub(super) struct PatternGrammar;

impl JsonSchema for PatternGrammar {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let pattern = generator.subschema_for::<Self>().to_value();
        let operators: Map<String, Value> = operator_schemas(&pattern).into_iter().collect();
        json_schema!({
            "description": "Data that looks like what it fits. Keys that begin with `$` are operators.",
            "type": ["null", "boolean", "number", "string", "array", "object"],
            "items": pattern,
            "anyOf": [
                { "not": { "type": "object" } },
                { "properties": operators, "additionalProperties": false },
                { "patternProperties": { "^[^$]": pattern }, "not": { "propertyNames": { "pattern": "^[$]" } } },
            ],
        })
    }
}

/// The JSON Schema of the blocks.
pub fn block_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(forget_null));
    settings.into_generator().into_root_schema_for::<Block>().to_value()
}

/// A key that may be left out has no default that an editor should write.
fn forget_null(schema: &mut Schema) {
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
}
