//! The choices that are left open by a schema: always the least, by lot, or at a border.

use fastrand::Rng;

/// What kind of value is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taste {
    /// As little as possible. No lot is drawn.
    Smallest,
    /// Whatever is accepted.
    Any,
    /// Bounds are hit exactly.
    Border,
    /// By lot, with everything that may be left out.
    Full,
}

/// Beyond this level of a value, nothing is put in that may be left out, unless by lot.
const FULL_LEVELS: usize = 4;
/// A length that is a border only on paper: nobody wants to see it built.
const LONGEST_BORDER: usize = 10_000;

/// Decides. Its decisions depend on the seed alone.
pub(super) struct Dice {
    pub(super) rng: Rng,
    pub(super) taste: Taste,
    /// How much more than the least a list or a text may be.
    pub(super) size: usize,
    /// Whether what the author suggests is taken.
    pub(super) trusting: bool,
    /// Whether only one branch of a `oneOf` is aimed at, by denying the others.
    pub(super) strict: bool,
}

impl Dice {
    pub(super) fn new(taste: Taste, seed: u64, size: usize) -> Self {
        Self { rng: Rng::with_seed(seed), taste, size, trusting: true, strict: false }
    }

    pub(super) fn is_calm(&self) -> bool {
        self.taste == Taste::Smallest
    }

    /// The number that says which branches are taken at the n-th attempt.
    pub(super) fn branches(&mut self, attempt: usize) -> u64 {
        if self.is_calm() { attempt as u64 } else { self.rng.u64(..) }
    }

    /// Whether what may be left out is there, so deep in a value.
    pub(super) fn takes(&mut self, level: usize) -> bool {
        match self.taste {
            Taste::Smallest => false,
            Taste::Full => level <= FULL_LEVELS,
            Taste::Any | Taste::Border => self.rng.usize(..level + 2) == 0 || (level < 3 && self.rng.bool()),
        }
    }

    /// One time out of so many, unless it is the smallest that is wanted.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        !self.is_calm() && self.rng.usize(..times.max(1)) == 0
    }

    /// A number in a range, its end included.
    pub(super) fn within(&mut self, low: i128, high: i128) -> i128 {
        if self.is_calm() || high <= low { low } else { self.rng.i128(low..=high) }
    }

    /// A number from 0 on, below this.
    pub(super) fn below(&mut self, end: usize) -> usize {
        if self.is_calm() || end < 2 { 0 } else { self.rng.usize(..end) }
    }

    /// One of a list: the first, where it is the smallest that is wanted.
    pub(super) fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }

    /// A length between bounds.
    pub(super) fn length(&mut self, least: usize, most: Option<usize>) -> usize {
        let far = most.unwrap_or(usize::MAX).max(least);
        let high = far.min(least.saturating_add(self.size));
        let border = far.min(LONGEST_BORDER.max(least));
        match self.taste {
            Taste::Border if most.is_some() && self.rng.bool() && border == far => far,
            Taste::Any | Taste::Full if self.rng.usize(..4) > 0 => self.rng.usize(least..=high),
            _ => least,
        }
    }

    /// The same choices made by lot, in another way for each number: where the least would be the same again and again.
    pub(super) fn lively(&mut self, number: usize) -> Self {
        let taste = if self.is_calm() { Taste::Any } else { self.taste };
        let seed = if self.is_calm() { number as u64 } else { self.rng.u64(..) };
        Self { taste, size: self.size.max(4), ..Self::new(taste, seed, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_is_always_the_same() {
        let mut dice = Dice::new(Taste::Smallest, 1, 9);
        assert_eq!((dice.length(2, Some(9)), dice.within(3, 8), dice.below(5)), (2, 3, 0));
        assert!(!dice.takes(0) && !dice.one_in(1));
        assert_eq!(dice.pick(&[7, 8]), Some(&7));
        assert_eq!(dice.pick::<u8>(&[]), None);
    }

    #[test]
    fn a_border_is_one_of_the_ends() {
        let mut dice = Dice::new(Taste::Border, 1, 9);
        let lengths: Vec<usize> = (0..64).map(|_| dice.length(2, Some(40))).collect();
        assert!(lengths.contains(&2) && lengths.contains(&40));
        assert!(lengths.iter().all(|length| [2, 40].contains(length)));
        assert_eq!(dice.length(2, Some(usize::MAX)), 2);
    }

    #[test]
    fn a_seed_says_it_all() {
        let roll = |seed| {
            let mut dice = Dice::new(Taste::Any, seed, 50);
            (0..20).map(|_| dice.length(0, None)).collect::<Vec<_>>()
        };
        assert_eq!(roll(5), roll(5));
        assert_ne!(roll(5), roll(6));
    }
}
