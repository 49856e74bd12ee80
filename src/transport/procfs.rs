//! The process table of Linux: who belongs to a group or carries a mark. Processes may vanish while it is read.

use std::fs;
use std::path::Path;

use super::live::VARIABLE;
use super::shutdown::Leftover;

/// The processes that run in the group, or whose mark fits.
pub(super) fn find(group: Option<u32>, fits: &dyn Fn(&str) -> bool) -> Vec<Leftover> {
    let Ok(folder) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    folder
        .flatten()
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let stat = Stat::read(&entry.path())?;
            let belongs = stat.runs && (group == Some(stat.group) || is_marked(&entry.path(), fits));
            belongs.then_some(Leftover { pid, name: stat.name })
        })
        .collect()
}

/// How many bytes of memory a process holds.
pub(super) fn resident(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}

fn is_marked(process: &Path, fits: &dyn Fn(&str) -> bool) -> bool {
    let environment = fs::read(process.join("environ")).unwrap_or_default();
    environment.split(|byte| *byte == 0).any(|entry| {
        let mark = entry.strip_prefix(VARIABLE.as_bytes()).and_then(|rest| rest.strip_prefix(b"="));
        mark.and_then(|mark| std::str::from_utf8(mark).ok()).is_some_and(fits)
    })
}

#[derive(Debug, PartialEq)]
struct Stat {
    name: String,
    runs: bool,
    group: u32,
}

impl Stat {
    fn read(process: &Path) -> Option<Self> {
        Self::parse(&String::from_utf8_lossy(&fs::read(process.join("stat")).ok()?))
    }

    /// `pid (name) state parent group ...`, where the name may hold anything, parentheses too.
    fn parse(stat: &str) -> Option<Self> {
        let (head, rest) = stat.rsplit_once(')')?;
        let (_, name) = head.split_once('(')?;
        let mut fields = rest.split_whitespace();
        let runs = !matches!(fields.next()?, "Z" | "X" | "x");
        let group = fields.nth(1)?.parse().ok()?;
        Some(Self { name: name.to_owned(), runs, group })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_hold_anything() {
        let stat = |name: &str, runs| Some(Stat { name: name.into(), runs, group: 12 });
        assert_eq!(Stat::parse("7 (node) S 1 12 3 0"), stat("node", true));
        assert_eq!(Stat::parse("7 (a) Z 1 (b) Z 1 12 3 0"), stat("a) Z 1 (b", false));
        assert_eq!(Stat::parse("7 (node"), None);
        assert_eq!(Stat::parse("7 (node) S 1"), None);
    }

    #[test]
    fn this_process_is_in_its_own_group_and_has_no_mark() {
        let own = Stat::read(Path::new("/proc/self")).expect("a process table");
        let pid = std::process::id();
        assert!(find(Some(own.group), &|_| false).iter().any(|process| process.pid == pid));
        assert!(!find(None, &|mark| mark == "nobody has this").iter().any(|process| process.pid == pid));
    }
}
