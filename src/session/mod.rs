//! One conversation with one server: ids, pending answers, the handshake or the metadata of each request, and the
//! tap through which everything that is said can be judged.
//!
//! What the server does wrong is data here: an [`Answer`] may be silence or the end of the stream. Nothing is
//! judged in this room.

mod answer;
mod drain;
mod elicit;
mod era;
mod handshake;
mod listing;
mod metadata;
mod progress;
mod responder;
mod settings;
mod state;
mod talk;
mod tap;

pub use answer::{Answer, Ticket};
pub use era::{Found, detect};
pub use handshake::{Failure, Greeting};
pub use listing::List;
pub use metadata::{Meta, SUBSCRIPTION_ID, standard as standard_meta};
pub use settings::{Limits, Settings, default_capabilities};
pub use state::{Heard, Phase};
pub use talk::{Closing, Session};
pub use tap::{Observation, Observer, On};
