//! Any text of a server in every report: nothing that deceives is left, and a reader reads what was meant.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::{
    model::{CheckResult, Finding, Level, Revision, Severity, Source, Verdict},
    report::{
        Options, Record, console,
        escape::{deceives, json, visible},
        junit,
    },
};
use quick_xml::{Reader, XmlVersion, events::Event};

/// The text in every place of a report that a server can write to.
fn record(text: &str) -> Record {
    let own = || text.to_owned();
    let finding = Finding {
        severity: Severity::Fail,
        expected: own(),
        got: own(),
        because: own(),
        place: own(),
        count: 1,
        transcript: Vec::new(),
    };
    let result = CheckResult {
        check: "fuzz/escape".into(),
        title: own(),
        level: Level::Must,
        verdict: Verdict::Fail,
        reason: own(),
        skip: None,
        revision: Revision::V2025_11_25,
        transport: own(),
        duration_ms: 1.0,
        judged: 1,
        findings: vec![finding],
        spec: None,
        source: Source { file: "fuzz.md".into(), line: 1 },
    };
    Record { target: own(), results: vec![result], ..Record::default() }
}

/// Whether a document may hold it: XML 1.0, section 2.2, without what we promise to write out.
fn is_honest(document: &str) -> bool {
    document.chars().all(|c| c == '\n' || !deceives(c))
}

/// The value of a property, as a reader of XML reads it. Panics when this is no XML.
fn property(document: &str, wanted: &str) -> Option<String> {
    let mut reader = Reader::from_str(document);
    let mut found = None;
    loop {
        match reader.read_event().expect("every report is well-formed") {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) => {
                let read = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
                    let attribute = attribute.expect("attributes are well-formed");
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("entities are known");
                    (attribute.key.as_ref().to_vec(), value.into_owned())
                };
                let pairs: Vec<_> = tag.attributes().map(read).collect();
                let get = |name: &[u8]| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value);
                if get(b"name").is_some_and(|name| name == wanted) {
                    found = found.or(get(b"value").cloned());
                }
            }
            _ => {}
        }
    }
}

fuzz_target!(|input: (u8, &str)| {
    let (which, text) = input;
    let seen = visible(text);
    assert!(!seen.contains(deceives) && !seen.contains('\u{1b}'), "{seen:?}");
    assert_eq!(visible(&seen), seen, "what is harmless stays as it is");
    match which % 8 {
        0 => {
            let document = junit::render(&record(text), &Options::default());
            assert!(is_honest(&document), "{document:?}");
            assert_eq!(property(&document, "target").as_deref(), Some(&*seen));
        }
        1 => assert!(is_honest(&console::render(&record(text), &Options::default()))),
        _ => {
            let document = json(&serde_json::to_string(text).expect("texts are JSON"));
            assert!(is_honest(&document), "{document:?}");
            assert_eq!(serde_json::from_str::<String>(&document).expect("it is still JSON"), text);
        }
    }
});
