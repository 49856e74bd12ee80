//! The keys of `litmus.toml`, for editors as a JSON Schema, and for its reader as names.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Map, Value};

use super::{Call, Transport};

/// litmus.toml: the servers of a project, and how they are tested
#[derive(JsonSchema)]
#[schemars(title = "litmus.toml", rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "it only has a schema")]
struct Document {
    /// What holds for every server that does not say otherwise
    defaults: Option<Defaults>,
    /// The servers, by name
    servers: Option<BTreeMap<String, Server>>,
}

/// What holds for every server that does not say otherwise
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "it only has a schema")]
struct Defaults {
    #[schemars(flatten)]
    settings: Settings,
}

/// A server: a `command`, a `url`, or both when the command serves at that address
///
/// In `command`, `args`, `url`, `headers`, `bearer`, `env`, `env-file`, `cwd` and `ca`, variables are filled in:
/// `${VAR}`, `${VAR:-default}`, `${workspaceFolder}` (the folder of this file), `${userHome}`.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "it only has a schema")]
struct Server {
    /// The command that starts it: a list of words, or one line that is split at its spaces
    command: Option<OneOrMany>,
    /// More arguments for the command, which is the program alone then
    args: Option<Vec<String>>,
    /// Its address
    url: Option<String>,
    /// How to speak to it
    transport: Option<Transport>,
    /// Headers for every request
    headers: Option<BTreeMap<String, String>>,
    /// A token for every request: short for an `Authorization` header
    bearer: Option<String>,
    /// Variables for its process
    env: Option<BTreeMap<String, String>>,
    /// A file with variables for its process, NAME=VALUE on each line
    env_file: Option<String>,
    /// The folder to start it in; that of this file, if there is none
    cwd: Option<String>,
    /// A file with certificates (PEM) that may vouch for it, beside those of the system
    ca: Option<String>,
    /// Whether to believe every certificate
    insecure: Option<bool>,
    /// Hosts that may be reached beside that of the URL
    allow_hosts: Option<OneOrMany>,
    /// Whether `--all-servers` leaves it out
    disabled: Option<bool>,
    #[schemars(flatten)]
    settings: Settings,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "it only has a schema")]
struct Settings {
    /// The protocol revision to speak: its date, `newest`, or `all` that the server speaks
    #[schemars(regex(pattern = r"^(newest|all|\d{4}-\d{2}-\d{2})$"))]
    revision: Option<String>,
    /// Which tools may be called, beside those that are named
    call: Option<Call>,
    /// What may be done with tools, by their names
    tools: Option<BTreeMap<String, Permit>>,
    /// How many processes of the server may run beside the main one
    #[schemars(range(min = 1, max = 1024))]
    jobs: Option<u32>,
    /// How long to wait for an answer: `500ms`, `10s`, `2m`
    #[schemars(regex(pattern = r"^\d+(\.\d+)?(ms|s|m|min)?$"))]
    timeout: Option<String>,
    /// How long to wait for the first answer of a process
    #[schemars(regex(pattern = r"^\d+(\.\d+)?(ms|s|m|min)?$"))]
    startup_timeout: Option<String>,
    /// How long to wait for a connection
    #[schemars(regex(pattern = r"^\d+(\.\d+)?(ms|s|m|min)?$"))]
    connect_timeout: Option<String>,
    /// What fails a run beside failures
    deny: Option<Deny>,
    /// Reports, as `junit=litmus.xml`; a path is relative to this file
    report: Option<OneOrMany>,
    /// Only checks whose id fits one of these, as `tools/*`
    only: Option<OneOrMany>,
    /// No check whose id fits one of these
    skip: Option<OneOrMany>,
    /// Suites for `mcp-litmus run`: files, folders, or patterns as `tests/*.md`
    suites: Option<OneOrMany>,
    /// The folder of the approved snapshots
    golden: Option<String>,
    /// The file of the known findings
    baseline: Option<String>,
}

/// `false`: never; `true`: with arguments made from its schema; a table: with these arguments
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it only has a schema")]
enum Permit {
    May(bool),
    With(Map<String, Value>),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "it only has a schema")]
enum Deny {
    /// Warnings fail the run, too
    Warnings,
    /// Only failures do
    Nothing,
}

/// A text, or a list of texts
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it only has a schema")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// The JSON Schema of `litmus.toml`.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    settings.into_generator().into_root_schema_for::<Document>().to_value()
}

/// TOML has no null: what may be left out is left out.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(branches)) = schema.get_mut("anyOf") {
        branches.retain(|branch| branch.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only {
                schema.ensure_object().entry(key).or_insert(value);
            }
        }
    }
}

/// The names of the keys at each place of the file.
pub(super) struct Keys {
    pub document: Vec<String>,
    pub defaults: Vec<String>,
    pub server: Vec<String>,
}

impl Keys {
    /// As the schema has them.
    pub fn read() -> Self {
        let schema = schema();
        let names = |pointer: &str| {
            let properties = schema.pointer(pointer).and_then(Value::as_object);
            properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
        };
        Self {
            document: names("/properties"),
            defaults: names("/$defs/Defaults/properties"),
            server: names("/$defs/Server/properties"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_every_key() {
        let keys = Keys::read();
        assert_eq!(keys.document, ["defaults", "servers"]);
        for key in ["startup-timeout", "tools", "report", "golden", "baseline", "deny"] {
            assert!(
                keys.defaults.iter().any(|name| name == key) && keys.server.iter().any(|name| name == key),
                "{key}"
            );
        }
        assert!(keys.server.iter().any(|name| name == "allow-hosts"), "{:?}", keys.server);
    }

    #[test]
    fn nothing_may_be_null() {
        assert!(!schema().to_string().contains("null"));
    }
}
