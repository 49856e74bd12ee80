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
        Shape::Map(of, _) | Shape::List(of, _) | Shape::OneOrMany(of) => go(of),
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::schema::{
        formats::FORMATS,
        language::{V2026_07_28, list, map, may, must, notification, object, request, word, words},
        validators::{Validators, compile},
    };

    /// Every message of an edition.
    fn subjects(edition: &Edition<'_>) -> Vec<Subject> {
        let calls = edition.methods().map(|method| Subject::Call(method.name.to_owned()));
        let requests = edition.methods().filter(|method| matches!(method.kind, Kind::Request(_)));
        let results = requests.map(|method| Subject::Result(method.name.to_owned()));
        let types = edition.types().into_iter().map(|of| Subject::Type(of.name.to_owned()));
        calls.chain(results).chain(types).chain([Subject::AnyResult, Subject::Error]).collect()
    }

    #[test]
    fn every_document_of_every_revision_compiles() {
        for revision in Revision::ALL {
            let edition = Edition::of(revision);
            for subject in subjects(&edition) {
                let document = edition.document(&subject).unwrap_or_else(|| panic!("{revision}: no {subject:?}"));
                let validator = compile(&document).unwrap_or_else(|error| panic!("{revision} {subject:?}: {error}"));
                assert!(!validator.is_valid(&Value::Null), "{revision}: {subject:?} takes null");
            }
        }
    }

    #[test]
    fn a_name_is_given_once() {
        for revision in Revision::ALL {
            let mut names = HashSet::new();
            let types = Edition::of(revision).types();
            let twice: Vec<_> = types.iter().filter(|of| !names.insert(of.name)).map(|of| of.name).collect();
            assert!(twice.is_empty(), "{revision}: {twice:?}");
        }
    }

    #[test]
    fn every_format_that_is_named_can_be_judged_and_none_is_idle() {
        let mut named = HashSet::new();
        for edition in Revision::ALL.map(Edition::of) {
            for document in subjects(&edition).iter().filter_map(|subject| edition.document(subject)) {
                collect_formats(&document, &mut named);
            }
        }
        let known: HashSet<_> = FORMATS.iter().map(|format| format.name.to_owned()).collect();
        assert_eq!(named, known);
    }

    fn collect_formats(document: &Value, named: &mut HashSet<String>) {
        match document {
            Value::Object(members) => {
                // A field of a form has a member of this name as well.
                named.extend(members.get("format").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|member| collect_formats(member, named));
            }
            Value::Array(items) => items.iter().for_each(|item| collect_formats(item, named)),
            _ => {}
        }
    }

    #[test]
    fn every_type_says_what_it_is() {
        let types: Vec<_> = Revision::ALL.into_iter().flat_map(|revision| Edition::of(revision).types()).collect();
        let silent: Vec<_> = types.iter().filter(|of| of.about.is_empty()).map(|of| of.name).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }

    #[test]
    fn a_method_is_known_in_its_revisions_and_to_its_side() {
        let old = Edition::of(Revision::V2025_11_25);
        let new = Edition::of(Revision::V2026_07_28);
        assert!(old.says(Side::Client, "initialize") && !new.says(Side::Client, "initialize"));
        assert!(old.says(Side::Server, "roots/list") && !old.says(Side::Client, "roots/list"));
        assert!(old.says(Side::Server, "ping") && old.says(Side::Client, "ping"));
        assert_eq!(new.document(&Subject::Call("initialize".to_owned())), None);
        assert_eq!(new.document(&Subject::Result("notifications/progress".to_owned())), None);
        assert_eq!(new.document(&Subject::Type("Task".to_owned())), None);
    }

    /// What a revision that is yet to come would need: the description of what is new, and its date.
    mod tomorrow {
        use super::*;

        const DATE: &str = "2031-01-01";

        static TEXT: Type = crate::schema::language::text(&[]);
        static MOOD: Type =
            words("Mood", "how a server feels", &[word("fine"), word("tired"), word("lost").since("2031-06-01")]);
        static MOODS: Type = object(
            "ListMoodsResult",
            "how a server has felt",
            &[must("moods", &list(&MOOD)), may("because", &map(&TEXT)).since(DATE), must("since", &TEXT).until(DATE)],
        );
        static METHODS_OF_TOMORROW: [Method; 2] = [
            request("moods/list", "ListMoodsRequest", &MOODS_PARAMS, &MOODS).since(DATE),
            notification("notifications/moods/changed", "MoodChangedNotification", &MOODS_PARAMS)
                .of_server()
                .since(DATE),
        ];
        static MOODS_PARAMS: Type = object("ListMoodsRequestParams", "which moods are wanted", &[must("since", &TEXT)]);

        fn methods() -> Vec<Method> {
            METHODS.iter().chain(&METHODS_OF_TOMORROW).copied().collect()
        }

        fn flawless(validators: &Validators<'_>, subject: &Subject, value: &Value) -> Option<bool> {
            validators.problems(subject, value).map(|problems| problems.is_empty())
        }

        #[test]
        fn it_inherits_what_was_not_ended() {
            let methods = methods();
            let today = Edition::of(Revision::NEWEST);
            let tomorrow = Edition::new(DATE, &methods);
            let inherited = today.methods().map(|method| method.name);
            assert!(inherited.into_iter().all(|name| tomorrow.method(name).is_some()));
            assert!(tomorrow.method("initialize").is_none());
            for subject in subjects(&today) {
                let retitled = |document: Value| document.to_string().replace(V2026_07_28, DATE);
                // Formats that are named after the revision which made them keep their name.
                let keep = |text: String| text.replace(&format!("meta-key-{V2026_07_28}"), &format!("meta-key-{DATE}"));
                let old = today.document(&subject).map(retitled).map(keep);
                let new = tomorrow.document(&subject).map(retitled).map(keep);
                assert_eq!(new, old, "{subject:?}");
            }
        }

        #[test]
        fn it_has_what_is_new_and_nobody_else_does() {
            let methods = methods();
            let validators = Validators::new(Edition::new(DATE, &methods));
            let before = Validators::new(Edition::new(V2026_07_28, &methods));
            let result = Subject::Result("moods/list".to_owned());
            let answer = |moods: Value| json!({ "jsonrpc": "2.0", "id": 1, "result": moods });
            assert_eq!(
                flawless(&validators, &result, &answer(json!({ "moods": ["fine"], "because": {} }))),
                Some(true)
            );
            assert_eq!(flawless(&validators, &result, &answer(json!({ "moods": ["lost"] }))), Some(false));
            assert_eq!(flawless(&validators, &result, &answer(json!({ "moods": [], "because": 5 }))), Some(false));
            assert_eq!(flawless(&before, &result, &answer(json!({ "moods": [] }))), None);
            let said =
                json!({ "jsonrpc": "2.0", "method": "notifications/moods/changed", "params": { "since": "now" } });
            let changed = Subject::Call("notifications/moods/changed".to_owned());
            assert_eq!(flawless(&validators, &changed, &said), Some(true));
            assert!(validators.edition().says(Side::Server, "notifications/moods/changed"));
        }
    }
}
