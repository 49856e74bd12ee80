//! One tool: its description for clients, and what happens when it is called.

use std::{pin::Pin, sync::OnceLock};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{Call, Said, Stop};
use crate::{
    demo::{dress::ICON, rpc::Members},
    model::Revision,
};

/// A call under way.
pub type Running = Pin<Box<dyn Future<Output = Result<Said, Stop>> + Send>>;

/// What happens when a tool is called.
#[derive(Clone, Copy)]
pub enum Run {
    /// It answers at once.
    Plain(fn(&Members) -> Said),
    /// It takes its time, talks to the client, or changes the server.
    Running(fn(Call) -> Running),
}

/// A tool.
pub struct Tool {
    /// Its description with all members that any revision knows.
    pub definition: Value,
    /// The first revision that has what it needs.
    pub since: Revision,
    /// What happens when it is called.
    pub run: Run,
    validator: OnceLock<Option<Validator>>,
}

/// The description alone of a tool that is served elsewhere.
pub fn described(name: &str, description: &str, input: Value, required: &[&str]) -> Value {
    Tool::new(name, description, input, Run::Plain(|_| Said::default())).needs(required).definition
}

impl Tool {
    /// A tool that changes nothing.
    pub fn new(name: &str, description: &str, input: Value, run: Run) -> Self {
        let title = format!("The tool {name}");
        let mut schema = json!({ "type": "object" });
        schema["properties"] = input;
        schema["additionalProperties"] = json!(false);
        let definition = json!({
            "name": name,
            "title": title,
            "description": description,
            "inputSchema": schema,
            "annotations": { "title": title, "readOnlyHint": true, "openWorldHint": false },
            "icons": [{ "src": ICON, "mimeType": "image/png" }],
            "execution": { "taskSupport": "forbidden" },
        });
        Self { definition, since: Revision::V2024_11_05, run, validator: OnceLock::new() }
    }

    /// The same, with arguments that it cannot do without.
    pub fn needs(mut self, required: &[&str]) -> Self {
        self.definition["inputSchema"]["required"] = json!(required);
        self
    }

    /// The same, with a promise of what comes out.
    pub fn gives(mut self, output: Value) -> Self {
        self.definition["outputSchema"] = output;
        self
    }

    /// The same, not before this revision.
    pub fn since(mut self, revision: Revision) -> Self {
        self.since = revision;
        self
    }

    /// The same, but calling it leaves a trace.
    pub fn changes_something(mut self) -> Self {
        self.definition["annotations"]["readOnlyHint"] = json!(false);
        self.definition["annotations"]["destructiveHint"] = json!(false);
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.definition["name"].as_str().unwrap_or_default()
    }

    /// What is wrong with the arguments, in words.
    pub fn complaint(&self, arguments: &Members) -> Option<String> {
        let compile = || jsonschema::validator_for(&self.definition["inputSchema"]).ok();
        let validator = self.validator.get_or_init(compile).as_ref()?;
        let arguments = Value::Object(arguments.clone());
        let errors: Vec<_> = validator.iter_errors(&arguments).take(5).map(|error| error.to_string()).collect();
        (!errors.is_empty()).then(|| format!("invalid arguments: {}", errors.join("; ")))
    }
}
