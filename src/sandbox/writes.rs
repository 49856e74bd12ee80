//! Landlock: nothing is written, made, moved or removed but below the folders that are named, and no process outside is
//! sent a signal. On request, no TCP either.

use std::path::PathBuf;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, RestrictionStatus, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use super::order::Network;

/// The newest that this has been tried with. Older ones do what they can.
const NEWEST: ABI = ABI::V7;

/// Devices without a memory, and memory that processes share.
const DEVICES: [&str; 5] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];
const SHARED: &str = "/dev/shm";

/// Put it in force, and tell its version; nothing if the kernel has none.
pub(super) fn forbid(writable: &[PathBuf], network: Network) -> Result<Option<u32>, RulesetError> {
    let files = AccessFs::from_write(NEWEST);
    let mut rules = Ruleset::default().handle_access(files)?.scope(Scope::from_all(NEWEST))?;
    if let Some(tcp) = forbidden(network) {
        rules = rules.handle_access(tcp)?;
    }
    let allowed = writable.iter().map(PathBuf::as_path).chain([SHARED.as_ref()]);
    let status = rules
        .create()?
        .add_rules(path_beneath_rules(allowed, files))?
        .add_rules(path_beneath_rules(DEVICES, files))?
        .restrict_self()?;
    Ok(version(&status))
}

fn forbidden(network: Network) -> Option<BitFlags<AccessNet>> {
    match network {
        Network::Open | Network::Own => None,
        Network::NoTcp => Some(AccessNet::BindTcp | AccessNet::ConnectTcp),
        Network::NoConnect => Some(AccessNet::ConnectTcp.into()),
    }
}

fn version(status: &RestrictionStatus) -> Option<u32> {
    match status.landlock {
        LandlockStatus::Available { effective_abi, .. } if status.ruleset != RulesetStatus::NotEnforced => {
            Some(effective_abi as u32)
        }
        _ => None,
    }
}
