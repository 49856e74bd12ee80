//! Any text as a file of servers: servers, or mistakes at places that exist; and whatever it holds can be expanded.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::config::{Config, ConfigError, Scope, Server, Text, expand, is_only_variables, variables};

const FILE: &str = "litmus.toml";
/// What every variable holds: text that would be filled in again if values were looked at twice.
const VALUE: &str = "${VALUE}";

fn is_inside(error: &ConfigError, text: &str) {
    assert!((1..=text.matches('\n').count() + 1).contains(&error.line), "{error}");
    let longest = text.split('\n').nth(error.line - 1).unwrap_or_default().chars().count();
    assert!((1..=longest + 1).contains(&error.column), "{error}");
    assert!(!error.message.is_empty() && !error.message.contains('\u{1b}'), "{error:?}");
}

fn texts(server: &Server) -> impl Iterator<Item = &Text> {
    let pairs = server.headers.iter().chain(&server.env).map(|(_, text)| text);
    let single = [&server.url, &server.bearer, &server.env_file, &server.cwd, &server.ca];
    server.command.iter().chain(pairs).chain(single.into_iter().flatten())
}

fn can_be_expanded(text: &str) {
    let set = Scope { variable: &|_| Some(VALUE.to_owned()), workspace: "/w".to_owned() };
    let unset = Scope { variable: &|_| None, workspace: "/w".to_owned() };
    let (with, without) = (expand(text, &set), expand(text, &unset));
    if !text.contains("${") {
        assert_eq!(with.as_ref().map(|expanded| expanded.text.as_str()), Ok(text));
        assert!(!is_only_variables(text));
    }
    if let Ok(expanded) = with {
        assert!(expanded.used.iter().all(|(name, value)| value == VALUE && !name.is_empty()));
        assert!(expanded.text.matches(VALUE).count() >= expanded.used.len());
    } else {
        assert!(without.is_err(), "what cannot be expanded with every variable set, cannot without");
    }
    assert!(without.is_ok_and(|expanded| expanded.used.is_empty()) || text.contains("${"));
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(pairs) = variables(&text) {
        assert!(pairs.iter().all(|(name, value)| !name.is_empty() && !value.contains('\n')));
    }
    can_be_expanded(&text);
    let read = Config::read(FILE, &text);
    match &read {
        Err(errors) => {
            assert!(!errors.is_empty());
            errors.iter().for_each(|error| is_inside(error, &text));
        }
        Ok(config) => {
            assert_eq!(Config::read(FILE, &text).as_ref(), Ok(config));
            for server in &config.servers {
                is_inside(&config.error(server.at, "here"), &text);
                config.faults(server).iter().for_each(|error| is_inside(error, &text));
                for part in texts(server) {
                    is_inside(&config.error(part.at, "here"), &text);
                    can_be_expanded(&part.value);
                }
            }
        }
    }
});
