//! What a server says in `WWW-Authenticate`: which schemes it takes, and what a client has to know for each. Reads
//! what can be read, without end quotes, with blanks for commas, and refuses nothing.

use super::head::is_token;

/// One scheme and its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    /// Its name in lower case: `bearer`.
    pub scheme: String,
    /// Names in lower case, and values without their quotes. A bare token68 is called `token68`.
    pub parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The first parameter of this name, which is in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Of challenges, and of the parameters of each.
const MOST: usize = 50;

/// The challenges in one value of `WWW-Authenticate`, which may hold several. Parameters before the first scheme
/// belong to none and are left out.
pub fn challenges(value: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|c: char| !is_token_char(c));
        let (name, behind) = split_token(rest);
        if name.is_empty() {
            return found;
        }
        rest = behind;
        let parameter = match behind.trim_start().strip_prefix('=') {
            Some(behind) => {
                let (value, behind) = split_value(behind.trim_start());
                rest = behind;
                (name.to_ascii_lowercase(), value)
            }
            None if found.len() == MOST => return found,
            None => {
                found.push(Challenge { scheme: name.to_ascii_lowercase(), parameters: Vec::new() });
                let Some((value, behind)) = split_token68(behind) else { continue };
                rest = behind;
                ("token68".to_owned(), value.to_owned())
            }
        };
        if let Some(challenge) = found.last_mut().filter(|challenge| challenge.parameters.len() < MOST) {
            challenge.parameters.push(parameter);
        }
    }
}

fn is_token_char(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_token)
}

fn split_token(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c| !is_token_char(c)).unwrap_or(text.len()))
}

/// What stands alone behind a scheme: Base64, or anything like it.
fn split_token68(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix([' ', '\t'])?.trim_start();
    let length = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-._~+/".contains(c))).unwrap_or(text.len());
    let padding = text.get(length..)?;
    let behind = padding.trim_start_matches('=');
    let is_alone = behind.trim_start().is_empty() || behind.trim_start().starts_with(',');
    let value = text.get(..text.len() - behind.len())?;
    (length > 0 && is_alone).then_some((value, behind))
}

/// A quoted text without its quotes and escapes, or what stands before the next comma or blank.
fn split_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        let (value, behind) = text.split_at(end);
        return (value.to_owned(), behind);
    };
    let mut value = String::new();
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => value.extend(chars.next()),
            _ => value.push(c),
        }
    }
    (value, chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `scheme name=value name=value`, for each.
    fn read(value: &str) -> Vec<String> {
        let parameter = |(name, value): &(String, String)| format!(" {name}={value}");
        let challenge = |challenge: Challenge| {
            challenge.scheme.clone() + &challenge.parameters.iter().map(parameter).collect::<String>()
        };
        challenges(value).into_iter().map(challenge).collect()
    }

    #[test]
    fn as_the_standard_has_them() {
        for (value, expected) in [
            ("Bearer", vec!["bearer"]),
            ("Bearer realm=\"a, b\", Scope=x", vec!["bearer realm=a, b scope=x"]),
            (r#"Bearer error="a \"b\" \\c""#, vec![r#"bearer error=a "b" \c"#]),
            ("Basic realm=\"x\", Bearer error = \"y\"", vec!["basic realm=x", "bearer error=y"]),
            ("Negotiate, Basic realm=x", vec!["negotiate", "basic realm=x"]),
            ("Negotiate YWJj==, Bearer a=b", vec!["negotiate token68=YWJj==", "bearer a=b"]),
            ("Basic , , Bearer", vec!["basic", "bearer"]),
            (
                "Bearer resource_metadata=\"https://h/.well-known/x?a=b\"",
                vec!["bearer resource_metadata=https://h/.well-known/x?a=b"],
            ),
            ("", vec![]),
        ] {
            assert_eq!(read(value), expected, "{value}");
        }
    }

    #[test]
    fn as_some_write_them() {
        for (value, expected) in [
            ("Bearer realm=\"a\" error=\"b\"", vec!["bearer realm=a error=b"]),
            ("Bearer, realm=a", vec!["bearer realm=a"]),
            (
                "Bearer resource_metadata=https://h/x?a=b, error=c",
                vec!["bearer resource_metadata=https://h/x?a=b error=c"],
            ),
            ("Bearer realm=\"open", vec!["bearer realm=open"]),
            ("Bearer realm=\"open\\", vec!["bearer realm=open"]),
            ("realm=a, Bearer error=b", vec!["bearer error=b"]),
            ("Bearer a=;b=c", vec!["bearer a=;b=c"]),
            ("Bearer a=x, b=, c=y", vec!["bearer a=x b= c=y"]),
            ("\"\u{e9}\" Bearer", vec!["bearer"]),
        ] {
            assert_eq!(read(value), expected, "{value}");
        }
        assert_eq!(challenges("Bearer Error=x")[0].get("error"), Some("x"));
    }

    #[test]
    fn neither_challenges_nor_parameters_are_endless() {
        assert_eq!(challenges(&"a, ".repeat(1000)).len(), MOST);
        assert_eq!(challenges(&format!("a {}", "b=c, ".repeat(1000)))[0].parameters.len(), MOST);
    }
}
