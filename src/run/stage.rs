//! Plans for servers in this process: the demo server, spoken to over pipes or over HTTP, without a network.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::io::duplex;

use super::{Address, CallPolicy, Launcher, Plan, Style, Wanted};
use crate::{
    checks::Registry,
    demo,
    session::Limits,
    transport::{
        Ladder, Listening,
        http::{Dialer, Remote, Url},
        memory,
    },
};

/// How patient a player is with a server in memory.
pub(super) const PATIENCE: Duration = Duration::from_millis(400);

/// As much as a pipe usually holds.
const PIPE: usize = 64 * 1024;

/// Where a server in memory would be.
const ADDRESS: Url = Url { secure: false, host: String::new(), port: 8000, target: String::new() };

impl Plan {
    /// Play checks on the demo server in memory, with little patience.
    pub fn in_memory(registry: Arc<Registry>, options: demo::Options) -> Self {
        Self::on_stage(registry, process(options))
    }

    /// The same, over HTTP.
    pub fn over_http(registry: Arc<Registry>, options: demo::Options) -> Self {
        Self::on_stage(registry, address(options))
    }

    fn on_stage(registry: Arc<Registry>, launcher: Launcher) -> Self {
        let ladder = Ladder { eof: PATIENCE, sigterm: PATIENCE, sigkill: PATIENCE };
        Self {
            launcher,
            target: "example".to_owned(),
            registry,
            wanted: Wanted::Newest,
            call: CallPolicy::All.into(),
            jobs: 2,
            limits: Limits { startup: PATIENCE, answer: PATIENCE, ladder, ..Limits::default() },
            deny_warnings: false,
            seed: 0,
            wire: false,
        }
    }
}

fn process(options: demo::Options) -> Launcher {
    Launcher::Process(Arc::new(move || {
        let options = options.clone();
        Ok(memory::connect(move |input, output| demo::serve(input, output, options)))
    }))
}

fn address(options: demo::Options) -> Launcher {
    let style = if options.sse { Style::Sse } else { Style::Http };
    let target = if options.sse { "/sse" } else { "/mcp" };
    let url = Url { host: "127.0.0.1".to_owned(), target: target.to_owned(), ..ADDRESS };
    let mut remote = Remote::new(url);
    if let Some(token) = &options.token {
        remote.headers.push("Authorization", format!("Bearer {token}"));
    }
    let everywhere = options.faults.iter().any(|fault| fault.name() == "listens-everywhere");
    let socket = SocketAddr::from(([if everywhere { 0 } else { 127 }, 0, 0, u8::from(!everywhere)], ADDRESS.port));
    remote.listening = Some(Listening::told_by(move || Some(vec![socket])));
    let host = demo::Host::new(options);
    let dialer = Dialer::memory(move || {
        let (ours, theirs) = duplex(PIPE);
        let host = Arc::clone(&host);
        tokio::spawn(async move { host.serve(theirs).await });
        ours
    });
    Launcher::Address(Arc::new(Address { remote, dialer, style, command: None }))
}
