//! Playing the steps of a check on a session.

use std::{collections::HashMap, pin::Pin, time::Duration};

use serde_json::{Value, json};

use super::{
    calls::Caller,
    subject::{Impossible, Sight},
};
use crate::{
    checks::{Judgement, Ruling, brief, rule},
    model::{Excerpt, Finding, Level, Skip},
    session::{Answer, Meta, Say, Session, Ticket},
    suite::{self, Action, Arm, Check, Expect, Outcome, Scope, SessionKind, Step, Wait},
    wire::Mark,
};

/// Whether to go on after a step.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Flow {
    /// With the next step.
    On,
    /// Not in this round of a `for`; with the next round, if there is one.
    RoundOver,
    /// Not at all.
    CheckOver,
}

/// One check, being played.
pub(super) struct Player<'a> {
    pub(super) session: &'a mut Session,
    pub(super) caller: &'a Caller,
    pub(super) scope: Scope,
    pub(super) shared: bool,
    /// Whether the check is about HTTP, and sees of an answer how it came.
    pub(super) sees_http: bool,
    pub(super) tickets: HashMap<String, Ticket>,
    pub(super) latest: Option<Ticket>,
    pub(super) exit: Option<Value>,
    pub(super) rounds: Vec<String>,
    pub(super) judgement: Judgement,
    pub(super) began: u64,
    /// Why there was nothing to play, in case nothing was judged.
    pub(super) excuse: Option<String>,
    level: Level,
    file: std::sync::Arc<str>,
    pub(super) from: Mark,
}

/// How many lines of the conversation are kept with a finding.
const EVIDENCE: usize = 24;

pub(super) type Played<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

impl<'a> Player<'a> {
    pub(super) fn new(session: &'a mut Session, check: &Check, caller: &'a Caller, nonce: &str) -> Self {
        let mut scope = Scope::new();
        scope.set("nonce", json!(nonce));
        scope.set("revision", json!(session.revision()));
        let server = session.greeting.as_ref().map_or(Value::Null, |greeting| greeting.result.clone());
        scope.set("server", server);
        Self {
            from: session.mark(),
            began: session.now(),
            excuse: None,
            session,
            caller,
            scope,
            shared: check.session == SessionKind::Shared,
            sees_http: check.info.is_for_http(),
            tickets: HashMap::new(),
            latest: None,
            exit: None,
            rounds: Vec::new(),
            judgement: Judgement::default(),
            level: check.info.level,
            file: check.info.source.file.clone(),
        }
    }

    /// Play a whole script.
    pub(super) async fn play(mut self, steps: &[Step]) -> Judgement {
        self.know_target();
        self.steps(steps).await;
        if self.judgement.judged == 0 && self.judgement.skip.is_none() {
            self.judgement.skip = self.excuse.map(|excuse| (Skip::NotExercised, excuse));
        }
        self.judgement
    }

    /// Play the steps, one after the other; a mistake of the suite ends the check as an error.
    pub(super) fn steps<'f>(&'f mut self, steps: &'f [Step]) -> Played<'f, Flow> {
        Box::pin(async move {
            for step in steps {
                match self.step(step).await {
                    Ok(Flow::On) => {}
                    Ok(flow) => return flow,
                    Err(Impossible(why)) => {
                        self.judgement.error = Some(format!("{}:{}: {why}", self.file, step.line));
                        return Flow::CheckOver;
                    }
                }
            }
            Flow::On
        })
    }

    async fn step(&mut self, step: &Step) -> Result<Flow, Impossible> {
        match &step.action {
            Action::Send(send) => self.send(send).await?,
            Action::Notify(notify) => self.notify(notify).await?,
            Action::Raw(raw) => self.raw(raw).await?,
            Action::Http(http) => self.http(http).await?,
            Action::HangUp(label) => self.hang_up(label)?,
            Action::Expect(expect) => return self.expect(expect, step.line).await,
            Action::Alive(because) => return Ok(self.alive(because, step.line).await),
            Action::Let(bind) => return self.bind(bind).await,
            Action::For(each) => return self.each(each).await,
            Action::Close => self.close()?,
            Action::Wait(Wait::Quiet) => self.session.quiet().await,
            Action::Wait(Wait::For(time)) => tokio::time::sleep((*time).min(Duration::from_secs(60))).await,
        }
        Ok(Flow::On)
    }

    async fn send(&mut self, send: &suite::Send) -> Result<(), Impossible> {
        let method = self.scope.fill_text(&send.method)?;
        let params = self.fill(send.params.as_ref())?;
        let id = self.fill(send.id.as_ref())?;
        let meta = self.meta(&send.meta)?;
        let say = Say { method: &method, params, meta: &meta, malformed: send.malformed };
        let ticket = self.session.say(say, id).await;
        self.remember(send.label.as_ref(), ticket);
        Ok(())
    }

    async fn notify(&mut self, notify: &suite::Notify) -> Result<(), Impossible> {
        let method = self.scope.fill_text(&notify.method)?;
        let params = self.fill(notify.params.as_ref())?;
        let meta = self.meta(&notify.meta)?;
        self.session.tell(Say { method: &method, params, meta: &meta, malformed: notify.malformed }).await;
        Ok(())
    }

    async fn raw(&mut self, raw: &suite::Raw) -> Result<(), Impossible> {
        let mut bytes = raw.payload.fill(&self.scope)?;
        if raw.newline {
            bytes.push(b'\n');
        }
        let id = self.fill(raw.id.as_ref())?;
        let ticket = self.session.raw(bytes, id.as_ref()).await;
        self.remember(raw.label.as_ref(), ticket);
        Ok(())
    }

    pub(super) fn remember(&mut self, label: Option<&String>, ticket: Ticket) {
        if let Some(label) = label {
            self.tickets.insert(label.clone(), ticket.clone());
        }
        self.latest = Some(ticket);
    }

    pub(super) fn fill(&self, value: Option<&Value>) -> Result<Option<Value>, Impossible> {
        Ok(value.map(|value| self.scope.fill(value)).transpose()?)
    }

    pub(super) fn meta(&self, meta: &suite::Meta) -> Result<Meta, Impossible> {
        Ok(match meta {
            suite::Meta::Standard => Meta::Standard,
            suite::Meta::None => Meta::None,
            suite::Meta::Merge(over) => Meta::Merge(self.scope.fill(over)?),
        })
    }

    fn close(&mut self) -> Result<(), Impossible> {
        if self.shared {
            return Err(Impossible("`close` needs `session: fresh` or `bare`".to_owned()));
        }
        self.session.close_input();
        Ok(())
    }

    async fn expect(&mut self, expect: &Expect, line: u32) -> Result<Flow, Impossible> {
        let sight = Sight { silence: expect.looks_for_silence(), http: self.sees_http || expect.looks_at_http() };
        let subject = self.subject(&expect.of, expect.within, sight).await?;
        Ok(self.judge(&expect.arms, &subject, line).await)
    }

    async fn judge(&mut self, arms: &[Arm], subject: &Value, line: u32) -> Flow {
        self.judgement.judged += 1;
        let mut ruling = rule(arms, subject, &self.scope);
        if subject.get("closed").is_some() {
            ruling.got = self.session.ending().await;
        }
        let flow = match ruling.outcome {
            Outcome::Pass | Outcome::Warn => Flow::On,
            Outcome::Fail => Flow::RoundOver,
            Outcome::Skip => {
                self.judgement.skip = Some((Skip::NotApplicable, ruling.because.clone()));
                Flow::CheckOver
            }
        };
        self.find(ruling, line);
        flow
    }

    fn find(&mut self, ruling: Ruling, line: u32) {
        let because = self.scope.fill_text(&ruling.because).unwrap_or_else(|_| ruling.because.clone());
        if let Some(finding) = (Ruling { because, ..ruling }).finding(self.level) {
            let place = self.place(&finding.place, line);
            self.judgement.find(Finding { place, transcript: self.evidence(), ..finding });
        }
    }

    /// `tools[3].inputSchema` inside a round, the line of the suite where there is nothing better.
    fn place(&self, member: &str, line: u32) -> String {
        let rounds = self.rounds.join(" ");
        match (rounds.is_empty(), member.is_empty()) {
            (true, true) => format!("{}:{line}", self.file),
            (true, false) => member.to_owned(),
            (false, true) => rounds,
            (false, false) => format!("{rounds}: {member}"),
        }
    }

    fn evidence(&self) -> Vec<Excerpt> {
        let mut lines = self.session.since(self.from);
        if lines.len() > EVIDENCE {
            lines.drain(2..lines.len() - (EVIDENCE - 2));
        }
        lines
    }

    async fn alive(&mut self, because: &str, line: u32) -> Flow {
        self.judgement.judged += 1;
        let answer = self.session.alive().await;
        if let Answer::Result(_) = answer {
            return Flow::On;
        }
        let ruling = Ruling {
            outcome: Outcome::Fail,
            because: because.to_owned(),
            expected: "a result for an ordinary request".to_owned(),
            got: self.describe(&answer).await,
            place: String::new(),
        };
        self.find(ruling, line);
        Flow::RoundOver
    }

    async fn describe(&self, answer: &Answer) -> String {
        match answer {
            Answer::Closed => self.session.ending().await,
            Answer::Silence => "no answer".to_owned(),
            answer => brief(&answer.subject()),
        }
    }

    async fn bind(&mut self, bind: &suite::Let) -> Result<Flow, Impossible> {
        let subject = self.subject(&bind.of, None, Sight { silence: false, http: self.sees_http }).await?;
        for (name, pointer) in &bind.names {
            let found = subject.pointer(pointer).cloned();
            if let (None, Some(reason)) = (&found, &bind.otherwise) {
                self.judgement.skip = Some((Skip::NotExercised, reason.clone()));
                return Ok(Flow::CheckOver);
            }
            self.scope.set(name.clone(), found.unwrap_or(Value::Null));
        }
        Ok(Flow::On)
    }
}
