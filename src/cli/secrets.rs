//! What must not be shown: the values of variables that hold secrets. Keeps values and names; knows no report.

/// Shorter values are no secrets, and occur everywhere.
const SHORTEST: usize = 6;
/// How the name of a variable ends that holds a secret.
const ENDINGS: [&str; 8] =
    ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY", "CREDENTIALS"];

/// Values that are masked wherever they occur, in every spelling that a server may give them.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// Longest spelling first, so that a secret which contains another is masked as a whole.
    masks: Vec<Mask>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mask {
    spelling: String,
    shown: String,
}

/// Whether the value of a variable is a secret by its name.
pub fn is_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

impl Secrets {
    /// The values of these variables.
    pub fn of<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut masks: Vec<Mask> = Vec::new();
        for (name, value) in variables {
            for spelling in spellings(value) {
                if !masks.iter().any(|mask| mask.spelling == spelling) {
                    masks.push(Mask { spelling, shown: format!("[redacted {name}]") });
                }
            }
        }
        masks.sort_by_key(|mask| std::cmp::Reverse(mask.spelling.len()));
        Self { masks }
    }

    /// Put the name of its variable in place of every value.
    pub fn mask(&self, text: &mut String) {
        let mut masked = String::new();
        let mut rest = text.as_str();
        while let Some((at, length, shown)) = self.first(rest) {
            let (before, found) = rest.split_at(at);
            masked.extend([before, shown]);
            rest = found.split_at(length).1;
        }
        if masked.is_empty() && rest.len() == text.len() {
            return;
        }
        masked.push_str(rest);
        *text = masked;
    }

    /// The first value: where, how long, and what is shown instead.
    fn first(&self, text: &str) -> Option<(usize, usize, &str)> {
        let found = self.masks.iter().filter_map(|mask| {
            let (at, length) = mask.find(text)?;
            Some((at, length, mask.shown.as_str()))
        });
        // Of several at the same place, the longest.
        found.min_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)))
    }
}

impl Mask {
    fn find(&self, text: &str) -> Option<(usize, usize)> {
        let whole = text.find(&self.spelling).map(|at| (at, self.spelling.len()));
        whole.into_iter().chain(self.cut_off(text)).min()
    }

    /// The beginning of the value where a long text was cut: at its end, or before the sign for what is left out.
    fn cut_off(&self, text: &str) -> Option<(usize, usize)> {
        let begins = self.spelling.char_indices().nth(SHORTEST).map(|(length, _)| self.spelling.split_at(length).0)?;
        text.match_indices(begins).find_map(|(at, _)| {
            let rest = text.split_at(at).1;
            let kept = rest.split('…').next().unwrap_or(rest);
            self.spelling.starts_with(kept).then_some((at, kept.len()))
        })
    }
}

/// The value, its lines, and each as JSON writes it: with what must be escaped, and with what some escape besides.
fn spellings(value: &str) -> Vec<String> {
    let parts = std::iter::once(value.trim()).chain(value.lines().map(str::trim));
    let escaped = |part: &str| {
        let json = serde_json::Value::from(part).to_string();
        let json = json.trim_start_matches('"').strip_suffix('"').unwrap_or(&json).to_owned();
        let ascii: String = json.chars().map(ascii).collect();
        [part.to_owned(), json.replace('/', "\\/"), ascii, json]
    };
    parts.filter(|part| part.chars().count() >= SHORTEST).flat_map(escaped).collect()
}

fn ascii(c: char) -> String {
    if c.is_ascii() {
        return c.to_string();
    }
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(variables: &[(&str, &str)], text: &str) -> String {
        let mut text = text.to_owned();
        Secrets::of(variables.iter().copied()).mask(&mut text);
        text
    }

    #[test]
    fn names_tell_secrets() {
        for name in ["GITHUB_TOKEN", "DB_PASSWORD", "openai_api_key", "AWS_SECRET_ACCESS_KEY", "CREDENTIALS"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["HOME", "TOKENIZER", "AWS_ACCESS_KEY_ID", "PATH"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn values_are_masked_everywhere_and_the_rest_stays() {
        let text = "key=hunter22, again hunter22!";
        assert_eq!(masked(&[("KEY", "hunter22")], text), "key=[redacted KEY], again [redacted KEY]!");
        assert_eq!(masked(&[("KEY", "hunter22")], "hunter22"), "[redacted KEY]");
        assert_eq!(masked(&[("KEY", "other-value")], text), text);
        assert_eq!(masked(&[("KEY", "short"), ("NONE", "")], "short"), "short");
    }

    #[test]
    fn what_contains_another_is_masked_as_a_whole() {
        let variables = [("SHORT", "abcdef"), ("LONG", "abcdefgh"), ("WORD", "redacted")];
        assert_eq!(masked(&variables, "abcdefgh abcdef!"), "[redacted LONG] [redacted SHORT]!");
    }

    #[test]
    fn escaped_values_are_masked_too() {
        let value = "pä\"ss/wörd\n";
        let variables = [("KEY", value)];
        for text in [r#"pä"ss/wörd"#, r#"pä\"ss/wörd"#, r#"pä\"ss\/wörd"#, r#"p\u00e4\"ss/w\u00f6rd"#] {
            assert_eq!(masked(&variables, &format!("<{text}>")), "<[redacted KEY]>", "{text}");
        }
    }

    #[test]
    fn lines_of_a_key_and_cut_values_are_masked() {
        let pem = "-----BEGIN-----\nMIIEvQIBADAN\n-----END-----\n";
        assert_eq!(masked(&[("PEM", pem)], "line MIIEvQIBADAN"), "line [redacted PEM]");
        let long = [("KEY", "0123456789abcdef")];
        assert_eq!(masked(&long, "is 012345678… (3 of 9 bytes)"), "is [redacted KEY]… (3 of 9 bytes)");
        assert_eq!(masked(&long, "is 012345678"), "is [redacted KEY]");
        assert_eq!(masked(&long, "012345678 is another"), "012345678 is another");
    }
}
