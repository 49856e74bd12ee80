//! A reference, as it stands in `Location` or in an endpoint event, becomes an address.

use super::{BadUrl, Url};

impl Url {
    /// What a reference means that was found at this address.
    pub fn resolve(&self, reference: &str) -> Result<Self, BadUrl> {
        let reference = reference.split('#').next().unwrap_or_default();
        let mut url: Self = if has_scheme(reference) {
            reference.parse()?
        } else if reference.starts_with("//") {
            let scheme = if self.secure { "https" } else { "http" };
            format!("{scheme}:{reference}").parse()?
        } else {
            format!("{}{}", self.origin(), self.near(reference)).parse()?
        };
        url.target = without_dots(&url.target);
        Ok(url)
    }

    /// The target of a reference to the same host.
    fn near(&self, reference: &str) -> String {
        let path = self.path();
        match reference.chars().next() {
            None => self.target.clone(),
            Some('/') => reference.to_owned(),
            Some('?') => format!("{path}{reference}"),
            Some(_) => {
                let folder = path.rfind('/').map_or("/", |end| path.split_at(end + 1).0);
                format!("{folder}{reference}")
            }
        }
    }
}

fn has_scheme(reference: &str) -> bool {
    let scheme = reference.split([':', '/', '?']).next().unwrap_or_default();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_letter);
    begins && reference.get(scheme.len()..).is_some_and(|rest| rest.starts_with(':'))
}

/// `/a/./b/../c?d/..` becomes `/a/c?d/..`.
fn without_dots(target: &str) -> String {
    let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
    let mut kept: Vec<&str> = Vec::new();
    let mut ends_in_folder = false;
    for segment in path.split('/').skip(1) {
        ends_in_folder = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    if ends_in_folder {
        kept.push("");
    }
    format!("/{}{query}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        let base: Url = "http://h:8000/b/c/d?q".parse().expect("an address");
        for (reference, address) in [
            ("https://x.example/y?z#f", "https://x.example/y?z"),
            ("//x.example/y", "http://x.example/y"),
            ("/messages?session=1", "http://h:8000/messages?session=1"),
            ("g", "http://h:8000/b/c/g"),
            ("g/", "http://h:8000/b/c/g/"),
            ("./g:h", "http://h:8000/b/c/g:h"),
            ("?y", "http://h:8000/b/c/d?y"),
            ("", "http://h:8000/b/c/d?q"),
            ("#s", "http://h:8000/b/c/d?q"),
            (".", "http://h:8000/b/c/"),
            ("..", "http://h:8000/b/"),
            ("../g?a/../b", "http://h:8000/b/g?a/../b"),
            ("../../../../g", "http://h:8000/g"),
            ("/./a/../b/.", "http://h:8000/b/"),
            ("http://h:8000/a/../b", "http://h:8000/b"),
            ("g..", "http://h:8000/b/c/g.."),
        ] {
            let resolved = base.resolve(reference).map(|url| url.to_string());
            assert_eq!(resolved.as_deref(), Ok(address), "{reference}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        let base: Url = "http://h/".parse().expect("an address");
        for reference in ["mailto:a", "localhost:8000/x", "//", "http://", "a b", "/\n", "///x", "javascript:x"] {
            assert!(base.resolve(reference).is_err(), "{reference:?}");
        }
    }

    #[test]
    fn an_address_stays_what_it_is() {
        let base: Url = "http://[::1]:7/a//b?".parse().expect("an address");
        assert_eq!(base.resolve(""), Ok(base.clone()));
        assert_eq!(base.resolve(&base.to_string()), Ok(base));
    }
}
