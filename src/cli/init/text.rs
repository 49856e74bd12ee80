//! The text of a `litmus.toml`, with everything that can be said in it.

use serde_json::Value;

use super::look::Guess;

/// A configuration for these servers. What is not needed is there as a comment.
pub(super) fn config(guesses: &[Guess]) -> String {
    let servers: Vec<String> = guesses.iter().map(server).collect();
    format!("{HEAD}{}", servers.join("\n"))
}

const HEAD: &str = r#"# How mcp-litmus tests the servers of this project.
#
#     mcp-litmus check --server NAME     one of them
#     mcp-litmus check --all-servers     each
#
# `mcp-litmus schema config` prints the JSON Schema of this file, for your editor.

# What holds for every server that does not say otherwise.
[defaults]
# The protocol revision to speak: a date, "newest", or "all" that the server speaks.
revision = "all"
# Which tools may be called: "none", "read-only" (those that say so of themselves) or "all".
call = "read-only"
# Warnings fail the run, too.
# deny = "warnings"
# timeout = "10s"
# startup-timeout = "60s"
# jobs = 2
# Reports, beside what is shown. A path is relative to this file.
# report = ["junit=litmus.xml"]
# Checks to leave out, by their ids.
# skip = ["ping/*"]
# Your own suites, for `mcp-litmus run`.
# suites = "tests/*.md"

"#;

fn server(guess: &Guess) -> String {
    let mut text = format!("# {}\n[servers.{}]\n", guess.why, key(&guess.name));
    if !guess.command.is_empty() {
        let words: Vec<String> = guess.command.iter().map(|word| quoted(word)).collect();
        text += &format!("command = [{}]\n", words.join(", "));
    }
    match &guess.url {
        Some(url) => text += &format!("url = {}\n", quoted(url)),
        None => text += "# A server that the command serves at an address:\n# url = \"http://127.0.0.1:8000/mcp\"\n",
    }
    text += &table("headers", &guess.headers, "Authorization = \"Bearer ${TOKEN}\"", guess.url.is_some());
    if !guess.command.is_empty() {
        text += &table("env", &guess.env, "API_KEY = \"${API_KEY}\"", true);
    }
    text + &format!(
        "\n# Tools that may be called although they do not say that they only read, with their arguments; or never.\n\
         # [servers.{}.tools]\n# search = {{ query = \"weather\" }}\n# delete_everything = false\n",
        key(&guess.name)
    )
}

/// A table on one line; where there is none, an example as a comment.
fn table(name: &str, pairs: &[(String, String)], example: &str, shows_example: bool) -> String {
    if pairs.is_empty() {
        return if shows_example { format!("# {name} = {{ {example} }}\n") } else { String::new() };
    }
    let pairs = pairs.iter().map(|(name, value)| format!("{} = {}", key(name), quoted(value)));
    format!("{name} = {{ {} }}\n", pairs.collect::<Vec<_>>().join(", "))
}

fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A text of TOML; what JSON escapes, TOML escapes alike, apart from one control character.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn guess(name: &str, command: &[&str]) -> Guess {
        let command = command.iter().map(|word| (*word).to_owned()).collect();
        Guess { name: name.to_owned(), command, why: "because".to_owned(), ..Guess::default() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let odd = ["a b", "q\"uote", "back\\slash", "ünï\u{7f}\n"];
        let mut remote = guess("with.dot", &[]);
        remote.url = Some("https://example.com/mcp".to_owned());
        remote.headers = vec![("X-Key".to_owned(), "${X_KEY}".to_owned())];
        let mut local = guess("a", &odd);
        local.env = vec![("K".to_owned(), "${K}".to_owned())];
        let config = Config::read("litmus.toml", &config(&[local, remote])).unwrap();
        let words =
            |server: &crate::config::Server| server.command.iter().map(|word| word.value.clone()).collect::<Vec<_>>();
        let (a, b) = (&config.servers[0], &config.servers[1]);
        assert_eq!((a.name.as_str(), words(a)), ("a", odd.map(str::to_owned).to_vec()));
        assert_eq!(
            (b.name.as_str(), b.headers[0].1.value.as_str(), a.env[0].1.value.as_str()),
            ("with.dot", "${X_KEY}", "${K}")
        );
    }

    #[test]
    fn what_is_a_comment_is_right_once_it_is_none() {
        let text = config(&[guess("a", &["x"])]);
        let is_prose = |line: &str| !line.contains(" = ") && !line.starts_with("# [");
        let lines = text.lines().map(|line| if is_prose(line) { line } else { line.trim_start_matches("# ") });
        let all = lines.collect::<Vec<_>>().join("\n");
        let config = Config::read("litmus.toml", &all).unwrap();
        assert_eq!(config.servers[0].settings.tools.len(), 2, "{all}");
        assert!(config.servers[0].settings.deny_warnings == Some(true) && config.servers[0].url.is_some());
    }
}
