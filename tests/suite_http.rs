//! What the suite language says of HTTP: requests of its own, answers of example servers, and what their author gets
//! wrong. The goldens are `golden/suite_errors_http*.snap`.

mod suite_support;

use mcp_litmus::suite::{Action, Body, Content, HeaderValue, Http, HttpBody, Meta, Payload, Suite, Until, WatchOn};
use serde_json::{Value, json};
use suite_support::{each, golden, with_check, with_section};

/// A file around some steps over HTTP.
fn with_steps(steps: &str) -> String {
    with_check(&format!("level: MUST\ntransports: [http, sse]\nsteps:\n{steps}"))
}

/// A file around a check over HTTP that is right, and a server.
fn with_server(block: &str) -> String {
    let check = with_check("level: MUST\ncode: a/b\ntransports: [http]");
    format!("{check}```yaml server fail\n{block}\n```\n")
}

fn parse(text: &str) -> Suite {
    Suite::parse("http.md", text).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// The first step of a script.
fn first(steps: &str) -> Action {
    let suite = parse(&with_steps(&format!("{steps}\n  - alive: x")));
    let Body::Script(mut steps) = suite.checks.into_iter().next().expect("a check").body else { panic!("no script") };
    steps.remove(0).action
}

fn http(steps: &str) -> Http {
    let Action::Http(http) = first(steps) else { panic!("no request") };
    http
}

#[test]
fn a_request_can_be_nothing_but_its_method() {
    let expected = Http {
        method: "get".into(),
        path: None,
        headers: Vec::new(),
        body: HttpBody::Nothing,
        notification: false,
        meta: Meta::Standard,
        malformed: false,
        cut: None,
        until: Until::Answer,
        label: None,
    };
    assert_eq!(http("  - http: get"), expected);
}

#[test]
fn a_request_says_all_that_it_wants() {
    let read = http(
        r#"
  - http: POST
    path: "{{http.path}}/{{nonce}}"
    headers: { Origin: "http://{{nonce}}.example", Mcp-Method: null, X-A: [one, two] }
    message: { method: tools/list, params: { cursor: "{{nonce}}" } }
    notification: true
    malformed: true
    meta: none
    cut: 20
    until: head
    as: it"#,
    );
    assert_eq!((read.method.as_str(), read.path.as_deref()), ("POST", Some("{{http.path}}/{{nonce}}")));
    let values = |values: &[&str]| HeaderValue::Values(values.iter().map(|value| (*value).to_owned()).collect());
    let headers = [
        ("Origin".to_owned(), values(&["http://{{nonce}}.example"])),
        ("Mcp-Method".to_owned(), HeaderValue::Leave),
        ("X-A".to_owned(), values(&["one", "two"])),
    ];
    assert_eq!(read.headers, headers);
    let message = json!({ "method": "tools/list", "params": { "cursor": "{{nonce}}" } });
    assert_eq!((read.body, read.meta), (HttpBody::Message(message), Meta::None));
    assert_eq!((read.notification, read.malformed, read.cut), (true, true, Some(20)));
    assert_eq!((read.until, read.label.as_deref()), (Until::Head, Some("it")));
}

#[test]
fn a_body_is_bytes() {
    let body = |body: &str| http(&format!("  - http: POST\n    body: {body}")).body;
    assert_eq!(body("'{{nonce}}'"), HttpBody::Bytes(Payload::Text("{{nonce}}".into())));
    assert_eq!(body("{ hex: ff }"), HttpBody::Bytes(Payload::Bytes(vec![0xff])));
    assert_eq!(body("{ base64: '//4=' }"), HttpBody::Bytes(Payload::Bytes(vec![0xff, 0xfe])));
    assert_eq!(body("{ repeat: a, times: 5000000 }"), HttpBody::Bytes(Payload::Repeated("a".into(), 5_000_000)));
    assert_eq!(body("''"), HttpBody::Bytes(Payload::Text(String::new())));
}

#[test]
fn an_exchange_is_hung_up_by_its_name() {
    let suite = parse(&with_steps("  - send: ping\n    as: it\n  - hang-up: it\n  - alive: x"));
    let Body::Script(steps) = &suite.checks[0].body else { panic!("no script") };
    assert!(matches!(&steps[1].action, Action::HangUp(name) if name == "it"), "{:?}", steps[1]);
}

#[test]
fn a_watch_looks_at_exchanges() {
    let block = "level: MUST\ntransports: [http]\non: http\nwhere: { sent: { headers: { origin: x } } }\n\
                 expect:\n  - fail: { http: { status: 500 } }\n    because: x";
    let suite = parse(&with_section(&format!("## a: B\n```yaml watch\n{block}\n```\n")));
    let Body::Watch(watch) = &suite.checks[0].body else { panic!("no watch") };
    assert_eq!((watch.on, suite.checks[0].info.transports.as_slice()), (WatchOn::Http, &["http".to_owned()][..]));
}

#[test]
fn an_example_server_answers_over_http() {
    let suite = parse(&with_server(
        r#"
http:
  - when: { method: POST, rpc: { $in: [tools/list, ping] }, headers: { origin: { $not: x } } }
    status: 403
    headers: { content-type: text/html, X: null }
    body: "no {{id}}"
  - when: { method: GET }
    events: ["event: message\ndata: {\"id\":{{id}}}", "data: x\n"]
  - body: { jsonrpc: "2.0", id: "{{id}}" }
faults: [banner]"#,
    ));
    let server = &suite.checks[0].examples[0].server;
    let request = |method: &str, origin: &str| json!({ "method": method, "path": "/mcp", "rpc": "ping", "headers": { "origin": origin } });
    let chosen = |request: &Value| server.choose_http(request).expect("an answer").clone();
    let refused = chosen(&request("POST", "y"));
    assert_eq!((refused.status, refused.content(&json!(5))), (Some(403), Some(b"no 5".to_vec())));
    let html = ("content-type".to_owned(), HeaderValue::Values(vec!["text/html".to_owned()]));
    assert_eq!(refused.headers, [html, ("X".to_owned(), HeaderValue::Leave)]);
    let stream = chosen(&request("GET", "x"));
    let said = b"event: message\ndata: {\"id\":5}\n\ndata: x\n\n".to_vec();
    assert_eq!((stream.status, stream.content(&json!(5))), (None, Some(said)));
    assert_eq!(stream.headers[0].1, HeaderValue::Values(vec!["text/event-stream".to_owned()]));
    let other = chosen(&request("POST", "x"));
    assert_eq!(other.body, Some(Content::Json(json!({ "jsonrpc": "2.0", "id": "{{id}}" }))));
    assert_eq!(other.content(&json!("a")), Some(br#"{"jsonrpc":"2.0","id":"a"}"#.to_vec()));
    assert_eq!((server.faults.as_slice(), server.rules.len()), (&["banner".to_owned()][..], 0));
}

#[test]
fn what_no_answer_is_for_is_left_to_the_demo_server() {
    let suite = parse(&with_server("http: { when: { method: DELETE }, status: 405 }"));
    let server = &suite.checks[0].examples[0].server;
    assert!(server.choose_http(&json!({ "method": "POST" })).is_none());
    let answer = server.choose_http(&json!({ "method": "DELETE" })).expect("an answer");
    assert_eq!((answer.status, answer.content(&Value::Null)), (Some(405), None));
}

#[test]
fn of_a_request() {
    let snippets = r#"
# unknown keys
  - http: POST
    mesage: { method: ping }
    within: 2s
  - alive: x
# method
  - http: ""
  - http: [GET]
  - alive: x
# path without slash
  - http: GET
    path: other
  - alive: x
# headers that are none
  - http: GET
    headers: [Origin]
  - http: GET
    headers: { Origin: { a: b }, Accept: [], accept: x }
  - alive: x
# unknown until
  - http: GET
    until: anser
  - alive: x
"#;
    golden("suite_errors_http_request", &each(with_steps, snippets));
}

#[test]
fn of_what_a_request_carries() {
    let snippets = r#"
# message beside body
  - http: POST
    message: { method: ping }
    body: "{}"
  - alive: x
# cut of nothing
  - http: GET
    cut: 20
  - alive: x
# cut that is no number of bytes
  - http: POST
    body: abc
    cut: -1
  - alive: x
# notification, malformed and meta without a message
  - http: POST
    body: "{}"
    notification: true
    malformed: true
    meta: none
  - alive: x
# message that is none
  - http: POST
    message: [{ method: ping }]
  - alive: x
# members of a message
  - http: POST
    message: { methd: ping, id: 5, extra: 1 }
    notification: true
  - alive: x
# body that is none
  - http: POST
    body: { text: abc }
  - http: POST
    body: { base64: "é" }
  - http: POST
    body: { repeat: "{{nonce}}", times: 2 }
  - http: POST
    body: { repeat: abc }
  - http: POST
    body: { repeat: abc, times: 100000000000 }
  - alive: x
"#;
    golden("suite_errors_http_body", &each(with_steps, snippets));
}

#[test]
fn of_names_over_http() {
    let snippets = r#"
# hang up what was never sent
  - http: GET
    as: first
  - hang-up: frist
  - alive: x
# variables
  - http: GET
    path: /{{nonse}}
    headers: { "{{hostt}}": "{{http.sesion}}" }
  - alive: "{{http.zzz}}"
# variable with a meaning
  - send: a
  - let: { http: /result }
  - alive: x
# names in an answer
  - http: GET
  - expect:
      - pass: { http: { stauts: 200 } }
      - pass: { $any: [{ http: { headers: { Content-Type: text/html } } }, { http: { $not: { zzz: 1 } } }] }
"#;
    golden("suite_errors_http_names", &each(with_steps, snippets));
}

#[test]
fn of_transports() {
    let snippets = r"
# request over any transport
level: MUST
steps: [{ http: GET }, { alive: x }]
# request over stdio
level: MUST
transports: [http, stdio]
steps: [{ for: x, in: [1], steps: [{ send: a, as: b }, { hang-up: b }] }, { alive: x }]
# pipes over any transport
level: MUST
session: fresh
steps: [{ close: stdin }, { expect: [{ fail: { exit: {} }, because: x }], of: exit }]
# half a line over any transport
level: MUST
steps: [{ raw: a, newline: false }, { alive: x }]
# both
level: MUST
transports: [http]
steps: [{ http: GET }, { expect: [{ fail: { exit: {} }, because: x }], of: exit }]
# unknown transport is told, and nothing else
level: MUST
transports: [htpt]
steps: [{ http: GET }, { alive: x }]
";
    golden("suite_errors_http_transports", &each(with_check, snippets));
}

#[test]
fn of_a_watch_over_http() {
    let with = |block: &str| with_section(&format!("## a: B\n```yaml watch\nlevel: MUST\n{block}\n```\n"));
    let blocks = [
        ("exchanges over any transport", "on: http\nexpect: [{ fail: {}, because: x }]"),
        ("lines over http", "on: line\ntransports: [http]\nexpect: [{ fail: {}, because: x }]"),
        ("exits over any transport", "on: exit\nexpect: [{ fail: {}, because: x }]"),
        (
            "names in an exchange",
            "on: http\ntransports: [http]\nwhere: { sent: { headers: { Origin: x } } }\n\
             expect:\n  - fail: { sent: { methd: GET } }\n    because: x",
        ),
    ];
    golden("suite_errors_http_watch", &blocks.map(|(name, block)| (name, with(block))));
}

#[test]
fn of_a_head_that_is_wrong() {
    let head = "+++\nabout = \"a test\"\ntransports = [\"htpt\"]\n+++\n";
    let file = format!("{head}\n## a: B\n```yaml check\nlevel: MUST\nsteps: [{{ http: GET }}, {{ alive: x }}]\n```\n");
    let errors = Suite::parse("http.md", &file).expect_err("there is no such transport");
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[test]
fn of_an_answer() {
    let snippets = r#"
# nothing said
http: {}
# a pattern alone
http: [{ when: { method: GET } }]
# no answers
http: []
# no map
http: 403
# unknown key
http: { staus: 403 }
# status
http: { status: 42 }
# status that is no number
http: { status: OK }
# body beside events
http: { body: a, events: [b] }
# events that are no list of texts
http: { events: { data: x } }
# names in a pattern
http: { when: { methd: GET, headers: { Origin: x } }, status: 403 }
# variables
http: { when: { path: "{{http.path}}" }, headers: { Location: "{{http.url}}" }, body: { a: "{{nonce}}" } }
# headers
http: { headers: { a: {} } }
# body
http: { body: { hex: f } }
"#;
    golden("suite_errors_http_server", &each(with_server, snippets));
    let check = with_check("level: MUST\ncode: a/b");
    let file = format!("{check}```yaml server fail\nhttp: {{ status: 403 }}\n```\n");
    golden("suite_errors_http_server_of_stdio", &[("check for every transport", file)]);
}
