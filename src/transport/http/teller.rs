//! Tells what comes of one exchange. Whoever listens may be slow: then the server has to wait.

use tokio::sync::mpsc;

use super::{Answered, Over};
use crate::transport::connection::{Chunk, Event};

/// The way up for one exchange.
pub(super) struct Teller {
    exchange: u64,
    events: mpsc::Sender<Event>,
}

/// Nobody listens any more.
#[derive(Debug)]
pub(super) struct Deaf;

impl Teller {
    pub const fn new(exchange: u64, events: mpsc::Sender<Event>) -> Self {
        Self { exchange, events }
    }

    /// Hand up a part.
    pub async fn tell(&self, part: Answered) -> Result<(), Deaf> {
        let chunk = Chunk::Http { exchange: self.exchange, part };
        self.events.send(Event::now(chunk)).await.map_err(|_| Deaf)
    }

    /// The last word, and the number of the exchange.
    pub async fn over(self, over: Over) -> u64 {
        let _ = self.tell(Answered::Over(over)).await;
        self.exchange
    }
}
