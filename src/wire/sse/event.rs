//! One event of a stream: the lines between two blank ones.

use super::SseDefect;

/// One event, or a block of comments, which has comments and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// The value of its last `event`; clients take none and an empty one for `message`.
    pub name: Option<String>,
    /// The values of its `data`, a line each; nothing when there is no such field.
    pub data: Option<String>,
    /// The value of its last `id`.
    pub id: Option<String>,
    /// The value of its last `retry`: digits.
    pub retry: Option<String>,
    /// How many lines are comments.
    pub comments: usize,
    /// Its lines as they came, without the blank one; cut at the limit.
    pub bytes: Vec<u8>,
    /// What is wrong with it.
    pub defects: Vec<SseDefect>,
}
