//! Headers that the user gives: what is sent, how it would be given again, and what of it must not be shown.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    cli::shell,
    config::{self, Scope},
};

/// A header, with its variables filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) value: String,
    /// The option that would give it again, without its secrets.
    pub(super) again: String,
    /// What must not be shown, by the name that is shown instead.
    pub(super) secrets: Vec<(String, String)>,
}

/// Headers that hold no secret. Their values stand in many messages, and stay readable.
const HARMLESS: [&str; 7] =
    ["accept", "accept-language", "content-type", "host", "mcp-protocol-version", "origin", "user-agent"];

/// `NAME: VALUE`, as the command line has it.
pub(super) fn parse(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write it as 'NAME: VALUE'")?;
    if name.trim().is_empty() {
        return Err("write it as 'NAME: VALUE'".to_owned());
    }
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

impl Header {
    /// A header as it is written, with variables.
    pub(super) fn of(name: &str, written: &str, scope: &Scope<'_>) -> Result<Self, String> {
        let expanded = config::expand(written, scope).map_err(|lack| format!("header `{name}`: {lack}"))?;
        sendable(name, &expanded.text)?;
        let mut secrets = expanded.used;
        let is_harmless = HARMLESS.contains(&name.to_lowercase().as_str());
        let is_shown = is_harmless || config::is_only_variables(written);
        if !is_harmless {
            let whole = (!is_shown).then(|| expanded.text.clone());
            let parts = whole.into_iter().chain(credentials(&expanded.text));
            secrets.extend(parts.map(|part| (name.to_owned(), part)));
        }
        let again = if is_shown { shell::quoted(&format!("{name}: {written}")) } else { placeholder(name) };
        Ok(Self { name: name.to_owned(), value: expanded.text, again: format!("--header {again}"), secrets })
    }

    /// A token that says who asks.
    pub(super) fn bearer(written: &str, scope: &Scope<'_>) -> Result<Self, String> {
        let begins = |scheme: &&str| scheme.eq_ignore_ascii_case("bearer ");
        let token =
            written.get(7..).filter(|_| written.get(..7).as_ref().is_some_and(begins)).unwrap_or(written).trim();
        let header =
            Self::of("Authorization", &format!("Bearer {token}"), scope).map_err(|why| match why.split_once(": ") {
                Some((_, why)) => format!("the bearer token: {why}"),
                None => why,
            })?;
        if header.value == "Bearer " {
            return Err("the bearer token is empty".to_owned());
        }
        let again = if config::is_only_variables(token) { shell::quoted(token) } else { "\"$TOKEN\"".to_owned() };
        Ok(Self { again: format!("--bearer {again}"), ..header })
    }
}

/// Whether it can be sent at all: a name of RFC 9110, and a value on one line.
fn sendable(name: &str, value: &str) -> Result<(), String> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(format!("`{}` cannot be the name of a header", name.escape_debug()));
    }
    if value.chars().any(|c| c.is_control() && c != '\t') {
        return Err(format!("header `{name}`: the value holds a line break or another control character"));
    }
    Ok(())
}

/// What a server may repeat alone: the part behind the scheme, and the password inside of it.
fn credentials(value: &str) -> Vec<String> {
    let Some((scheme, rest)) = value.trim().split_once(' ') else {
        return Vec::new();
    };
    let rest = rest.trim();
    let decoded = STANDARD.decode(rest).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = decoded.filter(|_| scheme.eq_ignore_ascii_case("basic"));
    let password = pair.as_ref().and_then(|pair| pair.split_once(':')).map(|(_, password)| password.to_owned());
    [Some(rest.to_owned()), pair.clone(), password].into_iter().flatten().collect()
}

/// `"X-Api-Key: $X_API_KEY"`
fn placeholder(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("\"{name}: ${}\"", name.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope<'static> {
        let variable = &|name: &str| (name == "TOKEN").then(|| "t0k3n-value".to_owned());
        Scope { variable, workspace: String::new() }
    }

    fn of(name: &str, written: &str) -> Header {
        Header::of(name, written, &scope()).unwrap()
    }

    fn kept(header: &Header) -> Vec<(&str, &str)> {
        header.secrets.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_variable_is_shown_by_its_name() {
        let header = of("Authorization", "Bearer ${TOKEN}");
        assert_eq!(header.value, "Bearer t0k3n-value");
        assert_eq!(header.again, "--header 'Authorization: Bearer ${TOKEN}'");
        assert_eq!(kept(&header), [("TOKEN", "t0k3n-value"), ("Authorization", "t0k3n-value")]);
    }

    #[test]
    fn a_literal_value_is_never_shown() {
        let header = of("X-Api-Key", "abc-${TOKEN}");
        assert_eq!(header.again, "--header \"X-Api-Key: $X_API_KEY\"");
        assert_eq!(kept(&header), [("TOKEN", "t0k3n-value"), ("X-Api-Key", "abc-t0k3n-value")]);
        let basic = of("Authorization", "Basic YWRhOmxvdmVsYWNl");
        assert!(kept(&basic).contains(&("Authorization", "lovelace")), "{:?}", basic.secrets);
    }

    #[test]
    fn what_holds_no_secret_stays() {
        let header = of("Accept", "application/json");
        assert_eq!((header.again.as_str(), kept(&header)), ("--header 'Accept: application/json'", vec![]));
    }

    #[test]
    fn bearer_tokens() {
        let bearer = |written| Header::bearer(written, &scope());
        let header = bearer("${TOKEN}").unwrap();
        assert_eq!((header.value.as_str(), header.again.as_str()), ("Bearer t0k3n-value", "--bearer '${TOKEN}'"));
        let header = bearer("Bearer literal-1").unwrap();
        assert_eq!((header.value.as_str(), header.again.as_str()), ("Bearer literal-1", "--bearer \"$TOKEN\""));
        assert!(kept(&header).contains(&("Authorization", "literal-1")));
        assert_eq!(bearer("").unwrap_err(), "the bearer token is empty");
        assert!(bearer("${NONE}").unwrap_err().starts_with("the bearer token: the variable `NONE` is not set"));
    }

    #[test]
    fn what_cannot_be_sent_is_refused_without_being_shown() {
        let refused = |name: &str, value: &str| Header::of(name, value, &scope()).unwrap_err();
        assert_eq!(refused("X Y", "v"), "`X Y` cannot be the name of a header");
        assert!(!refused("X", "secret\r\nInjected: 1").contains("secret"));
        assert_eq!(parse("K : V: W"), Ok(("K".to_owned(), "V: W".to_owned())));
        assert!(parse("no colon").is_err() && parse(": v").is_err());
    }
}
