//! Texts of a format.

use super::dice::Dice;

/// Formats with texts that are taken for such everywhere, the plainest first.
const SAMPLES: &[(&str, &[&str])] = &[
    ("email", &["litmus@example.com", "a.b+c@example.org", "x@mail.example.net"]),
    ("idn-email", &["litmus@example.com", "a.b@example.org"]),
    ("uri", &["https://example.com/litmus", "http://example.org/a?b=c#d", "urn:example:litmus"]),
    ("url", &["https://example.com/litmus", "http://example.org/a?b=c#d"]),
    ("uri-reference", &["https://example.com/litmus", "/a/b?c=d", "#e"]),
    ("iri", &["https://example.com/litmus", "http://example.org/a"]),
    ("iri-reference", &["https://example.com/litmus", "/a/b"]),
    ("uri-template", &["https://example.com/{litmus}", "/a/{b}"]),
    ("date", &["2026-01-02", "2024-02-29", "1999-12-31"]),
    ("date-time", &["2026-01-02T03:04:05Z", "2024-02-29T23:59:59.123+01:00", "1999-12-31T00:00:00-08:00"]),
    ("time", &["03:04:05Z", "23:59:59.5+01:00"]),
    ("duration", &["P1D", "PT1H30M", "P2W"]),
    ("uuid", &["00000000-0000-4000-8000-000000000000", "7f3c2a10-9b1d-4e6f-a1b2-c3d4e5f60718"]),
    ("hostname", &["localhost", "a-b.example.com"]),
    ("idn-hostname", &["localhost", "example.com"]),
    ("ipv4", &["127.0.0.1", "192.0.2.255"]),
    ("ipv6", &["::1", "2001:db8::8:800:200c:417a"]),
    ("json-pointer", &["/litmus", "", "/a~1b/0"]),
    ("relative-json-pointer", &["0", "1/a"]),
    ("regex", &["^litmus$", "[a-z]+"]),
    ("byte", &["bGl0bXVz", ""]),
    ("binary", &["litmus"]),
    ("color", &["#102030", "#ffffff"]),
];

/// Whether we have texts of a format.
pub(super) fn is_known(name: &str) -> bool {
    SAMPLES.iter().any(|(known, _)| *known == name)
}

/// A text of a format, at each attempt another one.
pub(super) fn sample(name: &str, attempt: usize, dice: &mut Dice) -> String {
    let texts = SAMPLES.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, texts)| *texts);
    let index = (dice.below(texts.len()) + attempt) % texts.len().max(1);
    texts.get(index).copied().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{instances::dice::Taste, schema::compile};

    #[test]
    fn each_text_is_one_of_its_format() {
        for (name, texts) in SAMPLES {
            let schema = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "format": name });
            let validator = compile(&schema).unwrap();
            for text in *texts {
                assert!(validator.is_valid(&json!(text)), "{name}: {text}");
            }
        }
    }

    #[test]
    fn the_plainest_comes_first() {
        let mut calm = Dice::new(Taste::Smallest, 0, 0);
        assert_eq!(sample("date", 0, &mut calm), "2026-01-02");
        assert_eq!(sample("date", 1, &mut calm), "2024-02-29");
        assert!(is_known("uuid") && !is_known("phone"));
    }
}
