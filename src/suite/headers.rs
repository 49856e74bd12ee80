//! Headers that are written into a suite: spelled as they are sent, null to leave one out, a list to repeat it.

use super::{
    HeaderValue,
    tree::{Data, Fault, Node},
};

/// Reads a map of headers.
pub(super) fn headers(node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<(String, HeaderValue)> {
    if !matches!(node.data(), Data::Map(_)) {
        faults.push(node.fault(format!("`headers` is a map of names and values, not {}", node.words())));
    }
    let mut headers: Vec<(String, HeaderValue)> = Vec::new();
    for (key, value) in node.entries() {
        if let Some((first, _)) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(&key.name)) {
            let message = format!("`{}` is the same header as `{first}`: a list repeats it", key.name);
            faults.push(key.place.fault(message));
        }
        match header(value) {
            Ok(value) => headers.push((key.name.clone(), value)),
            Err(fault) => faults.push(fault),
        }
    }
    headers
}

fn header(node: Node<'_>) -> Result<HeaderValue, Fault> {
    match node.data() {
        Data::Null => Ok(HeaderValue::Leave),
        Data::List(items) if items.is_empty() => Err(node.fault("there is no value here: `null` leaves a header out")),
        Data::List(_) => node.items().map(text).collect::<Result<_, _>>().map(HeaderValue::Values),
        _ => text(node).map(|value| HeaderValue::Values(vec![value])),
    }
}

fn text(node: Node<'_>) -> Result<String, Fault> {
    match node.data() {
        Data::Text(text) => Ok(text.clone()),
        Data::Number(number) => Ok(number.to_string()),
        Data::Bool(value) => Ok(value.to_string()),
        _ => Err(node.fault(format!("a header is a text, a list of texts, or null, not {}", node.words()))),
    }
}

/// Whether a header is among these, however it is spelled.
pub(super) fn has(headers: &[(String, HeaderValue)], name: &str) -> bool {
    headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::yaml;

    fn read(text: &str) -> (Vec<(String, HeaderValue)>, usize) {
        let tree = yaml::read(text, yaml::Origin { line: 1, indent: 0 }).unwrap();
        let mut faults = Vec::new();
        (headers(tree.root(), &mut faults), faults.len())
    }

    #[test]
    fn headers_keep_their_spelling_and_their_order() {
        let values = |values: &[&str]| HeaderValue::Values(values.iter().map(|value| (*value).to_owned()).collect());
        let (read, faults) = read("{ ORIGIN: 'http://x', Mcp-Method: null, X-A: [one, 2], Content-Length: 5, a: '' }");
        let expected = [
            ("ORIGIN".to_owned(), values(&["http://x"])),
            ("Mcp-Method".to_owned(), HeaderValue::Leave),
            ("X-A".to_owned(), values(&["one", "2"])),
            ("Content-Length".to_owned(), values(&["5"])),
            ("a".to_owned(), values(&[""])),
        ];
        assert_eq!((read.as_slice(), faults), (&expected[..], 0));
        assert!(has(&read, "origin") && !has(&read, "orig"));
    }

    #[test]
    fn what_is_no_header_is_told() {
        for text in ["x", "[a]", "{ a: {} }", "{ a: [] }", "{ a: [[b]] }", "{ a: [null] }", "{ Origin: a, origin: b }"]
        {
            assert_eq!(read(text).1, 1, "{text}");
        }
    }
}
