//! The limits of a process and of all that it starts. They can be lowered, and never raised again.

use std::io;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

const GIB: u64 = 1 << 30;

/// What a process may claim of memory. Not its address space, of which engines reserve far more than they touch: Node.js
/// a gigabyte, and ten for each memory of WebAssembly.
const MEMORY: u64 = 4 * GIB;

/// The address space, against what is mapped without end.
const ADDRESSES: u64 = 1024 * GIB;

/// The size of a file.
const FILE: u64 = GIB;

/// Files that are open.
const OPEN: u64 = 4096;

/// Put every limit in force.
pub(super) fn apply(processes: Option<u64>) -> io::Result<()> {
    lower(Resource::Data, MEMORY)?;
    #[cfg(target_os = "linux")]
    lower(Resource::As, ADDRESSES)?;
    lower(Resource::Fsize, FILE)?;
    lower(Resource::Nofile, OPEN)?;
    lower(Resource::Core, 0)?;
    processes.map_or(Ok(()), |most| lower(Resource::Nproc, most))
}

fn lower(resource: Resource, most: u64) -> io::Result<()> {
    let least = |limit: Option<u64>| Some(limit.map_or(most, |limit| limit.min(most)));
    let Rlimit { current, maximum } = getrlimit(resource);
    Ok(setrlimit(resource, Rlimit { current: least(current), maximum: least(maximum) })?)
}
