//! Structured content is there as text as well: some block of text parses to the same value.

use serde_json::{Value, json};

use super::Terms;
use crate::{
    checks::{Judgement, brief},
    model::{Finding, Skip},
    session::Session,
};

pub(super) async fn judge(session: &mut Session, terms: Terms<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for call in terms.calls {
        let params = json!({ "name": call["tool"]["name"], "arguments": call["arguments"] });
        let from = session.mark();
        let answer = session.ask("tools/call", Some(params)).await;
        let Some((result, structured)) = answer
            .result()
            .and_then(|result| Some((result, result.get("structuredContent")?)))
        else {
            continue;
        };
        judgement.judged += 1;
        if !texts(result)
            .any(|text| serde_json::from_str(text).is_ok_and(|value: Value| value == *structured))
        {
            judgement.find(Finding {
                severity: terms.level.severity(),
                expected: format!("a block of text with {}", brief(structured)),
                got: brief(&result["content"]),
                because: "clients that do not know structured content see something else, or nothing"
                    .to_owned(),
                place: call["tool"]["name"].as_str().unwrap_or_default().to_owned(),
                count: 1,
                transcript: session.since(from),
            });
        }
    }
    if judgement.judged == 0 {
        judgement.skip = Some((
            Skip::NotExercised,
            "no tool that may be called gave structured content".to_owned(),
        ));
    }
    judgement
}

fn texts(result: &Value) -> impl Iterator<Item = &str> {
    let blocks = result
        .get("content")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    blocks.filter_map(|block| block.get("text")?.as_str())
}
