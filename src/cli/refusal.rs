//! A command line that was not understood: what is wrong with it, and the one that would be right.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::shell;

/// What is wrong, and what would be right.
pub(super) fn refusal(error: &clap::Error, arguments: &[OsString]) -> String {
    let Some(wrong) = wrong(error) else {
        return error.to_string().trim_start_matches("error: ").trim_end().to_owned();
    };
    let right = right(error, &wrong, arguments).unwrap_or_else(|| help(arguments));
    format!("{wrong}\n  try: {right}")
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
            Some(format!("{} {}: {why}", option?, shown_value(error, option?)))
        }
        ErrorKind::MissingRequiredArgument => Some(format!("{} is missing", named?)),
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg);
            let other = other.filter(|other| Some(other) != named.as_ref());
            Some(match other {
                Some(other) => format!("{} and {} do not go together", named?, other),
                None => format!("{} can be given only once", named?),
            })
        }
        _ => None,
    }
}

fn not_one_of(error: &clap::Error, option: &str) -> Option<String> {
    let known = texts(error, ContextKind::ValidValue).join(", ");
    let value = text(error, ContextKind::InvalidValue)?;
    Some(if value.is_empty() {
        let among = if known.is_empty() { String::new() } else { format!(": one of {known}") };
        format!("{option} needs a value{among}")
    } else {
        format!("{option} cannot be `{value}`; there are {known}{}", meant(error))
    })
}

/// The value of a variable may be a secret, even where its name was forgotten.
fn shown_value(error: &clap::Error, option: &str) -> String {
    let value = text(error, ContextKind::InvalidValue).filter(|_| option != "--env");
    value.map_or(String::new(), |value| format!("`{value}`")).trim().to_owned()
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

/// Whether a word is this value, or an option with it behind `=` or at once.
fn holds(word: &str, bad: &str) -> bool {
    word == bad || word.ends_with(&format!("={bad}")) || (word.starts_with('-') && word.ends_with(bad))
}

/// A value that fits, where the message does not name one.
fn example(option: &str) -> Option<&'static str> {
    Some(match option {
        "--timeout" => "10s",
        "--startup-timeout" => "60s",
        "--revision" => "newest",
        "--call" => "read-only",
        "--jobs" => "2",
        "--seed" => "7",
        "--report" => "junit=report.xml",
        "--env" => "NAME=VALUE",
        "--color" => "never",
        "--deny" => "warnings",
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

/// What is most like it; the last one is the best.
fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedValue, ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    kinds.into_iter().find_map(|kind| texts(error, kind).pop())
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

/// Where everything that can be typed is written.
fn help(arguments: &[OsString]) -> String {
    let commands = ["check", "run", "list", "explain", "rehearse", "demo", "schema", "report"];
    let named = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    let command = named.into_iter().find(|word| commands.contains(&word.as_ref()));
    command.map_or("mcp-litmus --help".to_owned(), |command| format!("mcp-litmus {command} --help"))
}
