//! Command lines as they can be pasted into a shell. The values of `--env` are left out: they may be secrets.

use std::ffi::OsString;

/// A command.
pub(super) fn spelled(command: &[OsString]) -> String {
    command.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// What was typed to start this program, by the name that the user knows it by.
pub(super) fn typed(arguments: &[OsString]) -> String {
    let mut words = vec!["mcp-litmus".to_owned()];
    let mut is_variable = false;
    let mut ours = true;
    for argument in arguments.iter().skip(1) {
        let text = argument.to_string_lossy();
        ours &= text != "--";
        words.push(match text.strip_prefix("--env=") {
            Some(variable) if ours => format!("--env={}", without_value(variable)),
            _ if is_variable => without_value(&text),
            _ => word(argument),
        });
        is_variable = ours && text == "--env";
    }
    words.join(" ")
}

fn without_value(variable: &str) -> String {
    variable.split_once('=').map_or("NAME=VALUE".to_owned(), |(name, _)| format!("{name}=..."))
}

fn word(word: &OsString) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    let word = word.to_string_lossy();
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
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
}
