//! The keys of `_meta`: a prefix if there is one, and a name (`basic/index#meta`, from 2025-06-18 on).
//!
//! The grammar is a MUST and fails: dots between labels, a slash behind them; how a label and a name begin and end, and
//! what may stand between. A name may be empty. Letters outside of ASCII in a label warn, as the sentence on labels just
//! says "letter". Prefixes reserved for MCP warn at most, because official extensions use them.

use super::format::{Objection, brief};

/// Reserved are prefixes in which `mcp` or `modelcontextprotocol` is followed by one last label: `tools.mcp.com/`.
pub(super) fn check_2025_06_18(key: &str) -> Option<Objection> {
    check(key, |prefix| reserved(prefix.rsplit('.').nth(1)))
}

/// Reserved are prefixes with `mcp` or `modelcontextprotocol` as the second label: `io.modelcontextprotocol/`. Prefixes
/// should have the order of reverse DNS.
pub(super) fn check_2025_11_25(key: &str) -> Option<Objection> {
    check(key, |prefix| own_key_2025(key, prefix).or_else(|| forward_dns(prefix)))
}

/// As in 2025-11-25, with more keys of its own. The order of labels cannot be told from outside and is not judged.
pub(super) fn check_2026_07_28(key: &str) -> Option<Objection> {
    check(key, |prefix| reserved(prefix.split('.').nth(1)).filter(|_| !is_known(key, &KEYS_2026_07_28)))
}

/// The identifier of an extension follows the same grammar, and has to have a prefix
/// (`basic/versioning#extension-negotiation`, from 2026-07-28 on). Official ones have a reserved prefix.
pub(super) fn check_extension(key: &str) -> Option<Objection> {
    if key.contains('/') { check(key, |_| None) } else { Some(Objection::fail("no prefix")) }
}

fn own_key_2025(key: &str, prefix: &str) -> Option<String> {
    reserved(prefix.split('.').nth(1)).filter(|_| !is_known(key, &KEYS_2025_11_25))
}

/// Names behind `io.modelcontextprotocol/` that the revision or an official extension defines.
const KEYS_2025_11_25: [&str; 3] = ["related-task", "model-immediate-response", "ui"];
const KEYS_2026_07_28: [&str; 9] = [
    "protocolVersion",
    "clientInfo",
    "clientCapabilities",
    "logLevel",
    "subscriptionId",
    "serverInfo",
    "related-task",
    "tasks",
    "ui",
];

fn is_known(key: &str, names: &[&str]) -> bool {
    key.strip_prefix("io.modelcontextprotocol/").is_some_and(|name| names.contains(&name))
}

fn check(key: &str, rule: impl Fn(&str) -> Option<String>) -> Option<Objection> {
    let (prefix, name) = match key.find('/') {
        Some(at) => (Some(&key[..at]), &key[at + 1..]),
        None => (None, key),
    };
    let worst_label = prefix.and_then(|prefix| prefix.split('.').filter_map(label_fault).max_by_key(|o| o.severity));
    match (worst_label, name_fault(name)) {
        (Some(label), Some(name)) => Some(if name.severity > label.severity { name } else { label }),
        (None, None) => prefix.and_then(rule).map(Objection::warn),
        (label, name) => label.or(name),
    }
}

fn label_fault(label: &str) -> Option<Objection> {
    if label.is_empty() {
        return Some(Objection::fail("an empty label in the prefix"));
    }
    let has_form = |is_letter: fn(char) -> bool, is_inner: fn(char) -> bool| {
        let ends = label.starts_with(is_letter) && label.ends_with(|c| is_inner(c) && c != '-');
        ends && label.chars().all(is_inner)
    };
    if has_form(|c| c.is_ascii_alphabetic(), |c| c.is_ascii_alphanumeric() || c == '-') {
        None
    } else if has_form(char::is_alphabetic, |c| c.is_alphanumeric() || c == '-') {
        Some(Objection::warn(format!("a letter outside of ASCII in the label {}", brief(label))))
    } else {
        Some(Objection::fail(format!("the label {} is not made of letters, digits and inner hyphens", brief(label))))
    }
}

fn name_fault(name: &str) -> Option<Objection> {
    let is_end = |c: char| c.is_ascii_alphanumeric();
    if name.is_empty() {
        return None;
    }
    if !(name.starts_with(is_end) && name.ends_with(is_end)) {
        return Some(Objection::fail("the name does not begin and end with a letter or a digit"));
    }
    let odd = name.chars().find(|c| !(is_end(*c) || matches!(c, '-' | '_' | '.')))?;
    Some(Objection::fail(format!("{odd:?} in the name")))
}

fn reserved(label: Option<&str>) -> Option<String> {
    let label = label.filter(|label| matches!(*label, "mcp" | "modelcontextprotocol"))?;
    Some(format!("with {label} in this place, the prefix is reserved for MCP"))
}

/// A prefix such as `example.com/`, which ends where one in the order of reverse DNS begins.
fn forward_dns(prefix: &str) -> Option<String> {
    const TOP: [&str; 7] = ["com", "org", "net", "io", "dev", "ai", "app"];
    let (first, last) = (prefix.split('.').next()?, prefix.rsplit('.').next()?);
    (TOP.contains(&last) && !TOP.contains(&first)).then(|| format!("the prefix ends in {last}, not in reverse order"))
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    const GOOD: &[&str] = &[
        "",
        "progressToken",
        "traceparent",
        "com.example/",
        "com.example/a_b-c.d",
        "com.ex-ample2/x",
        "x/y",
        "com.example.mcp/a",
        "9",
    ];
    const FAIL: &[&str] = &[
        "/a",
        "com./a",
        ".com/a",
        "com..example/a",
        "1com/a",
        "com-/a",
        "-com/a",
        "co m/a",
        "com_x/a",
        "com.example/a/b",
        "com.example/_a",
        "com.example/a_",
        "_a",
        "a b",
        "a$b",
        "com.example/ä",
        "ä.1/a",
        "ä/a b",
        "http://x/y",
    ];

    #[test]
    fn grammar() {
        for check in [check_2025_06_18, check_2025_11_25, check_2026_07_28] {
            judge(check, GOOD, &["dé.example/a"], FAIL);
        }
    }

    #[test]
    fn extensions_have_a_prefix() {
        let good = ["com.example/a", "io.modelcontextprotocol/tasks", "x/y"];
        judge(check_extension, &good, &["dé.example/a"], &["", "tasks", "/a", "com.example/_a", "com.example/a/b"]);
    }

    #[test]
    fn reserved_prefixes_are_those_of_the_revision() {
        let early = ["modelcontextprotocol.io/a", "mcp.dev/a", "api.modelcontextprotocol.org/a", "tools.mcp.com/a"];
        let late = ["dev.mcp/a", "org.modelcontextprotocol.api/a", "com.mcp.tools/a", "io.modelcontextprotocol/a"];
        judge(check_2025_06_18, &["dev.mcp/a", "io.modelcontextprotocol/a", "example.com/a"], &early, &[]);
        judge(check_2025_11_25, &["io.modelcontextprotocol/related-task", "io.github.dev/a"], &late, &[]);
        judge(check_2025_11_25, &[], &["example.com/a", "mcp.dev/a", "io.modelcontextprotocol/serverInfo"], &[]);
        judge(check_2026_07_28, &["io.modelcontextprotocol/serverInfo", "example.com/a", "mcp.dev/a"], &late, &[]);
    }
}
