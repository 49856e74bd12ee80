//! The headers of a request. Names are compared without regard to case.

/// The headers in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    /// Adds one.
    pub fn push(&mut self, name: &str, value: &[u8]) {
        self.0.push((name.to_owned(), value.to_vec()));
    }

    /// What is said under this name; several values are one list.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let mut values = self.0.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let first = values.next()?.clone();
        Some(values.fold(first, |all, value| [all.as_slice(), value].join(b", ".as_slice())))
    }

    /// The same as text.
    pub fn get(&self, name: &str) -> Option<String> {
        self.bytes(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Whether there is one of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other.eq_ignore_ascii_case(name))
    }

    /// Takes out all of this name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// Keeps those whose name, as it is spelled, is accepted.
    pub fn keep(&mut self, is_accepted: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| is_accepted(name));
    }

    /// Puts one in the place of all of this name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.push(name, value.as_bytes());
    }

    /// Each name in lower case, with its value as text.
    pub fn lower(&self) -> Vec<(String, String)> {
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        self.0.iter().map(|(name, value)| (name.to_ascii_lowercase(), text(value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_has_a_list() {
        let mut headers = Headers::default();
        headers.push("Mcp-Name", b"a");
        headers.push("mcp-name", b"b");
        assert_eq!(headers.get("MCP-NAME").as_deref(), Some("a, b"));
        headers.set("mcp-Name", "c");
        assert_eq!(headers.lower(), [("mcp-name".to_owned(), "c".to_owned())]);
    }
}
