//! HTTP/1.1 as bytes: requests are written as they are wanted, answers are read leniently, and what was wrong with
//! them is named. Knows no sockets, and no MCP.

mod challenge;
mod chunked;
mod defect;
mod framing;
mod head;
mod headers;
mod line;
mod media;
#[cfg(test)]
mod properties;
mod request;
mod response;

pub use challenge::{Challenge, challenges};
pub use defect::HttpDefect;
pub use head::Head;
pub use headers::Headers;
pub use media::media_type;
pub use request::encode;
pub use response::{Part, ResponseDecoder};
