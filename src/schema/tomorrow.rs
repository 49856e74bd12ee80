//! A revision that is yet to come: what it needs is the description of what is new, and its date.

use serde_json::{Value, json};

use super::{
    edition::{Edition, Subject},
    inventory::subjects,
    language::{
        Method, Side, Type, V2026_07_28, list, map, may, must, notification, object, request, text, word, words,
    },
    messages::METHODS,
    validators::Validators,
};
use crate::model::Revision;

const DATE: &str = "2031-01-01";

static TEXT: Type = text(&[]);
static MOOD: Type =
    words("Mood", "how a server feels", &[word("fine"), word("tired"), word("lost").since("2031-06-01")]);
static MOODS: Type = object(
    "ListMoodsResult",
    "how a server has felt",
    &[must("moods", &list(&MOOD)), may("because", &map(&TEXT)).since(DATE), must("since", &TEXT).until(DATE)],
);
static METHODS_OF_TOMORROW: [Method; 2] = [
    request("moods/list", "ListMoodsRequest", &MOODS_PARAMS, &MOODS).since(DATE),
    notification("notifications/moods/changed", "MoodChangedNotification", &MOODS_PARAMS).of_server().since(DATE),
];
static MOODS_PARAMS: Type = object("ListMoodsRequestParams", "which moods are wanted", &[must("since", &TEXT)]);

fn methods() -> Vec<Method> {
    METHODS.iter().chain(&METHODS_OF_TOMORROW).copied().collect()
}

fn flawless(validators: &Validators<'_>, subject: &Subject, value: &Value) -> Option<bool> {
    validators.problems(subject, value).map(|problems| problems.is_empty())
}

#[test]
fn it_inherits_what_was_not_ended() {
    let methods = methods();
    let today = Edition::of(Revision::NEWEST);
    let tomorrow = Edition::new(DATE, &methods);
    let inherited = today.methods().map(|method| method.name);
    assert!(inherited.into_iter().all(|name| tomorrow.method(name).is_some()));
    assert!(tomorrow.method("initialize").is_none());
    for subject in subjects(&today) {
        let retitled = |document: Value| document.to_string().replace(V2026_07_28, DATE);
        // Formats that are named after the revision which made them keep their name.
        let keep = |text: String| text.replace(&format!("meta-key-{V2026_07_28}"), &format!("meta-key-{DATE}"));
        let old = today.document(&subject).map(retitled).map(keep);
        let new = tomorrow.document(&subject).map(retitled).map(keep);
        assert_eq!(new, old, "{subject:?}");
    }
}

#[test]
fn it_has_what_is_new_and_nobody_else_does() {
    let methods = methods();
    let validators = Validators::new(Edition::new(DATE, &methods));
    let before = Validators::new(Edition::new(V2026_07_28, &methods));
    let result = Subject::Result("moods/list".to_owned());
    let answer = |moods: Value| json!({ "jsonrpc": "2.0", "id": 1, "result": moods });
    assert_eq!(flawless(&validators, &result, &answer(json!({ "moods": ["fine"], "because": {} }))), Some(true));
    assert_eq!(flawless(&validators, &result, &answer(json!({ "moods": ["lost"] }))), Some(false));
    assert_eq!(flawless(&validators, &result, &answer(json!({ "moods": [], "because": 5 }))), Some(false));
    assert_eq!(flawless(&before, &result, &answer(json!({ "moods": [] }))), None);
    let said = json!({ "jsonrpc": "2.0", "method": "notifications/moods/changed", "params": { "since": "now" } });
    let changed = Subject::Call("notifications/moods/changed".to_owned());
    assert_eq!(flawless(&validators, &changed, &said), Some(true));
    assert!(validators.edition().says(Side::Server, "notifications/moods/changed"));
}
