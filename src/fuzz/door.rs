//! A door for other engines: plays frames on a process of the server, and tells what came of them. It chooses nothing, and
//! tries nothing again.

use std::{sync::Arc, time::Duration};

use tokio::runtime::{Builder, Runtime};

use super::{
    case::Case,
    control::Control,
    frame::Frame,
    ground::Ground,
    judge::Judge,
    lane::{Lane, Patience},
    offence::Offence,
    source::Source,
    strategy::guard,
    survey::survey,
};
use crate::{
    checks::Registry,
    model::{Excerpt, Severity, campaign::Kind},
    run::{CallPolicy, Launcher, Meeting, Plan, Wanted, meet},
    session::{Limits, Observation, Observer},
    transport::stdio::{Launch, launch},
};

/// Nobody judges while the server is met.
struct Nobody;

impl Observer for Nobody {
    fn observe(&self, _: &Observation<'_>) {}
    fn wire(&self, _: &str, _: Excerpt) {}
}

/// A server over stdio that frames can be played on.
pub struct Door {
    runtime: Runtime,
    source: Source,
    judge: Judge,
    ground: Arc<Ground>,
    pipe: Option<Lane>,
}

/// What came of frames.
#[derive(Debug, Default)]
pub struct Verdict {
    /// A number for each answer; the same for all that are alike.
    pub signatures: Vec<u64>,
    /// What the server did that it may not do.
    pub offences: Vec<String>,
}

impl Door {
    /// Meet the server that a command starts, word by word.
    pub fn open(command: &[String]) -> Result<Self, String> {
        let plan = plan(command)?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let (doors, ground, startup) = runtime.block_on(async {
            let observer: Arc<dyn Observer> = Arc::new(Nobody);
            let met = meet(&plan, &observer).await.map_err(|why| format!("{}; {}", why.what, why.hint))?;
            let Meeting { mut session, doors } = met;
            let ground = Arc::new(survey(&mut session, &plan.call).await);
            let startup = session.greeting.as_ref().map_or(Duration::ZERO, |greeting| greeting.startup);
            Ok::<_, String>((doors, ground, startup))
        })?;
        let answer = Duration::from_secs(2).max(startup * 4).min(plan.limits.answer);
        let source = Source::new(
            doors,
            &plan.registry,
            &ground,
            Patience { startup: plan.limits.startup, answer, limit: answer },
        );
        let judge = Judge::new(&plan.registry, &ground, "");
        let mut door = Self { runtime, source, judge, ground, pipe: None };
        door.learn();
        Ok(door)
    }

    /// What is wrong with ordinary traffic already is for `check` to tell.
    fn learn(&mut self) {
        let ordinary = Arc::clone(&Control::new(&self.ground).case);
        let Self { runtime, source, judge, .. } = self;
        runtime.block_on(async {
            let Ok(mut pipe) = source.greeted(false, judge).await else { return };
            let (outcome, _) = pipe.play(&ordinary, judge).await;
            let told: Vec<_> = outcome.offences.into_iter().map(|(_, offence)| offence).chain(pipe.stray()).collect();
            judge.excuse(&told);
            pipe.kill();
        });
    }

    /// Play frames on the process that is there, or on a new one. What the user has not allowed is not played.
    pub fn play(&mut self, frames: Vec<Frame>) -> Verdict {
        let case = Arc::new(Case::new("door", frames));
        if !guard::is_allowed(&case, &self.ground) {
            return Verdict::default();
        }
        let Self { runtime, source, judge, pipe, .. } = self;
        runtime.block_on(play(pipe, source, judge, &case))
    }
}

async fn play(kept: &mut Option<Lane>, source: &mut Source, judge: &mut Judge, case: &Arc<Case>) -> Verdict {
    let mut pipe = match kept.take() {
        Some(pipe) => pipe,
        None => match source.greeted(false, judge).await {
            Ok(pipe) => pipe,
            Err(why) => return Verdict { offences: vec![format!("it does not start: {why:?}")], ..Verdict::default() },
        },
    };
    let (outcome, trouble) = pipe.play(case, judge).await;
    let is_lost = trouble.is_some() || case.is_lawless();
    let mut offences: Vec<Offence> = outcome.offences.into_iter().map(|(_, offence)| offence).collect();
    offences.extend(trouble.map(|trouble| trouble.offence().clone()));
    offences.extend(pipe.stray());
    offences.retain(|offence| {
        let is_excused = case.is_lawless() && offence.kind == Kind::Violation;
        offence.severity == Severity::Fail && !is_excused
    });
    if is_lost {
        pipe.kill();
    } else {
        *kept = Some(pipe);
    }
    let signatures = outcome.said.iter().map(|(_, said)| said.signature).collect();
    let told = |offence: &Offence| format!("{}: {} ({})", offence.kind, offence.title, offence.because);
    Verdict { signatures, offences: offences.iter().map(told).collect() }
}

fn plan(command: &[String]) -> Result<Plan, String> {
    let mut words = command.iter().map(Into::into);
    let program = words.next().ok_or("there is no command to start the server")?;
    let start = Launch { program, args: words.collect(), ..Launch::default() };
    Ok(Plan {
        launcher: Launcher::Process(Arc::new(move || launch(&start))),
        target: command.join(" "),
        registry: Arc::new(Registry::builtin().map_err(|error| error.rendered.join("\n"))?),
        wanted: Wanted::Newest,
        call: CallPolicy::default().into(),
        jobs: 1,
        limits: Limits::default(),
        deny_warnings: false,
        seed: 0,
        wire: false,
    })
}
