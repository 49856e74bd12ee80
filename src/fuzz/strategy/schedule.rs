//! Whose turn it is: by weight, and a little more often who showed something new.

use fastrand::Rng;

use super::{STRATEGIES, Strategy};

/// What a turn without anything new leaves of a factor, and what something new makes of it.
const FADE: f64 = 0.999;
const RISE: f64 = 1.15;
/// How far a factor goes from one.
const BOUND: f64 = 4.0;

/// A name that no strategy has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no strategy `{0}`; --only knows {all}", all = names())]
pub struct UnknownStrategy(pub String);

/// The strategies that take turns.
#[derive(Clone)]
pub struct Schedule {
    turns: Vec<Turn>,
}

#[derive(Clone)]
struct Turn {
    strategy: &'static Strategy,
    factor: f64,
}

impl Schedule {
    /// Those of these names; all of them if there is no name.
    pub fn new(only: &[String]) -> Result<Self, UnknownStrategy> {
        if let Some(unknown) = only.iter().find(|name| super::find(name).is_none()) {
            return Err(UnknownStrategy(unknown.clone()));
        }
        let chosen = STRATEGIES.iter().filter(|one| only.is_empty() || only.iter().any(|name| name == one.name));
        Ok(Self { turns: chosen.map(|strategy| Turn { strategy, factor: 1.0 }).collect() })
    }

    /// The next one. Over HTTP, those that make no sense there have no turn, unless there are no others.
    pub fn choose(&mut self, rng: &mut Rng, over_http: bool) -> &'static Strategy {
        let fits = |turn: &&Turn| !over_http || turn.strategy.over_http;
        let total: f64 = self.turns.iter().filter(fits).map(Turn::weight).sum();
        let mut left = rng.f64() * total;
        for turn in self.turns.iter().filter(fits) {
            left -= turn.weight();
            if left <= 0.0 {
                return turn.strategy;
            }
        }
        self.turns.last().map_or(&STRATEGIES[0], |turn| turn.strategy)
    }

    /// Whether the last case of a strategy showed something new.
    pub fn reward(&mut self, name: &str, new: bool) {
        if let Some(turn) = self.turns.iter_mut().find(|turn| turn.strategy.name == name) {
            let change = if new { RISE } else { FADE };
            turn.factor = (turn.factor * change).clamp(1.0 / BOUND, BOUND);
        }
    }
}

impl Turn {
    fn weight(&self) -> f64 {
        f64::from(self.strategy.weight) * self.factor
    }
}

fn names() -> String {
    STRATEGIES.iter().map(|strategy| strategy.name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(schedule: &mut Schedule, name: &str, over_http: bool) -> usize {
        let mut rng = Rng::with_seed(1);
        (0..10_000).filter(|_| schedule.choose(&mut rng, over_http).name == name).count()
    }

    #[test]
    fn what_is_new_is_rewarded_within_bounds() {
        let mut schedule = Schedule::new(&[]).unwrap();
        let before = share(&mut schedule, "echo", false);
        (0..1000).for_each(|_| schedule.reward("echo", true));
        let after = share(&mut schedule, "echo", false);
        assert!(after > before && after < before * 5, "{before} {after}");
        (0..10_000).for_each(|_| schedule.reward("echo", false));
        let faded = share(&mut schedule, "echo", false);
        assert!(faded < before && faded > before / 5, "{before} {faded}");
    }

    #[test]
    fn names_choose() {
        let mut schedule = Schedule::new(&["echo".to_owned(), "framing".to_owned()]).unwrap();
        assert_eq!(share(&mut schedule, "havoc", false), 0);
        assert_eq!(share(&mut schedule, "framing", true), 0);
        assert!(share(&mut schedule, "framing", false) > 500);
        let error = Schedule::new(&["nonsense".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("nonsense") && error.contains("havoc"), "{error}");
    }
}
