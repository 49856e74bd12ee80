//! A pipeline that tests the servers of a project.

use std::path::Path;

use super::look::Guess;

/// A file of a pipeline.
pub(super) struct Pipeline {
    pub(super) name: &'static str,
    pub(super) text: String,
    /// Why this one.
    pub(super) about: &'static str,
    /// What is left to do by hand.
    pub(super) hint: &'static str,
}

/// For GitLab where it is used, for GitHub otherwise.
pub(super) fn file(folder: &Path, guesses: &[Guess]) -> Pipeline {
    let mut prepare: Vec<&str> = guesses.iter().flat_map(|guess| guess.prepare.iter().copied()).collect();
    prepare.dedup();
    if folder.join(".gitlab-ci.yml").is_file() {
        return Pipeline {
            name: ".gitlab/litmus.yml",
            text: gitlab(&prepare),
            about: "a job for GitLab, because there is a .gitlab-ci.yml",
            hint: "  add to .gitlab-ci.yml: include: [{ local: .gitlab/litmus.yml }]\n",
        };
    }
    let about = if folder.join(".github").is_dir() {
        "a workflow for GitHub Actions, because there is a .github"
    } else {
        "a workflow for GitHub Actions, for want of another pipeline"
    };
    Pipeline { name: ".github/workflows/litmus.yml", text: github(&prepare), about, hint: "" }
}

const CHECK: &str = "mcp-litmus check --all-servers --report junit=litmus.xml";
const INSTALL: &str = "cargo install --locked mcp-litmus";

fn github(prepare: &[&str]) -> String {
    let steps: String = prepare.iter().map(|command| format!("      - run: {command}\n")).collect();
    format!(
        "# Tests the MCP servers of litmus.toml on every change.
name: litmus
on: [push, pull_request]
permissions:
  contents: read
jobs:
  litmus:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
{steps}      - run: {INSTALL}
      # Secrets that litmus.toml names as ${{VAR}} are set here, under `env`.
      - run: {CHECK}
      - uses: actions/upload-artifact@v4
        if: always()
        with: {{ name: litmus, path: 'litmus*.xml' }}
"
    )
}

fn gitlab(prepare: &[&str]) -> String {
    let steps: String = prepare.iter().map(|command| format!("    - {command}\n")).collect();
    format!(
        "# Tests the MCP servers of litmus.toml on every change. Secrets that it names as ${{VAR}} are variables of the project.
litmus:
  image: rust:latest  # with what the server needs, too
  script:
{steps}    - {INSTALL}
    - {CHECK}
  artifacts:
    when: always
    reports:
      junit: litmus*.xml
"
    )
}

#[cfg(test)]
mod tests {
    use saphyr::{LoadableYamlNode, MarkedYaml};

    use super::*;

    #[test]
    fn pipelines_are_yaml_and_test_every_server() {
        for text in [github(&["npm ci"]), gitlab(&["npm ci", "npm run build --if-present"]), github(&[])] {
            let read = MarkedYaml::load_from_str(&text);
            assert!(read.is_ok_and(|documents| documents.len() == 1), "{text}");
            assert!(text.contains(CHECK) && text.contains(INSTALL), "{text}");
        }
    }
}
