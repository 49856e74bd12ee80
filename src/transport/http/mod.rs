//! A server behind a URL: each request is an exchange of its own, and its answer comes up in parts, as it is read.
//!
//! Follows no redirects, decodes nothing, keeps no cookies: what a request says and what an answer means is for a
//! session to know. Reaches no host but those that the target allows.

mod carrier;
mod client;
mod credulous;
mod dialer;
mod exchange;
mod exchanges;
pub(super) mod knock;
mod letter;
mod listener;
mod place;
mod pool;
mod prompt;
mod remote;
mod resolve;
mod talk;
mod teller;
mod tls;
mod url;
mod words;

pub use client::{Client, Facts};
pub use dialer::Dialer;
pub use exchange::{Answered, How, Over, Request};
pub(super) use exchanges::Exchanges;
pub use remote::{HttpLimits, Remote, connect};
use tls::Tls;
pub use url::{BadUrl, Url};
