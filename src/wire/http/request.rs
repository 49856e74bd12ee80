//! A request as bytes. Adds nothing and mends nothing, so that a probe can send whatever it wants.

use super::Headers;

/// The bytes of a request: a request line of HTTP/1.1, the headers as they are spelled, and the body. No `Host` and no
/// `Content-Length` that is not among the headers.
pub fn encode(method: &str, target: &str, headers: &Headers, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{method} {target} HTTP/1.1\r\n").into_bytes();
    for (name, value) in headers.iter() {
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_what_is_given_is_written() {
        let mut headers = Headers::new();
        headers.push("hOST", "a");
        headers.push("X", b"\xff".as_slice());
        headers.push("X", "");
        let bytes = encode("post", "*?", &headers, b"{}");
        assert_eq!(bytes, b"post *? HTTP/1.1\r\nhOST: a\r\nX: \xff\r\nX: \r\n\r\n{}");
        assert_eq!(encode("GET", "/", &Headers::new(), b""), b"GET / HTTP/1.1\r\n\r\n");
    }
}
