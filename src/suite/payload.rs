//! Bytes that are written into a suite: as text, as digits, or as a pattern that is repeated.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    Payload, scope,
    tree::{Data, Fault, Node},
};

/// The longest text that `repeat` makes, in bytes.
const LONGEST: usize = 16 << 20;

/// What can stand where bytes are wanted.
const FORMS: &str =
    "a text (put it in quotes), `{ hex: \"ff fe\" }`, `{ base64: \"//4=\" }` or `{ repeat: a, times: 1000 }`";

/// Reads bytes; `owner` is the key that they belong to.
pub(super) fn payload(node: Node<'_>, owner: &str) -> Result<Payload, Fault> {
    if let Data::Text(text) = node.data() {
        return Ok(Payload::Text(text.clone()));
    }
    coded(node).unwrap_or_else(|| Err(node.fault(format!("`{owner}` takes {FORMS}"))))
}

/// Reads bytes that are not written as text; `None` for a map that means something else.
pub(super) fn coded(node: Node<'_>) -> Option<Result<Payload, Fault>> {
    let (hex, base64) = (node.get("hex"), node.get("base64"));
    match (hex, base64, node.get("repeat"), node.entries().count()) {
        (Some(digits), _, _, 1) => Some(read(digits, hex_bytes, "`hex` takes pairs of hexadecimal digits: `ff fe`")),
        (_, Some(text), _, 1) => Some(read(text, base64_bytes, "`base64` takes the standard alphabet, padded: `//4=`")),
        (_, _, Some(text), 1 | 2) => Some(repeated(text, node.get("times"), node)),
        _ => None,
    }
}

fn read(node: Node<'_>, bytes: fn(&str) -> Option<Vec<u8>>, wrong: &str) -> Result<Payload, Fault> {
    node.text().and_then(bytes).map(Payload::Bytes).ok_or_else(|| node.fault(wrong))
}

fn repeated(text: Node<'_>, times: Option<Node<'_>>, owner: Node<'_>) -> Result<Payload, Fault> {
    let Some(times) = times else {
        return Err(owner.fault("`repeat` needs `times`: how often"));
    };
    let repeat = text.text().ok_or_else(|| text.fault(format!("expected a text, got {}", text.words())))?;
    if scope::paths(repeat).next().is_some() {
        return Err(text.fault("there are no variables in what is repeated"));
    }
    let wrong = || times.fault(format!("`times` is a number, and all of it {LONGEST} bytes at most"));
    let Data::Number(number) = times.data() else {
        return Err(wrong());
    };
    let count = number.as_u64().and_then(|count| usize::try_from(count).ok());
    let count = count.filter(|count| repeat.len().saturating_mul(*count) <= LONGEST);
    count.map(|count| Payload::Repeated(repeat.to_owned(), count)).ok_or_else(wrong)
}

fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().filter(|c| *c != ' ').map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let byte = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    };
    digits.chunks(2).map(byte).collect()
}

fn base64_bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::yaml;

    fn read(text: &str) -> Option<Payload> {
        let tree = yaml::read(text, yaml::Origin { line: 1, indent: 0 }).unwrap();
        payload(tree.root(), "raw").ok()
    }

    #[test]
    fn bytes_are_pairs_of_digits() {
        let hex = |bytes: &[u8]| Some(Payload::Bytes(bytes.to_vec()));
        assert_eq!(read("hex: 'ff FE 0a'"), hex(&[0xff, 0xfe, 0x0a]));
        assert_eq!(read("hex: ''"), hex(&[]));
        assert_eq!(read("'{{x'"), Some(Payload::Text("{{x".into())));
        for text in ["hex: f", "hex: fg", "hex: 12", "{ hex: 'ff', x: 1 }", "5", "hex: 'é0'", "{}"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn bytes_are_base64() {
        assert_eq!(read("base64: '//4='"), Some(Payload::Bytes(vec![0xff, 0xfe])));
        for text in ["base64: '//4'", "base64: '__4='", "base64: 5", "{ base64: '', hex: '' }"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_is_repeated_within_bounds() {
        assert_eq!(read("{ repeat: ab, times: 1000 }"), Some(Payload::Repeated("ab".into(), 1000)));
        assert_eq!(read("{ times: 0, repeat: ab }"), Some(Payload::Repeated("ab".into(), 0)));
        assert!(read("{ repeat: a, times: 16777216 }").is_some());
        for text in
            ["repeat: a", "{ repeat: a, times: 16777217 }", "{ repeat: a, times: -1 }", "{ repeat: 1, times: 1 }"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("{ repeat: '{{nonce}}', times: 2 }"), None);
    }
}
