//! A finding as a suite file: `mcp-litmus run` fails on it until the bug is fixed.

use std::hash::{DefaultHasher, Hash, Hasher};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    case::{Case, Stage},
    frame::{Asks, Frame, Then},
    leakage,
    offence::Offence,
    trial::Pace,
    yaml,
};
use crate::model::{Excerpt, Revision, campaign::Kind};

/// The first id in a file; those of the session are below it.
const FIRST_ID: u64 = 1001;

/// What a reproducer is made from.
pub struct Exhibit<'a> {
    /// What happens.
    pub offence: &'a Offence,
    /// What shows it.
    pub case: &'a Case,
    /// How it is played.
    pub pace: Pace,
    /// Where it belongs.
    pub place: &'a str,
    /// The revision that was spoken.
    pub revision: Revision,
    /// Whether that was over HTTP.
    pub over_http: bool,
    /// The conversation.
    pub transcript: &'a [Excerpt],
    /// The last lines of stderr.
    pub stderr: &'a [String],
    /// The command that found it, to be told in the file.
    pub seed: u64,
}

impl Exhibit<'_> {
    /// A name for the file, the same each time that it is found.
    pub fn name(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self.offence.kind.name(), &self.offence.key, self.place).hash(&mut hasher);
        let words = self.place.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.take(5).map(str::to_lowercase).collect();
        let slug: String = words.join("-").chars().take(40).collect();
        format!("{}-{slug}-{:06x}", self.offence.kind, hasher.finish() & 0xff_ffff).replace("--", "-")
    }

    /// The whole file.
    pub fn text(&self) -> String {
        let watches = match &self.offence.check {
            Some(check) => format!("watches = [\"{check}\"]\n"),
            None => String::new(),
        };
        let about = format!("A {} that fuzzing found", self.offence.kind);
        let transports = if self.over_http { "" } else { "transports = [\"stdio\"]\n" };
        let (title, why) = (prose(&self.offence.title, 150), prose(&self.offence.because, 300));
        let session = if self.case.stage == Stage::Bare { "bare" } else { "fresh" };
        format!(
            "+++\nabout = \"{about}\"\n{transports}{watches}+++\n\n# Found by `mcp-litmus fuzz --seed {}`\n\n## {}: {title}\n{}\n{}\
             ```yaml check\nlevel: MUST\nrevisions: \"{}\"\nsession: {session}\nsteps:\n{}```\n",
            self.seed,
            self.offence.kind,
            if why.is_empty() { "What leads to it is below; what was said is in the comment.".to_owned() } else { why },
            self.evidence(),
            self.revision,
            self.steps(),
        )
    }

    /// The conversation as a comment.
    fn evidence(&self) -> String {
        let said = self.transcript.iter().rev().take(20).rev();
        let said = said.map(|line| {
            format!("    {:8} {}\n", format!("{:?}", line.direction).to_lowercase(), prose(&line.text, 300))
        });
        let stderr = self.stderr.iter().rev().take(10).rev().map(|line| format!("    stderr   {}\n", prose(line, 300)));
        let lines: String = said.chain(stderr).collect();
        if lines.is_empty() { String::new() } else { format!("\n<!--\n{lines}-->\n\n") }
    }

    fn steps(&self) -> String {
        let mut steps = String::new();
        match (self.pace, &self.offence.check) {
            (Pace::Bulk, None) => steps.push_str(&self.all_at_once()),
            _ => self.case.frames.iter().enumerate().for_each(|(place, frame)| self.step(place, frame, &mut steps)),
        }
        steps.push_str(&self.verdict());
        steps
    }

    fn all_at_once(&self) -> String {
        let mut bytes = Vec::new();
        self.case.frames.iter().for_each(|frame| frame.write(FIRST_ID, &mut bytes));
        let id = self.asked().map(|place| format!("    id: {}\n    as: f{place}\n", FIRST_ID + place as u64));
        raw(&bytes, &id.unwrap_or_default())
    }

    fn step(&self, place: usize, frame: &Frame, steps: &mut String) {
        let mut bytes = Vec::new();
        frame.write(FIRST_ID, &mut bytes);
        steps.push_str(&match &frame.asks {
            Asks::Answer { method, id: None, place: at, .. } => {
                let id = FIRST_ID + at;
                let sent = serde_json::from_slice(&bytes).ok().filter(|_| self.offence.check.is_some());
                sent.and_then(|sent: Value| send(method, &sent, id, place))
                    .unwrap_or_else(|| raw(&bytes, &format!("    id: {id}\n    as: f{place}\n")))
            }
            _ => raw(&bytes, &format!("    as: f{place}\n")),
        });
        match frame.then {
            Then::Settle => steps.push_str("  - wait: quiet\n"),
            Then::Flush => steps.push_str("  - wait: 5ms\n"),
            Then::Close => steps.push_str("  - close: stdin\n"),
            Then::Go => {}
        }
    }

    /// The place of the request that the verdict is about.
    fn asked(&self) -> Option<usize> {
        self.case.frames.iter().rposition(|frame| matches!(frame.asks, Asks::Answer { id: None, .. }))
    }

    fn verdict(&self) -> String {
        let closes = self.case.frames.last().is_some_and(|frame| frame.then == Then::Close);
        let key = self.offence.key.as_str();
        match self.offence.kind {
            Kind::Crash if closes => {
                expect("exit", &[("pass", "{ exit: { code: 0 } }", ""), ("fail", "{}", "it crashed")])
            }
            Kind::Hang if key.starts_with("request:") => {
                let arms = [
                    ("pass", "{ result: {} }", ""),
                    ("pass", "{ error: {} }", ""),
                    ("fail", "{ silence: true }", "it stays without an answer"),
                    ("fail", "{ closed: true }", "the server is gone"),
                ];
                expect(&format!("f{}", self.asked().unwrap_or_default()), &arms)
            }
            Kind::Violation if key.starts_with("state:") => self.control(key.trim_start_matches("state:")),
            Kind::Leakage => {
                let pattern = yaml::text(&leak_pattern(key));
                let arms = [
                    ("fail", format!("{{ $within: {{ $re: {pattern} }} }}"), "it says what it should keep"),
                    ("pass", "{}".to_owned(), ""),
                ];
                let arms: Vec<_> = arms.iter().map(|(word, arm, why)| (*word, arm.as_str(), *why)).collect();
                expect(&format!("f{}", self.asked().unwrap_or_default()), &arms)
            }
            Kind::Leak => expect(
                "memory",
                &[("pass", "{ mebibytes: { $max: 200 } }", ""), ("fail", "{}", "its memory grows with each request")],
            ),
            Kind::Violation if self.offence.check.is_none() => expect(
                &format!("f{}", self.case.frames.len().saturating_sub(1)),
                &[("pass", "{ silence: true }", ""), ("fail", "{}", "nothing asks for an answer here")],
            ),
            _ => "  - alive: the server has to survive this, and go on\n".to_owned(),
        }
    }

    /// The ordinary request that does not work any more.
    fn control(&self, place: &str) -> String {
        let (method, name) = place.split_once(':').unwrap_or((place, ""));
        let params = self.control_params(name);
        let full = match method {
            "tools/list" => "{ tools: { $len: { $min: 1 } } }",
            "prompts/list" => "{ prompts: { $len: { $min: 1 } } }",
            "resources/list" => "{ resources: { $len: { $min: 1 } } }",
            _ => "{ isError: { $not: true } }",
        };
        let arm = if method.ends_with("/call") { "{}" } else { full };
        format!(
            "  - send: {method}\n{params}    as: control\n{}",
            expect(
                "control",
                &[
                    ("fail", "{ result: { isError: true } }", "it worked before"),
                    ("pass", &format!("{{ result: {arm} }}"), ""),
                    ("fail", "{}", "it worked before")
                ]
            )
        )
    }

    fn control_params(&self, name: &str) -> String {
        if name.is_empty() {
            return String::new();
        }
        let said = self.transcript.iter().rev().filter_map(|line| serde_json::from_str::<Value>(&line.text).ok());
        let call = said.filter_map(|message| message.get("params").cloned());
        let params = call.into_iter().find(|params| params.get("name") == Some(&json!(name)));
        let params = params.unwrap_or_else(|| json!({ "name": name, "arguments": {} }));
        format!("    params: {}\n", yaml::value(&params))
    }
}

fn leak_pattern(key: &str) -> String {
    match key {
        "path" => r"(/home/|/Users/|/root/|Users\\)".to_owned(),
        "environment" => "litmus-canary".to_owned(),
        "secret" => leakage::SECRET.to_owned(),
        _ => r"(line \d+|:\d+:\d+|panicked at|goroutine|\.(java|kt|scala|cs|rb|go):)".to_owned(),
    }
}

fn expect(of: &str, arms: &[(&str, &str, &str)]) -> String {
    let arms = arms.iter().map(|(word, pattern, because)| {
        let because = if because.is_empty() { String::new() } else { format!("        because: {because}\n") };
        format!("      - {word}: {pattern}\n{because}")
    });
    format!("  - expect:\n{}    of: {of}\n", arms.collect::<String>())
}

/// A message that the session sends.
fn send(method: &str, sent: &Value, id: u64, place: usize) -> Option<String> {
    let params = match sent.get("params") {
        Some(params) if yaml::is_faithful(params) => format!("    params: {}\n", yaml::value(params)),
        Some(_) => return None,
        None => String::new(),
    };
    let method = yaml::text(method);
    if method.contains("{{") || params.contains("{{") {
        return None;
    }
    Some(format!("  - send: {method}\n{params}    id: {id}\n    meta: none\n    malformed: true\n    as: f{place}\n"))
}

/// Bytes as they are.
fn raw(bytes: &[u8], rest: &str) -> String {
    let readable = std::str::from_utf8(bytes).ok().and_then(|text| text.strip_suffix('\n'));
    let readable =
        readable.filter(|text| text.len() < 4096 && !text.contains("{{") && !text.contains(char::is_control));
    match readable {
        Some(text) => format!("  - raw: {}\n{rest}", yaml::text(text)),
        None => format!("  - raw: {{ base64: \"{}\" }}\n    newline: false\n{rest}", STANDARD.encode(bytes)),
    }
}

/// A text in one line that no Markdown and no terminal stumbles over.
fn prose(text: &str, most: usize) -> String {
    let line: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(most).collect();
    line.replace("-->", "- ->").replace('`', "'").trim().to_owned()
}
