//! HTTP/1.1 as bytes: requests are written as they are wanted, answers are read leniently, and what was wrong with
//! them is named. Knows no sockets, and no MCP.

mod defect;
mod head;
mod headers;

pub use defect::HttpDefect;
pub use head::Head;
pub use headers::Headers;
