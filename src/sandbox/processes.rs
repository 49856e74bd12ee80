//! How many processes a user may have. The system counts all of them, those of the desktop too, not those of a server.

/// How many more there may be while servers run, threads included.
#[cfg(target_os = "linux")]
const MORE: u64 = 2048;

/// The limit, where one means something: nothing counts those of root.
#[cfg(target_os = "linux")]
pub(super) fn most() -> Option<u64> {
    let user = rustix::process::getuid();
    (!user.is_root()).then(|| running(user.as_raw()) + MORE)
}

/// Without a process table to read, nobody knows how many there are.
#[cfg(not(target_os = "linux"))]
pub(super) fn most() -> Option<u64> {
    None
}

/// The threads of a user.
#[cfg(target_os = "linux")]
fn running(user: u32) -> u64 {
    use std::os::unix::fs::MetadataExt;

    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = entries.filter(|entry| entry.metadata().is_ok_and(|metadata| metadata.uid() == user));
    let threads = own.filter_map(|entry| Some(std::fs::read_dir(entry.path().join("task")).ok()?.count()));
    threads.map(|count| u64::try_from(count).unwrap_or(u64::MAX)).sum()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn this_process_is_counted() {
        let user = rustix::process::getuid();
        assert!(super::running(user.as_raw()) >= 1);
        assert_eq!(super::most().is_none(), user.is_root());
    }
}
