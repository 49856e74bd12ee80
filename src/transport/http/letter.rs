//! A request as bytes, and what it demands of its connection.

use std::io;

use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::Request;
use crate::wire::http::{Headers, encode};

/// A request that is ready to be written.
pub(super) struct Letter {
    /// The method: what an answer may hold depends on it.
    pub method: String,
    /// Whether the answer may be silent for as long as it likes.
    pub patient: bool,
    /// Whether the connection may serve others after it.
    pub leaves_order: bool,
    bytes: Vec<u8>,
    cut: bool,
}

impl Letter {
    pub fn new(request: &Request, target: &str, headers: &Headers) -> Self {
        let length = request.cut.unwrap_or(usize::MAX).min(request.body.len());
        let body = request.body.get(..length).unwrap_or_default();
        Self {
            method: request.method.clone(),
            patient: request.patient,
            leaves_order: !request.alone && is_framed(headers, request.body.len()),
            bytes: encode(&request.method, target, headers, body),
            cut: request.cut.is_some(),
        }
    }

    /// Write it, and if it is cut short, end our half of the connection behind it.
    pub async fn write(&self, pipe: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
        pipe.write_all(&self.bytes).await?;
        pipe.flush().await?;
        if self.cut { pipe.shutdown().await } else { Ok(()) }
    }

    /// Whether nothing else can come behind it.
    pub const fn is_cut(&self) -> bool {
        self.cut
    }
}

/// Whether a server knows where the body ends, so that it takes none of it for another request.
fn is_framed(headers: &Headers, body: usize) -> bool {
    let lengths: Vec<String> = headers.all("content-length").collect();
    let fits = match lengths.as_slice() {
        [] => body == 0,
        [length] => length.parse() == Ok(body),
        _ => false,
    };
    let closes = headers.all("connection").any(|value| value.to_ascii_lowercase().contains("close"));
    fits && !closes && headers.get("transfer-encoding").is_none() && headers.get("upgrade").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Headers {
        let mut headers = Headers::new();
        for (name, value) in pairs {
            headers.push(*name, *value);
        }
        headers
    }

    #[test]
    fn a_body_of_unknown_length_spoils_its_connection() {
        for (pairs, body, framed) in [
            (&[][..], 0, true),
            (&[], 2, false),
            (&[("content-length", "2")], 2, true),
            (&[("Content-Length", "3")], 2, false),
            (&[("Content-Length", "2"), ("Content-Length", "2")], 2, false),
            (&[("Content-Length", "2"), ("Transfer-Encoding", "chunked")], 2, false),
            (&[("Connection", "Close")], 0, false),
        ] {
            assert_eq!(is_framed(&headers(pairs), body), framed, "{pairs:?}");
        }
    }

    #[tokio::test]
    async fn a_cut_body_is_followed_by_the_end() {
        let request = Request { method: "POST".into(), body: b"12345".to_vec(), cut: Some(2), ..Request::default() };
        let mut written = Vec::new();
        let letter = Letter::new(&request, "/x", &headers(&[("Content-Length", "5")]));
        letter.write(&mut written).await.expect("memory takes it");
        assert!(letter.is_cut());
        assert_eq!(written, b"POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\n12");
    }
}
