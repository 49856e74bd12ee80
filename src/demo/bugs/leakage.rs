//! Words in errors that no stranger should read.

use super::{Bug, act::Act, arrival::Arrival};
use crate::demo::{failure::Cause, tools::Said};

const STACK: &str = "TypeError: Cannot read properties of undefined (reading 'name')\n    at renderPrompt (/srv/app/src/prompts/render.ts:42:17)\n    at Server.handle (/srv/app/node_modules/mcp/dist/server.js:108:9)";
const PATH: &str = "ENOENT: no such file or directory, open '/home/deploy/mcp-server/data/notes.txt'";
const SECRET: &str = "upstream refused: DATABASE_URL=postgres://admin:correct-horse@db.internal:5432/app";
const TRACE: &str = "Traceback (most recent call last):\n  File \"/home/deploy/mcp-server/tools/fail.py\", line 12, in run\n    print(message)\nUnicodeEncodeError: 'latin-1' codec can't encode character";
const ASTRAL: char = '\u{10000}';

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival) -> Act {
    if !arrival.is_request() {
        return Act::Go;
    }
    let params = arrival.message.get("params");
    match bug {
        Bug::StackTrace if arrival.method() == "prompts/get" => {
            let arguments = params.and_then(|params| params.get("arguments"));
            tell(arrival, arguments.is_some_and(|arguments| !arguments.is_object()), STACK)
        }
        Bug::HomePath if arrival.method() == "resources/read" => {
            let climbs = arrival.param("uri").as_str().is_some_and(|uri| uri.contains("../"));
            tell(arrival, climbs, PATH)
        }
        Bug::Secret if arrival.method() == "completion/complete" => {
            let reference = params.and_then(|params| params.get("ref"));
            tell(arrival, reference.is_some_and(serde_json::Value::is_null), SECRET)
        }
        Bug::EmojiTrace => match arrival.text("fail", "message") {
            Some(message) if message.contains(|c| c >= ASTRAL) => Act::Say(arrival.said(Said::failed(TRACE))),
            _ => Act::Go,
        },
        _ => Act::Go,
    }
}

fn tell(arrival: &Arrival, when: bool, words: &str) -> Act {
    if when { Act::Say(arrival.refusal(Cause::Busy, words)) } else { Act::Go }
}
