//! What happens in the process that is to become the server: everything is put in force, or nothing is started.

use std::{convert::Infallible, ffi::OsString, io, os::unix::process::CommandExt, process::Command};

use super::{limits, order::Order};
use crate::transport::{LaunchFailure, stdio::Launch};

/// Carry an order out. A probe gives what it has found; a program takes the place of this one, and nothing is given.
pub fn confine(order: &Order) -> Result<String, String> {
    if order.probe {
        return Ok(probe());
    }
    let Some((program, args)) = order.command.split_first() else {
        return Err("nothing is to be started".to_owned());
    };
    enforce(order)?;
    become_it(program, args).map(|never| match never {})
}

fn become_it(program: &OsString, args: &[OsString]) -> Result<Infallible, String> {
    let error: io::Error = Command::new(program).args(args).exec();
    let launch = Launch { program: program.clone(), args: args.to_vec(), ..Launch::default() };
    Err(LaunchFailure::explain(&launch, &error).to_string())
}

#[cfg(target_os = "linux")]
fn enforce(order: &Order) -> Result<(), String> {
    use super::{network, order::Network, writes};

    if order.network == Network::Own {
        network::leave().map_err(|error| failed("no network of its own", &error))?;
    }
    limits::apply(order.processes).map_err(|error| failed("no limits", &error))?;
    rustix::thread::set_no_new_privs(true).map_err(|error| failed("its privileges", &error))?;
    if order.writable.is_empty() && matches!(order.network, Network::Open | Network::Own) {
        return Ok(());
    }
    match writes::forbid(&order.writable, order.network) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(failed("no Landlock", &"this kernel has none")),
        Err(error) => Err(failed("no Landlock", &error)),
    }
}

#[cfg(not(target_os = "linux"))]
fn enforce(order: &Order) -> Result<(), String> {
    limits::apply(order.processes).map_err(|error| failed("no limits", &error))
}

fn failed(what: &str, why: &impl std::fmt::Display) -> String {
    format!("the server cannot be confined: {what}: {why}; `--sandbox off` starts it as it is")
}

/// What can be had, found out by having it.
#[cfg(target_os = "linux")]
fn probe() -> String {
    use super::{network, order::Network, probe::Able, writes};

    let namespace = network::leave().is_ok();
    let landlock = writes::forbid(&[], Network::Open).ok().flatten();
    Able { landlock, namespace }.to_string()
}

#[cfg(not(target_os = "linux"))]
fn probe() -> String {
    super::probe::Able::default().to_string()
}
