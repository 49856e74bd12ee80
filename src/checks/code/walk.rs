//! Following cursors: each is taken, none leads back, and the pages come to an end.

use serde_json::{Value, json};

use crate::{
    checks::{Judgement, brief},
    model::{Finding, Severity, Skip},
    session::{Answer, List, Session},
    wire::Mark,
};

/// How many pages a list may have before it counts as endless.
const PAGES: usize = 1000;

pub(super) async fn judge(session: &mut Session) -> Judgement {
    let mut judgement = Judgement::default();
    for list in List::ALL {
        walk(session, list, &mut judgement).await;
    }
    if judgement.judged == 0 {
        judgement.skip = Some((Skip::NotApplicable, "it has no list".to_owned()));
    }
    judgement
}

/// One list, page by page.
async fn walk(session: &mut Session, list: List, judgement: &mut Judgement) {
    let Answer::Result(mut page) = session.ask(list.method(), None).await else {
        return;
    };
    judgement.judged += 1;
    let mut cursors: Vec<Value> = Vec::new();
    while let Some(cursor) = page.get("nextCursor").filter(|cursor| cursor.is_string()).cloned() {
        let from = session.mark();
        judgement.judged += 1;
        let repeated = cursors.contains(&cursor);
        cursors.push(cursor.clone());
        let answer = session.ask(list.method(), Some(json!({ "cursor": cursor }))).await;
        let Answer::Result(next) = answer else {
            let got = format!("{} for the cursor {}", brief(&answer.subject()), brief(&cursor));
            judgement.find(finding(session, from, list, Severity::Fail, "the next page", got, REFUSED));
            return;
        };
        let same = next.get(list.member()) == page.get(list.member());
        if (repeated && same) || cursors.len() > PAGES {
            let got = format!("the cursor {} again, after {} pages", brief(&cursor), cursors.len());
            judgement.find(finding(session, from, list, Severity::Fail, "an end of the list", got, ENDLESS));
            return;
        }
        if same && next.get(list.member()).and_then(Value::as_array).is_some_and(|items| !items.is_empty()) {
            let got = "the same page again".to_owned();
            judgement.find(finding(session, from, list, Severity::Warn, "the items behind the cursor", got, OVERLAP));
        }
        page = next;
    }
}

const REFUSED: &str = "a cursor that was just given is refused, so nobody sees what comes behind it";
const ENDLESS: &str = "a client that follows the cursors never comes to an end";
const OVERLAP: &str = "a page begins behind the position of its cursor";

fn finding(
    session: &Session,
    from: Mark,
    list: List,
    severity: Severity,
    expected: &str,
    got: String,
    because: &str,
) -> Finding {
    Finding {
        severity,
        expected: expected.to_owned(),
        got,
        because: because.to_owned(),
        place: list.method().to_owned(),
        count: 1,
        transcript: session.since(from),
    }
}
