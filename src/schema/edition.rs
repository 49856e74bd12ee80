//! The protocol as it is in one revision: which methods there are, and the schema of each of their messages.

use serde_json::{Value, json};

use super::{
    document::{Writer, flatten},
    language::{Kind, Method, Shape, Side, Type},
    messages::{ENVELOPES, ERROR_RESPONSE, METHODS},
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
}

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

    fn find(&self, name: &str) -> Option<&'static Type> {
        self.types().into_iter().find(|of| of.name == name)
    }

    fn call(&self, writer: &mut Writer<'_>, method: &Method) -> Value {
        let envelope =
            if matches!(method.kind, Kind::Request(_)) { &ENVELOPES.request } else { &ENVELOPES.notification };
        let mut schema = holding(writer, envelope, "params", method.params);
        schema["properties"]["method"] = json!({ "const": method.name });
        if !method.with_params && !requires_anything(method.params, self.date) {
            if let Some(required) = schema["required"].as_array_mut() {
                required.retain(|name| name != "params");
            }
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
            flatten(object, date).into_iter().for_each(|member| go(member.of));
        }
        Shape::Map(of) | Shape::List(of, _) | Shape::OneOrMany(of) => go(of),
        Shape::Union(of) => of.iter().for_each(|of| go(of)),
        Shape::Either(_, cases) => cases.iter().filter(|case| case.span.holds(date)).for_each(|case| go(case.of)),
        Shape::Switch(_, cases, [missing, other]) => {
            cases.iter().filter(|case| case.span.holds(date)).for_each(|case| go(case.of));
            go(missing);
            go(other);
        }
        Shape::Having(cases, otherwise) => {
            cases.iter().filter(|case| case.span.holds(date)).for_each(|case| go(case.of));
            go(otherwise);
        }
        _ => {}
    }
}
