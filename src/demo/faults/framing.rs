//! Bytes that are no lines of JSON, and lines that are none of ours.

use serde_json::{Value, json};

use super::memory::Memory;
use crate::demo::{Fault, rpc};

/// What is on stdout before the first message.
pub fn begin(fault: Fault) -> Vec<u8> {
    match fault {
        Fault::Banner => b"The demo server is ready.\n".to_vec(),
        _ => Vec::new(),
    }
}

/// What is on stdout after the last message.
pub fn end(fault: Fault) -> Vec<u8> {
    match fault {
        Fault::NoFinalNewline => b"goodbye".to_vec(),
        _ => Vec::new(),
    }
}

/// The bytes of one message that needs no line.
pub fn bare(faults: &[Fault], message: &Value) -> Vec<u8> {
    let bytes = message.to_string().into_bytes();
    if faults.contains(&Fault::InvalidUtf8) { garbled(&bytes) } else { bytes }
}

/// The bytes of one message, which answers a request of this method.
pub fn line(faults: &[Fault], message: &Value, method: &str, memory: &mut Memory) -> Vec<u8> {
    let mut bytes = message.to_string().into_bytes();
    bytes.push(b'\n');
    for fault in faults {
        bytes = spoil(*fault, bytes, message, method, memory);
    }
    bytes
}

fn spoil(fault: Fault, mut bytes: Vec<u8>, message: &Value, method: &str, memory: &mut Memory) -> Vec<u8> {
    let is_answer = message.get("result").is_some() || message.get("error").is_some();
    match fault {
        Fault::LogToStdout if method == "tools/list" => before(b"INFO listing tools\n", &bytes),
        Fault::Crlf => {
            bytes.pop();
            bytes.extend_from_slice(b"\r\n");
            bytes
        }
        Fault::BlankLines => {
            bytes.push(b'\n');
            bytes
        }
        Fault::Bom if memory.first("bom") => before(b"\xEF\xBB\xBF", &bytes),
        Fault::PrettyPrint => format!("{message:#}\n").into_bytes(),
        Fault::TwoPerLine if is_answer => {
            let second = json!({ "level": "info", "data": "a second message" });
            format!("{message} {}\n", rpc::notification("notifications/message", &second)).into_bytes()
        }
        Fault::InvalidUtf8 => garbled(&bytes),
        Fault::ContentLength => {
            bytes.pop();
            before(format!("Content-Length: {}\r\n\r\n", bytes.len()).as_bytes(), &bytes)
        }
        _ => bytes,
    }
}

fn before(prefix: &[u8], bytes: &[u8]) -> Vec<u8> {
    [prefix, bytes].concat()
}

/// The same with a byte that UTF-8 never has at the start of each text and description.
fn garbled(bytes: &[u8]) -> Vec<u8> {
    let mut garbled = Vec::with_capacity(bytes.len());
    for byte in bytes {
        garbled.push(*byte);
        if garbled.ends_with(b"\"text\":\"") || garbled.ends_with(b"\"description\":\"") {
            garbled.push(0xFF);
        }
    }
    garbled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(fault: Fault) -> Vec<u8> {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "result": { "text": "x" } });
        line(&[fault], &message, "tools/list", &mut Memory::default())
    }

    #[test]
    fn each_breaks_the_line_in_its_own_way() {
        assert!(bytes(Fault::Crlf).ends_with(b"}\r\n"));
        assert!(bytes(Fault::BlankLines).ends_with(b"}\n\n"));
        assert!(bytes(Fault::Bom).starts_with(b"\xEF\xBB\xBF{"));
        assert!(String::from_utf8(bytes(Fault::PrettyPrint)).unwrap().lines().count() > 3);
        assert!(std::str::from_utf8(&bytes(Fault::InvalidUtf8)).is_err());
        assert!(bytes(Fault::ContentLength).starts_with(b"Content-Length: "));
        assert!(bytes(Fault::LogToStdout).starts_with(b"INFO"));
        assert!(bytes(Fault::TwoPerLine).windows(3).any(|three| three == b"} {"));
        assert!(!begin(Fault::Banner).is_empty() && !end(Fault::NoFinalNewline).ends_with(b"\n"));
    }
}
