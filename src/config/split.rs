//! A command that is written as one line, as its words.

/// The words between spaces; quotes of either kind keep together what is in them. No shell looks at it: a backslash is
/// a backslash.
pub fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (c, quote) {
            (_, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ' | '\t' | '\n', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_words_together() {
        assert_eq!(words(" node  'my server.js' --x=\"a b\" '' "), ["node", "my server.js", "--x=a b", ""]);
        assert_eq!(words(r"C:\tools\x.exe -v"), [r"C:\tools\x.exe", "-v"]);
        assert_eq!(words("").len(), 0);
    }
}
