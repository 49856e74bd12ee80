//! The streams on which a client listens for what belongs to no request. Each message goes to one of them.

use std::sync::{Arc, Mutex};

use super::{Parcel, stream::Stream};
use crate::demo::calls::locked;

/// So many can be open at once.
const OPEN: usize = 8;
/// So many are remembered, open or not.
const REMEMBERED: usize = 16;

/// The streams, the oldest first.
pub struct Listeners {
    streams: Mutex<Vec<Arc<Stream>>>,
    broadcasts: bool,
}

impl Default for Listeners {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Listeners {
    /// One stream that waits for its first reader: nothing is lost before the client listens. Who broadcasts, which
    /// is forbidden, says everything to everybody.
    pub fn new(broadcasts: bool) -> Self {
        Self { streams: Mutex::new(vec![Stream::new("g1")]), broadcasts }
    }

    /// A stream to listen on, unless too many are open.
    pub fn open(&self) -> Option<Arc<Stream>> {
        let mut streams = locked(&self.streams);
        if streams.iter().filter(|stream| stream.is_read()).count() >= OPEN {
            return None;
        }
        if let Some(fresh) = streams.iter().find(|stream| stream.is_fresh()) {
            return Some(fresh.clone());
        }
        if streams.len() >= REMEMBERED
            && let Some(forgotten) = streams.iter().position(|stream| !stream.is_read())
        {
            streams.remove(forgotten).finish();
        }
        let number = streams.last().and_then(|stream| stream.name.trim_start_matches('g').parse::<u64>().ok());
        let stream = Stream::new(format!("g{}", number.unwrap_or(0) + 1));
        streams.push(stream.clone());
        Some(stream)
    }

    /// The stream of this name.
    pub fn find(&self, name: &str) -> Option<Arc<Stream>> {
        locked(&self.streams).iter().find(|stream| stream.name == name).cloned()
    }

    /// Where the next message goes: to somebody who listens, or who did and may come back.
    fn chosen(&self) -> Vec<Arc<Stream>> {
        let streams = locked(&self.streams);
        if self.broadcasts {
            return streams.clone();
        }
        streams.iter().find(|stream| stream.is_read()).or_else(|| streams.last()).into_iter().cloned().collect()
    }

    /// Says something.
    pub async fn push(&self, parcel: Parcel) {
        for stream in self.chosen() {
            stream.push(parcel.clone()).await;
        }
    }

    /// Says something at once.
    pub fn push_now(&self, parcel: &Parcel) {
        for stream in self.chosen() {
            stream.push_now(parcel.clone());
        }
    }

    /// Ends all.
    pub fn finish(&self) {
        locked(&self.streams).iter().for_each(|stream| stream.finish());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::http::stream::Next;

    #[tokio::test]
    async fn each_message_goes_to_one_stream_and_none_is_lost_before_the_first() {
        let listeners = Listeners::default();
        let parcel = |text| Parcel::line(text, None);
        listeners.push(parcel("early")).await;
        let first = listeners.open().unwrap();
        let mut reader = first.read(0);
        let second = listeners.open().unwrap();
        let _other = second.read(0);
        assert_ne!(first.name, second.name);
        listeners.push(parcel("late")).await;
        assert_eq!(reader.next().await, Next::Said(1, parcel("early")));
        assert_eq!(reader.next().await, Next::Said(2, parcel("late")));
        assert!(listeners.find(&second.name).is_some() && listeners.find("g9").is_none());
        listeners.finish();
        assert_eq!(reader.next().await, Next::Over);
    }
}
