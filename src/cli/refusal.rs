//! A command line that was not understood: what is wrong with it, and the one that would be right.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::shell;

/// What is wrong, and what would be right.
pub(super) fn refusal(error: &clap::Error, arguments: &[OsString]) -> String {
    let Some(wrong) = wrong(error) else {
        return error.to_string().trim_start_matches("error: ").trim_end().to_owned();
    };
    let right = filled_in(error, arguments).or_else(|| right(error, &wrong, arguments));
    format!("{wrong}\n  try: {}", right.unwrap_or_else(|| usual(error, arguments)))
}

fn wrong(error: &clap::Error) -> Option<String> {
    let named = text(error, ContextKind::InvalidArg);
    let option = named.as_deref().map(name);
    match error.kind() {
        ErrorKind::UnknownArgument => Some(format!("there is no option `{}`{}", option?, meant(error))),
        ErrorKind::InvalidSubcommand => {
            let word = text(error, ContextKind::InvalidSubcommand)?;
            Some(format!("there is no command `{word}`{}", meant(error)))
        }
        ErrorKind::InvalidValue => not_one_of(error, option?),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)?;
            Some(format!("`{}`: {why}", with_value(error, option?)))
        }
        ErrorKind::MissingRequiredArgument => Some(format!("`{}` is missing", named?)),
        ErrorKind::ArgumentConflict => Some(conflict(error, option?)),
        _ => None,
    }
}

fn conflict(error: &clap::Error, option: &str) -> String {
    match text(error, ContextKind::PriorArg) {
        Some(other) if name(&other) == option => format!("`{option}` can be given only once"),
        Some(other) if other.starts_with('[') => format!("`{option}` and a command behind `--` do not go together"),
        Some(other) => format!("`{option}` and `{}` do not go together", name(&other)),
        None => format!("`{option}` does not go together with the rest"),
    }
}

fn not_one_of(error: &clap::Error, option: &str) -> Option<String> {
    let known = texts(error, ContextKind::ValidValue).join(", ");
    let value = text(error, ContextKind::InvalidValue)?;
    Some(match (value.is_empty(), known.is_empty()) {
        (true, true) => format!("`{option}` needs a value"),
        (true, false) => format!("`{option}` needs a value: {known}"),
        (false, _) if suggestion(error).is_some() => format!("`{option}` cannot be `{value}`{}", meant(error)),
        (false, _) => format!("`{option}` cannot be `{value}`; it is one of {known}"),
    })
}

/// The value of a variable or of a header may be a secret, even where its name was forgotten.
fn with_value(error: &clap::Error, option: &str) -> String {
    let value = text(error, ContextKind::InvalidValue).filter(|_| !shell::SECRET.contains(&option));
    value.map_or(option.to_owned(), |value| format!("{option} {value}"))
}

/// The command line with the mistake put right; `None` when nobody can know how.
fn right(error: &clap::Error, wrong: &str, arguments: &[OsString]) -> Option<String> {
    let bad = [ContextKind::InvalidValue, ContextKind::InvalidSubcommand, ContextKind::InvalidArg];
    let bad = bad.into_iter().find_map(|kind| text(error, kind)).filter(|bad| !bad.is_empty())?;
    let good = suggestion(error)
        .or_else(|| said_in(wrong).map(|word| with_rest(word, &bad)))
        .or_else(|| example(name(&text(error, ContextKind::InvalidArg)?)).map(str::to_owned))?;
    let at = arguments.iter().skip(1).position(|word| holds(&word.to_string_lossy(), &bad))? + 1;
    let mut put_right = arguments.to_vec();
    let word = put_right.get_mut(at)?;
    *word = word.to_string_lossy().replacen(&bad, &good, 1).into();
    Some(shell::typed(&put_right))
}

/// The command line with a value behind the option that lacks one.
fn filled_in(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let lacks = error.kind() == ErrorKind::InvalidValue && text(error, ContextKind::InvalidValue)?.is_empty();
    let argument = text(error, ContextKind::InvalidArg).filter(|_| lacks)?;
    let option = name(&argument);
    let at = arguments.iter().position(|word| word.to_string_lossy().trim_end_matches('=') == option)?;
    let mut filled = arguments.to_vec();
    filled.splice(at..=at, [option.into(), example(option)?.into()]);
    Some(shell::typed(&filled))
}

/// Whether a word is this value, or an option with it behind `=` or at once.
fn holds(word: &str, bad: &str) -> bool {
    word == bad || word.ends_with(&format!("={bad}")) || (word.starts_with('-') && word.ends_with(bad))
}

/// A value that fits, where the message does not name one.
fn example(option: &str) -> Option<&'static str> {
    Some(match option {
        "--timeout" | "--connect-timeout" => "10s",
        "--startup-timeout" => "60s",
        "--revision" => "newest",
        "--call" => "read-only",
        "--jobs" => "2",
        "--seed" => "7",
        "--report" => "junit=report.xml",
        "--env" => "NAME=VALUE",
        "--color" => "never",
        "--deny" => "warnings",
        "--fault" => "banner",
        "--only" | "--skip" => "tools/*",
        "--cwd" => ".",
        "--url" => "http://127.0.0.1:8000/mcp",
        "--header" => "Authorization: Bearer ${TOKEN}",
        "--bearer" => "${TOKEN}",
        "--transport" => "auto",
        "--ca" => "ca.pem",
        "--allow-host" => "example.com",
        "--config" => ".mcp.json",
        "--server" => "NAME",
        "--from" => "events.ndjson",
        "--method" => "tools/list",
        "--type" => "Tool",
        "--direction" => "server",
        "--format" => "json",
        "<FORMAT>" => "suite",
        _ => return None,
    })
}

/// A `did you mean` of a message.
fn said_in(message: &str) -> Option<&str> {
    message.split_once("did you mean `")?.1.split('`').next()
}

/// Only what is before `=` was mistyped.
fn with_rest(meant: &str, bad: &str) -> String {
    bad.split_once('=').map_or(meant.to_owned(), |(_, rest)| format!("{meant}={rest}"))
}

fn meant(error: &clap::Error) -> String {
    suggestion(error).map_or(String::new(), |word| format!("; did you mean `{word}`?"))
}

/// What is most like it; the last one is the best. Words that begin like `__confine` are for no person.
fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedValue, ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    kinds.into_iter().find_map(|kind| texts(error, kind).into_iter().rfind(|word| !word.starts_with("__")))
}

/// `--revision` of `--revision <REVISION>`.
fn name(argument: &str) -> &str {
    argument.split(' ').next().unwrap_or(argument)
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    texts(error, kind).into_iter().next()
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// Where nobody can know what was meant: the usual command line, or all that can be typed.
fn usual(error: &clap::Error, arguments: &[OsString]) -> String {
    let words: Vec<_> = arguments.iter().skip(1).map(|word| word.to_string_lossy()).collect();
    let row = COMMANDS.iter().find(|(command, _)| words.iter().any(|word| word == command));
    match (row, error.kind()) {
        (Some((command, usual)), ErrorKind::MissingRequiredArgument) => format!("mcp-litmus {command} {usual}"),
        (Some(("check", _)), ErrorKind::ArgumentConflict) if words.iter().any(|word| word == "--demo") => {
            "mcp-litmus check --demo".to_owned()
        }
        (Some((command, _)), _) => format!("mcp-litmus {command} --help"),
        (None, _) => "mcp-litmus --help".to_owned(),
    }
}

/// The usual arguments of each command.
const COMMANDS: [(&str, &str); 10] = [
    ("check", "-- node server.js"),
    ("run", "suite.md -- node server.js"),
    ("init", "--force"),
    ("list", ""),
    ("explain", "tools/unknown-tool"),
    ("rehearse", "suite.md"),
    ("demo", ""),
    ("schema", "suite"),
    ("report", "--from events.ndjson"),
    ("validate", "messages.ndjson"),
];
