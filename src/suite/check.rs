//! What a suite file says, once it has been read.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Arm, Example, Pattern, Step};
use crate::model::CheckInfo;

/// A chapter: checks that belong together.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The first half of the ids of its checks.
    pub name: String,
    /// The path, as the user would open it.
    pub file: Arc<str>,
    /// What it is about, in one line.
    pub about: String,
    /// Built-in watches that judge the conversations of its checks as well, by name.
    pub watches: Vec<String>,
    /// Its sections, in the order of the file.
    pub checks: Vec<Check>,
}

/// A section of a chapter.
#[derive(Clone, Debug)]
pub struct Check {
    /// What the catalogue says.
    pub info: CheckInfo,
    /// The process that it speaks to.
    pub session: SessionKind,
    /// The client capabilities to declare instead of the standard ones.
    pub client: Option<Value>,
    /// How it judges.
    pub body: Body,
    /// Servers that it must judge as they say.
    pub examples: Vec<Example>,
}

/// The process that a check speaks to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// The live session of the run.
    #[default]
    Shared,
    /// A process of its own, after the handshake.
    Fresh,
    /// A process of its own and no handshake.
    Bare,
    /// A process without a handshake that may have heard other things before. What does not pass is tried again on a
    /// new one.
    Spare,
}

/// How a check judges.
#[derive(Clone, Debug)]
pub enum Body {
    /// By playing these steps.
    Script(Vec<Step>),
    /// By the Rust function of this name.
    Code(String),
    /// By looking at the traffic of the whole run.
    Watch(Watch),
}

/// Judges all traffic of a run.
#[derive(Clone, Debug)]
pub struct Watch {
    /// What it looks at.
    pub on: WatchOn,
    /// Which of these it judges; all when absent.
    pub only: Option<Pattern>,
    /// The types and formats of the description of messages whose problems are its own.
    pub shapes: Vec<String>,
    /// How it judges besides: by the first arm that fits.
    pub arms: Vec<Arm>,
}

/// What a watch looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WatchOn {
    /// Each message of the server.
    Message,
    /// Each line of stdout.
    Line,
    /// Each exchange over HTTP, when it is over.
    Http,
    /// The end of every process that was closed in an orderly way.
    Exit,
    /// Each message of our own, unless a step says that it is malformed. What is wrong with it is our mistake.
    Sent,
}
