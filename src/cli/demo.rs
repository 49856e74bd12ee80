//! `demo`: be a server on standard input and output, or over HTTP.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;
use tokio::{net::TcpListener, runtime::Runtime};

use super::{args::say, problem::Problem};
use crate::{
    demo::{self, Bug, Fault, Host},
    model::{Exit, Revision},
};

/// Be a server: correct in every revision, wrong on demand
///
/// Speaks MCP on standard input and output, or over HTTP. With `--fault` it breaks one rule, to see what a host or a test makes of it.
#[derive(Debug, Args)]
pub struct Demo {
    /// Do this wrong; may be repeated
    #[arg(long, value_name = "NAME", value_parser = super::target::fault)]
    fault: Vec<Fault>,
    /// Have this bug, which waits for odd input on standard input; may be repeated
    #[arg(long, value_name = "NAME", conflicts_with = "http")]
    bug: Vec<Bug>,
    /// Speak only this revision; may be repeated
    #[arg(long, value_name = "REVISION")]
    revision: Vec<Revision>,
    /// Serve over HTTP at this address of this machine, such as 127.0.0.1:0
    #[arg(long, value_name = "ADDRESS", value_parser = loopback)]
    http: Option<SocketAddr>,
    /// Serve HTTP as 2024-11-05 has it: one stream, and posts beside it
    #[arg(long, requires = "http")]
    sse: bool,
    /// Let in only clients that show this token; with `:write` behind it, it opens everything
    #[arg(long, value_name = "TEXT", requires = "http")]
    token: Option<String>,
    /// Print the names of all faults, and what each breaks
    #[arg(long)]
    list_faults: bool,
    /// Print the names of all bugs, what can be seen of each, how deep it lies, and what it does
    #[arg(long)]
    list_bugs: bool,
}

/// Reads an address that only this machine can reach: the server is no server for others.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|_| "an address looks like 127.0.0.1:8000".to_owned())?;
    if address.ip().is_loopback() { Ok(address) } else { Err("the address has to be one of this machine".to_owned()) }
}

impl Demo {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        if self.list_faults {
            say(&faults());
            return Ok(Exit::Clean);
        }
        if self.list_bugs {
            say(&bugs());
            return Ok(Exit::Clean);
        }
        let revisions = if self.revision.is_empty() { Revision::ALL.to_vec() } else { self.revision };
        let (token, sse) = (self.token, self.sse);
        let options =
            demo::Options { faults: self.fault, bugs: self.bug, revisions, token, sse, ..demo::Options::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Problem::Internal(format!("cannot start: {error}")))?;
        let code = match self.http {
            Some(address) => over_http(&runtime, address, options)?,
            None => runtime.block_on(demo::serve(tokio::io::stdin(), tokio::io::stdout(), options)),
        };
        // A read of standard input that is still under way must not keep the process.
        runtime.shutdown_background();
        std::process::exit(code)
    }
}

fn over_http(runtime: &Runtime, address: SocketAddr, options: demo::Options) -> Result<i32, Problem> {
    let path = if options.sse { "/sse" } else { "/mcp" };
    let failed = |error: std::io::Error| Problem::Internal(format!("cannot listen at {address}: {error}"));
    runtime.block_on(async {
        let everywhere = options.faults.contains(&Fault::ListensEverywhere);
        let place = if everywhere { IpAddr::from(Ipv4Addr::UNSPECIFIED) } else { address.ip() };
        let listener = TcpListener::bind((place, address.port())).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        eprintln!("listening on http://{}{path}", SocketAddr::new(address.ip(), port));
        Host::new(options).accept(listener).await.map_err(failed)
    })
}

fn faults() -> String {
    Fault::ALL.iter().map(|fault| format!("{:30} {}\n", fault.name(), fault.breaks())).collect()
}

fn bugs() -> String {
    let row =
        |bug: &Bug| format!("{:24} {:11} {:8} {}\n", bug.name(), bug.kind().name(), bug.depth().name(), bug.does());
    Bug::ALL.iter().map(row).collect()
}
