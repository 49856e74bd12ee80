//! What a line of a file holds: messages as they were said, or events of ours, which tell who said them.

use crate::{
    model::{Direction, Excerpt, Revision, RunEvent},
    schema::{Problem, Side},
    wire::{Line, LineDecoder, Message},
};

use super::{
    flaws::{flaw, flaws},
    source::longest,
};

/// One thing that a line holds.
pub(super) struct Unit {
    /// Who said it, where that is written down.
    pub(super) from: Option<Side>,
    /// In which of the conversations of a run; empty where there is only one.
    pub(super) session: String,
    /// What it is.
    pub(super) what: Content,
}

/// What a unit is.
pub(super) enum Content {
    /// A message.
    Message(Box<Message>),
    /// Something that is wrong with the line.
    Flaw(Problem),
    /// A run in this revision begins.
    Run(Revision),
    /// A message that the events hold only the beginning of.
    Cut,
}

/// What a line holds.
pub(super) fn units(line: Line) -> Vec<Unit> {
    match line.messages.first().filter(|_| line.messages.len() == 1).and_then(event) {
        Some(event) => read(event),
        None => said(None, "", line),
    }
}

/// An event of ours: an object that says so, and is no message.
fn event(message: &Message) -> Option<Result<RunEvent, String>> {
    let kind = message.value.get("event")?.as_str()?;
    let is_event = !message.is_valid() && RunEvent::KINDS.contains(&kind);
    is_event.then(|| serde_json::from_value(message.value.clone()).map_err(|error| error.to_string()))
}

fn read(event: Result<RunEvent, String>) -> Vec<Unit> {
    let unit = |what| vec![Unit { from: None, session: String::new(), what }];
    match event {
        Ok(RunEvent::Wire { session, line }) => wire(&session, &line),
        Ok(RunEvent::RunStarted(run)) => unit(Content::Run(run.revision)),
        Ok(_) => Vec::new(),
        Err(why) => unit(Content::Flaw(flaw(crate::model::Severity::Fail, "event", format!("not an event: {why}")))),
    }
}

fn wire(session: &str, line: &Excerpt) -> Vec<Unit> {
    let from = match line.direction {
        Direction::Sent => Side::Client,
        Direction::Received => Side::Server,
        Direction::Stderr | Direction::Event => return Vec::new(),
    };
    if line.text.ends_with(" bytes)") && line.text.contains("… (") {
        return vec![Unit { from: Some(from), session: session.to_owned(), what: Content::Cut }];
    }
    let mut decoder = LineDecoder::new(longest());
    let lines = decoder.push(line.text.as_bytes()).into_iter().chain(decoder.finish());
    lines.flat_map(|line| said(Some(from), session, line)).collect()
}

fn said(from: Option<Side>, session: &str, line: Line) -> Vec<Unit> {
    let flaws = flaws(&line).into_iter().map(Content::Flaw);
    let messages = line.messages.into_iter().map(|message| Content::Message(Box::new(message)));
    flaws.chain(messages).map(|what| Unit { from, session: session.to_owned(), what }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn of(value: &Value) -> Vec<Unit> {
        let mut decoder = LineDecoder::new(longest());
        decoder.push(format!("{value}\n").as_bytes()).into_iter().flat_map(units).collect()
    }

    fn wired(direction: &str, text: &str) -> Vec<Unit> {
        of(&json!({ "event": "wire", "session": "main", "line": { "at_us": 1, "direction": direction, "text": text } }))
    }

    #[test]
    fn events_tell_who_said_what() {
        let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
        for (direction, side) in [("sent", Side::Client), ("received", Side::Server)] {
            let units = wired(direction, ping);
            assert_eq!((units.len(), units[0].from, units[0].session.as_str()), (1, Some(side), "main"));
            assert!(matches!(units[0].what, Content::Message(_)));
        }
        assert!(wired("stderr", ping).is_empty());
        assert!(matches!(wired("received", "{\"a\":… (5 of 90 bytes)")[0].what, Content::Cut));
        assert!(matches!(wired("received", "log")[0].what, Content::Flaw(_)));
        assert!(matches!(of(&json!({ "event": "wire" }))[0].what, Content::Flaw(_)));
    }

    #[test]
    fn a_message_with_a_member_of_that_name_is_a_message() {
        let units = of(&json!({ "jsonrpc": "2.0", "method": "a", "event": "wire" }));
        assert!(matches!(units[0].what, Content::Message(_)) && units.len() == 1);
    }
}
