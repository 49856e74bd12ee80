//! What a folder tells of its server: how it is started, and from what that was concluded.

use std::path::Path;

use serde_json::Value;

use crate::config::{self, Config};

/// A server, as far as it can be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) name: String,
    pub(super) command: Vec<String>,
    pub(super) url: Option<String>,
    /// Variables for its process, as they are to be written.
    pub(super) env: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    /// From what this was concluded.
    pub(super) why: String,
    /// What a pipeline has to do before it can be started.
    pub(super) prepare: Vec<&'static str>,
}

/// Its servers; where nothing is found, an example.
pub(super) fn servers(folder: &Path) -> Vec<Guess> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let json = |name: &str| serde_json::from_str::<Value>(&read(name)).unwrap_or_default();
    let toml = |name: &str| toml::from_str::<Value>(&read(name)).unwrap_or_default();
    let own = [
        node(&json("package.json")),
        python(&toml("pyproject.toml"), folder),
        rust(&toml("Cargo.toml")),
        go(&read("go.mod")),
        dotnet(folder),
    ];
    let own: Vec<Guess> = own.into_iter().flatten().collect();
    let configured = of_hosts(&read(".mcp.json"), own.first());
    let found = if configured.is_empty() { own } else { configured };
    if found.is_empty() { vec![docker(folder).unwrap_or_else(example)] } else { found }
}

/// What `.mcp.json` has. A value that may be a secret is not copied: a variable is put in its place.
fn of_hosts(text: &str, own: Option<&Guess>) -> Vec<Guess> {
    let config = Config::read(".mcp.json", text).ok();
    let prepare = own.map(|own| own.prepare.clone()).unwrap_or_default();
    let guess = |server: config::Server| Guess {
        name: server.name,
        command: server.command.into_iter().map(|word| word.value).collect(),
        url: server.url.map(|url| url.value),
        env: server.env.into_iter().map(|(name, value)| (name.clone(), safe(&name, &value.value))).collect(),
        headers: server.headers.into_iter().map(|(name, value)| (name.clone(), safe(&name, &value.value))).collect(),
        why: "from .mcp.json".to_owned(),
        prepare: prepare.clone(),
    };
    let servers = config.map(|config| config.servers).unwrap_or_default().into_iter();
    servers.map(guess).filter(|guess| !guess.command.is_empty() || guess.url.is_some()).collect()
}

fn safe(name: &str, value: &str) -> String {
    if config::is_only_variables(value) {
        return value.to_owned();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("${{{}}}", name.chars().map(plain).collect::<String>())
}

fn node(package: &Value) -> Option<Guess> {
    let has = |name: &str| {
        let kinds = ["dependencies", "devDependencies", "peerDependencies"];
        kinds
            .iter()
            .filter_map(|kind| package.get(kind)?.as_object())
            .any(|all| all.keys().any(|key| key.starts_with(name)))
    };
    let bin = match package.get("bin") {
        Some(Value::String(path)) => Some(path.clone()),
        Some(Value::Object(paths)) => paths.values().find_map(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let guess = |command: Vec<String>, why: &str| Guess {
        name: name(package.get("name")),
        command,
        why: why.to_owned(),
        prepare: vec!["npm ci", "npm run build --if-present"],
        ..Guess::default()
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    match (bin, package.pointer("/scripts/start")) {
        (Some(path), _) => Some(guess(words(&["node", &path]), "package.json has it as `bin`")),
        (None, Some(_)) if has("@modelcontextprotocol/") || has("fastmcp") => {
            Some(guess(words(&["npm", "run", "--silent", "start"]), "package.json has a script `start`"))
        }
        _ => None,
    }
}

fn python(project: &Value, folder: &Path) -> Option<Guess> {
    let uses_uv = folder.join("uv.lock").is_file();
    let scripts = project.pointer("/project/scripts").and_then(Value::as_object);
    let script = scripts.and_then(|scripts| scripts.keys().next());
    let file = ["server.py", "main.py"].into_iter().find(|name| folder.join(name).is_file());
    let is_server = depends_on(project.pointer("/project/dependencies"), &["mcp", "fastmcp"]);
    let (word, why) = match (script, file) {
        (Some(script), _) if is_server || file.is_none() => (script.clone(), "pyproject.toml has it as a script"),
        (_, Some("server.py")) => ("server.py".to_owned(), "there is a server.py"),
        (_, Some(file)) if is_server => (file.to_owned(), "pyproject.toml depends on an MCP library"),
        _ => return None,
    };
    let is_file = file == Some(word.as_str());
    let command: &[&str] = match (uses_uv, is_file) {
        (true, true) => &["uv", "run", "python"],
        (true, false) => &["uv", "run"],
        (false, true) => &["python"],
        (false, false) => &[],
    };
    let project_name = project.pointer("/project/name");
    Some(Guess {
        name: project_name.map_or_else(|| "server".to_owned(), |value| name(Some(value))),
        command: command.iter().map(|word| (*word).to_owned()).chain([word]).collect(),
        why: why.to_owned(),
        prepare: vec![if uses_uv { "pip install uv && uv sync" } else { "pip install ." }],
        ..Guess::default()
    })
}

/// Whether one of the requirements is for one of these packages: `mcp[cli]>=1.2`.
fn depends_on(requirements: Option<&Value>, packages: &[&str]) -> bool {
    let texts = requirements.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let names = texts.map(|text| text.split(|c| !is_name(c)).next().unwrap_or_default());
    names.into_iter().any(|name| packages.contains(&name))
}

fn rust(package: &Value) -> Option<Guess> {
    package.pointer("/dependencies/rmcp")?;
    Some(Guess {
        name: name(package.pointer("/package/name")),
        command: ["cargo", "run", "--quiet"].map(str::to_owned).to_vec(),
        why: "Cargo.toml depends on rmcp".to_owned(),
        prepare: vec!["cargo build"],
        ..Guess::default()
    })
}

fn go(module: &str) -> Option<Guess> {
    let libraries = ["modelcontextprotocol/go-sdk", "mark3labs/mcp-go", "metoro-io/mcp-golang"];
    let library = libraries.into_iter().find(|library| module.contains(library))?;
    let path = module.lines().find_map(|line| line.strip_prefix("module "))?;
    Some(Guess {
        name: name(Some(&Value::from(path.trim()))),
        command: ["go", "run", "."].map(str::to_owned).to_vec(),
        why: format!("go.mod requires {library}"),
        prepare: vec!["go build ./..."],
        ..Guess::default()
    })
}

fn dotnet(folder: &Path) -> Option<Guess> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let uses = |name: &String| {
        std::fs::read_to_string(folder.join(name)).is_ok_and(|text| text.contains("ModelContextProtocol"))
    };
    let project = names.into_iter().filter(|name| name.ends_with(".csproj")).find(uses)?;
    Some(Guess {
        name: name(Some(&Value::from(project.trim_end_matches(".csproj")))),
        command: ["dotnet", "run", "--project", &project].map(str::to_owned).to_vec(),
        why: format!("{project} uses ModelContextProtocol"),
        prepare: vec!["dotnet build"],
        ..Guess::default()
    })
}

fn docker(folder: &Path) -> Option<Guess> {
    folder.join("Dockerfile").is_file().then(|| Guess {
        name: "server".to_owned(),
        command: ["docker", "run", "--rm", "-i", "mcp-server"].map(str::to_owned).to_vec(),
        why: "there is a Dockerfile, and nothing else that tells how it is started".to_owned(),
        prepare: vec!["docker build -t mcp-server ."],
        ..Guess::default()
    })
}

fn example() -> Guess {
    Guess {
        name: "server".to_owned(),
        command: ["node", "server.js"].map(str::to_owned).to_vec(),
        why: "an example: nothing in the folder tells how its server is started".to_owned(),
        ..Guess::default()
    }
}

/// The last part of a name of a package.
fn name(value: Option<&Value>) -> String {
    let whole = value.and_then(Value::as_str).unwrap_or("server");
    whole.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or("server").to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn nowhere() -> &'static Path {
        Path::new("no-such-folder")
    }

    #[test]
    fn packages_tell_their_command() {
        let guess = node(&json!({ "name": "@acme/weather", "bin": { "weather": "dist/index.js" } })).unwrap();
        assert_eq!(
            (guess.name.as_str(), guess.command),
            ("weather", vec!["node".to_owned(), "dist/index.js".to_owned()])
        );
        let start = json!({ "scripts": { "start": "x" }, "dependencies": { "@modelcontextprotocol/sdk": "1" } });
        assert_eq!(node(&start).unwrap().command, ["npm", "run", "--silent", "start"]);
        assert_eq!(node(&json!({ "scripts": { "start": "x" }, "dependencies": { "react": "1" } })), None);

        let project = json!({ "project": { "name": "w", "scripts": { "w-server": "w:main" }, "dependencies": ["mcp[cli]>=1.2"] } });
        assert_eq!(python(&project, nowhere()).unwrap().command, ["w-server"]);
        assert!(rust(&json!({ "package": { "name": "r" }, "dependencies": { "rmcp": "1" } })).is_some());
        assert_eq!(go("module example.com/x/y\nrequire github.com/mark3labs/mcp-go v0.1\n").unwrap().name, "y");
        assert_eq!((rust(&json!({})), go("module a\n")), (None, None));
    }

    #[test]
    fn secrets_of_a_host_are_not_copied() {
        let text = r#"{ "mcpServers": { "a": { "command": "x", "env": { "API_KEY": "sk-123", "T": "${T}" } } } }"#;
        let guesses = of_hosts(text, None);
        let env = [("API_KEY".to_owned(), "${API_KEY}".to_owned()), ("T".to_owned(), "${T}".to_owned())];
        assert_eq!(guesses[0].env, env);
        assert_eq!(of_hosts("", None), vec![]);
    }
}
