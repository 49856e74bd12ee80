//! Headers of streams that are not there.

use crate::demo::{
    Fault,
    http::{Body, Reply},
};

/// An answer leaves.
pub fn reply(fault: Fault, reply: &mut Reply) {
    if fault == Fault::SseBuffered && matches!(reply.body, Body::Events(_)) {
        reply.without("X-Accel-Buffering");
    }
}
