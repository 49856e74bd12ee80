//! The keys of the blocks. These types are what serde decodes, and what the JSON Schema for editors is made from.
//! Patterns, steps and values are kept as nodes here, and decoded by their own files, so that each fault is found.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{
    SessionKind, WatchOn,
    decode::{Ref, given},
    grammar::{AnswersGrammar, ContentGrammar, HeaderGrammar, PatternGrammar, SayGrammar, StepGrammar},
};
use crate::model::{Level, RevisionRange};

/// How a server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Transport {
    /// A process and its pipes.
    Stdio,
    /// A URL, as Streamable HTTP.
    Http,
    /// A URL, as the HTTP+SSE of 2024-11-05.
    Sse,
}

impl Transport {
    /// The word in a catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stdio => "stdio",
            Self::Http => "http",
            Self::Sse => "sse",
        }
    }
}

/// What a catalogue says of a check.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Facts {
    /// The keyword of the sentence that it rests on. A broken SHOULD is never more than a warning.
    pub level: Level,
    /// The revisions that it applies to; default: the head's, or all.
    #[serde(default)]
    #[schemars(with = "RevisionRange")]
    pub revisions: Option<RevisionRange>,
    /// Capabilities that the server must declare, as paths; added to the head's.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Default: the head's, or all.
    #[serde(default)]
    #[schemars(with = "Vec<Transport>")]
    pub transports: Option<Vec<Transport>>,
    /// Page and anchor in the specification; `#anchor` adds an anchor to the head's page.
    #[serde(default)]
    #[schemars(with = "String")]
    pub spec: Option<String>,
    /// Requirements that it decides: `modern:area/name`, `legacy:area/name`.
    #[serde(default)]
    pub proves: Vec<String>,
    /// Ids it had before.
    #[serde(default)]
    pub formerly: Vec<String>,
}

/// What `yaml check` adds to the facts.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ScriptKeys {
    /// The process that it speaks to.
    #[serde(default)]
    pub session: SessionKind,
    /// The client capabilities to declare.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "BTreeMap<String, Value>")]
    pub client: Option<Ref>,
    /// The script.
    #[serde(default)]
    #[schemars(with = "Vec<StepGrammar>")]
    pub steps: Option<Vec<Ref>>,
    /// The name of a check that is written in Rust.
    #[serde(default)]
    #[schemars(with = "String")]
    pub code: Option<String>,
}

/// What `yaml watch` adds to the facts.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct WatchKeys {
    /// What it looks at.
    pub on: WatchOn,
    /// Which of these it judges.
    #[serde(default, rename = "where", deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub only: Option<Ref>,
    /// The first arm that fits decides.
    #[serde(default)]
    #[schemars(with = "Vec<ArmKeys>")]
    pub expect: Option<Vec<Ref>>,
    /// Types and formats of the description of messages (`Tool`, `uri`), or `all`: what is wrong with these is told.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "ShapesGrammar")]
    pub shapes: Option<Ref>,
}

/// Which rules of the description of messages a watch tells of: `all`, or those of these types and formats.
#[derive(JsonSchema)]
#[schemars(untagged, rename_all = "lowercase")]
#[expect(dead_code, reason = "it is decoded by hand, for the sake of its faults")]
enum ShapesGrammar {
    These(Vec<String>),
    Every(Every),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(dead_code, reason = "it is decoded by hand, for the sake of its faults")]
enum Every {
    All,
}

/// An arm. It has one of `pass`, `warn`, `skip` and `fail`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ArmKeys {
    /// Go on.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub pass: Option<Ref>,
    /// Note a warning and go on.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub warn: Option<Ref>,
    /// End the check as *not applicable*.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub skip: Option<Ref>,
    /// Note a failure and end the check.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub fail: Option<Ref>,
    /// Why; required except for `pass`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub because: Option<String>,
}

/// What an example server says instead. It has one of `result`, `error`, `silence`, `merge`, `lines` and `exit`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SayKeys {
    /// The requests that it is for.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub when: Option<Ref>,
    /// This result.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Value")]
    pub result: Option<Ref>,
    /// Leaves the result exactly as it is.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub exact: Option<bool>,
    /// This error.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Value")]
    pub error: Option<Ref>,
    /// Says nothing.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub silence: Option<bool>,
    /// A JSON merge patch over the demo server's own result or error.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Value")]
    pub merge: Option<Ref>,
    /// These lines as they are; `{{id}}` stands for the request's id.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub lines: Option<Vec<String>>,
    /// The process ends with this code.
    #[serde(default)]
    #[schemars(with = "i32")]
    pub exit: Option<i32>,
}

/// What an example server says over HTTP instead. What it does not say stays as the demo server says it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HttpAnswerKeys {
    /// The requests that it is for, as `{ method, path, headers, rpc }`.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub when: Option<Ref>,
    /// The status code.
    #[serde(default)]
    #[schemars(with = "u16")]
    pub status: Option<u16>,
    /// Put over the headers of the answer; null leaves one out, a list repeats it.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, HeaderGrammar>")]
    pub headers: Option<Ref>,
    /// The body; `{{id}}` stands for the id of the request.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "ContentGrammar")]
    pub body: Option<Ref>,
    /// The body as a stream: the lines of each event.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub events: Option<Ref>,
}

/// `yaml check`: a script that speaks to the server and judges what it says.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "it is decoded in two halves, and whole only in the schema")]
pub(super) struct CheckBlock {
    #[schemars(flatten)]
    facts: Facts,
    #[schemars(flatten)]
    script: ScriptKeys,
}

/// `yaml watch`: judges all traffic of a run.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "it is decoded in two halves, and whole only in the schema")]
pub(super) struct WatchBlock {
    #[schemars(flatten)]
    facts: Facts,
    #[schemars(flatten)]
    watch: WatchKeys,
}

/// `yaml server`: the demo server with changes. Other keys are methods, `"*"` or `unparsable`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "its keys are methods, so that it is decoded by hand")]
pub(super) struct ServerBlock {
    /// Named faults of the demo server.
    #[schemars(default)]
    faults: Vec<String>,
    /// What to say over HTTP, whatever the message would say.
    #[schemars(default)]
    http: Option<AnswersGrammar>,
    /// The token that is demanded over HTTP, and that the user has given.
    #[schemars(default)]
    token: Option<String>,
    #[schemars(flatten)]
    rules: BTreeMap<String, SayGrammar>,
}
