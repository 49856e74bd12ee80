//! One request and its answer on their way through the doors.

use super::{Deviations, Twist, auth, door, memory::Knock, mirror, modern, plain, sessions, streams};
use crate::demo::{
    Fault, Group,
    calls::locked,
    http::{Body, Guard, Reply, Request},
};

/// A request on its way in, and its answer on its way out.
pub struct Passage<'a> {
    deviations: &'a Deviations,
    /// The request as the honest server gets it.
    pub request: Request,
    knock: Knock,
    guards: Vec<Guard>,
}

impl<'a> Passage<'a> {
    /// A request that has arrived.
    pub fn new(deviations: &'a Deviations, request: Request) -> Self {
        let knock = Knock::of(&request);
        Self { deviations, request, knock, guards: Vec::new() }
    }

    /// Lets the request in. An answer, if the honest server is not to see it at all.
    pub fn enter(&mut self) -> Option<Reply> {
        let (request, knock) = (&mut self.request, &self.knock);
        let mut memory = locked(&self.deviations.memory);
        for fault in &self.deviations.set {
            match fault.group() {
                Group::Door => door::request(*fault, request),
                Group::Http => plain::request(*fault, request, knock),
                Group::Mirror => mirror::request(*fault, request, knock),
                Group::Session => sessions::request(*fault, request, knock, &memory),
                Group::Auth => auth::request(*fault, request, self.deviations.token.as_deref()),
                _ => {}
            }
        }
        if self.deviations.set.contains(&Fault::HttpIdsCollide) && knock.is_modern {
            let (refusal, guard) = modern::collide(knock, &mut memory, &self.deviations.memory);
            self.guards.extend(guard);
            return refusal;
        }
        None
    }

    /// Lets the answer out.
    pub fn leave(mut self, reply: &mut Reply) {
        reply.guards.append(&mut self.guards);
        let (request, knock) = (&self.request, &self.knock);
        for fault in &self.deviations.set {
            let mut memory = locked(&self.deviations.memory);
            match fault.group() {
                Group::Door => door::reply(*fault, reply, knock),
                Group::Http => plain::reply(*fault, reply, request, knock),
                Group::Mirror => mirror::reply(*fault, reply),
                Group::Stateless => modern::reply(*fault, reply, request, knock),
                Group::Streams => streams::reply(*fault, reply),
                Group::Session => sessions::reply(*fault, reply, knock, &mut memory),
                Group::Auth => auth::reply(*fault, reply, request),
                _ => {}
            }
        }
        if let Body::Events(events) = &mut reply.body {
            let is_resumed = request.headers.has("last-event-id") && request.method == "GET";
            let name = events.reader.stream().name.clone();
            let twist = Twist::new(&self.deviations.set, self.deviations.memory.clone(), name);
            events.twist = Some(twist.about(is_resumed, knock));
        }
    }
}
