//! The demo server as a target: a process of this program.

use std::{
    ffi::OsString,
    net::{Ipv4Addr, TcpListener},
};

use super::parts::Parts;
use crate::{
    cli::problem::Problem,
    config::{Scope, Transport},
    demo::Fault,
};

/// Start this program as the demo, over the transport that was chosen.
pub(super) fn put(parts: &mut Parts, faults: &[Fault], scope: &Scope<'_>) -> Result<(), Problem> {
    let this = std::env::current_exe()
        .map_err(|error| Problem::Internal(format!("cannot find this program to start the demo: {error}")))?;
    parts.command = vec![this.into(), "demo".into()];
    parts.command.extend(faults.iter().flat_map(|fault| [OsString::from("--fault"), fault.name().into()]));
    let path = match parts.transport {
        Transport::Auto | Transport::Stdio => None,
        Transport::Http => Some("mcp"),
        Transport::Sse => Some("sse"),
    };
    if let Some(path) = path {
        let address = free().map_err(|error| Problem::Internal(format!("cannot find a port for the demo: {error}")))?;
        parts.command.extend(["--http".into(), OsString::from(&address)]);
        parts.command.extend((path == "sse").then(|| "--sse".into()));
        parts.set_url(&format!("http://{address}/{path}"), scope).map_err(Problem::Internal)?;
    }
    let faults = faults.iter().map(|fault| format!(" --fault {}", fault.name()));
    parts.again.push(format!("--demo{}", faults.collect::<String>()));
    Ok(())
}

/// A port that nobody uses at this moment.
fn free() -> std::io::Result<String> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.to_string())
}
