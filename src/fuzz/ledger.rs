//! What was found: each offence once, and how often.

use super::offence::Offence;
use crate::model::{Discovery, campaign::Kind};

/// How often something vague is looked into, and something that did not happen again.
const LOOKS: u32 = 6;
const FLAKY: u32 = 2;
/// How many findings of one kind are looked into: more of them help nobody.
const EACH: usize = 40;

/// An offence that was seen.
struct Entry {
    kind: Kind,
    key: String,
    looked: u32,
    found: Vec<usize>,
}

/// Everything that was seen.
#[derive(Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// The findings, in the order in which they were made.
    pub findings: Vec<Discovery>,
}

impl Ledger {
    /// Whether an offence has to be looked into; if not, it is counted.
    pub fn wants(&mut self, offence: &Offence) -> bool {
        let of_kind = self.findings.iter().filter(|finding| finding.kind == offence.kind).count();
        let Some(entry) =
            self.entries.iter_mut().find(|entry| (entry.kind, &entry.key) == (offence.kind, &offence.key))
        else {
            let (kind, key) = (offence.kind, offence.key.clone());
            self.entries.push(Entry { kind, key, looked: 1, found: Vec::new() });
            return of_kind < EACH;
        };
        if let Some(finding) = entry.found.first().and_then(|place| self.findings.get_mut(*place)) {
            finding.count += 1;
        }
        let is_vague = offence.kind == Kind::Crash || offence.key == "server";
        let is_flaky =
            entry.found.iter().all(|place| self.findings.get(*place).is_none_or(|finding| !finding.confirmed));
        let most = if is_flaky {
            FLAKY
        } else if is_vague {
            LOOKS
        } else {
            1
        };
        entry.looked += 1;
        entry.looked <= most && of_kind < EACH
    }

    /// Note what an investigation of an offence brought; whether that is new.
    pub fn note(&mut self, seen: &Offence, finding: Discovery) -> Option<&Discovery> {
        let known = self.findings.iter().position(|known| (known.kind, &known.key) == (finding.kind, &finding.key));
        let place = known.unwrap_or(self.findings.len());
        let entry = self.entries.iter_mut().find(|entry| (entry.kind, &entry.key) == (seen.kind, &seen.key));
        if let Some(entry) = entry.filter(|entry| !entry.found.contains(&place)) {
            entry.found.push(place);
        }
        if let Some(known) = self.findings.get_mut(place) {
            known.count += 1;
            if finding.confirmed && !known.confirmed {
                *known = Discovery { count: known.count, ..finding };
                return self.findings.get(place);
            }
            None
        } else {
            self.findings.push(finding);
            self.findings.last()
        }
    }

    /// How many findings there are of each kind.
    pub fn tally(&self) -> [usize; 6] {
        Kind::ALL.map(|kind| self.findings.iter().filter(|finding| finding.kind == kind).count())
    }
}
