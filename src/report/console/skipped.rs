//! What was not tested, by reason. A skip is no pass, so it is never left out; the names of the checks are, unless asked for.

use std::collections::BTreeMap;

use crate::model::{CheckResult, Verdict};
use crate::report::{
    Options, Record,
    columns::{cut, wrap},
    escape::visible,
    layout::Layout,
    style::Tone,
};

/// Reasons that are shown unasked; the rest is only counted.
const REASONS: usize = 8;

/// The skips, most frequent reason first.
pub fn skipped(record: &Record, options: &Options, layout: &Layout) -> Vec<String> {
    let reasons = reasons(record);
    if reasons.is_empty() {
        return Vec::new();
    }
    let shown = if options.verbose { reasons.len() } else { REASONS };
    let mut lines = vec![layout.ink.paint(Tone::Bold, "Skipped")];
    for (reason, results) in reasons.iter().take(shown) {
        lines.extend(line(reason, results.len(), layout));
        if options.verbose {
            lines.extend(results.iter().map(|result| name(result, layout)));
        }
    }
    let rest: usize = reasons.iter().skip(shown).map(|(_, results)| results.len()).sum();
    if rest > 0 {
        lines.push(layout.ink.paint(Tone::Dim, &format!("{rest:>5}  for other reasons; `--verbose` lists them")));
    }
    lines
}

fn reasons(record: &Record) -> Vec<(String, Vec<&CheckResult>)> {
    let mut by_reason: BTreeMap<String, Vec<&CheckResult>> = BTreeMap::new();
    for result in record.sorted().into_iter().filter(|result| result.verdict == Verdict::Skip) {
        let kind = result.skip.map(|skip| skip.as_str().to_owned());
        let said = Some(result.reason.clone()).filter(|reason| !reason.is_empty());
        let parts: Vec<String> = kind.into_iter().chain(said).collect();
        by_reason.entry(parts.join(": ")).or_default().push(result);
    }
    let mut reasons: Vec<_> = by_reason.into_iter().collect();
    reasons.sort_by_key(|(_, results)| std::cmp::Reverse(results.len()));
    reasons
}

fn line(reason: &str, count: usize, layout: &Layout) -> Vec<String> {
    let reason = visible(reason);
    let reason = if reason.is_empty() { "without a reason".into() } else { reason };
    let parts = wrap(&reason, layout.width.saturating_sub(7), layout.row_lines);
    let count = |number: usize| {
        if number == 0 { format!("{count:>5}  ") } else { " ".repeat(7) }
    };
    let line = |(number, part): (usize, &_)| format!("{}{part}", count(number));
    parts.iter().enumerate().map(line).collect()
}

fn name(result: &CheckResult, layout: &Layout) -> String {
    let name = format!("{}  {}", result.check, result.revision);
    let name = visible(&name);
    let name = cut(&name, layout.wire_width.saturating_sub(9));
    format!("{}{}", " ".repeat(9), layout.ink.paint(Tone::Dim, &name))
}
