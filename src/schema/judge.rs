//! Judging whole messages: which description a message has to meet follows from what it is, and from what was asked.

use super::{edition::Subject, language::Side, problem::Problem, validators::Validators};
use crate::{
    model::Revision,
    wire::{Kind, Message},
};

/// What came of holding a message against its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It was held against a description, with these problems.
    As(Subject, Vec<Problem>),
    /// Nothing describes it; the reason.
    Unknown(String),
}

impl Judged {
    /// The problems of a message that something describes.
    pub fn problems(self) -> Option<Vec<Problem>> {
        match self {
            Self::As(_, problems) => Some(problems),
            Self::Unknown(_) => None,
        }
    }
}

/// Judge a single message (a batch is judged member by member). `asked` is the method of the request that it answers,
/// where that is known.
pub fn judge(revision: Revision, from: Side, message: &Message, asked: Option<&str>) -> Judged {
    let validators = Validators::of(revision);
    let subject = match &message.kind {
        Kind::Request { method, .. } | Kind::Notification { method } => {
            if !validators.edition().says(from, method) {
                return Judged::Unknown(format!("{revision} has no method {method:?} for this side"));
            }
            Subject::Call(method.clone())
        }
        Kind::Result { .. } => Subject::answer(asked.map(str::to_owned)),
        Kind::Error { .. } => Subject::Error,
        Kind::Batch(_) => return Judged::Unknown("the members of a batch are judged one by one".to_owned()),
        Kind::Invalid(why) => return Judged::Unknown((*why).to_owned()),
    };
    match validators.problems(&subject, &message.value) {
        Some(problems) => Judged::As(subject, problems),
        None => Judged::Unknown(format!("{revision} does not describe the answer to {:?}", asked.unwrap_or_default())),
    }
}
