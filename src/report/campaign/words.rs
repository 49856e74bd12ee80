//! The phrases that the reports of a campaign share: how a finding stands, how much was done, what came of it.

use crate::model::{Campaign, Discovery, Severity, campaign::Kind};
use crate::report::{
    style::Tone,
    words::{counted, grouped, seconds, time},
};

/// What a finding counts for. Worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It happens each time, and breaks a rule.
    Failure,
    /// It happens each time, and is worth saying.
    Warning,
    /// It was seen, and not each time that it was tried again: nobody can rely on it.
    Flaky,
}

impl Standing {
    /// That of a finding.
    pub fn of(found: &Discovery) -> Self {
        match (found.confirmed, found.severity) {
            (false, _) => Self::Flaky,
            (true, Severity::Fail) => Self::Failure,
            (true, Severity::Warn) => Self::Warning,
        }
    }

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Failure => "FAIL",
            Self::Warning => "WARN",
            Self::Flaky => "FLAKY",
        }
    }

    /// How it looks.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Failure => Tone::Bad,
            Self::Warning | Self::Flaky => Tone::Warn,
        }
    }
}

/// The findings, worst first; of the same standing, in the order of the campaign.
pub fn sorted(campaign: &Campaign) -> Vec<&Discovery> {
    let mut findings: Vec<&Discovery> = campaign.findings.iter().collect();
    findings.sort_by_key(|found| Standing::of(found));
    findings
}

/// What a kind is, in a sentence.
pub const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Crash => "The process of the server died",
        Kind::Hang => "The server stopped answering a request, or every request",
        Kind::Corruption => "Stdout carried what is no message, or the state of the server is damaged",
        Kind::Violation => "A rule of the protocol was broken",
        Kind::Leak => "The memory of the server grows with each request",
        Kind::Leakage => "The server says what it should keep: a stack trace, a path, a secret",
    }
}

/// `2 crashes, 1 hang`, of counts in the order of [`Kind::ALL`]; nothing when there are none.
pub fn kinds(counts: &[usize; 6]) -> String {
    let of = Kind::ALL.iter().zip(counts).filter(|(_, count)| **count > 0);
    let said: Vec<String> = of.map(|(kind, count)| counted(*count as u64, kind.name(), &many(*kind))).collect();
    said.join(", ")
}

fn many(kind: Kind) -> String {
    format!("{}{}", kind.name(), if kind == Kind::Crash { "es" } else { "s" })
}

/// `2 confirmed findings (1 crash, 1 hang), 1 warning, 1 flaky`
pub fn findings(campaign: &Campaign) -> String {
    let all = |standing| campaign.findings.iter().filter(move |found| Standing::of(found) == standing);
    let failures = all(Standing::Failure).count() as u64;
    let by_kind = Kind::ALL.map(|kind| all(Standing::Failure).filter(|found| found.kind == kind).count());
    let (warnings, flaky) = (all(Standing::Warning).count() as u64, all(Standing::Flaky).count() as u64);
    let mut said = Vec::new();
    if failures > 0 {
        said.push(format!("{} ({})", counted(failures, "confirmed finding", "confirmed findings"), kinds(&by_kind)));
    }
    if warnings > 0 {
        said.push(counted(warnings, "warning", "warnings"));
    }
    if flaky > 0 {
        said.push(format!("{} flaky", grouped(flaky)));
    }
    if said.is_empty() { "no findings".to_owned() } else { said.join(", ") }
}

/// `12,345 messages in 59.98 s (205/s), 3 processes, 41 behaviours`
pub fn amount(campaign: &Campaign) -> String {
    let elapsed = time(campaign.seconds);
    let each_second = u128::from(campaign.messages) * 1000 / elapsed.as_millis().max(1);
    format!(
        "{} in {} ({}/s), {}, {}",
        counted(campaign.messages, "message", "messages"),
        seconds(elapsed),
        grouped(u64::try_from(each_second).unwrap_or(u64::MAX)),
        counted(campaign.pulse.processes, "process", "processes"),
        counted(campaign.pulse.behaviours as u64, "behaviour", "behaviours"),
    )
}

/// `3 times, first after 12.30 s, by framing`
pub fn seen(found: &Discovery) -> String {
    let first = seconds(time(found.after));
    match found.count {
        0 | 1 => format!("once, after {first}, by {}", found.strategy),
        count => format!("{} times, first after {first}, by {}", grouped(count), found.strategy),
    }
}

/// How it went when it was tried again.
pub fn again(found: &Discovery) -> String {
    match found.tried {
        (0, _) => "not tried again".to_owned(),
        (tried, 0) => format!("not once in {}", counted(tried.into(), "try", "tries")),
        (tried, happened) => format!("{happened} of {} in fresh processes", counted(tried.into(), "try", "tries")),
    }
}

/// How small it is; nothing when it was not shrunk.
pub fn size(found: &Discovery) -> String {
    match found.size {
        (0, _) => String::new(),
        (messages, bytes) => {
            format!("{}, {}", counted(messages as u64, "message", "messages"), counted(bytes as u64, "byte", "bytes"))
        }
    }
}

/// What was tried: `framing (3,120 cases, 14 new), arguments (1 case)`
pub fn tried(campaign: &Campaign) -> String {
    let one = |effort: &crate::model::campaign::Effort| {
        let new = if effort.new > 0 { format!(", {} new", grouped(effort.new)) } else { String::new() };
        format!("{} ({}{new})", effort.strategy, counted(effort.cases, "case", "cases"))
    };
    campaign.strategies.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Why nobody may take this campaign for a clean one, although it may have found nothing, and what to do.
pub fn obstacle(campaign: &Campaign) -> Option<(&str, &str)> {
    match &campaign.unreachable {
        Some(found) => Some((&found.what, &found.hint)),
        None if campaign.interrupted => Some(("the campaign was interrupted", "run it again with the same seed")),
        None if campaign.messages == 0 => Some(("nothing was sent", "look at `--only`, `--time` and `--messages`")),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_in_words() {
        assert_eq!(kinds(&[2, 1, 0, 0, 0, 3]), "2 crashes, 1 hang, 3 leakages");
        assert_eq!(kinds(&[0; 6]), "");
    }
}
