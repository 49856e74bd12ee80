//! What hosts and editors keep: `mcpServers` (Claude, Cursor, Windsurf and many others), `servers` and `inputs` (VS
//! Code), `mcp.servers` in its settings, `context_servers` (Zed). Keys that mean nothing here are passed over.

use super::{
    Server, Text, Transport,
    node::{Data, Fault, Key, Node},
    suggest, take,
};

/// The keys under which servers lie, one below the other.
const PLACES: [&[&str]; 6] = [
    &["mcpServers"],
    &["servers"],
    &["context_servers"],
    &["mcp", "servers"],
    &["mcp.servers"],
    &["mcp", "mcpServers"],
];

/// The servers of the file.
pub(super) fn read(root: &Node, faults: &mut Vec<Fault>) -> Vec<Server> {
    let found = PLACES.iter().filter_map(|path| {
        let node = path.iter().try_fold(root, |node, key| node.get(key))?;
        matches!(node.data, Data::Map(_)).then_some((path, node))
    });
    let mut servers = Vec::new();
    let mut is_known = false;
    for (path, node) in found {
        is_known = true;
        let in_editor = path.contains(&"servers") || path.contains(&"mcp.servers");
        let entries = take::map(node, faults).unwrap_or_default();
        servers.extend(entries.iter().map(|(key, node)| server(key, node, in_editor)));
    }
    if !is_known {
        faults.push(nowhere(root));
    }
    servers
}

fn nowhere(root: &Node) -> Fault {
    let expected =
        "there are no servers here: neither `mcpServers` nor `servers` (VS Code) nor `context_servers` (Zed)";
    let keys = match &root.data {
        Data::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    let near = keys.iter().find_map(|(key, _)| {
        let near = suggest::nearest(&key.name, ["mcpServers", "servers", "context_servers"])?;
        Some((key.at, format!("{expected}; did you mean `{near}` by `{}`?", key.name.escape_debug())))
    });
    let (at, message) = near.unwrap_or((root.at, expected.to_owned()));
    Fault { at, message }
}

fn server(name: &Key, node: &Node, in_editor: bool) -> Server {
    let mut server = Server { name: name.name.clone(), at: name.at, ..Server::default() };
    let mut faults = Vec::new();
    if take::map(node, &mut faults).is_some() {
        command(&mut server, node, &mut faults);
        address(&mut server, node, in_editor, &mut faults);
        let off = |key: &str, word: bool| node.get(key).is_some_and(|node| node.data == Data::Bool(word));
        server.disabled = off("disabled", true) || off("enabled", false);
        if server.command.is_empty() && server.url.is_none() && faults.is_empty() {
            let message = format!("`{}` has neither a `command` nor a `url`", name.name.escape_debug());
            faults.push(Fault { at: name.at, message });
        }
    }
    server.faults = faults;
    server
}

/// Zed has had the program, the arguments and the variables inside of `command`.
fn command(server: &mut Server, node: &Node, faults: &mut Vec<Fault>) {
    let inner = node.get("command").filter(|node| matches!(node.data, Data::Map(_)));
    let of = inner.unwrap_or(node);
    let program = of.get(if inner.is_some() { "path" } else { "command" });
    server.command = program.and_then(|node| take::texts(node, faults)).unwrap_or_default();
    server.command.extend(of.get("args").and_then(|node| take::list(node, faults)).unwrap_or_default());
    server.env = of.get("env").map(|node| variables(node, faults)).unwrap_or_default();
    server.env_file = node.get("envFile").and_then(|node| take::text(node, faults));
    server.cwd = node.get("cwd").and_then(|node| take::text(node, faults));
}

/// Numbers and booleans are written as texts; null takes a variable away, and there is none to take.
fn variables(node: &Node, faults: &mut Vec<Fault>) -> Vec<(String, Text)> {
    let plain = |(key, node): &(Key, Node)| {
        let value = match &node.data {
            Data::Text(text) => text.clone(),
            Data::Number(number) => number.to_string(),
            Data::Bool(flag) => flag.to_string(),
            Data::Null => return None,
            _ => {
                faults.push(node.wrong("a text"));
                return None;
            }
        };
        Some((key.name.clone(), Text { value, at: node.at }))
    };
    match &node.data {
        Data::Map(entries) => entries.iter().filter_map(plain).collect(),
        Data::Null => Vec::new(),
        _ => {
            faults.push(node.wrong("a table of texts"));
            Vec::new()
        }
    }
}

fn address(server: &mut Server, node: &Node, in_editor: bool, faults: &mut Vec<Fault>) {
    let of_key = |key: &str, faults: &mut Vec<Fault>| node.get(key).and_then(|node| take::text(node, faults));
    let http_url = of_key("httpUrl", faults);
    server.transport = if http_url.is_some() { Transport::Http } else { Transport::Auto };
    server.url = http_url.or_else(|| of_key("url", faults)).or_else(|| of_key("serverUrl", faults));
    server.headers = node.get("headers").map(|node| headers(node, faults)).unwrap_or_default();
    let Some(kind) = node.get("type").or_else(|| node.get("transport")) else { return };
    // VS Code tries both ways when it reads `http`.
    let http = if in_editor { Transport::Auto } else { Transport::Http };
    let known = [
        ("stdio", Transport::Stdio),
        ("http", http),
        ("streamable-http", Transport::Http),
        ("streamableHttp", Transport::Http),
        ("streamable_http", Transport::Http),
        ("sse", Transport::Sse),
        ("local", Transport::Stdio),
        ("remote", Transport::Auto),
    ];
    server.transport = take::one_of(kind, faults, &known).unwrap_or_default();
    if server.transport == Transport::Stdio && server.url.is_some() && server.command.is_empty() {
        let message = "it says `stdio`, and has an address instead of a command".to_owned();
        faults.push(Fault { at: kind.at, message });
    }
}

/// Some hosts keep them as a list of lines.
fn headers(node: &Node, faults: &mut Vec<Fault>) -> Vec<(String, Text)> {
    let Data::List(_) = node.data else { return variables(node, faults) };
    let lines = take::list(node, faults).unwrap_or_default();
    let pair = |line: Text| {
        let split = line.value.split_once(':').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        if split.is_none() {
            faults.push(Fault { at: line.at, message: "expected `NAME: VALUE`".to_owned() });
        }
        split.map(|(name, value)| (name, Text { value, at: line.at }))
    };
    lines.into_iter().filter_map(pair).collect()
}
