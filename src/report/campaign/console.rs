//! What a person in a hurry reads of a campaign: the findings, worst first, and a last line that says it all.

use crate::model::{Campaign, Discovery, Exit, ToolInfo};
use crate::report::{
    Options,
    console::{header as head, unreachable, word_of},
    escape::visible,
    layout::Layout,
    style::Tone,
    words::{exit_meaning, server},
};

use super::{
    evidence::evidence,
    words::{self, Standing},
};

/// Findings of one standing that are shown unasked; the rest is only counted.
const SHOWN: usize = 20;

/// How a note begins that says how the server was kept from doing harm: it stands at the top.
const SANDBOX: &str = "sandbox";

/// The whole report, as a file shows it.
pub fn render(campaign: &Campaign, options: &Options) -> String {
    header(campaign, options) + &summary(campaign, options)
}

/// Who tests what, and how: known before the first case is sent.
pub fn header(campaign: &Campaign, options: &Options) -> String {
    let layout = Layout { indent: 0, ..Layout::console(options) };
    let tool = ToolInfo::this();
    let mut lines =
        vec![head(&tool.name, &tool.version, &campaign.target, campaign.seed, options).trim_end().to_owned()];
    if let Some(revision) = campaign.revision {
        let about = format!("{}  {revision}  {}", server(&campaign.server), campaign.transport);
        lines.extend(layout.paragraph(&about));
    }
    lines.extend(campaign.notes.iter().filter(|note| is_at_the_top(note)).flat_map(|note| layout.paragraph(note)));
    lines.join("\n") + "\n\n"
}

/// What follows when it is over.
pub fn summary(campaign: &Campaign, options: &Options) -> String {
    let layout = Layout::console(options);
    let mut blocks = Vec::new();
    for standing in [Standing::Failure, Standing::Warning, Standing::Flaky] {
        blocks.extend(of_standing(campaign, standing, &layout, options.verbose));
    }
    blocks.extend(campaign.unreachable.as_ref().map(|found| unreachable(found, &layout)));
    blocks.push(rest(campaign, &layout));
    blocks.push(verdict(campaign, &layout));
    blocks.retain(|block| !block.is_empty());
    let blocks: Vec<String> = blocks.iter().map(|block| block.join("\n")).collect();
    blocks.join("\n\n") + "\n"
}

fn of_standing(campaign: &Campaign, standing: Standing, layout: &Layout, all: bool) -> Vec<Vec<String>> {
    let findings: Vec<_> = campaign.findings.iter().filter(|found| Standing::of(found) == standing).collect();
    let shown = if all { findings.len() } else { SHOWN };
    let mut blocks = Vec::new();
    if standing == Standing::Flaky && !findings.is_empty() {
        blocks.push(vec![layout.ink.paint(Tone::Bold, "Seen, but not each time that it was tried again")]);
    }
    blocks.extend(findings.iter().take(shown).map(|found| block(found, campaign, layout)));
    let left_out = findings.len().saturating_sub(shown);
    if left_out > 0 {
        let more = format!("… {left_out} more ({}); `--verbose` shows them", standing.word());
        blocks.push(vec![layout.remark(&more)]);
    }
    blocks
}

fn block(found: &Discovery, campaign: &Campaign, layout: &Layout) -> Vec<String> {
    let (standing, ink) = (Standing::of(found), layout.ink);
    let kind = ink.paint(Tone::Bold, found.kind.name());
    let mut lines = vec![format!("{}  {kind}", ink.paint(standing.tone(), standing.word()))];
    lines.extend(layout.paragraph(&found.title));
    lines.push(String::new());
    lines.extend(evidence(layout, found, campaign));
    lines
}

/// What was tried, when that is all there is to say; and what the user should know.
fn rest(campaign: &Campaign, layout: &Layout) -> Vec<String> {
    let layout = Layout { indent: 0, ..*layout };
    let mut lines = Vec::new();
    if campaign.findings.is_empty() {
        lines.extend(layout.row("tried", &words::tried(campaign)));
    }
    let notes = campaign.notes.iter().filter(|note| !is_at_the_top(note));
    lines.extend(notes.flat_map(|note| layout.row("note", note)));
    lines
}

fn is_at_the_top(note: &str) -> bool {
    note.to_lowercase().starts_with(SANDBOX)
}

/// The last line: it says that something was found, or that nothing was, and never that all is well.
fn verdict(campaign: &Campaign, layout: &Layout) -> Vec<String> {
    let (word, tone) = match (campaign.exit(), campaign.findings.is_empty()) {
        (Exit::Clean, true) => ("NOTHING FOUND", Tone::Good),
        (Exit::Clean, false) => ("NO FAILURE", Tone::Warn),
        (exit, _) => word_of(exit),
    };
    let code = campaign.exit().code();
    let remark = (code > Exit::Findings.code()).then(|| format!("exit code {code}: {}", exit_meaning(code)));
    let mut lines: Vec<String> = remark.iter().map(|remark| layout.ink.paint(Tone::Dim, remark)).collect();
    let about = format!("{}: {}", words::amount(campaign), words::findings(campaign));
    lines.push(format!("{}  {}", layout.ink.paint(tone, word), visible(&about)));
    lines
}
