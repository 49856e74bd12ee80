//! The framing of the Language Server Protocol: recognised, so that a server that uses it by mistake is still heard.

/// Where in that framing a stream is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Framing {
    /// Lines, as it should be.
    #[default]
    Lines,
    /// Headers have announced so many bytes.
    Header(u64),
    /// So many bytes follow, with no line end behind them.
    Body(u64),
}

impl Framing {
    /// How long the current line is at most.
    pub fn longest(self) -> Option<u64> {
        match self {
            Self::Body(length) => Some(length),
            Self::Lines | Self::Header(_) => None,
        }
    }

    /// Where the stream is after a line.
    pub fn after(self, line: &[u8]) -> Self {
        match (self, announced(line)) {
            (_, Some(length)) if length > 0 => Self::Header(length),
            (Self::Header(length), _) if line.trim_ascii().is_empty() => Self::Body(length),
            (Self::Header(length), _) if is_content_type(line) => Self::Header(length),
            _ => Self::Lines,
        }
    }
}

/// Whether a line is a header of that framing.
pub(super) fn is_header(line: &[u8]) -> bool {
    starts_with(line, b"content-length:") || is_content_type(line)
}

fn is_content_type(line: &[u8]) -> bool {
    starts_with(line, b"content-type:")
}

fn starts_with(line: &[u8], name: &[u8]) -> bool {
    line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// The length that a line announces at its end; a wrong length before may have left rubbish at its start.
fn announced(line: &[u8]) -> Option<u64> {
    let line = line.trim_ascii_end();
    let digits = line.iter().rev().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    let (name, number) = line.split_at(line.len() - digits);
    let name = name.trim_ascii_end();
    let start = name.len().checked_sub(b"content-length:".len())?;
    if !starts_with(&name[start..], b"content-length:") {
        return None;
    }
    std::str::from_utf8(number).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_a_blank_line_a_body() {
        let header = Framing::Lines.after(b"Content-Length: 12\r");
        assert_eq!(header, Framing::Header(12));
        assert_eq!(header.after(b"content-type: text/json\r"), header);
        assert_eq!(header.after(b"\r"), Framing::Body(12));
        assert_eq!(header.after(b"\r").after(b"{}"), Framing::Lines);
        assert_eq!(header.after(b"hello"), Framing::Lines);
        assert_eq!(Framing::Body(3).after(b"}CONTENT-LENGTH:7"), Framing::Header(7));
    }

    #[test]
    fn other_lines_announce_nothing() {
        for line in [&b"Content-Length: "[..], b"Content-Length: x", b"{\"id\":1}", b"", b"7", b"Content-Length: 0"] {
            assert_eq!(Framing::Lines.after(line), Framing::Lines, "{line:?}");
        }
        assert!(is_header(b"CONTENT-length: 5") && is_header(b"Content-Type: x") && !is_header(b"Content-"));
    }
}
