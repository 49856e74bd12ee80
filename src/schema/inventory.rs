//! What has to hold of the whole description, in every revision.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    edition::{Edition, Subject},
    formats::FORMATS,
    language::{Kind, Side},
    validators::compile,
};
use crate::model::Revision;

/// Every message of an edition.
pub(super) fn subjects(edition: &Edition<'_>) -> Vec<Subject> {
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
