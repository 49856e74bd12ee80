//! Memory that grows with each request: suspected by its slope over the whole run, proven by doing the same in rounds.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{case::Case, judge::Judge, offence::Offence, trial::Bench};
use crate::model::campaign::Kind;

/// How often it is looked at.
const EVERY: Duration = Duration::from_millis(250);
/// How many looks are kept; then every second one is forgotten.
const LOOKS: usize = 256;
/// Less growth than this is nothing to speak of.
const MUCH: u64 = 48 << 20;
/// How many rounds prove it, how long one is, and how long the server may tidy up behind it.
const ROUNDS: usize = 4;
const ROUND: Duration = Duration::from_millis(600);
const REST: Duration = Duration::from_millis(150);
/// What each round but the first has to add.
const STEP: u64 = 6 << 20;
/// How many messages a round has at most: memory of ours and of the machine is bounded, too.
const MESSAGES: u64 = 4000;

/// The memory of one process over time.
#[derive(Default)]
pub struct Growth {
    looks: Vec<u64>,
    looked: Option<Instant>,
}

impl Growth {
    /// Whether it is time to look again.
    pub fn is_due(&self) -> bool {
        self.looked.is_none_or(|looked| looked.elapsed() >= EVERY)
    }

    /// Note how much it holds; whether it has grown all the time, and by much.
    pub fn note(&mut self, bytes: u64) -> bool {
        self.looked = Some(Instant::now());
        self.looks.push(bytes);
        if self.looks.len() > LOOKS {
            let mut keep = false;
            self.looks.retain(|_| {
                keep = !keep;
                keep
            });
        }
        self.is_suspicious()
    }

    /// Each quarter of the time holds clearly more than the one before it.
    fn is_suspicious(&self) -> bool {
        let quarter = self.looks.len() / 4;
        if quarter == 0 {
            return false;
        }
        let medians: Vec<u64> = self.looks.chunks(quarter).take(4).map(median).collect();
        let (Some(first), Some(last)) = (medians.first(), medians.last()) else { return false };
        last.saturating_sub(*first) > MUCH && medians.windows(2).all(|pair| pair[1] > pair[0] + STEP / 2)
    }

    /// Begin anew, for what was looked into.
    pub fn reset(&mut self) {
        self.looks.clear();
    }
}

fn median(values: &[u64]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// Whether these cases make memory grow round by round, on a fresh process; by how many bytes a message.
pub async fn grows(bench: &mut Bench, cases: &[Arc<Case>], judge: &mut Judge) -> Option<u64> {
    let mut lane = bench.source.greeted(false, judge).await.ok()?;
    let mut held = Vec::new();
    let mut sent = 0;
    for _ in 0..ROUNDS {
        let (until, before) = (Instant::now() + ROUND, lane.sent());
        while Instant::now() < until && lane.sent() - before < MESSAGES {
            lane.launch(cases.to_vec());
            lane.land(judge).await.ok()?;
        }
        lane.settle(judge).await.ok()?;
        tokio::time::sleep(REST).await;
        sent = lane.sent();
        held.push(lane.memory()?);
    }
    lane.kill();
    let steps: Vec<u64> = held.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
    let (least, most) = (steps.iter().min()?, steps.iter().max()?);
    let is_steady = *least >= STEP && *least * 3 >= *most;
    is_steady.then(|| steps.iter().sum::<u64>() / sent.max(1))
}

/// The cases among these that make memory grow, as few as can be told quickly.
pub async fn culprit(bench: &mut Bench, suspects: &[Arc<Case>], judge: &mut Judge) -> Option<(Vec<Arc<Case>>, u64)> {
    let mut kept = suspects.to_vec();
    let mut rate = grows(bench, &kept, judge).await?;
    while kept.len() > 1 {
        let (first, second) = kept.split_at(kept.len() / 2);
        let halves = [first.to_vec(), second.to_vec()];
        let mut narrowed = None;
        for half in halves {
            if let Some(rate) = grows(bench, &half, judge).await {
                narrowed = Some((half, rate));
                break;
            }
        }
        let Some((half, faster)) = narrowed else { break };
        (kept, rate) = (half, faster);
    }
    Some((kept, rate))
}

/// What it is called.
pub fn offence(place: &str, rate: u64) -> Offence {
    Offence::new(
        Kind::Leak,
        format!("memory:{place}"),
        format!("memory grows by {} KiB with each {place}", (rate >> 10).max(1)),
    )
    .because("a server lives as long as its host: what it keeps of each request will fill the machine")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_growth_is_suspicious_and_a_plateau_is_not() {
        let mut growth = Growth::default();
        assert!((0..40).any(|look| growth.note((50 + look * 4) << 20)));
        let mut growth = Growth::default();
        assert!(!(0..200).map(|look| growth.note((50 + look.min(30) * 4) << 20)).next_back().unwrap_or(true));
        let mut saw = Growth::default();
        // Its first tooth is all that is known of it for a while.
        let looks = (0..200).map(|look| saw.note((50 + look % 20 * 6) << 20));
        assert!(!looks.skip(60).any(|suspected| suspected));
    }
}
