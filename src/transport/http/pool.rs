//! Connections that have answered and may be used again. Few, and none that has ended or says something unasked.

use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, ReadBuf};

use super::dialer::Stream;

/// How many are kept.
const MOST: usize = 8;

/// The idle connections, each with the origin it leads to; the newest is the last.
#[derive(Default)]
pub(super) struct Pool(Mutex<Vec<(String, Box<dyn Stream>)>>);

impl Pool {
    /// The newest one that leads to an origin and has not ended.
    pub fn take(&self, origin: &str) -> Option<Box<dyn Stream>> {
        let mut idle = self.idle();
        while let Some(at) = idle.iter().rposition(|(other, _)| other == origin) {
            let (_, mut stream) = idle.remove(at);
            if is_silent(&mut stream) {
                return Some(stream);
            }
        }
        None
    }

    /// Keep one; the oldest makes room.
    pub fn keep(&self, origin: String, stream: Box<dyn Stream>) {
        let mut idle = self.idle();
        if idle.len() == MOST {
            idle.remove(0);
        }
        idle.push((origin, stream));
    }

    /// Close all of them.
    pub fn clear(&self) {
        self.idle().clear();
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(String, Box<dyn Stream>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Neither ended nor with bytes that belong to no request.
fn is_silent(stream: &mut Box<dyn Stream>) -> bool {
    let mut byte = [0];
    let mut context = Context::from_waker(Waker::noop());
    matches!(Pin::new(stream).poll_read(&mut context, &mut ReadBuf::new(&mut byte)), Poll::Pending)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncWriteExt, duplex};

    use super::*;

    #[tokio::test]
    async fn only_silent_ones_of_the_same_origin_are_given() {
        let pool = Pool::default();
        let (ended, _) = duplex(8);
        let (babbling, mut other) = duplex(8);
        other.write_all(b"x").await.expect("room");
        let (silent, _held) = duplex(8);
        pool.keep("a".into(), Box::new(silent));
        pool.keep("a".into(), Box::new(babbling));
        pool.keep("a".into(), Box::new(ended));
        assert!(pool.take("b").is_none());
        assert!(pool.take("a").is_some());
        assert!(pool.take("a").is_none());
    }

    #[tokio::test]
    async fn the_oldest_makes_room() {
        let pool = Pool::default();
        let mut others = Vec::new();
        for origin in 0..=MOST {
            let (ours, theirs) = duplex(8);
            others.push(theirs);
            pool.keep(origin.to_string(), Box::new(ours));
        }
        assert!(pool.take("0").is_none());
        assert!(pool.take("1").is_some());
        pool.clear();
        assert!(pool.take("2").is_none());
    }
}
