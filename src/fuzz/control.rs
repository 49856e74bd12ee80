//! The control conversation: ordinary requests that used to be answered well. When they are not any more, what was
//! said in between has damaged the server.

use std::sync::Arc;

use serde_json::json;

use super::{
    case::Case,
    frame::{Frame, Then},
    ground::Ground,
    judge::Status,
    lane::Outcome,
    offence::Offence,
    silence,
};
use crate::model::campaign::Kind;

/// How many tools are called.
const TOOLS: usize = 8;

/// Ordinary requests, and how they are answered.
#[derive(Clone)]
pub struct Control {
    /// The requests.
    pub case: Arc<Case>,
    expected: Vec<Option<(Status, Option<u64>)>>,
}

impl Control {
    /// What to ask of a server.
    pub fn new(ground: &Ground) -> Self {
        let mut wanted = Vec::new();
        for (capability, method) in
            [("tools", "tools/list"), ("prompts", "prompts/list"), ("resources", "resources/list")]
        {
            if ground.capabilities.get(capability).is_some() {
                wanted.push((method, json!({})));
            }
        }
        for tool in ground.tools.iter().take(TOOLS) {
            if let Some(arguments) = &tool.arguments {
                wanted.push(("tools/call", json!({ "name": tool.name, "arguments": arguments })));
            }
        }
        let frame = |(place, (method, params)): (usize, (&str, _))| {
            Frame::ask(place, method, Some(ground.params(params))).then(Then::Go)
        };
        let frames: Vec<Frame> = wanted.into_iter().enumerate().map(frame).collect();
        let expected = vec![None; frames.len()];
        Self { case: Arc::new(Case::new("control", frames)), expected }
    }

    /// Its requests, each by itself, to see how long it takes.
    pub fn parts(&self) -> Vec<Arc<Case>> {
        let alone = |frame: &Frame| Arc::new(Case::new("control", vec![frame.moved(|_| 0)]));
        self.case.frames.iter().map(alone).collect()
    }

    /// Keep only some of its requests.
    pub fn keep(&mut self, kept: &[bool]) {
        let frames = self.case.frames.iter().zip(kept).filter(|(_, kept)| **kept).map(|(frame, _)| frame);
        let frames: Vec<Frame> = frames.enumerate().map(|(place, frame)| frame.moved(|_| place)).collect();
        self.expected = vec![None; frames.len()];
        self.case = Arc::new(Case::new("control", frames));
    }

    /// Note how they are answered by a fresh server. What differs from one time to the next is not looked at.
    pub fn learn(&mut self, outcome: &Outcome, is_first: bool) {
        for (place, expected) in self.expected.iter_mut().enumerate() {
            let said =
                outcome.said.iter().find(|(at, _)| *at == place).map(|(_, said)| (said.status, Some(said.shape)));
            let good = said.filter(|(status, _)| *status == Status::Result);
            *expected = match (is_first, *expected, good) {
                (true, _, good) => good,
                (false, Some((status, shape)), Some((_, again))) => Some((status, shape.filter(|_| shape == again))),
                _ => None,
            };
        }
    }

    /// What is not any more as it was.
    pub fn damage(&self, outcome: &Outcome) -> Option<(usize, Offence)> {
        for (place, expected) in self.expected.iter().enumerate() {
            let (Some((status, shape)), Some(frame)) = (expected, outcome.case.frames.get(place)) else { continue };
            let Some((_, said)) = outcome.said.iter().find(|(at, _)| *at == place) else { continue };
            let (what, key) = silence::named(frame);
            let is_list = key.ends_with("/list");
            if said.status != *status {
                let title = format!("{what} worked before, and does not any more");
                return Some((place, offence(&key, title)));
            }
            if is_list && shape.is_some_and(|shape| shape != said.shape) {
                return Some((place, offence(&key, format!("{what} does not answer as it did before"))));
            }
        }
        None
    }
}

fn offence(key: &str, title: String) -> Offence {
    Offence::new(Kind::Violation, format!("state:{key}"), title)
        .because("something that was sent in between has damaged what the server knows")
}
