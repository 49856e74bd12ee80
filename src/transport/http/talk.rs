//! One request on one connection: written while its answer is read, since a server may answer early or never read.

use std::pin::pin;

use tokio::io::split;

use super::dialer::Stream;
use super::letter::Letter;
use super::listener::Listener;
use super::teller::Teller;
use super::{How, HttpLimits, Over};

/// What is to be said, and to whom its answer is told.
pub(super) struct Talk<'a> {
    pub letter: &'a Letter,
    pub limits: &'a HttpLimits,
    pub teller: &'a Teller,
}

/// What became of it.
pub(super) struct Talked {
    pub over: Over,
    /// The connection, if it can be used again.
    pub stream: Option<Box<dyn Stream>>,
    /// Whether a byte of the answer came.
    heard: bool,
}

impl Talked {
    /// Whether the connection had ended before anything was answered.
    pub fn is_stale(&self) -> bool {
        !self.heard && self.over.how == How::Broken
    }
}

impl Talk<'_> {
    /// Say it over a connection, until the answer is over.
    pub async fn over(&self, stream: Box<dyn Stream>) -> Talked {
        let (mut reader, mut writer) = split(stream);
        let mut listener = Listener::new(self.letter, self.limits, self.teller);
        let (over, written) = {
            let mut writing = pin!(self.letter.write(&mut writer));
            let mut listening = pin!(listener.listen(&mut reader));
            let mut written = None;
            loop {
                tokio::select! {
                    biased;
                    done = &mut writing, if written.is_none() => written = Some(done.is_ok()),
                    over = &mut listening => break (over, written == Some(true)),
                }
            }
        };
        let again = written && self.letter.leaves_order && !self.letter.is_cut() && listener.is_reusable();
        Talked { over, stream: again.then(|| reader.unsplit(writer)), heard: listener.has_heard() }
    }
}
