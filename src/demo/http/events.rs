//! Server-sent events: a stream as its reader gets it.

use super::{
    Parcel,
    stream::{Next, Reader},
};
use crate::demo::faults::{Told, Twist};

/// How long a client should wait before it comes back, in milliseconds.
const RETRY: u64 = 1000;

/// A stream on its way to a client.
pub struct Events {
    /// What is told.
    pub reader: Reader,
    /// What stands before it.
    pub first: Option<Event>,
    /// Whether events have ids, so that the client can come back.
    pub has_ids: bool,
    /// What becomes of the events on their way.
    pub twist: Option<Twist>,
}

impl Events {
    /// A stream to which nobody can come back.
    pub fn plain(reader: Reader) -> Self {
        Self { reader, first: None, has_ids: false, twist: None }
    }

    /// A stream to which the client can come back; the newer clients are told so at once.
    pub fn resumable(reader: Reader, is_primed: bool) -> Self {
        let id = format!("{}-0", reader.stream().name);
        let first = Event { id: Some(id), retry: Some(RETRY), data: Some(Vec::new()), ..Event::default() };
        Self { reader, first: is_primed.then_some(first), has_ids: true, twist: None }
    }

    /// The bytes that are told next; `None` when that is all. Nothing is lost when the future is dropped halfway.
    pub async fn bytes(&mut self) -> Option<Vec<u8>> {
        loop {
            let event = self.next().await;
            let Some(twist) = &mut self.twist else { return event.map(|event| event.bytes()) };
            match twist.tell(event) {
                Told::Bytes(bytes) if bytes.is_empty() => {}
                Told::Bytes(bytes) => return Some(bytes),
                Told::Over => return None,
                Told::Never => std::future::pending().await,
            }
        }
    }

    async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        match self.reader.next().await {
            Next::Said(number, parcel) => Some(self.event(number, parcel)),
            Next::Over | Next::Taken => None,
        }
    }

    fn event(&self, number: u64, parcel: Parcel) -> Event {
        let id = self.has_ids.then(|| format!("{}-{number}", self.reader.stream().name));
        Event { name: Some("message".to_owned()), id, data: Some(parcel.bytes), retry: None }
    }
}

/// Something to be done when a stream is no longer told.
pub struct Guard(Option<Box<dyn FnOnce() + Send>>);

impl Guard {
    /// Does this in the end.
    pub fn new(deed: impl FnOnce() + Send + 'static) -> Self {
        Self(Some(Box::new(deed)))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(deed) = self.0.take() {
            deed();
        }
    }
}

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// What kind of event it is.
    pub name: Option<String>,
    /// Where the client can come back to.
    pub id: Option<String>,
    /// How long it should wait before it does.
    pub retry: Option<u64>,
    /// What it tells.
    pub data: Option<Vec<u8>>,
}

impl Event {
    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut field = |name: &str, value: &[u8]| {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(if value.is_empty() { b":" } else { b": " });
            bytes.extend_from_slice(value);
            bytes.push(b'\n');
        };
        if let Some(name) = &self.name {
            field("event", name.as_bytes());
        }
        if let Some(id) = &self.id {
            field("id", id.as_bytes());
        }
        if let Some(retry) = self.retry {
            field("retry", retry.to_string().as_bytes());
        }
        if let Some(data) = &self.data {
            let lines = data.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
            lines.for_each(|line| field("data", line));
        }
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_ends_with_a_blank_line_and_its_data_has_a_field_for_each_line() {
        let event = Event { id: Some("a-1".into()), data: Some(b"one\ntwo".to_vec()), ..Event::default() };
        assert_eq!(event.bytes(), b"id: a-1\ndata: one\ndata: two\n\n");
        let primer = Event { retry: Some(5), data: Some(Vec::new()), ..Event::default() };
        assert_eq!(primer.bytes(), b"retry: 5\ndata:\n\n");
    }
}
