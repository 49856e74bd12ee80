//! The conversations of a file: one, or those of the processes of a run.

use std::collections::HashMap;

use crate::{
    model::Revision,
    schema::{Hearing, Side, Spoken, spoken},
};

use super::{
    source::Source,
    tally::Tally,
    units::{Content, Unit, units},
};

/// More conversations than this are not kept apart.
const MOST: usize = 4096;

/// What the user says of the messages.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The revision.
    pub(super) revision: Option<Revision>,
    /// Who said them.
    pub(super) direction: Option<Side>,
    /// What the results answer whose request is not there.
    pub(super) method: Option<String>,
}

/// The conversations of a file.
pub(super) struct Hearings<'a> {
    told: &'a Told,
    revision: Revision,
    sessions: HashMap<String, Hearing>,
}

/// What a file says of the revision that is spoken in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// This one.
    Revision(Revision),
    /// Nothing, although there are messages.
    Nothing,
    /// There is no message.
    NoMessage,
}

/// Look for the revision at the beginning of a file.
pub(super) fn revision(source: &Source) -> Says {
    let (mut proposed, mut messages) = (None, false);
    let settled = source.peek(|line| {
        units(line).into_iter().find_map(|unit| match unit.what {
            Content::Run(revision) => Some(revision),
            Content::Message(message) => {
                messages |= message.is_valid();
                match spoken(&message)? {
                    Spoken::Settled(revision) => Some(revision),
                    Spoken::Proposed(revision) => {
                        proposed = proposed.or(Some(revision));
                        None
                    }
                }
            }
            Content::Flaw(_) | Content::Cut => None,
        })
    });
    match settled.or(proposed) {
        Some(revision) => Says::Revision(revision),
        None if messages => Says::Nothing,
        None => Says::NoMessage,
    }
}

impl<'a> Hearings<'a> {
    /// Begin a file.
    pub(super) fn new(told: &'a Told, revision: Revision) -> Self {
        Self { told, revision, sessions: HashMap::new() }
    }

    /// Judge what a line holds.
    pub(super) fn hear(&mut self, line: u64, unit: Unit, tally: &mut Tally) {
        // Of a run, the server is judged: we break rules on purpose, to see what it does.
        let wanted = self.told.direction.unwrap_or(Side::Server);
        let is_judged = unit.from.is_none_or(|side| side == wanted);
        match unit.what {
            Content::Run(revision) => {
                // The processes of the next run bear the names of the last one's.
                self.sessions.clear();
                self.revision = self.told.revision.unwrap_or(revision);
            }
            Content::Flaw(problem) if is_judged => tally.flaw(line, problem),
            Content::Cut if is_judged => tally.cut += 1,
            Content::Flaw(_) | Content::Cut => tally.followed += 1,
            Content::Message(message) => {
                if let (Some(given), Some(Spoken::Settled(other))) = (self.told.revision, spoken(&message)) {
                    tally.other_revision = tally.other_revision.or(Some(other).filter(|other| *other != given));
                }
                let from = unit.from.or(self.told.direction);
                for heard in self.session(unit.session).hear(from, &message) {
                    if is_judged { tally.heard(line, heard) } else { tally.followed += 1 }
                }
            }
        }
    }

    fn session(&mut self, name: String) -> &mut Hearing {
        let name = if self.sessions.len() < MOST || self.sessions.contains_key(&name) { name } else { String::new() };
        let Told { revision, method, .. } = self.told;
        self.sessions.entry(name).or_insert_with(|| Hearing::new(self.revision, revision.is_some(), method.clone()))
    }
}
