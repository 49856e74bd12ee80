//! A whole campaign: meet the server, get to know it, fuzz it, and sum up.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use fastrand::Rng;
use tokio::task::JoinSet;

use super::{
    case::Case,
    control::Control,
    corpus::Corpus,
    ground::Ground,
    judge::Judge,
    lane::Patience,
    memory::Growth,
    plan::Order,
    source::Source,
    store,
    strategy::{guard, schedule::Schedule},
    survey::survey,
    trial::Bench,
    watchman::{Emit, Watchman},
    worker::{Stop, Worker},
};
use crate::{
    model::{Campaign, CampaignEvent, Excerpt, ServerInfo, event::Unreachable},
    run::{Doors, Meeting, meet},
    session::{Observation, Observer},
};

/// Nobody judges while the server is met: `check` does that.
struct Nobody;

impl Observer for Nobody {
    fn observe(&self, _: &Observation<'_>) {}
    fn wire(&self, _: &str, _: Excerpt) {}
}

/// A campaign under way; what it has found is kept when it is dropped in the middle.
pub struct Hunt {
    order: Order,
    watchman: Arc<Watchman>,
    began: Instant,
    met: Mutex<Option<Campaign>>,
}

impl Hunt {
    /// Prepare a campaign; nothing is started yet.
    pub fn new(order: Order, emit: impl Fn(CampaignEvent) + Send + Sync + 'static) -> Self {
        let emit: Emit = Arc::new(emit);
        let limit = order.until.time.map(|time| time.as_secs_f64());
        let watchman = Watchman::new(order.plan.clone(), order.findings.clone(), limit, emit);
        Self { order, watchman: Arc::new(watchman), began: Instant::now(), met: Mutex::new(None) }
    }

    /// Fuzz until it is over.
    pub async fn run(&self) {
        let Ok(schedule) = Schedule::new(&self.order.only) else { return };
        let Meeting { mut session, doors } =
            match meet(&self.order.plan, &(Arc::new(Nobody) as Arc<dyn Observer>)).await {
                Ok(meeting) => meeting,
                Err(unreachable) => {
                    self.meet(Campaign { unreachable: Some(unreachable), ..self.blank() });
                    return;
                }
            };
        let ground = Arc::new(survey(&mut session, &self.order.plan.call).await);
        let server = session.greeting.as_ref().map(|greeting| greeting.server.clone()).unwrap_or_default();
        let startup = session.greeting.as_ref().map_or(Duration::ZERO, |greeting| greeting.startup);
        drop(session);
        self.meet(self.introduction(&ground, server, doors.transport()));
        let stopped = self.fuzz(schedule, &doors, &ground, startup).await;
        doors.end(&self.order.plan.limits.ladder).await;
        if let Stop::NoProcess(why) = stopped {
            self.watchman.note(format!("the campaign ended early: {why}"));
        }
    }

    async fn fuzz(&self, schedule: Schedule, doors: &Doors, ground: &Arc<Ground>, startup: Duration) -> Stop {
        let limits = &self.order.plan.limits;
        let limit = Duration::from_secs(2).max(startup * 4).min(limits.answer);
        let patience = Patience { startup: limits.startup, answer: limit, limit };
        let kept = self.kept(ground);
        let mut workers = JoinSet::new();
        for number in 0..self.order.jobs.max(1) {
            let worker = self.worker(schedule.clone(), (doors, ground, patience), &kept, number as u64);
            workers.spawn(worker.campaign());
        }
        let (mut stop, mut cases) = (Stop::Done, Vec::new());
        while let Some(ended) = workers.join_next().await {
            let Ok((corpus, stopped)) = ended else { continue };
            cases.extend(corpus.into_cases());
            if matches!(stopped, Stop::NoProcess(_)) {
                stop = stopped;
            }
        }
        if let Some(Err(error)) = self.order.corpus.as_ref().map(|folder| store::save(folder, &cases)) {
            self.watchman.note(format!("the corpus was not kept: {error}"));
        }
        stop
    }

    /// The cases of earlier campaigns, as far as they are allowed here.
    fn kept(&self, ground: &Ground) -> Vec<Case> {
        let Some(folder) = &self.order.corpus else { return Vec::new() };
        match store::load(folder) {
            Ok(cases) => cases.into_iter().filter(|case| guard::is_allowed(case, ground)).collect(),
            Err(error) => {
                self.watchman.note(format!("the corpus was not read: {error}"));
                Vec::new()
            }
        }
    }

    fn worker(
        &self,
        schedule: Schedule,
        (doors, ground, patience): (&Doors, &Arc<Ground>, Patience),
        kept: &[Case],
        number: u64,
    ) -> Worker {
        let source = Source::new(doors.clone(), &self.order.registry, ground, patience);
        let mut corpus = Corpus::default();
        corpus.seed(kept);
        Worker {
            bench: Bench { source, control: Control::new(ground) },
            judge: Judge::new(&self.order.registry, ground, &self.order.secret),
            ground: Arc::clone(ground),
            corpus,
            schedule,
            rng: Rng::with_seed(self.order.plan.seed.wrapping_add(number)),
            until: self.order.until,
            began: self.began,
            watchman: Arc::clone(&self.watchman),
            history: VecDeque::default(),
            paced: VecDeque::default(),
            alone: VecDeque::default(),
            replay: kept.iter().cloned().map(Arc::new).collect(),
            growth: Growth::default(),
            flights: 0,
            next_rare: 2,
            seed: self.order.plan.seed,
        }
    }

    fn meet(&self, campaign: Campaign) {
        if let Ok(mut met) = self.met.lock() {
            *met = Some(campaign.clone());
        }
        self.watchman.tell(CampaignEvent::Met(Box::new(campaign)));
    }

    fn introduction(&self, ground: &Ground, server: ServerInfo, transport: &str) -> Campaign {
        let mut campaign =
            Campaign { server, revision: Some(ground.revision), transport: transport.to_owned(), ..self.blank() };
        if !ground.forbidden.is_empty() {
            let (all, some) = (ground.forbidden.len(), ground.forbidden.iter().take(5).cloned().collect::<Vec<_>>());
            campaign.notes.push(format!(
                "{all} tools were not called, because they do not say that they only read ({}{}): `--call all` calls every tool",
                some.join(", "),
                if all > some.len() { ", ..." } else { "" },
            ));
        }
        let shapeless = ground.tools.iter().filter(|tool| tool.arguments.is_none()).map(|tool| tool.name.as_str());
        let shapeless: Vec<_> = shapeless.collect();
        if !shapeless.is_empty() {
            campaign.notes.push(format!(
                "no valid arguments could be made for {}: give some in `[tools]` of litmus.toml",
                shapeless.join(", ")
            ));
        }
        campaign
    }

    fn blank(&self) -> Campaign {
        Campaign {
            target: self.order.plan.target.clone(),
            server: ServerInfo::default(),
            revision: None,
            transport: String::new(),
            findings: Vec::new(),
            messages: 0,
            seconds: 0.0,
            seed: self.order.plan.seed,
            pulse: crate::model::campaign::Pulse::default(),
            strategies: Vec::new(),
            notes: self.order.notes.clone(),
            unreachable: None::<Unreachable>,
            interrupted: false,
        }
    }

    /// The whole of it, as far as it came.
    pub fn close(&self, interrupted: bool) -> Campaign {
        let met = self.met.lock().ok().and_then(|met| met.clone()).unwrap_or_else(|| self.blank());
        Campaign { interrupted, ..self.watchman.close(met) }
    }
}
