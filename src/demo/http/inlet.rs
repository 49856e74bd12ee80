//! Reads requests of HTTP/1.1 from a connection, within limits of size and time.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};

use super::{
    headers::Headers,
    refusal::{Refusal, bad},
    request::Request,
};

/// A request line with its headers is not longer.
const HEAD: usize = 64 << 10;
/// A body is not longer.
const BODY: usize = 16 << 20;
const CHUNK: usize = 16 << 10;
/// So long the next bytes are waited for.
const PATIENCE: Duration = Duration::from_secs(75);

/// The reading half of a connection.
pub struct Inlet<R> {
    reader: R,
    buffer: Vec<u8>,
}

/// How the body comes.
enum Length {
    Known(usize),
    Chunked,
}

impl<R: AsyncRead + Unpin> Inlet<R> {
    /// Nothing is read yet.
    pub fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new() }
    }

    /// The next request without its body; `None` at the end of the connection.
    pub async fn head(&mut self) -> Result<Option<Request>, Refusal> {
        loop {
            // A client may end a body with one newline too many.
            let blank = self.buffer.iter().take_while(|byte| b"\r\n".contains(byte)).count();
            self.buffer.drain(..blank);
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                let head: Vec<u8> = self.buffer.drain(..end + 4).collect();
                return parse(head.get(..end).unwrap_or_default()).map(Some);
            }
            if self.buffer.len() > HEAD {
                return Err(Refusal::new(431, "the headers are too long"));
            }
            if !self.more().await {
                return Ok(None);
            }
        }
    }

    /// The body that follows these headers; `None` if the connection ends in it.
    pub async fn body(&mut self, headers: &Headers) -> Result<Option<Vec<u8>>, Refusal> {
        match length(headers)? {
            Length::Known(length) if length > BODY => Err(too_long()),
            Length::Known(length) => Ok(self.exactly(length).await),
            Length::Chunked => self.chunks().await,
        }
    }

    async fn chunks(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        let mut body = Vec::new();
        loop {
            let Some(line) = self.line().await? else { return Ok(None) };
            let size = String::from_utf8_lossy(&line).split(';').next().map(|size| size.trim().to_owned());
            let size = size.and_then(|size| usize::from_str_radix(&size, 16).ok()).ok_or(bad("a bad chunk size"))?;
            if body.len().saturating_add(size) > BODY {
                return Err(too_long());
            }
            if size == 0 {
                return Ok(self.trailers().await?.then_some(body));
            }
            let Some(chunk) = self.exactly(size).await else { return Ok(None) };
            body.extend(chunk);
            if self.line().await? != Some(Vec::new()) {
                return Err(bad("a chunk does not end where it says"));
            }
        }
    }

    /// Reads over what follows the last chunk. Whether its end came.
    async fn trailers(&mut self) -> Result<bool, Refusal> {
        loop {
            match self.line().await? {
                None => return Ok(false),
                Some(line) if line.is_empty() => return Ok(true),
                Some(_) => {}
            }
        }
    }

    async fn line(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n") {
                let mut line: Vec<u8> = self.buffer.drain(..end + 2).collect();
                line.truncate(end);
                return Ok(Some(line));
            }
            if self.buffer.len() > HEAD {
                return Err(bad("a line is too long"));
            }
            if !self.more().await {
                return Ok(None);
            }
        }
    }

    async fn exactly(&mut self, length: usize) -> Option<Vec<u8>> {
        while self.buffer.len() < length {
            if !self.more().await {
                return None;
            }
        }
        Some(self.buffer.drain(..length).collect())
    }

    /// Whether more came.
    async fn more(&mut self) -> bool {
        self.buffer.reserve(CHUNK);
        let mut reader = (&mut self.reader).take(CHUNK as u64);
        let read = tokio::time::timeout(PATIENCE, reader.read_buf(&mut self.buffer)).await;
        matches!(read, Ok(Ok(read)) if read > 0)
    }

    /// Waits until the client closes the connection. What it sends meanwhile is the next request.
    pub async fn closed(&mut self) {
        // One look is enough: whoever sends requests ahead is alive.
        if !self.buffer.is_empty() {
            return std::future::pending().await;
        }
        self.buffer.reserve(CHUNK);
        let mut reader = (&mut self.reader).take(CHUNK as u64);
        match reader.read_buf(&mut self.buffer).await {
            Ok(0) | Err(_) => {}
            Ok(_) => std::future::pending().await,
        }
    }

    /// Reads what the client still sends, and forgets it, so that an answer in the middle of it arrives.
    pub async fn linger(&mut self) {
        let all = async {
            let mut rest = vec![0; CHUNK];
            while matches!(self.reader.read(&mut rest).await, Ok(read) if read > 0) {}
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), all).await;
    }
}

const fn too_long() -> Refusal {
    Refusal::new(413, "the body is too long")
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn length(headers: &Headers) -> Result<Length, Refusal> {
    let coding = headers.get("transfer-encoding");
    let length = headers.get("content-length");
    match (coding.as_deref(), length.as_deref()) {
        (Some(_), Some(_)) => Err(bad("a body cannot have a length and be in chunks")),
        (Some(coding), None) if coding.eq_ignore_ascii_case("chunked") => Ok(Length::Chunked),
        (Some(_), None) => Err(Refusal::new(501, "an unknown transfer coding")),
        (None, None) => Ok(Length::Known(0)),
        (None, Some(length)) if length.bytes().all(|byte| byte.is_ascii_digit()) && !length.is_empty() => {
            Ok(Length::Known(length.parse().unwrap_or(usize::MAX)))
        }
        (None, Some(_)) => Err(bad("a bad Content-Length")),
    }
}

fn parse(head: &[u8]) -> Result<Request, Refusal> {
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = std::str::from_utf8(lines.next().unwrap_or_default()).map_err(|_| bad("a bad request line"))?;
    let parts: Vec<&str> = first.split(' ').collect();
    let [method, target, version] = parts.as_slice() else { return Err(bad("a bad request line")) };
    let is_old = match *version {
        "HTTP/1.1" => false,
        "HTTP/1.0" => true,
        _ => return Err(Refusal::new(505, "only HTTP/1.1 is spoken")),
    };
    let (path, query) = split(target);
    let mut request = Request { method: (*method).to_owned(), path, query, is_old, ..Request::default() };
    for line in lines {
        let (name, value) = header(line).ok_or(bad("a bad header"))?;
        request.headers.push(name, value);
    }
    Ok(request)
}

/// The path and the query. A target may be a whole address.
fn split(target: &str) -> (String, String) {
    let address =
        target.split_once("://").map(|(_, rest)| rest.find('/').map_or("/", |at| rest.get(at..).unwrap_or("/")));
    let local = address.unwrap_or(target);
    let (path, query) = local.split_once('?').unwrap_or((local, ""));
    (path.to_owned(), query.to_owned())
}

fn header(line: &[u8]) -> Option<(&str, &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at(colon);
    let value = value.get(1..)?.trim_ascii();
    let name = std::str::from_utf8(name).ok()?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_text = |byte: &u8| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7F);
    (!name.is_empty() && name.bytes().all(is_token) && value.iter().all(is_text)).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Result<Option<Request>, Refusal> {
        let mut inlet = Inlet::new(bytes);
        let Some(mut request) = inlet.head().await? else { return Ok(None) };
        let Some(body) = inlet.body(&request.headers).await? else { return Ok(None) };
        request.body = body;
        Ok(Some(request))
    }

    #[tokio::test]
    async fn a_request_is_read_whole() {
        let plain = b"POST /mcp?a=1&b=2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
        let request = read(plain).await.unwrap().unwrap();
        assert_eq!(
            (request.path.as_str(), request.query("b"), request.body.as_slice()),
            ("/mcp", Some("2"), &b"{}"[..])
        );
        let chunked = b"POST http://x/mcp HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1;x=y\r\n{\r\n1\r\n}\r\n0\r\nA: b\r\n\r\n";
        let request = read(chunked).await.unwrap().unwrap();
        assert_eq!((request.path.as_str(), request.body.as_slice()), ("/mcp", &b"{}"[..]));
    }

    #[tokio::test]
    async fn what_is_no_request_is_refused() {
        for (bytes, status) in [
            ("GET /\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA : b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: \0\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
        ] {
            assert_eq!(read(bytes.as_bytes()).await.unwrap_err().status, status, "{bytes}");
        }
        let endless = format!("GET / HTTP/1.1\r\nA: {}", "x".repeat(HEAD));
        assert_eq!(read(endless.as_bytes()).await.unwrap_err().status, 431);
        assert_eq!(read(b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab").await, Ok(None));
    }
}
