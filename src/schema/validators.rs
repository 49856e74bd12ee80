//! Validators, compiled when they are first needed and kept: one for each kind of message of each revision.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use jsonschema::{Draft, Keyword, ValidationError, Validator};
use serde_json::Value;

use super::{
    document::EMBEDDED,
    edition::{Edition, Subject},
    explain::problems,
    foreign::embedded,
    formats::FORMATS,
    problem::Problem,
};
use crate::model::Revision;

/// The validators of one revision.
pub struct Validators<'a> {
    edition: Edition<'a>,
    compiled: Mutex<HashMap<Subject, Arc<Compiled>>>,
}

/// A validator, with the schema that it was made from.
pub(super) struct Compiled {
    pub(super) document: Value,
    pub(super) validator: Validator,
}

static PUBLISHED: LazyLock<[Validators<'static>; Revision::ALL.len()]> =
    LazyLock::new(|| Revision::ALL.map(|revision| Validators::new(Edition::of(revision))));

impl Validators<'static> {
    /// Those of a published revision.
    pub fn of(revision: Revision) -> &'static Self {
        &PUBLISHED[revision as usize]
    }
}

impl<'a> Validators<'a> {
    /// Those of an edition of the protocol; nothing is compiled yet.
    pub fn new(edition: Edition<'a>) -> Self {
        Self { edition, compiled: Mutex::default() }
    }

    /// The edition that they judge by.
    pub fn edition(&self) -> &Edition<'a> {
        &self.edition
    }

    /// What is wrong with a value; `None` when this revision knows nothing of its kind.
    pub fn problems(&self, subject: &Subject, value: &Value) -> Option<Vec<Problem>> {
        self.compiled(subject).map(|compiled| problems(&compiled, value))
    }

    fn compiled(&self, subject: &Subject) -> Option<Arc<Compiled>> {
        let mut all = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(subject) {
            return Some(Arc::clone(known));
        }
        // What is not known is not kept: there is no end to the names that methods could have.
        let document = self.edition.document(subject)?;
        let validator = compile(&document).ok()?;
        let made = Arc::new(Compiled { document, validator });
        all.insert(subject.clone(), Arc::clone(&made));
        Some(made)
    }
}

/// Compile a document of ours. A test sees to it that each of them compiles.
pub fn compile(document: &Value) -> Result<Validator, ValidationError<'static>> {
    let options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_keyword(EMBEDDED, |_, _, _| Ok(Box::new(Embedded)));
    FORMATS
        .iter()
        .fold(options, |options, format| options.with_format(format.name, |text: &str| (format.check)(text).is_none()))
        .build(document)
}

/// A schema of a stranger as a value. Its flaws are told when the problem is.
struct Embedded;

impl<'i> Keyword<'i> for Embedded {
    fn validate(&self, schema: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(schema) { Ok(()) } else { Err(ValidationError::custom("flawed")) }
    }

    fn is_valid(&self, schema: &'i Value) -> bool {
        embedded(schema).is_empty()
    }
}
