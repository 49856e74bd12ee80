//! The reports that programs read: they keep to their published schemas, and a stream on disk makes the same record.

mod report_sample;

use mcp_litmus::model::{RunEvent, Totals};
use mcp_litmus::report::{FORMATS, Options, Record, Render, json, ndjson};
use proptest::prelude::*;
use report_sample::{HOSTILE, clean, fold, mixed, nothing_tested, of_text, single, unreachable};
use serde_json::Value;

fn samples() -> Vec<Vec<RunEvent>> {
    let cut_off = single().into_iter().take(3).collect();
    vec![mixed(true), single(), clean(), nothing_tested(), unreachable(), of_text(HOSTILE), cut_off]
}

fn document(events: &[RunEvent]) -> Value {
    serde_json::from_str(&json::render(&fold(events), &Options::default())).unwrap()
}

fn fresh(path: &str, schema: &Value) {
    let path = format!("{}/docs/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{path} is stale; run the tests with UPDATE_DOCS=1");
}

#[test]
fn published_schemas_are_fresh() {
    fresh("report.schema.json", &json::schema());
    fresh("events.schema.json", &ndjson::schema());
}

#[test]
fn documents_keep_to_their_schema() {
    let validator = jsonschema::validator_for(&json::schema()).unwrap();
    for events in samples() {
        let document = document(&events);
        let problems: Vec<String> = validator.iter_errors(&document).map(|problem| problem.to_string()).collect();
        assert_eq!(problems, [""; 0]);
    }
    assert!(!validator.is_valid(&serde_json::json!({ "schema": "mcp-litmus/report/2" })));
}

#[test]
fn lines_keep_to_their_schema() {
    let validator = jsonschema::validator_for(&ndjson::schema()).unwrap();
    for event in samples().iter().flatten() {
        let line = ndjson::line(event);
        assert_eq!(line.matches('\n').count(), 1);
        let problems: Vec<String> =
            validator.iter_errors(&serde_json::from_str(&line).unwrap()).map(|problem| problem.to_string()).collect();
        assert_eq!(problems, [""; 0], "{line}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "event": "started" })));
}

#[test]
fn the_stream_on_disk_makes_the_same_record_and_reports() {
    for events in samples() {
        let stream: String = events.iter().map(ndjson::line).collect();
        let (live, read) = (fold(&events), Record::from_ndjson(stream.as_bytes()).unwrap());
        assert_eq!(read, live);
        for format in &FORMATS {
            if let Render::Finished(render) = format.render {
                assert_eq!(render(&read, &Options::default()), render(&live, &Options::default()));
            }
        }
    }
}

proptest! {
    #[test]
    fn times_survive_the_disk(duration_ms in 0.0..1e7_f64) {
        let mut events = clean();
        events.pop();
        events.push(RunEvent::Finished { totals: Totals::default(), exit_code: 0, duration_ms, messages: 0 });
        let stream: String = events.iter().map(ndjson::line).collect();
        prop_assert_eq!(Record::from_ndjson(stream.as_bytes()).unwrap(), fold(&events));
    }
}

#[test]
fn strings_of_a_server_are_exact() {
    let document = document(&mixed(false));
    let got = document.pointer("/results").and_then(Value::as_array).unwrap();
    let got = got.iter().find(|result| result["check"] == "tools/names").unwrap();
    assert_eq!(got.pointer("/findings/0/got").unwrap(), HOSTILE);
}

#[test]
fn the_document_as_a_golden() {
    insta::with_settings!({
        snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true
    }, {
        insta::assert_snapshot!("report_json_single", json::render(&fold(&single()), &Options::default()));
        insta::assert_snapshot!("report_json_unreachable", json::render(&fold(&unreachable()), &Options::default()));
        insta::assert_snapshot!("report_ndjson", single().iter().map(ndjson::line).collect::<String>());
    });
}
