//! Headers in the order and the spelling of the wire. Their names are compared without regard to case.

/// The headers of a request or of an answer. A name may stand more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    /// None.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Add one behind the others.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) {
        self.0.push((name.into(), value.into()));
    }

    /// Put one in the place of all that have this name.
    pub fn set(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.remove(name);
        self.push(name, value);
    }

    /// Take out all that have this name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// Make the last value longer by a line that belongs to it.
    pub(super) fn fold(&mut self, more: &[u8]) {
        if let Some((_, value)) = self.0.last_mut() {
            value.push(b' ');
            value.extend_from_slice(more);
        }
    }

    /// The first with this name, as text.
    pub fn get(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    /// All with this name, as texts.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        let same = self.0.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        same.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned())
    }

    /// Each name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_kept_with_it() {
        let mut headers = Headers::new();
        headers.push("Accept", "a");
        headers.push("aCCept", " b ");
        headers.push("Host", "h");
        assert_eq!(headers.get("ACCEPT").as_deref(), Some("a"));
        assert_eq!(headers.all("accept").collect::<Vec<_>>(), ["a", "b"]);
        headers.set("accept", "c");
        assert_eq!(headers.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["Host", "accept"]);
        headers.remove("HOST");
        assert_eq!((headers.len(), headers.is_empty()), (1, false));
    }
}
