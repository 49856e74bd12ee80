//! What this program does when it is started as a server by its own tests.

use std::{
    env, fs, io,
    io::Write,
    net::{TcpListener, TcpStream},
};

use mcp_litmus::sandbox::SandboxLevel;

use crate::stage::{launch, play as play_within, sandbox};

/// The variable that asks for a role.
pub const ROLE: &str = "SANDBOX_ROLE";

pub fn asked() -> Option<String> {
    env::var(ROLE).ok()
}

pub fn play(role: &str) {
    match role {
        "reach" => reach(),
        "serve" => serve(),
        "wrap" => wrap(),
        other => panic!("no such role: {other}"),
    }
}

/// Tell what can be reached.
fn reach() {
    let table = fs::read_to_string("/proc/net/dev").unwrap_or_default();
    let names = table.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim());
    println!("interfaces: {}", names.collect::<Vec<_>>().join(" "));
    let own = TcpListener::bind("127.0.0.1:0").and_then(|own| TcpStream::connect(own.local_addr()?));
    println!("own listener: {}", told(own));
    println!("listener outside: {}", told(outside()));
}

/// Take one connection, and tell there what can be reached.
fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    println!("{}", listener.local_addr().expect("an address"));
    let (mut stream, _) = listener.accept().expect("a connection");
    write!(stream, "listener outside: {}", told(outside())).expect("an answer");
}

/// Start what is named in a sandbox, as this environment would have it.
fn wrap() {
    let name = env::var("WRAP").unwrap_or_default();
    let (said, _) = play_within(&sandbox(SandboxLevel::Full), &launch(&name, &[&name]));
    println!("{}", said.join("\n"));
}

fn outside() -> io::Result<TcpStream> {
    let port: u16 = env::var("PORT").ok().and_then(|port| port.parse().ok()).expect("a port");
    TcpStream::connect(("127.0.0.1", port))
}

fn told(result: io::Result<TcpStream>) -> String {
    match result {
        Ok(_) => "reached".to_owned(),
        Err(error) => error.kind().to_string(),
    }
}
