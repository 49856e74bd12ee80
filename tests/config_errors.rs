//! What is wrong with a configuration is told with its place, all of it at once, and without its secrets.

use mcp_litmus::config::Config;

/// The errors of a file, as they are shown.
fn errors(text: &str) -> Vec<String> {
    let errors = Config::read("litmus.toml", text).err().unwrap_or_default();
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "\
[default]
jobs = 1
[defaults]
jobs = 0
startup_timeout = \"5s\"
timeout = 10
deny = \"warning\"
[servers.weather]
command = [\"node\", 5]
comand = \"x\"
report = true
tools = { search = \"x\" }
";
    let expected = [
        "litmus.toml:1:2: `default` is no key of litmus.toml; did you mean `defaults`?",
        "litmus.toml:4:8: write a number from 1 to 1024",
        "litmus.toml:5:1: `startup_timeout` is no key of `defaults`; did you mean `startup-timeout`?",
        "litmus.toml:6:11: expected a time, as \"10s\", got a number",
        "litmus.toml:7:8: `warning` is not known here; did you mean `warnings`?",
        "litmus.toml:9:20: expected a text, got a number",
        "litmus.toml:10:1: `comand` is no key of a server; did you mean `command`?",
        "litmus.toml:11:10: expected a text or a list of texts, got `true` or `false`",
        "litmus.toml:12:20: expected `true`, `false` or a table of arguments, got a text",
    ];
    assert_eq!(errors(text), expected);
}

#[test]
fn servers_that_cannot_be_reached_say_why() {
    for (entry, why) in [
        ("", "2:10: `a` has neither a `command` nor a `url`"),
        ("url = 'http://h'\ntransport = 'stdio'", "`a` has a `url`, which is not spoken to over stdio"),
        ("command = 'x'\ntransport = 'http'", "`a` is spoken to over http, and has no `url`"),
        ("command = 'x'\nheaders = { A = 'b' }", "`headers` is for a server behind a `url`, and `a` has none"),
    ] {
        let errors = errors(&format!("\n[servers.a]\n{entry}\n"));
        assert!(errors.len() == 1 && errors[0].contains(why), "{entry}: {errors:?}");
    }
}

#[test]
fn broken_toml_is_told_with_its_place() {
    let errors = errors("[servers.a]\ncommand = \n[servers.b\nurl = 'http://h'\n");
    assert!(errors.len() >= 2, "{errors:?}");
    assert!(errors[0].starts_with("litmus.toml:2:") && errors[0].contains("this is not TOML: "), "{errors:?}");
}

#[test]
fn values_are_not_shown() {
    for text in [
        "[servers.a]\ncommand = 'x'\nenv = { KEY = ['s3cr3t'] }",
        "[servers.a]\nurl = 'http://h'\nheaders = 's3cr3t'",
        "[servers.a]\nurl = 'http://h'\nbearer = ['s3cr3t']",
        "[servers.a]\nurl = 'http://h'\nbearer = s3cr3t",
        "{ \"mcpServers\": { \"a\": { \"env\": \"s3cr3t\" ] } }",
    ] {
        let errors = errors(text);
        assert!(!errors.is_empty() && !errors.concat().contains("s3cr3t"), "{text}: {errors:?}");
    }
}
