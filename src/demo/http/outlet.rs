//! Writes answers of HTTP/1.1 to a connection.

use std::{io, time::Duration};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};

use super::{
    events::Events,
    inlet::Inlet,
    reply::{Body, Framing, Reply, reason},
    request::Request,
};

/// A stream on which nothing happens shows now and then that it lives.
const PULSE: Duration = Duration::from_secs(15);

/// The writing half of a connection.
pub struct Outlet<W> {
    writer: W,
}

impl<W: AsyncWrite + Unpin> Outlet<W> {
    /// Nothing is written yet.
    pub fn new(writer: W) -> Self {
        Self { writer }
    }

    /// Bytes as they are.
    pub async fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes).await?;
        self.writer.flush().await
    }

    /// Writes an answer. Whether the connection can be used again.
    pub async fn reply<R: AsyncRead + Unpin>(
        &mut self,
        reply: Reply,
        request: &Request,
        inlet: &mut Inlet<R>,
    ) -> io::Result<bool> {
        let (is_last, is_chunked) = (request.is_last(), !request.is_old);
        let mut head = head(reply.status, &reply.headers);
        if is_last {
            head.push_str("Connection: close\r\n");
        }
        match reply.body {
            Body::Full(body) => {
                head.push_str(&length(reply.framing, reply.status, body.len()));
                let body = if request.method == "HEAD" { Vec::new() } else { body };
                self.bytes(&[head.as_bytes(), b"\r\n", &body].concat()).await?;
                Ok(!is_last && reply.framing == Framing::Honest)
            }
            Body::Events(mut events) => {
                head.push_str(if is_chunked { "Transfer-Encoding: chunked\r\n\r\n" } else { "\r\n" });
                self.bytes(head.as_bytes()).await?;
                let is_whole = self.events(&mut events, inlet, is_chunked).await?;
                Ok(is_whole && !is_last)
            }
        }
    }

    /// Writes events as they happen. Whether the stream ended before the connection did.
    async fn events<R: AsyncRead + Unpin>(
        &mut self,
        events: &mut Events,
        inlet: &mut Inlet<R>,
        is_chunked: bool,
    ) -> io::Result<bool> {
        loop {
            let told = tokio::select! {
                biased;
                told = events.bytes() => told,
                () = inlet.closed() => return Ok(false),
                () = tokio::time::sleep(PULSE) => {
                    self.part(b":\n\n", is_chunked).await?;
                    continue;
                }
            };
            match told {
                Some(bytes) => self.part(&bytes, is_chunked).await?,
                None if is_chunked => {
                    self.bytes(b"0\r\n\r\n").await?;
                    return Ok(true);
                }
                None => return Ok(false),
            }
        }
    }

    async fn part(&mut self, bytes: &[u8], is_chunked: bool) -> io::Result<()> {
        if !is_chunked {
            return self.bytes(bytes).await;
        }
        let size = format!("{:x}\r\n", bytes.len());
        self.bytes(&[size.as_bytes(), bytes, b"\r\n"].concat()).await
    }

    /// Ends the connection.
    pub async fn close(&mut self) {
        let _ = self.writer.shutdown().await;
    }
}

/// The header that says how long the body is.
fn length(framing: Framing, status: u16, length: usize) -> String {
    match framing {
        Framing::Honest if matches!(status, 204 | 304) => String::new(),
        Framing::Honest => format!("Content-Length: {length}\r\n"),
        Framing::Short => format!("Content-Length: {}\r\n", length.saturating_sub(1)),
        Framing::Long => format!("Content-Length: {}\r\n", length + 1),
        Framing::Garbage => "Transfer-Encoding: chunked\r\n".to_owned(),
    }
}

fn head(status: u16, headers: &[(String, String)]) -> String {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head
}
