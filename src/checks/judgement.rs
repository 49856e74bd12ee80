//! What a check has found so far, and the verdict that follows from it.

use crate::model::{Finding, Severity, Skip, Verdict};

/// How many different findings of one check are kept; more of a kind are counted.
const KEPT: usize = 20;

/// What a check has found so far.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// How many values it judged.
    pub judged: u64,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Why it could not go on, when that is nobody's fault.
    pub skip: Option<(Skip, String)>,
    /// Why it could not go on, when that is our fault or the suite's.
    pub error: Option<String>,
}

impl Judgement {
    /// A check that does not apply, or that nothing allowed us to try.
    pub fn skipped(skip: Skip, reason: impl Into<String>) -> Self {
        Self { skip: Some((skip, reason.into())), ..Self::default() }
    }

    /// A check that we could not play.
    pub fn broken(reason: impl Into<String>) -> Self {
        Self { error: Some(reason.into()), ..Self::default() }
    }

    /// Note a finding; the same thing in another place is counted, beyond the first few.
    pub fn find(&mut self, finding: Finding) {
        let same = |known: &Finding| {
            (&known.expected, &known.got, &known.because, known.severity)
                == (&finding.expected, &finding.got, &finding.because, finding.severity)
        };
        match self.findings.iter().position(same) {
            Some(known) => self.findings[known].count += 1,
            None => self.add(finding),
        }
    }

    /// Note a finding that is none of those before, whatever it looks like; beyond the first few it is only counted.
    pub fn add(&mut self, finding: Finding) {
        match self.findings.get_mut(KEPT - 1) {
            Some(last) => last.count += finding.count,
            None => self.findings.push(finding),
        }
    }

    /// The verdict. What was found weighs more than what could not be tried.
    pub fn verdict(&self) -> Verdict {
        let worst = self.findings.iter().map(|finding| finding.severity).max();
        match (worst, &self.error) {
            (Some(Severity::Fail), _) => Verdict::Fail,
            (_, Some(_)) => Verdict::Error,
            (Some(Severity::Warn), _) => Verdict::Warn,
            (None, None) if self.skip.is_some() || self.judged == 0 => Verdict::Skip,
            (None, None) => Verdict::Pass,
        }
    }

    /// Why nothing was tested, for a verdict that says so.
    pub fn reason(&self) -> (Option<Skip>, String) {
        match (self.verdict(), &self.error, &self.skip) {
            (Verdict::Error, Some(error), _) => (None, error.clone()),
            (Verdict::Skip, _, Some((skip, reason))) => (Some(*skip), reason.clone()),
            (Verdict::Skip, ..) => (Some(Skip::NotExercised), "there was nothing to judge".to_owned()),
            _ => (None, String::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(got: &str, severity: Severity) -> Finding {
        let (expected, because, place) = ("a".to_owned(), String::new(), String::new());
        Finding { severity, expected, got: got.to_owned(), because, place, count: 1, transcript: Vec::new() }
    }

    #[test]
    fn nothing_judged_is_not_passed() {
        let mut judgement = Judgement::default();
        assert_eq!(judgement.verdict(), Verdict::Skip);
        judgement.judged = 1;
        assert_eq!(judgement.verdict(), Verdict::Pass);
        judgement.skip = Some((Skip::NotApplicable, "no tools".to_owned()));
        assert_eq!(judgement.verdict(), Verdict::Skip);
        judgement.find(finding("b", Severity::Warn));
        assert_eq!(judgement.verdict(), Verdict::Warn);
        judgement.error = Some("lost".to_owned());
        assert_eq!(judgement.verdict(), Verdict::Error);
        judgement.find(finding("c", Severity::Fail));
        assert_eq!(judgement.verdict(), Verdict::Fail);
    }

    #[test]
    fn the_same_finding_is_counted_and_their_number_is_bounded() {
        let mut judgement = Judgement::default();
        (0..3).for_each(|_| judgement.find(finding("b", Severity::Fail)));
        assert_eq!((judgement.findings.len(), judgement.findings[0].count), (1, 3));
        (0..1000).for_each(|n| judgement.find(finding(&n.to_string(), Severity::Fail)));
        assert_eq!(judgement.findings.len(), KEPT);
        assert_eq!(judgement.findings.iter().map(|finding| finding.count).sum::<u64>(), 1003);
    }

    #[test]
    fn what_is_added_is_another_finding() {
        let mut judgement = Judgement::default();
        (0..2).for_each(|_| judgement.add(finding("b", Severity::Fail)));
        assert_eq!((judgement.findings.len(), judgement.findings[0].count), (2, 1));
        (0..1000).for_each(|_| judgement.add(finding("b", Severity::Fail)));
        assert_eq!(judgement.findings.len(), KEPT);
        assert_eq!(judgement.findings.iter().map(|finding| finding.count).sum::<u64>(), 1002);
    }
}
