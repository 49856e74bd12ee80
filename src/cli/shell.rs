//! Command lines as they can be pasted into a shell. The values of `--env`, `--header` and `--bearer` are left out: they
//! may be secrets.

use std::ffi::OsString;

use crate::config::is_only_variables;

/// The folder that we are in.
pub(super) fn here() -> String {
    std::env::current_dir().map_or_else(|_| ".".to_owned(), |folder| folder.display().to_string())
}

/// A command.
pub(super) fn spelled(command: &[OsString]) -> String {
    command.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// What was typed to start this program, by the name that the user knows it by.
pub(super) fn typed(arguments: &[OsString]) -> String {
    let mut words = vec!["mcp-litmus".to_owned()];
    let mut hides = None;
    let mut ours = true;
    for argument in arguments.iter().skip(1) {
        let text = argument.to_string_lossy();
        ours &= text != "--";
        words.push(match (text.split_once('='), hides) {
            (_, Some(option)) => without_value(option, &text),
            (Some((option, value)), None) if ours && SECRET.contains(&option) => {
                format!("{option}={}", without_value(option, value))
            }
            _ => word(argument),
        });
        hides = SECRET.into_iter().find(|option| ours && hides.is_none() && text == *option);
    }
    words.join(" ")
}

/// The options whose values may be secrets.
pub(super) const SECRET: [&str; 3] = ["--env", "--header", "--bearer"];

/// What is shown for the value of one of them; variables alone are no secrets.
fn without_value(option: &str, value: &str) -> String {
    let shown = |text: &str| is_only_variables(text).then(|| quoted(value));
    match option {
        "--env" => value.split_once('=').map_or("NAME=VALUE".to_owned(), |(name, _)| format!("{name}=...")),
        "--header" => match value.split_once(':') {
            Some((name, secret)) => shown(secret).unwrap_or_else(|| quoted(&format!("{name}: ..."))),
            None => "'NAME: VALUE'".to_owned(),
        },
        _ => shown(value).unwrap_or_else(|| "...".to_owned()),
    }
}

fn word(word: &OsString) -> String {
    quoted(&word.to_string_lossy())
}

/// One word.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_spelled_for_a_shell() {
        let words = ["node", "my server.js", "it's", ""].map(OsString::from);
        assert_eq!(spelled(&words), r"node 'my server.js' 'it'\''s' ''");
    }

    #[test]
    fn values_of_variables_are_left_out() {
        let words = ["./x", "check", "--env", "A=b", "--env=C=d", "--env", "e", "--", "sh", "--env", "f"];
        let typed = typed(&words.map(OsString::from));
        assert_eq!(typed, "mcp-litmus check --env A=... --env=C=... --env NAME=VALUE -- sh --env f");
    }

    #[test]
    fn headers_and_tokens_are_left_out_unless_they_are_variables() {
        let words = ["x", "--header", "A: secret", "--bearer=secret", "--bearer", "${T}", "--header=B: Bearer ${T}"];
        let typed = typed(&words.map(OsString::from));
        assert_eq!(typed, "mcp-litmus --header 'A: ...' --bearer=... --bearer '${T}' --header='B: Bearer ${T}'");
    }
}
