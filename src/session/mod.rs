//! One conversation with one server: ids, pending answers, the handshake or the metadata of each request, and the
//! tap through which everything that is said can be judged.
//!
//! What the server does wrong is data here: an [`Answer`] may be silence or the end of the stream. Nothing is
//! judged in this room.

mod answer;
mod closing;
mod drain;
mod elicit;
mod era;
mod flood;
mod handshake;
mod heard;
mod http;
mod listing;
mod metadata;
mod open;
mod progress;
mod requests;
mod responder;
mod settings;
mod silence;
mod state;
mod stderr;
mod talk;
mod tap;
mod unreachable;

pub use answer::{Answer, Ticket};
pub use closing::Closing;
pub use era::{Found, detect};
pub use handshake::{Failure, Greeting};
pub use heard::Heard;
pub use http::{Content, Probe, Until};
pub use listing::List;
pub use metadata::Meta;
pub use settings::{Limits, Settings, default_capabilities};
pub use state::Phase;
pub use talk::{Say, Session};

pub use responder::reply_as as reply;
use state::State;
pub use tap::{Observation, Observer, On};
pub use unreachable::Lost;
