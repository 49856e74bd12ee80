//! A line of a megabyte is a message like any other.

use serde_json::json;

use crate::{
    checks::{Judgement, brief},
    model::{Era, Finding, Level},
    session::{Answer, Meta, Session},
};

const MEGABYTE: usize = 1 << 20;

pub(super) async fn judge(session: &mut Session, level: Level) -> Judgement {
    let method = if session.revision().era() == Era::Modern { "server/discover" } else { "ping" };
    let padding = Meta::Merge(json!({ "com.example/padding": "x".repeat(MEGABYTE) }));
    let from = session.mark();
    let ticket = session.send(method, None, &padding, None).await;
    let within = session.patience();
    let answer = session.answer(&ticket, within).await;
    let mut judgement = Judgement { judged: 1, ..Judgement::default() };
    if answer.result().is_none() || session.alive().await.result().is_none() {
        judgement.find(Finding {
            severity: level.severity(),
            expected: format!("a result for a `{method}` of a megabyte, and for the next one"),
            got: match answer {
                Answer::Result(_) => "no answer to the next request".to_owned(),
                answer => brief(&answer.subject()),
            },
            because: "documents and images travel as arguments, and nothing limits a line".to_owned(),
            place: method.to_owned(),
            count: 1,
            transcript: session.since(from).into_iter().map(shortened).collect(),
        });
    }
    judgement
}

/// Nobody needs to see the padding.
fn shortened(mut line: crate::model::Excerpt) -> crate::model::Excerpt {
    if let Some((end, _)) = line.text.char_indices().nth(400) {
        line.text.truncate(end);
        line.text.push('…');
    }
    line
}
