//! The faults of HTTP of one process, and the questions that the honest server has to ask of them.

use std::sync::{Arc, Mutex};

use super::{memory::Memory, passage::Passage};
use crate::demo::{
    Fault, Group, Options,
    calls::locked,
    http::{Request, Stream},
};

const STREAMS: usize = 1000;

/// The deviations of one process.
pub struct Deviations {
    /// Those that it has.
    pub(super) set: Vec<Fault>,
    /// What happened so far.
    pub(super) memory: Arc<Mutex<Memory>>,
    /// The token that opens the honest server.
    pub(super) token: Option<String>,
}

impl Deviations {
    /// Those of a server.
    pub fn new(options: &Options) -> Self {
        let set = options.faults.iter().copied().filter(|fault| fault.group().is_of_http()).collect();
        Self { set, memory: Arc::default(), token: options.token.clone() }
    }

    fn has(&self, fault: Fault) -> bool {
        self.set.contains(&fault)
    }

    /// A request on its way through the doors; none where there is no fault.
    pub fn passage(&self, request: &Request) -> Option<Passage<'_>> {
        (!self.set.is_empty()).then(|| Passage::new(self, request.clone()))
    }

    /// The id of the next session, where it is no secret.
    pub fn id(&self) -> Option<String> {
        self.has(Fault::SessionIdCounts).then(|| {
            let mut memory = locked(&self.memory);
            memory.ids += 1;
            format!("session-{}", memory.ids)
        })
    }

    /// Whether every answer comes as a stream of events: only there can faults of events be seen.
    pub fn prefers_streams(&self) -> bool {
        self.set.iter().any(|fault| matches!(fault.group(), Group::Events | Group::Streams))
    }

    /// Whether messages go to all who listen.
    pub fn broadcasts(&self) -> bool {
        self.has(Fault::SseBroadcast)
    }

    /// Whether answers leave where the client listens for what belongs to no request.
    pub fn answers_elsewhere(&self) -> bool {
        self.has(Fault::SseAnswerOnGet)
    }

    /// Whether answers come where the message was posted, instead of on the one stream.
    pub fn answers_posts(&self) -> bool {
        self.has(Fault::SseAnswersInPost)
    }

    /// Whether sessions live on after their end.
    pub fn keeps_sessions(&self) -> bool {
        self.has(Fault::SessionEndedServed)
    }

    /// The streams that end together with this one.
    pub fn fellows(&self, stream: &Arc<Stream>) -> Vec<Arc<Stream>> {
        if !self.has(Fault::HttpCloseEndsAll) {
            return Vec::new();
        }
        let streams = &mut locked(&self.memory).streams;
        streams.truncate(STREAMS);
        streams.push(stream.clone());
        streams.clone()
    }
}
