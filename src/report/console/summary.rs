//! The end of a run on one page: counts, skips, warnings, failures, verdict, so that what matters is next to the prompt.

use crate::model::Verdict;
use crate::report::{
    Options, Record,
    columns::{cut, pad, width},
    escape::visible,
    layout::Layout,
    style::Tone,
    words,
};

use super::{cases, live::header, skipped, unreachable, verdict};

/// The whole report, as a file shows it.
pub fn render(record: &Record, options: &Options) -> String {
    let tool = &record.tool;
    header(&tool.name, &tool.version, &record.target, record.seed, options) + &summary(record, options)
}

/// What follows when the last check is over.
pub fn summary(record: &Record, options: &Options) -> String {
    let layout = Layout::console(options);
    let mut blocks = vec![revisions(record, &layout), skipped::skipped(record, options, &layout)];
    for verdict in [Verdict::Warn, Verdict::Error, Verdict::Fail] {
        blocks.extend(cases::blocks(record, verdict, &layout));
    }
    blocks.extend(record.unreachable.as_ref().map(|found| unreachable::unreachable(found, &layout)));
    blocks.push(verdict::verdict(record, &layout));
    blocks.retain(|block| !block.is_empty());
    let blocks: Vec<String> = blocks.iter().map(|block| block.join("\n")).collect();
    blocks.join("\n\n") + "\n"
}

/// One line for each revision and transport; the last line of the page says it all when there is only one.
fn revisions(record: &Record, layout: &Layout) -> Vec<String> {
    let groups = record.groups();
    if groups.len() < 2 {
        return Vec::new();
    }
    let names: Vec<String> = groups
        .iter()
        .map(|group| {
            let server = group.run.map(|run| words::server(&run.server)).unwrap_or_default();
            let name = format!("{}  {}  {server}", group.revision, group.transport);
            cut(&visible(&name), 48).into_owned()
        })
        .collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or_default();
    let line = |(name, group): (&String, &crate::report::record::Group<'_>)| {
        let counts = words::counts(&group.totals());
        format!("{}  {}", layout.ink.paint(Tone::Plain, &pad(name, widest)), layout.ink.paint(Tone::Dim, &counts))
    };
    names.iter().zip(&groups).map(line).collect()
}
