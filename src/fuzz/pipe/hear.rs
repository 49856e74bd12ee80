//! What the process says: each line is judged, and told to the case that it belongs to.

use std::sync::Arc;

use serde_json::Value;

use super::{flight::Owed, lane::Pipe};
use crate::{
    fuzz::{
        frame::Asks,
        judge::{About, Judge, Said, print},
        lane::Outcome,
        offence::Offence,
        scan,
    },
    model::campaign::Kind,
    session,
};

/// How much of a line is kept.
const LINE: usize = 8 << 20;

impl Pipe {
    /// Hear bytes of stdout.
    pub(super) fn hear(&mut self, bytes: &[u8], judge: &mut Judge) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, behind) = rest.split_at(end);
            if self.partial.is_empty() {
                self.line(line, judge);
            } else {
                let mut whole = std::mem::take(&mut self.partial);
                whole.extend_from_slice(line);
                self.line(&whole, judge);
                whole.clear();
                self.partial = whole;
            }
            rest = behind.get(1..).unwrap_or_default();
        }
        let room = LINE.saturating_sub(self.partial.len());
        self.partial.extend_from_slice(rest.get(..room).unwrap_or(rest));
    }

    fn line(&mut self, line: &[u8], judge: &mut Judge) {
        self.note_received(line);
        let id = scan::id(line);
        let owed = id.as_ref().and_then(|id| self.debts.numbered(id.number)).map(settle);
        match (&id, owed) {
            (Some(id), Some((owed, repeated))) => self.answer(line, Some(id), &owed, repeated, judge),
            (Some(id), None) if id.number == 1 && !self.greeted => {
                self.greeted = true;
                let method = if self.ground.revision.era() == crate::model::Era::Legacy {
                    "initialize"
                } else {
                    "server/discover"
                };
                let about =
                    About { method: Some(method), params: &Value::Null, raw: false, repeated: false, context: 1 };
                let said = judge.line(line, Some(id), about);
                self.blame(&said.offences);
            }
            _ => self.unknown(line, judge),
        }
    }

    /// An answer to a request that is known.
    fn answer(&mut self, line: &[u8], id: Option<&scan::Id>, owed: &Owed, repeated: bool, judge: &mut Judge) {
        let (flight, case, frame) = owed.place;
        let is_late = repeated || !self.flights.iter().any(|known| known.number == flight);
        let outcome = self.flights.iter_mut().find(|known| known.number == flight);
        let outcome = outcome.and_then(|flight| flight.outcomes.get_mut(case));
        let Some(outcome) = outcome else {
            // The fence, or what has landed already.
            let (method, params) = self.ground.sentinel();
            let is_fence = case == usize::MAX;
            let params = params.unwrap_or_default();
            let method = is_fence.then_some(method);
            let about = About { method, params: &params, raw: !is_fence, repeated, context: 2 + u64::from(is_fence) };
            let said = judge.line(line, id, about);
            self.blame(&said.offences);
            return;
        };
        let asks = outcome.case.frames.get(frame).map(|frame| &frame.asks);
        let Some(Asks::Answer { method, params, .. }) = asks else { return };
        let context = print(method) ^ params.get("name").and_then(Value::as_str).map_or(0, print);
        // Of requests that share an id nobody can tell which one is answered.
        let is_shared = owed.asked > 1;
        let method = Some(method.as_str()).filter(|_| !is_shared);
        let about = About { method, params, raw: is_shared, repeated, context };
        let said = judge.line(line, id, about);
        outcome.offences.extend(said.offences.iter().map(|offence| (Some(frame), offence.clone())));
        if !is_late {
            outcome.said.push((frame, said));
        }
    }

    /// A line that answers none of the numbered requests: named ones, nameless ones, calls of the server, noise.
    fn unknown(&mut self, line: &[u8], judge: &mut Judge) {
        let value: Option<Value> = serde_json::from_slice(line).ok();
        let id = value.as_ref().and_then(|value| value.get("id")).filter(|id| !id.is_null());
        if let Some((owed, repeated)) = id.and_then(|id| self.debts.named(id)).map(settle)
            && value.as_ref().is_some_and(|value| value.get("method").is_none())
        {
            let is_free = self.was_broken || self.flights.iter().any(|flight| flight.is_broken);
            return self.answer(line, None, &owed, repeated && !is_free, judge);
        }
        let raw = self.was_broken || self.flights.iter().any(|flight| flight.is_broken);
        let about = About { method: None, params: &Value::Null, raw, repeated: false, context: 7 };
        let said = judge.line(line, None, about);
        if let Some(request) = &said.request
            && let Some(reply) = session::reply(self.ground.revision, &self.ground.client, request)
        {
            self.reply(&reply);
        }
        self.blame(&said.offences);
        if said.nameless && !raw {
            let offence =
                Offence::new(Kind::Violation, "answer-to-notification", "an answer came for what is no request")
                    .because("a notification or a response is never answered: JSON-RPC 2.0, section 4.1");
            self.blame(&[offence]);
        }
        self.give_nameless(&said, raw);
    }

    /// What answers something broken may be new behaviour of the case that broke it.
    fn give_nameless(&mut self, said: &Arc<Said>, raw: bool) {
        let broken = |outcome: &&mut Outcome| outcome.case.frames.iter().any(|frame| frame.asks == Asks::Anything);
        let outcome = self.flights.iter_mut().flat_map(|flight| &mut flight.outcomes).find(broken);
        if let Some(outcome) = outcome.filter(|_| raw && said.nameless) {
            outcome.said.push((0, Arc::clone(said)));
        }
    }

    /// Nobody knows whose fault it is: all cases that are in the air are suspected.
    fn blame(&mut self, offences: &[Offence]) {
        if offences.is_empty() {
            return;
        }
        let all = offences.iter().map(|offence| (None, offence.clone()));
        match self.flights.front_mut().and_then(|flight| flight.outcomes.first_mut()) {
            Some(outcome) => outcome.offences.extend(all),
            None => self.stray.extend(offences.iter().cloned()),
        }
    }
}

/// Note an answer; whether it is not the first.
fn settle(owed: &mut Owed) -> (Owed, bool) {
    let repeated = owed.answered >= owed.asked;
    owed.answered += 1;
    (owed.clone(), repeated)
}
