//! `schema message`: the JSON Schema of the messages of a revision, and the refusals of names that it does not know.

use clap::Args;

use super::problem::Problem;
use crate::{
    model::Revision,
    schema::{Edition, Subject},
};

// Which messages are meant. No `///`: it would become the help of the command.
#[derive(Debug, Args)]
pub struct Messages {
    /// With `message`: the protocol revision, its date or `newest`
    #[arg(long, value_name = "REVISION", value_parser = revision, help_heading = "Messages")]
    revision: Option<Revision>,
    /// With `message`: only the request or notification of this method
    #[arg(long, value_name = "METHOD", help_heading = "Messages")]
    method: Option<String>,
    /// With `--method`: what the request is answered with
    #[arg(long, help_heading = "Messages")]
    result: bool,
    /// With `message`: only this type, by the name that the specification gives it, as `Tool`
    #[arg(long = "type", value_name = "NAME", conflicts_with_all = ["method", "result"], help_heading = "Messages")]
    named: Option<String>,
}

/// A revision, by its date or as `newest`.
pub(super) fn revision(text: &str) -> Result<Revision, String> {
    if text == "newest" {
        return Ok(Revision::NEWEST);
    }
    text.parse().map_err(|error| match most_like(text, Revision::ALL.map(Revision::as_str)) {
        Some(near) => format!("{error}; did you mean `{near}`?"),
        None => format!("{error}, or `newest`"),
    })
}

impl Messages {
    /// Whether any of these options was given.
    pub(super) fn is_given(&self) -> bool {
        self.revision.is_some() || self.method.is_some() || self.result || self.named.is_some()
    }

    /// The document that is asked for.
    pub(super) fn document(self) -> Result<serde_json::Value, Problem> {
        let Some(revision) = self.revision else {
            return Err(refused("`schema message` needs a revision", "--revision newest"));
        };
        let subject = match (self.method, self.result, self.named) {
            (Some(method), true, _) => Subject::Result(asked(revision, method)?),
            (Some(method), false, _) => Subject::Call(known(revision, method)?),
            (None, true, _) => {
                let right = format!("--revision {revision} --method tools/call --result");
                return Err(refused("`--result` needs the method that is answered", &right));
            }
            (None, false, Some(name)) => Subject::Type(name),
            (None, false, None) => Subject::Message,
        };
        let document = Edition::of(revision).published(&subject);
        document.ok_or_else(|| match subject {
            Subject::Type(name) => unknown(revision, &name, "type", "--type", names),
            other => Problem::Internal(format!("{revision} has no {other:?}")),
        })
    }
}

/// A method that is answered in some revision.
pub(super) fn answered(method: &str) -> Result<String, String> {
    let subject = Subject::Result(method.to_owned());
    if Revision::ALL.into_iter().any(|revision| Edition::of(revision).document(&subject).is_some()) {
        return Ok(method.to_owned());
    }
    let near = most_like(method, Revision::ALL.into_iter().flat_map(methods));
    let meant = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    Err(format!("no revision has a request of this name{meant}"))
}

/// A method that the revision knows.
fn known(revision: Revision, method: String) -> Result<String, Problem> {
    match Edition::of(revision).method(&method) {
        Some(_) => Ok(method),
        None => Err(unknown(revision, &method, "method", "--method", methods)),
    }
}

/// A method of the revision that is answered.
fn asked(revision: Revision, method: String) -> Result<String, Problem> {
    let method = known(revision, method)?;
    if Edition::of(revision).document(&Subject::Result(method.clone())).is_some() {
        return Ok(method);
    }
    let wrong = format!("`{method}` is a notification, and is not answered");
    Err(refused(&wrong, &format!("--revision {revision} --method {method}")))
}

fn methods(revision: Revision) -> Vec<&'static str> {
    Edition::of(revision).methods().map(|method| method.name).collect()
}

fn names(revision: Revision) -> Vec<&'static str> {
    let edition = Edition::of(revision);
    edition.methods().map(|method| method.message).chain(edition.types().iter().map(|of| of.name)).collect()
}

/// A name that the revision does not know: where it is known, or what was meant.
fn unknown(
    revision: Revision,
    name: &str,
    what: &str,
    option: &str,
    all: fn(Revision) -> Vec<&'static str>,
) -> Problem {
    let elsewhere: Vec<_> = Revision::ALL.into_iter().filter(|other| all(*other).contains(&name)).collect();
    if let Some(nearest) = elsewhere.iter().min_by_key(|other| (**other as usize).abs_diff(revision as usize)) {
        let dates: Vec<_> = elsewhere.iter().map(ToString::to_string).collect();
        let wrong = format!("{revision} has no {what} `{name}`; it is known in {}", dates.join(", "));
        return refused(&wrong, &format!("--revision {nearest} {option} {name}"));
    }
    match most_like(name, all(revision)) {
        Some(near) => refused(
            &format!("{revision} has no {what} `{name}`; did you mean `{near}`?"),
            &format!("--revision {revision} {option} {near}"),
        ),
        None => refused(
            &format!("no revision has a {what} `{name}`; without `{option}`, all that there are is printed"),
            &format!("--revision {revision}"),
        ),
    }
}

fn refused(wrong: &str, right: &str) -> Problem {
    Problem::Usage(format!("{wrong}\n  try: mcp-litmus schema message {right}"))
}

fn most_like<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = candidates.into_iter().map(|word| (strsim::jaro_winkler(name, word), word));
    scored.filter(|(likeness, _)| *likeness > 0.85).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_every_revision_has_a_document() {
        for of in Revision::ALL {
            let documents = |method: Option<&str>, result, named: Option<&str>| {
                let (method, named) = (method.map(str::to_owned), named.map(str::to_owned));
                Messages { revision: Some(of), method, result, named }.document()
            };
            for name in names(of) {
                assert!(documents(None, false, Some(name)).is_ok(), "{of} {name}");
            }
            for method in methods(of) {
                assert!(documents(Some(method), false, None).is_ok(), "{of} {method}");
                let answered = documents(Some(method), true, None);
                assert_eq!(answered.is_ok(), !method.starts_with("notifications/"), "{of} {method}");
            }
        }
    }
}
