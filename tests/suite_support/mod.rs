//! Suite files around a mistake, and what their author is told of it.

use mcp_litmus::suite::Suite;

/// A file around one section.
pub fn with_section(section: &str) -> String {
    format!("+++\nabout = \"a test\"\n+++\n\n{section}")
}

/// A file around one `yaml check`.
pub fn with_check(block: &str) -> String {
    with_section(&format!("## a: B\n```yaml check\n{block}\n```\n"))
}

fn rendered(text: &str) -> String {
    let Err(errors) = Suite::parse("tools.md", text) else {
        return "nothing is wrong".to_owned();
    };
    errors.iter().map(|error| error.render(text)).collect::<Vec<_>>().join("\n")
}

/// Snippets below lines `# name`, each put into a file.
pub fn each(with: fn(&str) -> String, text: &str) -> Vec<(&str, String)> {
    let snippets = text.trim_matches('\n').split("\n# ").map(|snippet| snippet.trim_start_matches("# "));
    snippets.filter_map(|snippet| snippet.split_once('\n')).map(|(name, body)| (name, with(body))).collect()
}

fn all_rendered(snippets: &[(&str, String)]) -> String {
    let one = |(name, text): &(&str, String)| format!("# {name}\n{}\n", rendered(text));
    snippets.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Compares with `golden/NAME.snap`.
pub fn golden(name: &str, snippets: &[(&str, String)]) {
    let all = all_rendered(snippets);
    assert!(!all.contains("nothing is wrong"), "each of these is a mistake:\n{all}");
    insta::with_settings!({
        snapshot_path => "../../golden", prepend_module_to_snapshot => false, omit_expression => true,
    }, { insta::assert_snapshot!(name, all) });
}
