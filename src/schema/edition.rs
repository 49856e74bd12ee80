//! The protocol as it is in one revision: which methods there are, and the schema of each of their messages.

use serde_json::{Map, Value, json};

use super::{
    document::{Writer, flatten, known},
    language::{Kind, Method, Shape, Side, Span, Type, V2025_03_26, V2025_06_18},
    messages::{ENVELOPES, ERROR_RESPONSE, METHODS},
    rules::ENVELOPE,
};
use crate::model::Revision;

/// The protocol as it is in one revision.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    date: &'a str,
    methods: &'a [Method],
}

/// A kind of message, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A request or notification of this method.
    Call(String),
    /// The answer to a request of this method.
    Result(String),
    /// An answer to a request that nobody knows.
    AnyResult,
    /// The refusal of a request.
    Error,
    /// A value of a type, by the name that the specification gives it.
    Type(String),
    /// Any message, whoever says it; a list of them where there are batches.
    Message,
}

impl Subject {
    /// The answer to a request of a method, if that is known.
    pub fn answer(asked: Option<String>) -> Self {
        asked.map_or(Self::AnyResult, Self::Result)
    }
}

/// When messages could be sent in a list.
const BATCHES: Span = Span::ALWAYS.since(V2025_03_26).until(V2025_06_18);

/// What a stranger has to know to make use of a document.
const COMMENT: &str = "Draft 2020-12, and four things that other validators pass over (those that are strict about unknown \
    keywords or formats have to be told so). `x-json-schema`: the value is a JSON Schema itself, and has to be a valid one. \
    `x-tolerated`: a value of this JSON type is wrong, but only worth a warning. `x-part`: the type that the member belongs \
    to, where several types share it. Formats that the draft does not name: `byte` (base64), `mime-type`, `image-type`, \
    `audio-type`, `iso-8601` (a date, or a date and a time), `timestamp` (both), `tool-name`, `icon-src`, `icon-size`, \
    `field-format`, `extension-id`, and `meta-key-...`, the grammar of the keys of `_meta` since a revision.";

impl Edition<'static> {
    /// The protocol of a revision.
    pub fn of(revision: Revision) -> Self {
        Self { date: revision.as_str(), methods: METHODS }
    }
}

impl<'a> Edition<'a> {
    /// A protocol with these methods, as it is at a date.
    pub fn new(date: &'a str, methods: &'a [Method]) -> Self {
        Self { date, methods }
    }

    /// The methods that there are.
    pub fn methods(&self) -> impl Iterator<Item = &'a Method> + use<'a> {
        let date = self.date;
        self.methods.iter().filter(move |method| method.span.holds(date))
    }

    /// A method, if there is one of this name.
    pub fn method(&self, name: &str) -> Option<&'a Method> {
        self.methods().find(|method| method.name == name)
    }

    /// Whether this side says this method.
    pub fn says(&self, side: Side, name: &str) -> bool {
        self.methods().any(|method| method.name == name && method.from.contains(&side))
    }

    /// Whether messages can be sent in a list.
    pub fn has_batches(&self) -> bool {
        BATCHES.holds(self.date)
    }

    /// The document of a kind of message for others, with what they have to know about it.
    pub fn published(&self, subject: &Subject) -> Option<Value> {
        let mut document = self.document(subject)?;
        document.as_object_mut()?.shift_insert(1, "$comment".to_owned(), json!(COMMENT));
        Some(document)
    }

    /// The JSON Schema of a kind of message; `None` when this revision knows nothing of it.
    pub fn document(&self, subject: &Subject) -> Option<Value> {
        let mut writer = Writer::at(self.date);
        let (title, schema) = match subject {
            Subject::Call(name) => (name.clone(), self.call(&mut writer, self.method(name)?)),
            Subject::Result(name) => (format!("result of {name}"), result(&mut writer, self.method(name)?)?),
            Subject::AnyResult => {
                ("result".to_owned(), holding(&mut writer, &ENVELOPES.result, "result", &ENVELOPES.any_result))
            }
            Subject::Error => ("error".to_owned(), writer.schema(&ERROR_RESPONSE)),
            Subject::Type(name) => match self.methods().find(|method| method.message == name) {
                Some(method) => (name.clone(), self.call(&mut writer, method)),
                None => (name.clone(), writer.schema(self.find(name)?)),
            },
            Subject::Message => return Some(self.message(writer)),
        };
        Some(writer.document(&format!("{title}, MCP {}", self.date), schema))
    }

    /// Every type with a name that this revision knows.
    pub fn types(&self) -> Vec<&'static Type> {
        let mut found = Vec::new();
        for method in self.methods() {
            collect(method.params, self.date, &mut found);
            if let Kind::Request(result) = method.kind {
                collect(result, self.date, &mut found);
            }
        }
        collect(&ERROR_RESPONSE, self.date, &mut found);
        found.retain(|of| !of.name.is_empty());
        found
    }

    /// Any message: its method tells which one, and an answer is known by what it holds.
    fn message(&self, mut writer: Writer<'_>) -> Value {
        let mut definitions = Map::new();
        let mut name = |name: &str, schema: Value| {
            definitions.insert(name.to_owned(), schema);
            json!({ "$ref": format!("#/$defs/{name}") })
        };
        let known: Vec<_> = self.methods().map(|method| method.name).collect();
        let branches: Vec<_> = self
            .methods()
            .map(|method| {
                let call = name(method.message, self.call(&mut writer, method));
                json!({ "if": { "properties": { "method": { "const": method.name } } }, "then": call })
            })
            .collect();
        let request = name("JSONRPCRequest", holding_some(&mut writer, &ENVELOPES.request));
        let notification = name("JSONRPCNotification", holding_some(&mut writer, &ENVELOPES.notification));
        let result = holding(&mut writer, &ENVELOPES.result, "result", &ENVELOPES.any_result);
        let result = name("JSONRPCResultResponse", result);
        let error = writer.schema(&ERROR_RESPONSE);
        let other = json!({ "if": { "required": ["id"] }, "then": request, "else": notification });
        let one = json!({
            "description": "a request, a notification, a result or an error", "type": "object",
            "if": { "required": ["method"] },
            "then": {
                "if": { "properties": { "method": { "enum": known } } }, "then": { "allOf": branches }, "else": other,
            },
            "else": { "if": { "required": ["error"] }, "then": error, "else": result },
        });
        let one = name(ENVELOPE, one);
        let schema = if self.has_batches() {
            json!({ "if": { "type": "array" }, "then": { "items": one, "minItems": 1 }, "else": one })
        } else {
            one
        };
        let mut document = writer.document(&format!("any message, MCP {}", self.date), schema);
        if let Some(types) = document["$defs"].as_object_mut() {
            types.extend(definitions);
        }
        document
    }

    fn find(&self, name: &str) -> Option<&'static Type> {
        self.types().into_iter().find(|of| of.name == name)
    }

    fn call(&self, writer: &mut Writer<'_>, method: &Method) -> Value {
        let envelope =
            if matches!(method.kind, Kind::Request(_)) { &ENVELOPES.request } else { &ENVELOPES.notification };
        let mut schema = holding(writer, envelope, "params", method.params);
        schema["properties"]["method"] = json!({ "const": method.name });
        if !method.with_params
            && !requires_anything(method.params, self.date)
            && let Some(required) = schema["required"].as_array_mut()
        {
            required.retain(|name| name != "params");
        }
        schema
    }
}

fn result(writer: &mut Writer<'_>, method: &Method) -> Option<Value> {
    let Kind::Request(result) = method.kind else { return None };
    Some(holding(writer, &ENVELOPES.result, "result", result))
}

/// The schema of an envelope with what it holds.
fn holding(writer: &mut Writer<'_>, envelope: &Type, member: &str, of: &Type) -> Value {
    let mut schema = writer.schema(envelope);
    schema["properties"][member] = writer.schema(of);
    if let Some(required) = schema["required"].as_array_mut() {
        required.push(json!(member));
    }
    schema
}

/// The schema of an envelope with parameters of which nothing is known.
fn holding_some(writer: &mut Writer<'_>, envelope: &Type) -> Value {
    let mut schema = writer.schema(envelope);
    schema["properties"]["params"] = json!({ "type": "object" });
    schema
}

/// Whether a value of this type has to have any members.
fn requires_anything(of: &Type, date: &str) -> bool {
    match &of.shape {
        Shape::Object(object) => flatten(object, date).iter().any(|member| member.required),
        _ => true,
    }
}

/// A type and all that it refers to.
fn collect(of: &'static Type, date: &str, found: &mut Vec<&'static Type>) {
    if found.iter().any(|known| std::ptr::eq(*known, of)) {
        return;
    }
    found.push(of);
    let mut go = |of| collect(of, date, found);
    match &of.shape {
        Shape::Object(object) => {
            object.parts.iter().for_each(|part| go(part));
            flatten(object, date).iter().map(|member| member.of).for_each(go);
        }
        Shape::Map(of, _) | Shape::List(of, _) | Shape::OneOrMany(of) => go(of),
        Shape::Union(of) => of.iter().for_each(|of| go(of)),
        Shape::Either(_, cases) => known(cases, date).for_each(|case| go(case.of)),
        Shape::Switch(_, cases, others) => known(cases, date).map(|case| case.of).chain(*others).for_each(go),
        Shape::Having(cases, otherwise) => known(cases, date).map(|case| case.of).chain([*otherwise]).for_each(go),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_message(revision: Revision, value: &Value) -> bool {
        let document = Edition::of(revision).published(&Subject::Message).unwrap();
        jsonschema::draft202012::new(&document).unwrap().is_valid(value)
    }

    #[test]
    fn any_message_is_told_by_its_method_and_an_answer_by_what_it_holds() {
        let revision = Revision::V2025_11_25;
        let good = [
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "a" } }),
            json!({ "jsonrpc": "2.0", "id": 1, "method": "acme/dance" }),
            json!({ "jsonrpc": "2.0", "method": "acme/danced", "params": {} }),
            json!({ "jsonrpc": "2.0", "id": 1, "result": { "anything": 1 } }),
            json!({ "jsonrpc": "2.0", "id": 1, "error": { "code": 1, "message": "no" } }),
        ];
        let bad = [
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": 7 } }),
            json!({ "jsonrpc": "2.0", "method": "tools/call", "params": { "name": "a" } }),
            json!({ "jsonrpc": "2.0", "id": 1, "method": "acme/dance", "params": [] }),
            json!({ "jsonrpc": "2.0", "id": 1, "result": null }),
            json!({ "jsonrpc": "2.0", "id": 1, "error": "no" }),
            json!({ "jsonrpc": "2.0", "id": 1, "error": "no", "result": {} }),
            json!({ "jsonrpc": "2.0", "id": 1 }),
            json!([]),
            json!("text"),
        ];
        for (values, is_good) in [(good.as_slice(), true), (&bad, false)] {
            for value in values {
                assert_eq!(is_message(revision, value), is_good, "{value}");
            }
        }
    }

    #[test]
    fn lists_of_messages_are_of_one_revision() {
        let ping =
            json!({ "jsonrpc": "2.0", "method": "notifications/message", "params": { "level": "info", "data": 1 } });
        for revision in Revision::ALL {
            assert!(is_message(revision, &ping));
            assert_eq!(is_message(revision, &json!([ping, ping])), revision == Revision::V2025_03_26, "{revision}");
            assert!(!is_message(revision, &json!([ping, 1])) && !is_message(revision, &json!([])));
        }
    }
}
