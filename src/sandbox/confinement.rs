//! What is in force, as facts and as one line for people.

use std::fmt;

use super::{
    level::{Door, SandboxLevel},
    order::Network,
    probe::Able,
};

/// The first version of Landlock that knows TCP.
#[cfg(target_os = "linux")]
const KNOWS_TCP: u32 = 4;

/// What is in force for every server that is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confinement {
    /// What was asked for.
    pub level: SandboxLevel,
    /// The version of Landlock that forbids writing outside, if one does.
    pub landlock: Option<u32>,
    /// How much network is left.
    pub network: Network,
    /// How many processes there may be, if that is limited.
    pub processes: Option<u64>,
}

impl Confinement {
    /// The most of what was asked for that this system can do.
    #[cfg(target_os = "linux")]
    pub(super) fn of(level: SandboxLevel, door: Door, able: Able, processes: Option<u64>) -> Self {
        let tcp = able.landlock.is_some_and(|version| version >= KNOWS_TCP);
        let network = match (level, door) {
            (SandboxLevel::Full, Door::Stdio) if able.namespace => Network::Own,
            (SandboxLevel::Full, Door::Stdio) if tcp => Network::NoTcp,
            (SandboxLevel::Full, Door::Http) if tcp => Network::NoConnect,
            _ => Network::Open,
        };
        let landlock = able.landlock.filter(|_| level == SandboxLevel::Full);
        Self { level, landlock, network, processes: processes.filter(|_| level != SandboxLevel::Off) }
    }

    /// The most of what was asked for that this system can do: Landlock is of Linux.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn of(level: SandboxLevel, _door: Door, _able: Able, processes: Option<u64>) -> Self {
        Self { level, landlock: None, network: Network::Open, processes }
    }
}

/// One line, for the start of a run.
impl fmt::Display for Confinement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let network = match self.network {
            Network::Open => "network: open",
            Network::Own => "network: a loopback of its own",
            Network::NoTcp => "network: no TCP",
            Network::NoConnect => "network: no TCP to others",
        };
        match (self.level, self.landlock) {
            (SandboxLevel::Off, _) => f.write_str("sandbox: off"),
            (SandboxLevel::Limits, _) => write!(f, "sandbox: {LIMITS}"),
            (SandboxLevel::Full, Some(version)) => {
                write!(f, "sandbox: full (Landlock {version}; writes only below the temporary folder; {network})")
            }
            (SandboxLevel::Full, None) => write!(f, "sandbox: {LIMITS}, {NO_LANDLOCK}; {network}"),
        }
    }
}

#[cfg(unix)]
const LIMITS: &str = "limits only";
#[cfg(not(unix))]
const LIMITS: &str = "temporary folders only";

#[cfg(target_os = "linux")]
const NO_LANDLOCK: &str = "this kernel has no Landlock";
#[cfg(not(target_os = "linux"))]
const NO_LANDLOCK: &str = "this system has no Landlock";

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn said(level: SandboxLevel, door: Door, landlock: Option<u32>, namespace: bool) -> String {
        Confinement::of(level, door, Able { landlock, namespace }, None).to_string()
    }

    #[test]
    fn the_line_says_what_holds() {
        use {Door::Http, Door::Stdio, SandboxLevel::Full};
        let writes = "writes only below the temporary folder";
        for (door, landlock, namespace, line) in [
            (Stdio, Some(7), true, format!("full (Landlock 7; {writes}; network: a loopback of its own)")),
            (Stdio, Some(7), false, format!("full (Landlock 7; {writes}; network: no TCP)")),
            (Stdio, Some(3), false, format!("full (Landlock 3; {writes}; network: open)")),
            (Stdio, None, true, format!("limits only, {NO_LANDLOCK}; network: a loopback of its own")),
            (Stdio, None, false, format!("limits only, {NO_LANDLOCK}; network: open")),
            (Http, Some(7), true, format!("full (Landlock 7; {writes}; network: no TCP to others)")),
            (Http, Some(3), true, format!("full (Landlock 3; {writes}; network: open)")),
        ] {
            assert_eq!(said(Full, door, landlock, namespace), format!("sandbox: {line}"));
        }
    }

    #[test]
    fn less_is_not_more_than_was_asked_for() {
        assert_eq!(said(SandboxLevel::Off, Door::Stdio, Some(7), true), "sandbox: off");
        assert_eq!(said(SandboxLevel::Limits, Door::Stdio, Some(7), true), "sandbox: limits only");
        let limits =
            Confinement::of(SandboxLevel::Limits, Door::Stdio, Able { landlock: Some(7), namespace: true }, None);
        assert_eq!((limits.landlock, limits.network), (None, Network::Open));
    }
}
