//! What is said on one stream, kept for as long as somebody may come back for it, within limits.

use std::{collections::VecDeque, sync::Arc, sync::Mutex};

use tokio::sync::watch;

use super::Parcel;
use crate::demo::calls::locked;

/// So many messages of a stream are kept.
const KEPT: usize = 512;
/// So many bytes of them.
const BYTES: usize = 16 << 20;

/// A stream: of one request, or of what belongs to none.
pub struct Stream {
    /// Its name in the ids of its events.
    pub name: String,
    state: Mutex<State>,
    changes: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    kept: VecDeque<Parcel>,
    bytes: usize,
    /// How many were said before those that are kept.
    gone: u64,
    /// Nothing more will be said.
    is_done: bool,
    /// Nobody will come back.
    is_hung_up: bool,
    /// Whoever reads now, and how far.
    reader: Option<(u64, u64)>,
    readers: u64,
}

impl State {
    fn end(&self) -> u64 {
        self.gone + self.kept.len() as u64
    }

    /// Whether a reader has to catch up first.
    fn is_full(&self) -> bool {
        let reads_on = self.reader.is_some_and(|(_, position)| position <= self.gone);
        reads_on && (self.kept.len() >= KEPT || self.bytes >= BYTES)
    }

    fn keep(&mut self, parcel: Parcel) {
        self.bytes += parcel.bytes.len();
        self.kept.push_back(parcel);
        while self.kept.len() > 1 && (self.kept.len() > KEPT || self.bytes > BYTES) {
            self.bytes -= self.kept.pop_front().map_or(0, |parcel| parcel.bytes.len());
            self.gone += 1;
        }
    }
}

/// In which form an answer comes.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing was said, and nothing will be.
    Nothing,
    /// One message, that is all.
    Single(Parcel),
    /// A stream of events.
    Events,
}

/// What comes next on a stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A message, and its number, counted from one.
    Said(u64, Parcel),
    /// The stream is over.
    Over,
    /// Somebody else reads it now.
    Taken,
}

impl Stream {
    /// A stream on which nothing was said.
    pub fn new(name: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), state: Mutex::default(), changes: watch::Sender::new(()) })
    }

    /// Waits until a look at the state finds what it looks for.
    async fn until<T>(&self, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changes = self.changes.subscribe();
        loop {
            if let Some(found) = look(&mut locked(&self.state)) {
                return found;
            }
            if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut locked(&self.state));
        self.changes.send_replace(());
        changed
    }

    /// Says something, when a reader who is behind has caught up.
    pub async fn push(&self, parcel: Parcel) {
        self.until(|state| (!state.is_full() || state.is_hung_up).then_some(())).await;
        self.push_now(parcel);
    }

    /// Says something at once.
    pub fn push_now(&self, parcel: Parcel) {
        self.change(|state| state.keep(parcel));
    }

    /// Ends the stream.
    pub fn finish(&self) {
        self.change(|state| state.is_done = true);
    }

    /// Nobody will come back to it.
    pub fn hang_up(&self) {
        self.change(|state| state.is_hung_up = true);
    }

    /// Waits until nobody will come back to it.
    pub async fn hung_up(&self) {
        self.until(|state| state.is_hung_up.then_some(())).await;
    }

    /// Whether nobody will come back to it.
    pub fn is_hung_up(&self) -> bool {
        locked(&self.state).is_hung_up
    }

    /// Whether somebody reads it.
    pub fn is_read(&self) -> bool {
        locked(&self.state).reader.is_some()
    }

    /// Whether nobody has ever read it.
    pub fn is_fresh(&self) -> bool {
        locked(&self.state).readers == 0
    }

    /// The form that an answer has to have, as soon as it can be told.
    pub async fn shape(&self) -> Shape {
        self.until(|state| match (state.kept.front(), state.kept.len(), state.is_done) {
            (None, _, true) => Some(Shape::Nothing),
            (Some(first), 1, true) if first.stands_alone => Some(Shape::Single(first.clone())),
            (Some(first), 1, false) if first.stands_alone => None,
            (None, _, false) => None,
            (Some(_), ..) => Some(Shape::Events),
        })
        .await
    }

    /// Reads on behind the message with this number. Whoever read before reads no more.
    pub fn read(self: &Arc<Self>, after: u64) -> Reader {
        let turn = self.change(|state| {
            state.readers += 1;
            state.reader = Some((state.readers, after));
            state.readers
        });
        Reader { stream: self.clone(), turn, position: after }
    }
}

/// Reads a stream.
pub struct Reader {
    stream: Arc<Stream>,
    turn: u64,
    position: u64,
}

impl Reader {
    /// What comes next. Nothing is lost when the future is dropped halfway.
    pub async fn next(&mut self) -> Next {
        let (turn, position) = (self.turn, self.position);
        let next = self.stream.until(|state| look(state, turn, position)).await;
        if let Next::Said(number, _) = &next {
            self.position = *number;
            self.stream.change(|state| {
                if state.reader.is_some_and(|(reader, _)| reader == turn) {
                    state.reader = Some((turn, position + 1));
                }
            });
        }
        next
    }

    /// The stream that is read.
    pub fn stream(&self) -> &Arc<Stream> {
        &self.stream
    }
}

fn look(state: &mut State, turn: u64, position: u64) -> Option<Next> {
    if state.reader.is_none_or(|(reader, _)| reader != turn) {
        return Some(Next::Taken);
    }
    let position = position.max(state.gone);
    let index = usize::try_from(position - state.gone).unwrap_or(usize::MAX);
    match state.kept.get(index) {
        Some(parcel) => Some(Next::Said(position + 1, parcel.clone())),
        None => (state.is_done && position >= state.end()).then_some(Next::Over),
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let turn = self.turn;
        self.stream.change(|state| state.reader = state.reader.filter(|(reader, _)| *reader != turn));
    }
}

/// Writes to a stream, which ends when its writer is dropped.
pub struct Writer(Arc<Stream>);

impl Writer {
    /// The one writer of a stream.
    pub fn new(stream: Arc<Stream>) -> Self {
        Self(stream)
    }
}

impl std::ops::Deref for Writer {
    type Target = Stream;

    fn deref(&self) -> &Stream {
        &self.0
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.0.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parcel(text: &str) -> Parcel {
        Parcel::line(text, None)
    }

    #[tokio::test]
    async fn the_form_is_known_when_nothing_can_change_it() {
        let stream = Stream::new("a");
        let writer = Writer::new(stream.clone());
        writer.push(parcel("{}")).await;
        drop(writer);
        assert_eq!(stream.shape().await, Shape::Single(parcel("{}")));
        let stream = Stream::new("b");
        stream.push(parcel("{}")).await;
        stream.push(parcel("{}")).await;
        assert_eq!(stream.shape().await, Shape::Events);
        let silent = Stream::new("c");
        silent.finish();
        assert_eq!(silent.shape().await, Shape::Nothing);
    }

    #[tokio::test]
    async fn whoever_comes_later_takes_over_where_it_says() {
        let stream = Stream::new("a");
        for text in ["1", "2", "3"] {
            stream.push(parcel(text)).await;
        }
        let mut first = stream.read(0);
        assert_eq!(first.next().await, Next::Said(1, parcel("1")));
        let mut second = stream.read(2);
        assert_eq!(first.next().await, Next::Taken);
        assert_eq!(second.next().await, Next::Said(3, parcel("3")));
        stream.finish();
        assert_eq!(second.next().await, Next::Over);
        drop(first);
        assert!(stream.is_read());
        drop(second);
        assert!(!stream.is_read());
    }

    #[tokio::test]
    async fn no_more_is_kept_than_fits() {
        let stream = Stream::new("a");
        for number in 0..KEPT + 5 {
            stream.push(parcel(&number.to_string())).await;
        }
        assert_eq!(stream.read(0).next().await, Next::Said(6, parcel("5")));
    }
}
