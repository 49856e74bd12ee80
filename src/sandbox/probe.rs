//! What this system can do, found out by a process that tries it before the first server is started.

use std::{
    fmt, io,
    path::Path,
    process::{Command, Stdio},
    str::FromStr,
};

use super::order::Order;

/// What this system can do. Its text is what that process prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Able {
    /// The version of Landlock.
    pub landlock: Option<u32>,
    /// Whether a process may have a network of its own.
    pub namespace: bool,
}

impl Able {
    /// Ask it, by the path of this program.
    pub fn ask(own_program: &Path) -> io::Result<Self> {
        let words = Order { probe: true, ..Order::default() }.words();
        let output = Command::new(own_program).args(words).stdin(Stdio::null()).stderr(Stdio::null()).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        text.parse().map_err(|()| io::Error::new(io::ErrorKind::InvalidData, "it does not know the question"))
    }
}

impl fmt::Display for Able {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "landlock {}\nnamespace {}", self.landlock.unwrap_or_default(), self.namespace)
    }
}

impl FromStr for Able {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let of = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).ok_or(());
        let version: u32 = of("landlock")?.parse().map_err(|_| ())?;
        let namespace = of("namespace")?.parse().map_err(|_| ())?;
        Ok(Self { landlock: (version > 0).then_some(version), namespace })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_heard() {
        for able in [Able::default(), Able { landlock: Some(7), namespace: true }] {
            assert_eq!(able.to_string().parse(), Ok(able));
        }
        assert_eq!("landlock x\nnamespace true".parse::<Able>(), Err(()));
        assert_eq!("usage: something".parse::<Able>(), Err(()));
    }
}
