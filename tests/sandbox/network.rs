//! What a server can reach.

use std::{
    ffi::OsString,
    io::Read,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
};

use mcp_litmus::{
    sandbox::{Door, Network, SUBCOMMAND, Sandbox, SandboxLevel},
    transport::stdio::Launch,
};

use crate::{
    roles,
    stage::{
        Needs::{LandlockOfTcp, Namespace, Nothing},
        PROGRAM, Row, command, play, sandbox,
    },
};

pub const TRIALS: &[Row] = &[
    ("a server of pipes has a loopback and nothing else", Namespace, a_loopback_and_nothing_else),
    ("without a namespace there is no TCP", LandlockOfTcp, without_a_namespace_there_is_no_tcp),
    ("a server of HTTP is reached and reaches nobody", LandlockOfTcp, http_is_reached_and_reaches_nobody),
    ("limits leave the network as it is", Nothing, limits_leave_the_network),
];

/// This program, which tells what it can reach. Only this machine is asked: `port` is one of ours.
fn teller(role: &str, port: u16) -> Launch {
    let env = vec![(roles::ROLE.into(), role.into()), ("PORT".into(), port.to_string().into())];
    Launch { program: std::env::current_exe().expect("this program").into(), env, ..Launch::default() }
}

fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    (listener, port)
}

fn a_loopback_and_nothing_else() {
    let (_listener, port) = listener();
    let (said, _) = play(&sandbox(SandboxLevel::Full), &teller("reach", port));
    assert_eq!(said, ["interfaces: lo", "own listener: reached", "listener outside: connection refused"]);
}

fn without_a_namespace_there_is_no_tcp() {
    let (_listener, port) = listener();
    let teller = teller("reach", port);
    let words = ["--network", "no-tcp", "--writable", "/dev/null", "--"].map(OsString::from);
    let args = std::iter::once(SUBCOMMAND.into()).chain(words).chain([teller.program.clone()]).collect();
    let output = command(&Launch { program: PROGRAM.into(), args, ..teller }).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let refused: Vec<&str> = said.lines().skip(1).collect();
    assert_eq!(refused, ["own listener: permission denied", "listener outside: permission denied"]);
}

fn http_is_reached_and_reaches_nobody() {
    let sandbox = Sandbox::prepare(SandboxLevel::Full, Path::new(PROGRAM), Door::Http).expect("a sandbox");
    assert_eq!(sandbox.confinement().network, Network::NoConnect);
    let (_listener, port) = listener();
    let launch = sandbox.wrap(&teller("serve", port)).unwrap_or_else(|failure| panic!("{failure}"));
    let mut server: Command = command(&launch);
    let mut server = server.stdout(Stdio::piped()).stdin(Stdio::piped()).spawn().expect("it starts");
    let mut said = [0; 64];
    let length = server.stdout.as_mut().expect("a pipe").read(&mut said).expect("its port");
    let address = String::from_utf8_lossy(&said[..length]).trim().to_owned();
    let mut answer = String::new();
    TcpStream::connect(&address).and_then(|mut stream| stream.read_to_string(&mut answer)).expect("an answer");
    assert_eq!(answer, "listener outside: permission denied");
    assert!(server.wait().expect("it ends").success());
}

fn limits_leave_the_network() {
    let (_listener, port) = listener();
    let (said, _) = play(&sandbox(SandboxLevel::Limits), &teller("reach", port));
    assert_eq!(said[1..], ["own listener: reached", "listener outside: reached"]);
}
