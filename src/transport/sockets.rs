//! Who listens where, as the process table of Linux tells it. Processes may vanish while it is read.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// The state of a socket that waits for connections.
const LISTEN: &str = "0A";

/// The addresses on which these processes wait for TCP connections.
pub(super) fn listening(pids: impl IntoIterator<Item = u32>) -> Vec<SocketAddr> {
    let mut found = BTreeSet::new();
    for pid in pids {
        let process = PathBuf::from(format!("/proc/{pid}"));
        let own = inodes(&process.join("fd"));
        for table in ["tcp", "tcp6"] {
            let table = fs::read_to_string(process.join("net").join(table)).unwrap_or_default();
            let rows = table.lines().skip(1).filter_map(row);
            found.extend(rows.filter(|(_, inode)| own.contains(inode)).map(|(address, _)| address));
        }
    }
    found.into_iter().collect()
}

/// The sockets that a process holds, by their inodes.
fn inodes(descriptors: &PathBuf) -> HashSet<u64> {
    let entries = fs::read_dir(descriptors).into_iter().flatten().flatten();
    let targets = entries.filter_map(|entry| fs::read_link(entry.path()).ok());
    targets.filter_map(|target| target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()).collect()
}

/// `number: local remote state queues timer retransmits user timeout inode ...`
fn row(line: &str) -> Option<(SocketAddr, u64)> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
    let (address, port) = local.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    (*state == LISTEN).then_some((SocketAddr::new(ip(address)?, port), inode.parse().ok()?))
}

/// Groups of eight digits, each a number in the order of this machine's bytes.
fn ip(digits: &str) -> Option<IpAddr> {
    let group = |at: usize| u32::from_str_radix(digits.get(at..at + 8)?, 16).ok().map(u32::to_ne_bytes);
    let bytes: Vec<u8> = (0..digits.len()).step_by(8).map(group).collect::<Option<Vec<_>>>()?.concat();
    match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(IpAddr::from),
        16 => <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn this_process_is_seen_to_listen() {
        let addresses = ["127.0.0.1:0", "[::1]:0", "0.0.0.0:0"];
        let listeners: Vec<TcpListener> = addresses.iter().filter_map(|at| TcpListener::bind(at).ok()).collect();
        let own = listening([std::process::id()]);
        for listener in &listeners {
            let address = listener.local_addr().expect("an address");
            assert!(own.contains(&address), "{address} is not among {own:?}");
        }
        let gone = listeners.first().and_then(|listener| listener.local_addr().ok()).expect("an address");
        drop(listeners);
        assert!(!listening([std::process::id()]).contains(&gone));
    }

    #[test]
    fn what_is_no_row_is_passed_over() {
        let bytes = "1: 0100007F:1F90 00000000:0000 01 00000000:00000000 00:00000000 00000000 0 0 12 1";
        for line in ["", "sl local", "1: zz:zz a 0A b c d e f 12", "1: 0100007:1F90 a 0A b c d e f 12", bytes] {
            assert_eq!(row(line), None, "{line}");
        }
    }
}
