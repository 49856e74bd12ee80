//! Every fault shows in the revisions that it names, and nowhere else: one long conversation with and without it.

use mcp_litmus::{
    demo::{Fault, Group, Options, Transport, serve},
    model::{Era, Revision},
};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

/// Faults of the end of the process: nothing that is said changes. Their own file tests them.
const SILENT: [Fault; 4] = [Fault::IgnoreEof, Fault::IgnoreSigterm, Fault::Orphan, Fault::SlowExit];

struct Transcript {
    lines: Vec<String>,
    revision: Revision,
    id: u64,
}

impl Transcript {
    fn new(revision: Revision) -> Self {
        Self { lines: Vec::new(), revision, id: 0 }
    }

    fn line(&mut self, message: &Value) {
        self.lines.push(message.to_string());
    }

    fn ask(&mut self, method: &str, mut params: Value) {
        self.id += 1;
        if self.revision.era() == Era::Modern {
            let mut meta = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": { "roots": {} },
                "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
            });
            for (key, value) in params["_meta"].as_object().into_iter().flatten() {
                meta[key] = value.clone();
                if value.is_null() {
                    meta.as_object_mut().unwrap().remove(key);
                }
            }
            params["_meta"] = meta;
        }
        self.line(&json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params }));
    }

    fn tell(&mut self, method: &str) {
        self.line(&json!({ "jsonrpc": "2.0", "method": method, "params": { "requestId": 99_999 } }));
    }

    fn initialize(&mut self, version: &str, capabilities: &Value) {
        let info = json!({ "name": "test", "version": "1" });
        let params = json!({ "protocolVersion": version, "capabilities": capabilities, "clientInfo": info });
        self.line(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params }));
    }

    fn lists(&mut self) {
        for _ in 0..2 {
            self.ask("tools/list", json!({}));
        }
        for cursor in ["dG9vbHM6NQ", "dG9vbHM6MTA", "bm9uc2Vuc2U"] {
            self.ask("tools/list", json!({ "cursor": cursor }));
        }
        self.ask("prompts/list", json!({}));
        self.ask("resources/read", json!({ "uri": "demo://nothing" }));
    }

    fn calls(&mut self) {
        for params in [
            json!({ "name": "echo", "arguments": { "text": "ü" } }),
            json!({ "name": "echo", "arguments": {} }),
            json!({ "name": "add", "arguments": { "a": 1, "b": 2 } }),
            json!({ "name": "image" }),
            json!({ "name": "sample", "arguments": {} }),
            json!({ "name": "nobody", "arguments": {} }),
            json!({ "name": 5 }),
            json!({ "name": "progress", "arguments": {}, "_meta": { "progressToken": 7 } }),
            json!({ "name": "progress", "arguments": {}, "_meta": { "progressToken": 0 } }),
        ] {
            self.ask("tools/call", params);
        }
    }

    fn hostilities(&mut self) {
        self.ask("ping", json!({ "_meta": { "com.example/key": 1 } }));
        self.ask("no/such/method", json!({}));
        self.tell("notifications/unknown");
        self.tell("notifications/cancelled");
        self.lines.push("{\"jsonrpc\":\"2.0\",".to_owned());
        self.line(&json!([{ "jsonrpc": "2.0", "id": "in a batch", "method": "ping" }]));
        self.ask("tools/list", json!({}));
    }
}

/// What the client says, in as many processes as it takes.
fn conversations(revision: Revision, group: Option<Group>) -> Vec<Transcript> {
    let mut main = Transcript::new(revision);
    if revision.era() == Era::Legacy {
        main.initialize(revision.as_str(), &json!({ "roots": {} }));
        main.ask("ping", json!({}));
        main.tell("notifications/initialized");
    } else {
        main.ask("tools/list", json!({}));
        main.ask("server/discover", json!({}));
        main.ask("tools/list", json!({ "_meta": { "io.modelcontextprotocol/protocolVersion": "1900-01-01" } }));
        main.ask("tools/list", json!({ "_meta": { "io.modelcontextprotocol/clientCapabilities": null } }));
        main.ask("tools/list", json!({ "_meta": { "io.modelcontextprotocol/clientCapabilities": { "odd": {} } } }));
        main.ask("tools/list", json!({ "_meta": { "io.modelcontextprotocol/clientInfo": null } }));
    }
    main.lists();
    main.calls();
    main.hostilities();
    if group == Some(Group::Process) {
        main.ask("ping", json!({ "padding": "x".repeat(600 << 10) }));
    }
    let mut all = vec![main];
    if revision.era() == Era::Legacy {
        let mut another = Transcript::new(revision);
        another.initialize(revision.as_str(), &json!({ "odd": {} }));
        all.push(another);
    }
    if revision.era() == Era::Legacy && group == Some(Group::Lifecycle) {
        // Leads to another revision, where other faults may show.
        let mut another = Transcript::new(revision);
        another.initialize("1900-01-01", &json!({}));
        all.push(another);
    }
    all
}

/// All that the server says, and how it ends.
async fn hear(revision: Revision, faults: &[Fault], group: Option<Group>) -> Vec<(Vec<u8>, i32)> {
    let mut heard = Vec::new();
    for conversation in conversations(revision, group) {
        let input = conversation.lines.join("\n") + "\n";
        let (mut reader, output) = tokio::io::duplex(1 << 20);
        let options = Options { faults: faults.to_vec(), ..Options::default() };
        let served = tokio::spawn(async move { serve(input.as_bytes(), output, options).await });
        let mut said = Vec::new();
        reader.read_to_end(&mut said).await.unwrap();
        heard.push((said, served.await.unwrap()));
    }
    heard
}

fn of_a_pipe() -> impl Iterator<Item = &'static Fault> {
    Fault::ALL.iter().filter(|fault| fault.shows_over(Transport::Stdio))
}

#[tokio::test]
async fn each_fault_shows_where_it_says_and_nowhere_else() {
    for revision in Revision::ALL {
        let honest = hear(revision, &[], None).await;
        let again = hear(revision, &[], None).await;
        assert_eq!(honest, again, "the honest server always says the same");
        assert!(honest.iter().all(|(_, code)| *code == 0));
        let in_process = hear(revision, &[], Some(Group::Process)).await;
        let in_lifecycle = hear(revision, &[], Some(Group::Lifecycle)).await;
        for fault in of_a_pipe().filter(|fault| !SILENT.contains(fault)) {
            let honest = match fault.group() {
                Group::Process => &in_process,
                Group::Lifecycle => &in_lifecycle,
                _ => &honest,
            };
            let shows = hear(revision, &[*fault], Some(fault.group())).await != *honest;
            assert_eq!(shows, fault.shows_in(revision), "{} in {revision}", fault.name());
        }
    }
}

/// Several faults at once may spoil each other's work, but never the program.
#[tokio::test]
async fn no_set_of_faults_makes_the_server_panic() {
    let lively = |fault: &&Fault| !SILENT.contains(fault) && !fault.name().contains("-on-");
    let mut faults: Vec<_> = of_a_pipe().filter(lively).copied().collect();
    for revision in Revision::ALL {
        hear(revision, &faults, None).await;
        faults.reverse();
        hear(revision, &faults, None).await;
        for pair in faults.chunks(2) {
            hear(revision, pair, None).await;
        }
    }
}
