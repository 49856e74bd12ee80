//! The skeleton of SARIF 2.1.0, the format of findings that code scanning reads: rules, results, places.
//!
//! Knows the format, and neither a check nor a campaign; whoever has results puts them in.

use serde::Serialize;
use serde_json::{Value, json};

use crate::model::{Exit, ToolInfo};

use super::escape::{self, visible};

/// How much a result weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A failure.
    Error,
    /// A warning.
    Warning,
    /// Worth knowing.
    Note,
}

/// A text.
#[derive(Debug, Serialize)]
struct Text {
    text: String,
}

impl Text {
    /// Lines that are taken for what they are: the format knows links, and a server must not make any.
    fn of<'t>(lines: impl IntoIterator<Item = &'t str>) -> Self {
        let lines: Vec<String> = lines.into_iter().map(|line| visible(line).replace("](", "] (")).collect();
        Self { text: lines.join("\n") }
    }
}

/// What results can be of.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    id: String,
    short_description: Text,
}

impl Rule {
    /// A rule by its name, and what it means that it was broken.
    pub fn new(id: String, about: &str) -> Self {
        Self { id, short_description: Text::of([about]) }
    }

    /// Whether this is its name.
    pub fn is(&self, id: &str) -> bool {
        self.id == id
    }
}

/// Where something is.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Location(Value);

impl Location {
    /// The beginning of a file. A relative path is one below the folder that is scanned.
    pub fn file(path: &str) -> Self {
        let uri = uri(path);
        let artifact = if uri.starts_with("file:") {
            json!({ "uri": uri })
        } else {
            json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
        };
        Self(json!({ "physicalLocation": { "artifactLocation": artifact, "region": { "startLine": 1 } } }))
    }

    /// Something that is no file.
    pub fn named(name: &str) -> Self {
        Self(json!({ "logicalLocations": [{ "fullyQualifiedName": name, "kind": "module" }] }))
    }
}

/// Something that was found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Result {
    rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: Level,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: Value,
    occurrence_count: u64,
    properties: Value,
}

impl Result {
    /// A result of the rule with this name, in lines of text.
    pub fn new(rules: &[Rule], rule: String, level: Level, message: &[String], location: Location) -> Self {
        Self {
            rule_index: rules.iter().position(|known| known.is(&rule)),
            rule_id: rule,
            level,
            message: Text::of(message.iter().map(String::as_str)),
            locations: [location],
            partial_fingerprints: json!({}),
            occurrence_count: 1,
            properties: json!({}),
        }
    }

    /// How often it was seen.
    pub fn seen(self, count: u64) -> Self {
        Self { occurrence_count: count.max(1), ..self }
    }

    /// What makes it the same in the next run. The second name is the one that GitHub compares.
    pub fn known_as(self, key: &str) -> Self {
        Self { partial_fingerprints: json!({ "mcpLitmusKey/v1": key, "primaryLocationLineHash": key }), ..self }
    }

    /// What else is known of it.
    pub fn with(self, properties: Value) -> Self {
        Self { properties, ..self }
    }
}

/// How the run itself went.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invocation {
    execution_successful: bool,
    exit_code: u8,
    tool_execution_notifications: Vec<Value>,
}

impl Invocation {
    /// A run that ended like this, and why it tested nothing, or not to the end, if so.
    pub fn of(exit: Exit, obstacle: Option<&str>) -> Self {
        let notify = |text| json!({ "level": "error", "message": Text::of([text]) });
        Self {
            execution_successful: obstacle.is_none(),
            exit_code: exit.code(),
            tool_execution_notifications: obstacle.into_iter().map(notify).collect(),
        }
    }
}

/// One run of the tool.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    tool: Value,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<Result>,
    properties: Value,
}

impl Run {
    /// All that there is to say of it.
    pub fn of(tool: &ToolInfo, rules: &[Rule], how: Invocation, results: Vec<Result>, properties: Value) -> Self {
        let tool = json!({ "driver": { "name": tool.name, "version": tool.version, "rules": rules } });
        Self { tool, column_kind: "unicodeCodePoints", invocations: [how], results, properties }
    }
}

/// The document of a run.
pub fn document(run: &Run) -> String {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    let log = json!({ "$schema": schema, "version": "2.1.0", "runs": [run] });
    escape::json(&format!("{log:#}")) + "\n"
}

/// A path as a URI: relative to the folder that is scanned, or with `file:`.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut uri = String::new();
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    uri.push_str(if has_drive {
        "file:///"
    } else if path.starts_with('/') {
        "file://"
    } else {
        ""
    });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b':' if has_drive => uri.push(':'),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("litmus-findings/crash-1.md"), "litmus-findings/crash-1.md");
        assert_eq!(uri("./my tests\\ä:%.md"), "my%20tests/%C3%A4%3A%25.md");
        assert_eq!(uri("/var/out.md"), "file:///var/out.md");
        assert_eq!(uri("C:\\out.md"), "file:///C:/out.md");
    }

    #[test]
    fn a_server_makes_no_links() {
        assert_eq!(Text::of(["see [this](http://x)", "\u{7}"]).text, "see [this] (http://x)\n\\u{7}");
    }

    #[test]
    fn only_relative_files_have_a_base() {
        let base = |path| Location::file(path).0.pointer("/physicalLocation/artifactLocation/uriBaseId").cloned();
        assert_eq!(base("a.md"), Some(json!("%SRCROOT%")));
        assert_eq!(base("/a.md"), None);
    }
}
