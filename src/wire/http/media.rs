//! The essence of a `Content-Type`: what a body is, without how it is written.

/// A media type in lower case and without its parameters: `application/json` of `Application/JSON; charset=utf-8`.
/// A text that is none is left as it is, but for case and space.
pub fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_case_and_space_are_left_out() {
        for (value, expected) in [
            ("Application/JSON; charset=utf-8", "application/json"),
            ("text/event-stream", "text/event-stream"),
            (" text/html ;a=b;c", "text/html"),
            ("; charset=utf-8", ""),
            ("", ""),
            ("JSON", "json"),
        ] {
            assert_eq!(media_type(value), expected, "{value}");
        }
    }
}
