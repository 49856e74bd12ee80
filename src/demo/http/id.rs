//! Ids that nobody can guess.

use std::hash::{BuildHasher, RandomState};

/// 128 bits in visible ASCII. The keys of the hashes come from the system's source of randomness, and what is hashed
/// is of no importance.
pub fn unguessable() -> String {
    let half = || RandomState::new().hash_one("session");
    // Two states of one thread differ by a counter only, but a keyed hash does not show it.
    format!("{:016x}{:016x}", half(), half())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_are_the_same() {
        let ids: HashSet<String> = (0..1000).map(|_| unguessable()).collect();
        assert!(ids.len() == 1000 && ids.iter().all(|id| id.len() == 32));
    }
}
