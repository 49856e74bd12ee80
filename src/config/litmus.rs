//! `litmus.toml`: every key is known, and whatever is wrong is told at once.

use super::{
    Call, Permit, Server, Settings, Text, Transport, duration,
    grammar::Keys,
    jobs,
    node::{Data, Fault, Key, Node},
    split, take,
};

/// The servers of the file, with its defaults in them.
pub(super) fn read(root: &Node, faults: &mut Vec<Fault>) -> Vec<Server> {
    let keys = Keys::read();
    let (mut defaults, mut servers) = (Settings::default(), Vec::new());
    for (key, node) in take::map(root, faults).unwrap_or_default() {
        match key.name.as_str() {
            "defaults" => defaults = self::defaults(node, &keys, faults),
            "servers" => {
                let entries = take::map(node, faults).unwrap_or_default();
                servers = entries.iter().map(|(key, node)| server(key, node, &keys, faults)).collect();
            }
            _ => faults.push(key.unknown("litmus.toml", &keys.document)),
        }
    }
    for server in &mut servers {
        server.settings = std::mem::take(&mut server.settings).or(&defaults);
    }
    servers
}

fn defaults(node: &Node, keys: &Keys, faults: &mut Vec<Fault>) -> Settings {
    let mut settings = Settings::default();
    for (key, node) in take::map(node, faults).unwrap_or_default() {
        if !set(&mut settings, &key.name, node, faults) {
            faults.push(key.unknown("`defaults`", &keys.defaults));
        }
    }
    settings
}

fn server(name: &Key, node: &Node, keys: &Keys, faults: &mut Vec<Fault>) -> Server {
    let mut server = Server { name: name.name.clone(), at: name.at, ..Server::default() };
    let (mut args, before) = (None, faults.len());
    for (key, node) in take::map(node, faults).unwrap_or_default() {
        match key.name.as_str() {
            "command" => server.command = take::texts(node, faults).unwrap_or_default(),
            "args" => args = take::list(node, faults),
            other => {
                let is_known =
                    reach(&mut server, other, node, faults) || set(&mut server.settings, other, node, faults);
                if !is_known {
                    faults.push(key.unknown("a server", &keys.server));
                }
            }
        }
    }
    if args.is_none() && matches!(node.get("command").map(|node| &node.data), Some(Data::Text(_))) {
        server.command = server.command.iter().flat_map(line).collect();
    }
    server.command.extend(args.unwrap_or_default());
    // What is mistyped is often what seems to be missing.
    if let Some(message) = contradiction(&server, node).filter(|_| faults.len() == before) {
        faults.push(Fault { at: server.at, message });
    }
    server
}

/// How it is reached and started. Whether there is such a key.
fn reach(server: &mut Server, key: &str, node: &Node, faults: &mut Vec<Fault>) -> bool {
    match key {
        "url" => server.url = take::text(node, faults),
        "transport" => {
            let known = Transport::ALL.map(|transport| (transport.name(), transport));
            server.transport = take::one_of(node, faults, &known).unwrap_or_default();
        }
        "headers" => server.headers = take::pairs(node, faults).unwrap_or_default(),
        "bearer" => server.bearer = take::text(node, faults),
        "env" => server.env = take::pairs(node, faults).unwrap_or_default(),
        "env-file" => server.env_file = take::text(node, faults),
        "cwd" => server.cwd = take::text(node, faults),
        "ca" => server.ca = take::text(node, faults),
        "insecure" => server.insecure = take::flag(node, faults).unwrap_or_default(),
        "allow-hosts" => server.allow_hosts = take::words(node, faults).unwrap_or_default(),
        "disabled" => server.disabled = take::flag(node, faults).unwrap_or_default(),
        _ => return false,
    }
    true
}

/// How it is tested. Whether there is such a key.
fn set(settings: &mut Settings, key: &str, node: &Node, faults: &mut Vec<Fault>) -> bool {
    match key {
        "revision" => settings.revision = take::parsed(node, faults, "a text", str::parse),
        "call" => settings.call = take::one_of(node, faults, &Call::ALL.map(|call| (call.name(), call))),
        "tools" => {
            let entries = take::map(node, faults).unwrap_or_default().iter();
            let permit = |(key, node): &(Key, Node)| Some((key.name.clone(), permit(node, faults)?));
            settings.tools = entries.filter_map(permit).collect();
        }
        "jobs" => settings.jobs = take::parsed(node, faults, take::NUMBER, jobs),
        "timeout" => settings.timeout = take::parsed(node, faults, "a time, as \"10s\"", duration),
        "startup-timeout" => settings.startup_timeout = take::parsed(node, faults, "a time, as \"60s\"", duration),
        "connect-timeout" => settings.connect_timeout = take::parsed(node, faults, "a time, as \"10s\"", duration),
        "deny" => settings.deny_warnings = take::one_of(node, faults, &[("warnings", true), ("nothing", false)]),
        "report" => settings.reports = take::texts(node, faults),
        "only" => settings.only = take::words(node, faults),
        "skip" => settings.skip = take::words(node, faults),
        "suites" => settings.suites = take::texts(node, faults),
        "golden" => settings.golden = take::text(node, faults).map(|text| text.value.into()),
        "baseline" => settings.baseline = take::text(node, faults).map(|text| text.value.into()),
        _ => return false,
    }
    true
}

fn permit(node: &Node, faults: &mut Vec<Fault>) -> Option<Permit> {
    match &node.data {
        Data::Bool(false) => Some(Permit::Never),
        Data::Bool(true) => Some(Permit::Made),
        Data::Map(_) => Some(Permit::With(node.value())),
        _ => {
            faults.push(node.wrong("`true`, `false` or a table of arguments"));
            None
        }
    }
}

/// The words of a command that is written as one line.
fn line(text: &Text) -> Vec<Text> {
    split::words(&text.value).into_iter().map(|value| Text { value, at: text.at }).collect()
}

fn contradiction(server: &Server, node: &Node) -> Option<String> {
    let has = |key: &str| node.get(key).is_some();
    let name = server.name.escape_debug();
    let message = match server.transport {
        _ if !has("url") && !has("command") => format!("`{name}` has neither a `command` nor a `url`"),
        Transport::Stdio if has("url") => format!("`{name}` has a `url`, which is not spoken to over stdio"),
        Transport::Http | Transport::Sse if !has("url") => {
            format!("`{name}` is spoken to over {}, and has no `url`", server.transport.name())
        }
        _ => {
            let of_urls = ["headers", "bearer", "ca", "insecure", "allow-hosts", "connect-timeout"];
            let stray = of_urls.into_iter().find(|key| !has("url") && has(key))?;
            format!("`{stray}` is for a server behind a `url`, and `{name}` has none")
        }
    };
    Some(message)
}
