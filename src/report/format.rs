//! The formats of a run, and how a user asks for one of any table: `junit=out.xml`.

use std::path::PathBuf;

use crate::model::RunEvent;

use super::{Record, console, json, junit, ndjson};

/// How a report should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether to use colours.
    pub color: bool,
    /// How many columns a line may have.
    pub width: usize,
    /// Whether to cut nothing and list everything.
    pub verbose: bool,
}

impl Default for Options {
    /// For a file or a pipe.
    fn default() -> Self {
        Self { color: false, width: 100, verbose: false }
    }
}

/// How a format comes about.
#[derive(Clone, Copy, Debug)]
pub enum Render {
    /// From the record, when all is over.
    Finished(fn(&Record, &Options) -> String),
    /// Event by event, as it happens.
    Stream(fn(&RunEvent) -> String),
}

/// One kind of report, made by an `R`.
#[derive(Clone, Copy, Debug)]
pub struct Format<R = Render> {
    /// The word that asks for it.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// How it is made.
    pub render: R,
}

/// Every format.
pub static FORMATS: [Format; 4] = [
    Format { name: "console", about: "what a person reads, failures last", render: Render::Finished(console::render) },
    Format { name: "junit", about: "XML for the test report of a pipeline", render: Render::Finished(junit::render) },
    Format { name: "json", about: "everything, in one document with a schema", render: Render::Finished(json::render) },
    Format { name: "ndjson", about: "every event as it happens, one a line", render: Render::Stream(ndjson::line) },
];

/// A report that the user asked for.
#[derive(Clone, Debug)]
pub struct Request<R: 'static = Render> {
    /// The format.
    pub format: &'static Format<R>,
    /// Where it goes; `None` for standard output.
    pub path: Option<PathBuf>,
}

/// A report that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRequest {
    /// The word names no format.
    #[error("`{name}` is not a report format; {}there are {}", suggestion(name, there_are), there_are.join(", "))]
    UnknownFormat {
        /// The word.
        name: String,
        /// Those that would be right.
        there_are: Vec<&'static str>,
    },
    /// There is a `=`, and no file behind it.
    #[error("`{name}=` names no file; write `{name}=FILE`, or `{name}` alone for standard output")]
    NoFile {
        /// The format.
        name: &'static str,
    },
}

/// `FORMAT` or `FORMAT=PATH`, for a run; a `-` as path is standard output.
pub fn parse(text: &str) -> Result<Request, BadRequest> {
    parse_in(&FORMATS, text)
}

/// The same, for a table of formats.
pub fn parse_in<R>(table: &'static [Format<R>], text: &str) -> Result<Request<R>, BadRequest> {
    let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
    let format = table.iter().find(|format| format.name == name).ok_or_else(|| BadRequest::UnknownFormat {
        name: name.to_owned(),
        there_are: table.iter().map(|format| format.name).collect(),
    })?;
    match path {
        Some("") => Err(BadRequest::NoFile { name: format.name }),
        None | Some("-") => Ok(Request { format, path: None }),
        Some(path) => Ok(Request { format, path: Some(PathBuf::from(path)) }),
    }
}

fn suggestion(name: &str, there_are: &[&str]) -> String {
    let close = |format: &&&str| strsim::damerau_levenshtein(format, &name.to_lowercase()) <= 2;
    there_are.iter().find(close).map_or(String::new(), |format| format!("did you mean `{format}`? "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_goes_to_a_file_or_to_standard_output() {
        let request = parse("junit=out=1.xml").unwrap();
        assert_eq!((request.format.name, request.path), ("junit", Some(PathBuf::from("out=1.xml"))));
        assert_eq!(parse("json").unwrap().path, None);
        assert_eq!(parse("json=-").unwrap().path, None);
    }

    #[test]
    fn bad_requests_say_what_would_be_right() {
        let problem = |text| parse(text).unwrap_err().to_string();
        assert_eq!(
            problem("junt=x"),
            "`junt` is not a report format; did you mean `junit`? there are console, junit, json, ndjson"
        );
        assert_eq!(problem("pdf"), "`pdf` is not a report format; there are console, junit, json, ndjson");
        assert_eq!(problem("json="), "`json=` names no file; write `json=FILE`, or `json` alone for standard output");
    }

    #[test]
    fn names_are_unique() {
        for format in &FORMATS {
            assert_eq!(parse(format.name).unwrap().format.about, format.about);
        }
    }
}
