//! Real servers, of several SDKs: what the built-in chapters find in each is written down in `golden/real`.
//!
//! `ci/install-servers` installs them. One that is not installed is an ignored test, or a failure where
//! `MCP_LITMUS_REQUIRE_SERVERS` is set. `UPDATE_GOLDEN=1` writes down what is found now, but never in a pipeline.

#[path = "real_servers/golden.rs"]
mod golden;
#[path = "real_servers/play.rs"]
mod play;
#[path = "real_servers/servers.rs"]
mod servers;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use servers::{SERVERS, Server};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Each run starts several processes of its server already.
    arguments.test_threads = Some(1);
    let required = is_set("MCP_LITMUS_REQUIRE_SERVERS");
    let trials = SERVERS.iter().map(|server| trial(server, required)).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(server: &'static Server, required: bool) -> Trial {
    match server.missing() {
        None => Trial::test(server.name, || test(server)),
        Some(missing) if required => Trial::test(server.name, move || Err(Failed::from(missing))),
        Some(_) => {
            let name = format!("{} (needs {})", server.name, server.needs());
            Trial::test(name, || Ok(())).with_ignored_flag(true)
        }
    }
}

fn test(server: &Server) -> Result<(), Failed> {
    let found = play::play(server)?;
    golden::compare(server.name, &found).map_err(Failed::from)
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty() && value != "0")
}
