//! The official JSON Schemas, where they are at hand: read, compiled once a revision, and asked for their opinion.
//!
//! They lie beside the repository, or where `MCP_SPEC_SCHEMA` says. Nothing of them is kept here.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use jsonschema::{ValidationError, ValidatorMap, error::ValidationErrorKind};
use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::parts::place;

/// Where the schemas are, if they are.
pub fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/spec/schema");
    let folder = std::env::var_os("MCP_SPEC_SCHEMA").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The file of one revision.
pub fn document(folder: &Path, revision: Revision) -> Value {
    let path = folder.join(revision.as_str()).join("schema.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The definitions of one revision, ready to judge.
pub struct Official {
    document: Value,
    compiled: ValidatorMap,
}

/// One thing that is wrong with a value, in anybody's opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where it is wrong, as a JSON pointer.
    pub pointer: String,
    /// The rule that is broken; a keyword where a schema speaks.
    pub rule: String,
    /// In words.
    pub text: String,
}

impl Official {
    /// Compile every definition of a document. Formats are not judged: the newer dialect says so, and one rule for all
    /// revisions is easier to understand.
    pub fn new(document: Value) -> Self {
        let compiled = jsonschema::options()
            .should_validate_formats(false)
            .build_map(&document)
            .unwrap_or_else(|error| panic!("{error}"));
        Self { document, compiled }
    }

    /// The definitions by name.
    pub fn definitions(&self) -> BTreeMap<&str, &Value> {
        let definitions = self.document[place(&self.document)].as_object().expect("a document has definitions");
        definitions.iter().map(|(name, definition)| (name.as_str(), definition)).collect()
    }

    /// Whether a value fits a definition.
    pub fn is_valid(&self, definition: &str, value: &Value) -> bool {
        self.validator(definition).is_valid(value)
    }

    /// What is wrong with a value, each cause once: an any-of speaks through the branch that was meant.
    pub fn complaints(&self, definition: &str, value: &Value) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        for error in self.validator(definition).iter_errors(value) {
            collect(&error, &mut complaints);
        }
        complaints
    }

    fn validator(&self, definition: &str) -> &jsonschema::Validator {
        let pointer = format!("#/{}/{definition}", place(&self.document));
        self.compiled.get(&pointer).unwrap_or_else(|| panic!("{definition} is not in the schema"))
    }
}

fn collect(error: &ValidationError<'_>, complaints: &mut Vec<Complaint>) {
    if let ValidationErrorKind::AnyOf { context } = error.kind()
        && let Some(branch) =
            context.iter().filter(|branch| !branch.is_empty()).min_by_key(|branch| distance(error, branch))
    {
        for error in branch {
            collect(error, complaints);
        }
        return;
    }
    complaints.push(Complaint {
        pointer: error.instance_path().to_string(),
        rule: error.kind().keyword().to_owned(),
        text: error.to_string(),
    });
}

/// How far a branch is from being the one that was meant: a value of another type, or of another kind, is farther than
/// one without its members, and that one is farther than one with any number of faults below.
fn distance(any_of: &ValidationError<'_>, branch: &[ValidationError<'_>]) -> (usize, usize, usize) {
    let depth = |error: &ValidationError<'_>| error.instance_path().as_str().matches('/').count();
    let is_tag = |error: &ValidationError<'_>| error.instance_path().as_str().ends_with("/type");
    let is_other = |error: &&ValidationError<'_>| match error.kind() {
        ValidationErrorKind::Enum { .. } => is_tag(error) && depth(error) == depth(any_of) + 1,
        ValidationErrorKind::Constant { .. } => depth(error) == depth(any_of) + 1,
        ValidationErrorKind::Type { .. } => depth(error) == depth(any_of),
        _ => false,
    };
    let lacks = |error: &&ValidationError<'_>| {
        matches!(error.kind(), ValidationErrorKind::Required { .. }) && depth(error) == depth(any_of)
    };
    (branch.iter().filter(is_other).count(), branch.iter().filter(lacks).count(), branch.len())
}
