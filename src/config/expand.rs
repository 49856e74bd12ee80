//! Variables inside of texts: `${VAR}`, `${VAR:-default}`, `${env:VAR}`, and the folders that editors name.

use thiserror::Error;

/// Where the values come from.
pub struct Scope<'a> {
    /// The variables of the environment.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The folder that `${workspaceFolder}` means.
    pub workspace: String,
}

/// A text whose variables are filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The text.
    pub text: String,
    /// The variables of the environment that it was made of, with their values.
    pub used: Vec<(String, String)>,
}

/// A variable that cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Lack {
    /// It is not set.
    #[error("the variable `{0}` is not set; set it, or write `${{{0}:-DEFAULT}}`")]
    Variable(String),
    /// An editor would ask for it.
    #[error("`${{input:{id}}}` is what an editor asks its user for; give it as the variable `{variable}`")]
    Input {
        /// Its name in the file.
        id: String,
        /// The variable that is taken instead.
        variable: String,
    },
    /// Nobody but an editor knows it.
    #[error(
        "`${{{0}}}` is not known here; there are `${{VAR}}`, `${{VAR:-default}}`, `${{env:VAR}}`, `${{input:ID}}`, \
         `${{workspaceFolder}}` and `${{userHome}}`"
    )]
    Unknown(String),
    /// There is a `${` and no `}`.
    #[error("there is a `${{` without its `}}`")]
    Open,
}

/// Fill in every variable of a text, once: what a value holds is not looked at again.
pub fn expand(text: &str, scope: &Scope<'_>) -> Result<Expanded, Lack> {
    let mut expanded = Expanded::default();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        expanded.text.push_str(before);
        let (name, behind) = after.split_once('}').ok_or(Lack::Open)?;
        expanded.fill_in(name, scope)?;
        rest = behind;
    }
    expanded.text.push_str(rest);
    Ok(expanded)
}

/// Whether a text holds nothing to be kept secret beside its variables: at most the word for a scheme.
pub fn is_only_variables(text: &str) -> bool {
    let mut outside = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        outside.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) if !name.contains(":-") => rest = behind,
            _ => return false,
        }
    }
    outside.push_str(rest);
    let scheme = outside.trim().to_lowercase();
    text.contains("${") && ["", "bearer", "basic", "token", "apikey"].contains(&scheme.as_str())
}

impl Expanded {
    fn fill_in(&mut self, name: &str, scope: &Scope<'_>) -> Result<(), Lack> {
        if let Some(value) = folder(name, scope) {
            self.text.push_str(&value?);
            return Ok(());
        }
        if let Some(id) = name.strip_prefix("input:") {
            let variable = input_variable(id);
            let value =
                (scope.variable)(&variable).ok_or(Lack::Input { id: id.to_owned(), variable: variable.clone() });
            self.take(variable, value?);
            return Ok(());
        }
        let (variable, default) = name.split_once(":-").map_or((name, None), |(name, default)| (name, Some(default)));
        let variable = variable.strip_prefix("env:").unwrap_or(variable);
        if !is_name(variable) {
            return Err(Lack::Unknown(name.to_owned()));
        }
        match ((scope.variable)(variable), default) {
            (Some(value), _) => self.take(variable.to_owned(), value),
            (None, Some(default)) => self.text.push_str(default),
            (None, None) => return Err(Lack::Variable(variable.to_owned())),
        }
        Ok(())
    }

    fn take(&mut self, variable: String, value: String) {
        self.text.push_str(&value);
        self.used.push((variable, value));
    }
}

/// What editors call their folders.
fn folder(name: &str, scope: &Scope<'_>) -> Option<Result<String, Lack>> {
    let home = || ["HOME", "USERPROFILE"].iter().find_map(|variable| (scope.variable)(variable));
    let last = || scope.workspace.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    Some(Ok(match name {
        "workspaceFolder" | "workspaceRoot" | "cwd" => scope.workspace.clone(),
        "workspaceFolderBasename" => last(),
        "pathSeparator" | "/" => std::path::MAIN_SEPARATOR.to_string(),
        "userHome" => return Some(home().ok_or_else(|| Lack::Variable("HOME".to_owned()))),
        _ => return None,
    }))
}

/// The variable that is taken for what an editor would ask for: `INPUT_API_KEY` for `api-key`.
fn input_variable(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("INPUT_{}", id.chars().map(plain).collect::<String>())
}

/// Whether a variable can have this name. Windows has `ProgramFiles(x86)`.
fn is_name(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && name.chars().all(|c| c.is_ascii_alphanumeric() || "_()".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> Result<String, String> {
        let variable = |name: &str| {
            let known = [("TOKEN", "t-1"), ("EMPTY", ""), ("HOME", "/home/ada"), ("INPUT_API_KEY", "k-1")];
            known.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let scope = Scope { variable: &variable, workspace: "/work space/app".to_owned() };
        expand(text, &scope).map(|expanded| expanded.text).map_err(|lack| lack.to_string())
    }

    #[test]
    fn variables_are_filled_in() {
        for (text, full) in [
            ("plain $TOKEN {x}", "plain $TOKEN {x}"),
            ("Bearer ${TOKEN}", "Bearer t-1"),
            ("${TOKEN}${env:TOKEN}", "t-1t-1"),
            ("${NONE:-a b}/${TOKEN:-x}", "a b/t-1"),
            ("<${NONE:-}>", "<>"),
            ("<${EMPTY:-x}>", "<>"),
            ("${input:api-key}", "k-1"),
            ("${workspaceFolder}/${workspaceFolderBasename}", "/work space/app/app"),
            ("${userHome}/x", "/home/ada/x"),
        ] {
            assert_eq!(expanded(text).as_deref(), Ok(full), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_filled_in_says_what_helps() {
        for (text, why) in [
            ("${NONE}", "the variable `NONE` is not set; set it, or write `${NONE:-DEFAULT}`"),
            ("${env:NONE}", "the variable `NONE` is not set"),
            ("${input:db-pass}", "give it as the variable `INPUT_DB_PASS`"),
            ("${command:pick}", "`${command:pick}` is not known here; there are `${VAR}`"),
            ("${}", "`${}` is not known here"),
            ("a ${TOKEN", "without its `}`"),
        ] {
            let error = expanded(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn a_value_is_not_expanded_again() {
        let variable = |_: &str| Some("${B}".to_owned());
        let scope = Scope { variable: &variable, workspace: String::new() };
        let expanded = expand("${A}", &scope).unwrap();
        assert_eq!((expanded.text.as_str(), expanded.used), ("${B}", vec![("A".to_owned(), "${B}".to_owned())]));
    }

    #[test]
    fn texts_that_hold_only_variables_can_be_shown() {
        for (text, is) in [
            ("Bearer ${TOKEN}", true),
            ("${TOKEN}", true),
            ("Bearer abc", false),
            ("abc${TOKEN}", false),
            ("${TOKEN:-abc}", false),
            ("", false),
            ("${TOKEN", false),
        ] {
            assert_eq!(is_only_variables(text), is, "{text}");
        }
    }
}
