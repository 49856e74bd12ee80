//! The small values of steps: durations, lists, pointers.

use std::time::Duration;

use super::{
    List, Meta,
    scope::alone,
    suggest,
    tree::{Data, Fault, Node},
};

/// The longest time that a step can ask for.
const LONGEST: Duration = Duration::from_secs(600);

fn text(node: Node<'_>) -> Result<&str, Fault> {
    node.text().ok_or_else(|| node.fault(format!("expected a text, got {}", node.words())))
}

/// `200ms`, `2s`.
pub(super) fn duration(node: Node<'_>) -> Result<Duration, Fault> {
    let wrong = || node.fault("a time is a number with its unit: `200ms`, `2s`");
    let text = node.text().ok_or_else(wrong)?;
    let digits = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let duration = match unit.trim() {
        "ms" => Duration::from_millis(number),
        "s" => Duration::from_secs(number),
        _ => return Err(wrong()),
    };
    if duration > LONGEST {
        return Err(node.fault(format!("a step waits {} seconds at most", LONGEST.as_secs())));
    }
    Ok(duration)
}

/// What becomes of the standard `_meta`.
pub(super) fn meta(node: Option<Node<'_>>) -> Result<Meta, Fault> {
    let Some(node) = node else {
        return Ok(Meta::Standard);
    };
    match node.data() {
        Data::Map(_) => Ok(Meta::Merge(node.to_value())),
        Data::Text(text) if text == "none" => Ok(Meta::None),
        _ => Err(node.fault("`meta` is a map to merge, or `none`")),
    }
}

/// A JSON pointer.
pub(super) fn pointer(node: Node<'_>) -> Result<String, Fault> {
    let text = text(node)?;
    if text.is_empty() || text.starts_with('/') {
        return Ok(text.to_owned());
    }
    Err(node.fault(format!("a JSON pointer begins with a slash: `/{text}`")))
}

/// What `for` goes through.
pub(super) fn list(node: Node<'_>) -> Result<List, Fault> {
    const NAMED: [(&str, List); 6] = [
        ("tools", List::Tools),
        ("prompts", List::Prompts),
        ("resources", List::Resources),
        ("templates", List::Templates),
        ("calls", List::Calls),
        ("mirrored", List::Mirrored),
    ];
    if let Data::List(_) = node.data() {
        return Ok(List::Values(node.items().map(Node::to_value).collect()));
    }
    let text = text(node)?;
    if alone(text).is_some() {
        return Ok(List::Variable(text.to_owned()));
    }
    let names = NAMED.each_ref().map(|(name, _)| *name);
    let found = NAMED.into_iter().find(|(name, _)| *name == text);
    found.map(|(_, list)| list).ok_or_else(|| {
        let hint = suggest::hint(text, names);
        node.fault(format!("`{text}` is not a list{hint}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::yaml;

    fn read<T>(text: &str, read: impl Fn(Node<'_>) -> Result<T, Fault>) -> Option<T> {
        let tree = yaml::read(text, yaml::Origin { line: 1, indent: 0 }).unwrap();
        read(tree.root()).ok()
    }

    #[test]
    fn times_have_a_unit_and_an_end() {
        assert_eq!(read("200ms", duration), Some(Duration::from_millis(200)));
        assert_eq!(read("2 s", duration), Some(Duration::from_secs(2)));
        for text in ["2", "s", "-2s", "2m", "601s", "99999999999999999999s", "1.5s", "2sé"] {
            assert_eq!(read(text, duration), None, "{text}");
        }
    }

    #[test]
    fn lists_are_named_written_or_variables() {
        assert_eq!(read("calls", list), Some(List::Calls));
        assert_eq!(read("[1, a]", list), Some(List::Values(vec![1.into(), "a".into()])));
        assert_eq!(read("'{{names.0}}'", list), Some(List::Variable("{{names.0}}".into())));
        assert_eq!(read("'all {{names}}'", list), None);
    }

    #[test]
    fn metadata_is_merged_or_left_out() {
        let meta_of = |text: &str| read(text, |node| meta(Some(node)));
        assert_eq!(meta(None), Ok(Meta::Standard));
        assert_eq!(meta_of("none"), Some(Meta::None));
        assert_eq!(meta_of("{ a: null }"), Some(Meta::Merge(serde_json::json!({ "a": null }))));
        assert_eq!(meta_of("null"), None);
    }
}
