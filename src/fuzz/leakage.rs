//! What an answer should keep to itself: where it was made, and what its server knows. Of little weight: a message that
//! helps its author helps an attacker as well, and it is not for us to say which of them reads it.

use std::sync::LazyLock;

use regex::Regex;

use super::offence::Offence;
use crate::model::{Severity, campaign::Kind};

/// What a trace of the stack looks like, by the language that writes it.
const TRACES: [(&str, &str); 7] = [
    ("Python", r#"File "[^"]+\.py", line \d+"#),
    ("JavaScript", r"\n\s+at [^\n]*\.[cm]?[jt]s:\d+:\d+"),
    ("Rust", r"panicked at [^\n]*\.rs:\d+"),
    ("Go", r"goroutine \d+ \[|\.go:\d+ \+0x"),
    ("Java", r"\n\s+at [\w.$]+\([\w$]+\.(?:java|kt|scala):\d+\)"),
    (".NET", r"\n\s+at [^\n]+ in [^\n]+\.cs:line \d+"),
    ("Ruby", r"\.rb:\d+:in [`']"),
];

/// The paths of somebody's machine.
const PATHS: &str = r"(?:/home/[\w.-]+|/Users/[\w.-]+|/root|[A-Z]:\\\\?Users\\\\?[\w.-]+)[/\\][\w./\\-]+";

/// What only a secret looks like: a password in an address, keys of well-known services, private keys.
pub const SECRET: &str = r"://[^\s/:@]+:[^\s/@]+@|\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|sk-[\w-]{20,}|xox[abp]-[\w-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY";

static FOUND: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    TRACES.iter().filter_map(|(language, pattern)| Some((*language, Regex::new(pattern).ok()?))).collect()
});
static SECRETS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SECRET).ok());
static PATH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATHS).ok());

/// What the text of an error gives away. `sent` is what we said ourselves.
pub fn in_error(text: &str, sent: &str) -> Option<Offence> {
    let trace = FOUND.iter().find(|(_, pattern)| pattern.is_match(text));
    if let Some((language, _)) = trace {
        let because = "an error is for whoever called; where in the code it arose is for the log";
        return Some(minor(format!("trace:{language}"), format!("an error shows a {language} stack trace"), because));
    }
    if SECRETS.as_ref().and_then(|secrets| secrets.find(text)).is_some_and(|secret| !sent.contains(secret.as_str())) {
        let because = "what an error shows, a model reads, and whoever reads its logs";
        return Some(minor("secret".to_owned(), "an error shows what looks like a secret".to_owned(), because));
    }
    let path = PATH.as_ref()?.find(text).filter(|path| !sent.contains(path.as_str()))?;
    let because = "a path tells whose machine it is, and how it is laid out";
    Some(minor("path".to_owned(), format!("an error shows a path of the server's machine: {}", path.as_str()), because))
}

/// Whether a text holds the secret that was put into the environment of the server.
pub fn of_secret(text: &str, secret: &str) -> Option<Offence> {
    let because = "what stands in the environment of a server is often a token; answers go to a model";
    (!secret.is_empty() && text.contains(secret))
        .then(|| minor("environment".to_owned(), "an answer shows the environment of the server".to_owned(), because))
}

fn minor(key: String, title: String, because: &str) -> Offence {
    Offence { severity: Severity::Warn, ..Offence::new(Kind::Leakage, key, title).because(because) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_and_paths_are_seen() {
        for text in [
            "Traceback:\n  File \"/srv/app.py\", line 3, in <module>",
            "Error: x\n    at Object.<anonymous> (/srv/a.js:1:2)",
            "thread 'main' panicked at src/main.rs:10:5",
            "boom\n    at com.example.Main.run(Main.java:12)",
        ] {
            assert!(in_error(text, "").is_some_and(|offence| offence.key.starts_with("trace:")), "{text}");
        }
        let path = "ENOENT: no such file, open '/home/ann/notes/x.txt'";
        assert_eq!(in_error(path, "").map(|offence| offence.key).as_deref(), Some("path"));
        assert_eq!(in_error(path, "please read /home/ann/notes/x.txt"), None);
        let address = "upstream refused: postgres://admin:correct-horse@db:5432/app";
        assert_eq!(in_error(address, "").map(|offence| offence.key).as_deref(), Some("secret"));
        assert_eq!(in_error("see https://example.com:8080/a@b", ""), None);
        assert_eq!(in_error("at home: no such tool, line 3", ""), None);
    }

    #[test]
    fn the_secret_of_the_environment() {
        assert!(of_secret("A=canary-1", "canary-1").is_some());
        assert!(of_secret("A=", "").is_none());
    }
}
