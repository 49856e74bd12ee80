//! Files of hosts and editors, as they are kept: which servers they mean.

use mcp_litmus::config::{Config, Server, Transport};

fn read(text: &str) -> Config {
    Config::read("mcp.json", text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))
}

fn words(server: &Server) -> Vec<&str> {
    server.command.iter().map(|word| word.value.as_str()).collect()
}

/// Each file, with the name, the command, the address and the transport of its servers.
type Row = (&'static str, &'static [(&'static str, &'static [&'static str], Option<&'static str>, Transport)]);

const FILES: [Row; 8] = [
    // Claude Code, `.mcp.json`
    (
        r#"{ "mcpServers": {
             "files": { "type": "stdio", "command": "npx", "args": ["-y", "srv", "${DIR:-.}"], "env": { "D": "${D}" } },
             "api": { "type": "http", "url": "${API:-https://example.com}/mcp", "headers": { "A": "Bearer ${T}" } },
             "old": { "type": "sse", "url": "https://example.com/sse" } } }"#,
        &[
            ("files", &["npx", "-y", "srv", "${DIR:-.}"], None, Transport::Stdio),
            ("api", &[], Some("${API:-https://example.com}/mcp"), Transport::Http),
            ("old", &[], Some("https://example.com/sse"), Transport::Sse),
        ],
    ),
    // Claude Desktop
    (
        r#"{ "globalShortcut": "", "mcpServers": { "git": { "command": "uvx", "args": ["mcp-server-git"] } } }"#,
        &[("git", &["uvx", "mcp-server-git"], None, Transport::Auto)],
    ),
    // Cursor
    (
        r#"{ "mcpServers": { "s": { "command": "python", "args": ["${workspaceFolder}/s.py"], "envFile": ".env" },
             "r": { "url": "http://localhost:3000/mcp", "headers": { "K": "${env:K}" } } } }"#,
        &[
            ("s", &["python", "${workspaceFolder}/s.py"], None, Transport::Auto),
            ("r", &[], Some("http://localhost:3000/mcp"), Transport::Auto),
        ],
    ),
    // VS Code, `.vscode/mcp.json`
    (
        "{\n  // asked once\n  \"inputs\": [{ \"type\": \"promptString\", \"id\": \"key\", \"password\": true, }],\n  \
         \"servers\": {\n    \"a\": { \"type\": \"http\", \"url\": \"https://example.com/mcp\" },\n    /* local */\n    \
         \"b\": { \"command\": \"node\", \"args\": [\"b.js\"], \"env\": { \"KEY\": \"${input:key}\" } },\n  },\n}\n",
        &[
            ("a", &[], Some("https://example.com/mcp"), Transport::Auto),
            ("b", &["node", "b.js"], None, Transport::Auto),
        ],
    ),
    // VS Code, settings.json, in both spellings
    (
        r#"{ "editor.tabSize": 2, "mcp": { "servers": { "a": { "command": "x" } } },
             "mcp.servers": { "b": { "command": "y" } } }"#,
        &[("a", &["x"], None, Transport::Auto), ("b", &["y"], None, Transport::Auto)],
    ),
    // Zed, today and before
    (
        r#"{ "context_servers": { "new": { "source": "custom", "command": "x", "args": ["1"], "env": {} },
             "old": { "command": { "path": "y", "args": ["2"], "env": null }, "settings": {} },
             "far": { "url": "https://example.com/mcp", "headers": { "A": "b" } } } }"#,
        &[
            ("new", &["x", "1"], None, Transport::Auto),
            ("old", &["y", "2"], None, Transport::Auto),
            ("far", &[], Some("https://example.com/mcp"), Transport::Auto),
        ],
    ),
    // Others: Windsurf, Gemini, lists as commands, headers as lines
    (
        r#"{ "mcpServers": { "w": { "serverUrl": "https://w" }, "g": { "httpUrl": "https://g" },
             "o": { "command": ["x", "y"], "timeout": 600, "autoApprove": [] },
             "h": { "url": "https://h", "headers": ["A: b:c"], "type": "streamableHttp" } } }"#,
        &[
            ("w", &[], Some("https://w"), Transport::Auto),
            ("g", &[], Some("https://g"), Transport::Http),
            ("o", &["x", "y"], None, Transport::Auto),
            ("h", &[], Some("https://h"), Transport::Http),
        ],
    ),
    ("{ \"mcpServers\": {} }", &[]),
];

#[test]
fn servers_of_hosts_are_understood() {
    for (text, expected) in FILES {
        let config = read(text);
        let seen: Vec<_> = config
            .servers
            .iter()
            .map(|server| {
                (
                    server.name.as_str(),
                    words(server),
                    server.url.as_ref().map(|url| url.value.as_str()),
                    server.transport,
                )
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(name, words, url, way)| (*name, words.to_vec(), *url, *way)).collect();
        assert_eq!(seen, expected, "{text}");
        for server in &config.servers {
            assert_eq!(config.faults(server), [], "{text}");
        }
    }
}

#[test]
fn variables_and_headers_are_texts() {
    let config = read(
        r#"{ "mcpServers": { "a": { "command": "x", "env": { "N": 1, "B": true, "T": "t", "U": null } },
        "b": { "url": "u", "headers": ["K : v: w"] }, "c": { "command": "x", "disabled": true },
        "d": { "command": "x", "enabled": false } } }"#,
    );
    let env: Vec<_> = config.servers[0].env.iter().map(|(name, text)| (name.as_str(), text.value.as_str())).collect();
    assert_eq!(env, [("N", "1"), ("B", "true"), ("T", "t")]);
    assert_eq!((config.servers[1].headers[0].0.as_str(), config.servers[1].headers[0].1.value.as_str()), ("K", "v: w"));
    assert_eq!(config.servers.iter().map(|server| server.disabled).collect::<Vec<_>>(), [false, false, true, true]);
}

#[test]
fn one_broken_server_does_not_hide_the_others() {
    let config = read(
        "{ \"servers\": {\n \"a\": { \"command\": 5 },\n \"b\": {},\n \"c\": { \"command\": \"x\" },\n \
                       \"d\": { \"type\": \"websockets\", \"url\": \"u\" },\n \"e\": { \"type\": \"stdio\", \"url\": \"u\" } } }",
    );
    let said = |at: usize| {
        let faults = config.faults(&config.servers[at]);
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
    };
    assert_eq!(said(0), "mcp.json:2:20: expected a text or a list of texts, got a number");
    assert_eq!(said(1), "mcp.json:3:2: `b` has neither a `command` nor a `url`");
    assert_eq!(said(2), "");
    assert!(said(3).starts_with("mcp.json:5:17: `websockets` is not known here"), "{}", said(3));
    assert!(said(4).ends_with("it says `stdio`, and has an address instead of a command"), "{}", said(4));
}

#[test]
fn a_file_without_servers_says_what_was_looked_for() {
    let said = |text: &str| Config::read("x.json", text).unwrap_err()[0].to_string();
    assert!(said("{ \"a\": 1 }").starts_with("x.json:1:1: there are no servers here: neither `mcpServers`"));
    assert!(said("{\n  \"mcpservers\": {} }").ends_with("did you mean `mcpServers` by `mcpservers`?"));
    assert!(said("{ \"mcpServers\": { \"a\": \n").starts_with("x.json:2:1: this is not JSON: "));
}
