//! What has to be in force before a program becomes the server, as words of a command line: one side writes them, the
//! other reads them.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, ValueEnum};

/// The subcommand that carries an order out. It is not for people.
pub const SUBCOMMAND: &str = "__confine";

/// What has to be in force before a program becomes the server.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Tell what this system can do, and start nothing
    #[arg(long)]
    pub probe: bool,
    /// Let Landlock forbid writing everywhere but below these
    #[arg(long, value_name = "PATH")]
    pub writable: Vec<PathBuf>,
    /// How much network is left
    #[arg(long, value_enum, default_value_t)]
    pub network: Network,
    /// How many processes there may be
    #[arg(long, value_name = "NUMBER")]
    pub processes: Option<u64>,
    /// The program and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
}

/// How much network is left to a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Network {
    /// All of it.
    #[default]
    Open,
    /// A loopback of its own, in a namespace of its own.
    Own,
    /// No connections over TCP, neither in nor out; Landlock sees to it.
    NoTcp,
    /// No connections over TCP to others; Landlock sees to it.
    NoConnect,
}

impl Network {
    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Own => "own",
            Self::NoTcp => "no-tcp",
            Self::NoConnect => "no-connect",
        }
    }
}

impl Order {
    /// The words behind the name of this program that order it.
    pub(super) fn words(&self) -> Vec<OsString> {
        let mut words: Vec<OsString> = vec![SUBCOMMAND.into()];
        if self.probe {
            words.push("--probe".into());
        }
        for path in &self.writable {
            words.extend(["--writable".into(), path.clone().into()]);
        }
        words.extend(["--network".into(), self.network.word().into()]);
        if let Some(processes) = self.processes {
            words.extend(["--processes".into(), processes.to_string().into()]);
        }
        words.push("--".into());
        words.extend(self.command.iter().cloned());
        words
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Reader {
        #[command(flatten)]
        order: Order,
    }

    fn read(order: &Order) -> Order {
        Reader::try_parse_from(order.words()).expect("its own words").order
    }

    #[test]
    fn what_is_written_is_read() {
        let command = ["sh", "-c", "--", "--probe", ""].map(OsString::from).into();
        let writable = vec!["/a b".into(), "/c=d".into()];
        let order = Order { writable, network: Network::Own, processes: Some(7), command, probe: false };
        assert_eq!(read(&order), order);
        let probe = Order { probe: true, ..Order::default() };
        assert_eq!(read(&probe), probe);
    }

    #[test]
    fn every_network_has_its_word() {
        for network in Network::value_variants() {
            let order = Order { network: *network, command: vec!["x".into()], ..Order::default() };
            assert_eq!(read(&order), order);
        }
    }
}
