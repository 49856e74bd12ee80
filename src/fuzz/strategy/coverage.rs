//! What holds for every strategy, and that each of the known ways to make trouble is taken.

use fastrand::Rng;

use super::*;
use crate::fuzz::dictionary::Dictionary;

fn words() -> Dictionary {
    let mut words = Dictionary::default();
    words.learn_quoted("missing key 'depth'; one of: alpha, beta; no tool 'wipe'");
    words
}

/// So many cases of some strategies in turn, with a corpus that grows.
fn cases(strategies: &[&'static Strategy], seed: u64, many: usize) -> Vec<Case> {
    let (ground, words, mut rng) = (yard::ground(), words(), Rng::with_seed(seed));
    let mut made: Vec<Case> = Vec::new();
    for turn in 0..many {
        let corpus = made.get(..made.len().min(50)).unwrap_or_default();
        let palette = Palette { ground: &ground, words: &words, corpus };
        let strategy = strategies[turn % strategies.len()];
        let case = (strategy.make)(&palette, &mut rng);
        made.extend(case);
    }
    made
}

fn all() -> Vec<&'static Strategy> {
    STRATEGIES.iter().collect()
}

#[test]
fn every_strategy_makes_cases() {
    for strategy in STRATEGIES {
        let made = cases(&[strategy], 5, 1000);
        assert!(made.len() > 500, "{}: {}", strategy.name, made.len());
        assert!(made.iter().all(|case| case.strategy == strategy.name), "{}", strategy.name);
    }
}

#[test]
fn the_same_seed_makes_the_same_cases() {
    assert_eq!(cases(&all(), 11, 700), cases(&all(), 11, 700));
    assert_ne!(cases(&all(), 11, 700), cases(&all(), 12, 700));
}

#[test]
fn cases_are_bounded_and_end_where_the_next_begins() {
    for case in cases(&all(), 3, 5000) {
        assert!(!case.frames.is_empty() && case.frames.len() <= 200, "{}", case.strategy);
        assert!(case.size() <= LARGEST);
        let closes = case.frames.iter().any(|frame| frame.then == Then::Close);
        let ends = case.frames.last().is_some_and(|frame| frame.bytes.ends_with(b"\n"));
        assert!(case.stage != Stage::Shared || (ends && !closes), "{case:?}");
    }
}

/// The calls that a strict parser sees; the guard itself is tested with what a lenient one would.
#[test]
fn nothing_forbidden_is_called() {
    let ground = yard::ground();
    for frame in cases(&all(), 8, 20_000).iter().flat_map(|case| &case.frames) {
        let Some(message) = frame.message().filter(|message| message["method"] == "tools/call") else { continue };
        let name = message["params"]["name"].as_str().unwrap_or_default();
        assert!(ground.may_call(name), "{message}");
    }
}

/// Each with a text that says that it has happened.
const TRIGGERS: &[(&str, &[u8])] = &[
    ("crlf", b"}\r\n"),
    ("byte order mark", b"\xef\xbb\xbf{"),
    ("line separator", b"\xe2\x80\xa8"),
    ("next line", b"\xc2\x85"),
    ("invalid utf-8", b"\xff"),
    ("nul", b"\0"),
    ("escaped nul", b"\\u0000"),
    ("content length", b"Content-Length:"),
    ("comment", b"/*"),
    ("trailing comma", b",}"),
    ("two on a line", b"}{\"jsonrpc\""),
    ("lone surrogate", b"\\ud83d\""),
    ("id null", b"\"id\":null"),
    ("id float", b"\"id\":1.5"),
    ("id above 2^53", b"\"id\":9007199254740993"),
    ("id list", b"\"id\":[]"),
    ("id above 2^64", b"\"id\":18446744073709551616"),
    ("empty id", b"\"id\":\"\""),
    ("id bool", b"\"id\":true"),
    ("id object", b"\"id\":{}"),
    ("id infinite", b"\"id\":1e400"),
    ("version", b"\"jsonrpc\":\"1.0\""),
    ("version number", b"\"jsonrpc\":2"),
    ("method null", b"\"method\":null"),
    ("params list", b"\"params\":[1]"),
    ("params text", b"\"params\":\"text\""),
    ("batch", b"[{\"jsonrpc\""),
    ("empty batch", b"[]\n"),
    ("deep list", b"[[[[[[[[[[[[[[[[[[[["),
    ("deep object", b"{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":"),
    ("result", b"\"result\":"),
    ("error", b"\"error\":"),
    ("proto", b"\"__proto__\""),
    ("constructor", b"\"constructor\""),
    ("infinite", b":1e999"),
    ("above 2^63", b":9223372036854775808"),
    ("arguments null", b"\"arguments\":null"),
    ("arguments list", b"\"arguments\":[]"),
    ("arguments text", b"\"arguments\":\"\""),
    ("format", b"%s%s"),
    ("path", b"/etc/passwd"),
    ("pattern", b"(a+)+$"),
    ("bomb", b"aaaaaaaaaaaaaaaaaaaaaaaa!"),
    ("query", b"' OR '1'='1"),
    ("template", b"{{7*7}}"),
    ("date", b"2023-02-30"),
    ("leap second", b"23:59:60"),
    ("combining", b"e\xcc\x81"),
    ("backwards", b"\xe2\x80\xae"),
    ("no width", b"\xe2\x80\x8b"),
    ("word", b"\"depth\""),
    ("word of an error", b"\"alpha\""),
    ("cursor", b"\"cursor\":"),
    ("level", b"\"level\":\"DEBUG\""),
    ("state", b"\"requestState\":"),
    ("responses", b"\"inputResponses\":"),
    ("token", b"\"progressToken\":"),
    ("task", b"\"taskId\":"),
    ("future", b"2099-01-01"),
    ("reference", b"\"ref/tool\""),
    ("cancel", b"notifications/cancelled"),
    ("discover", b"server/discover"),
    ("listen", b"subscriptions/listen"),
    ("sampling", b"sampling/createMessage"),
    ("same id", b"\"id\":\"same\""),
    ("initialize", b"\"initialize\""),
    ("template filled", b"demo://"),
    ("case", b"TOOLS/CALL"),
    ("long", &[b'x'; 60_000]),
];

#[test]
fn every_trigger_is_pulled() {
    let made = cases(&all(), 1, 20_000);
    let has = |text: &[u8]| {
        let in_frame = |bytes: &[u8]| memory_find(bytes, text);
        made.iter().flat_map(|case| &case.frames).any(|frame| in_frame(&frame.bytes))
    };
    let missing: Vec<&str> = TRIGGERS.iter().filter(|(_, text)| !has(text)).map(|(name, _)| *name).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let some = |is: &dyn Fn(&Case) -> bool| made.iter().any(is);
    assert!(some(&|case| case.frames.len() >= 50 && case.strategy == "ordering"), "fifty at once");
    assert!(some(&|case| case.frames.len() == 200), "very often");
    assert!(some(&|case| case.size() > 1_000_000), "a megabyte");
    for stage in [Stage::Shared, Stage::Fresh, Stage::Bare] {
        assert!(some(&|case| case.stage == stage), "{stage:?}");
    }
    for then in [Then::Go, Then::Flush, Then::Settle, Then::Close] {
        assert!(some(&|case| case.frames.iter().any(|frame| frame.then == then)), "{then:?}");
    }
}

fn memory_find(bytes: &[u8], text: &[u8]) -> bool {
    let Some(first) = text.first() else { return true };
    let starts = bytes.iter().enumerate().filter(|(_, byte)| *byte == first);
    starts.take(200_000).any(|(at, _)| bytes.get(at..).is_some_and(|rest| rest.starts_with(text)))
}
