//! Counters that libFuzzer takes for coverage: for what is learned of a server in another process.

use std::sync::atomic::{AtomicU8, Ordering};

/// How many behaviours can be told apart.
const COUNTERS: usize = 1 << 16;

/// libFuzzer finds them by the name of their section, and sets them back before each input.
#[cfg_attr(target_os = "linux", unsafe(link_section = "__libfuzzer_extra_counters"))]
static SEEN: [AtomicU8; COUNTERS] = [const { AtomicU8::new(0) }; COUNTERS];

/// Something was seen; how often matters, too, as it does for edges.
pub fn see(signature: u64) {
    let place = usize::try_from(signature % COUNTERS as u64).unwrap_or_default();
    if let Some(counter) = SEEN.get(place) {
        let seen = counter.load(Ordering::Relaxed);
        counter.store(seen.saturating_add(1), Ordering::Relaxed);
    }
}
