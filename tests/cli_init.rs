//! `init` in folders of several kinds: what it writes is read again, and nothing is written over.

#[path = "cli/harness.rs"]
mod harness;

use harness::{Folder, golden};
use mcp_litmus::config::Config;

const WORKFLOW: &str = ".github/workflows/litmus.yml";

/// The command of the only server that `init` found.
fn command(files: &[(&str, &str)]) -> (Folder, Vec<String>) {
    let folder = Folder::new();
    for (name, text) in files {
        folder.write(name, text);
    }
    let ended = folder.play(&["init"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{}", ended.stdout);
    let config = Config::read("litmus.toml", &folder.read("litmus.toml")).expect("what init writes is right");
    let words = config.servers[0].command.iter().map(|word| word.value.clone()).collect();
    (folder, words)
}

#[test]
fn folders_tell_how_their_server_is_started() {
    for (files, expected) in [
        (&[("package.json", r#"{ "name": "w", "bin": "dist/index.js" }"#)][..], "node dist/index.js"),
        (
            &[("server.py", ""), ("pyproject.toml", "[project]\nname = 'w'\ndependencies = ['fastmcp']")],
            "python server.py",
        ),
        (&[("pyproject.toml", "[project]\nname = 'w'\nscripts = { w = 'w:m' }"), ("uv.lock", "")], "uv run w"),
        (&[("Cargo.toml", "[package]\nname = 'w'\n[dependencies]\nrmcp = '1'")], "cargo run --quiet"),
        (&[("go.mod", "module a/w\nrequire github.com/modelcontextprotocol/go-sdk v1")], "go run ."),
        (&[("W.csproj", "<PackageReference Include=\"ModelContextProtocol\" />")], "dotnet run --project W.csproj"),
        (&[("Dockerfile", "FROM x")], "docker run --rm -i mcp-server"),
        (&[(".mcp.json", r#"{ "mcpServers": { "m": { "command": "m", "args": ["-x"] } } }"#)], "m -x"),
        (&[("package.json", "not json")], "node server.js"),
    ] {
        let (folder, words) = command(files);
        assert_eq!(words.join(" "), expected, "{files:?}");
        assert!(folder.has(WORKFLOW), "{files:?}");
    }
}

#[test]
fn what_is_said_and_written() {
    let folder = Folder::new();
    let json = r#"{ "mcpServers": { "local": { "command": "uvx", "args": ["weather"], "env": { "API_KEY": "sk-not-shown" } },
        "far": { "type": "http", "url": "https://example.com/mcp", "headers": { "Authorization": "Bearer ${TOKEN}" } } } }"#;
    folder.write(".mcp.json", json);
    folder.write(".gitlab-ci.yml", "stages: []\n");
    let first = folder.play(&["init"]);
    let again = folder.play(&["init"]);
    let nowhere = folder.play(&["init", "nowhere"]);
    let written = [folder.read("litmus.toml"), folder.read(".gitlab/litmus.yml")].join("\n----\n");
    assert!(!written.contains("not-shown") && !folder.has(WORKFLOW));
    let pages = [first.page(&["init"]), again.page(&["init"]), nowhere.page(&["init", "nowhere"]), written];
    golden("cli_init", &pages.join("\n"));
}

#[test]
fn nothing_is_written_over_without_force() {
    let folder = Folder::new();
    folder.write("litmus.toml", "mine");
    let ended = folder.play(&["init"]);
    assert_eq!((ended.code, folder.read("litmus.toml").as_str()), (Some(0), "mine"));
    assert!(ended.stdout.contains("left litmus.toml as it is") && folder.has(WORKFLOW), "{}", ended.stdout);
    assert_eq!(folder.play(&["init"]).code, Some(2));
    assert_eq!(folder.play(&["init", "--force"]).code, Some(0));
    assert!(folder.read("litmus.toml").contains("[servers."));
}
