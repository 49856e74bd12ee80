//! Real processes in a sandbox: what they can still do, and what they cannot.
//!
//! A kernel without Landlock, or one that gives nobody a network of their own, cannot show everything: those are ignored
//! tests that name what is missing, or failures where `MCP_LITMUS_REQUIRE_SANDBOX` is set.

#[cfg(unix)]
#[path = "sandbox/folders.rs"]
mod folders;
#[cfg(unix)]
#[path = "sandbox/launches.rs"]
mod launches;
#[cfg(unix)]
#[path = "sandbox/network.rs"]
mod network;
#[cfg(unix)]
#[path = "sandbox/roles.rs"]
mod roles;
#[cfg(unix)]
#[path = "sandbox/stage.rs"]
mod stage;
#[cfg(unix)]
#[path = "sandbox/writes.rs"]
mod writes;

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    if let Some(role) = roles::asked() {
        roles::play(&role);
        return std::process::ExitCode::SUCCESS;
    }
    let arguments = libtest_mimic::Arguments::from_args();
    let trials = [folders::TRIALS, launches::TRIALS, network::TRIALS, writes::TRIALS].concat();
    let trials = trials.into_iter().map(stage::trial).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

#[cfg(not(unix))]
fn main() {}
