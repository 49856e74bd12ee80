//! A server behind a URL: each request is an exchange of its own, and its answer comes up in parts, as it is read.
//!
//! Follows no redirects, decodes nothing, keeps no cookies: what a request says and what an answer means is for a
//! session to know. Reaches no host but those that the target allows.

mod client;
mod exchange;
mod url;

pub use client::{Client, Facts};
pub use exchange::{Answered, How, Over, Request};
pub use url::{BadUrl, Url};
