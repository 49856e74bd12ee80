//! A real process of the demo that is told a number of lines at once.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use crate::triggers::{Shows, Trigger};

/// What asks for the last answer.
const LAST: &[u8] = br#"{"jsonrpc":"2.0","id":"the end","method":"ping"}"#;
const ANSWER: &[u8] = br#""id":"the end""#;
const HANDSHAKE: &[u8] = br#"{"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
"#;
/// Only to keep a broken test from hanging.
const PATIENCE: Duration = Duration::from_secs(60);
/// So long a server that should have nothing to say may say it.
const SILENCE: Duration = Duration::from_millis(300);

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this code.
    Exit(i32),
    /// By a signal of its own.
    Signal,
    /// Not at all.
    Never,
}

/// What there was to be seen.
pub struct Play {
    /// What was said after the handshake, without newlines.
    pub lines: Vec<Vec<u8>>,
    /// How it ended.
    pub end: End,
    /// So many bytes of memory came to it.
    pub grown: u64,
}

impl std::fmt::Debug for Play {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines: Vec<_> = self.lines.iter().map(|line| String::from_utf8_lossy(line)).collect();
        write!(f, "{:?}, {} bytes more: {lines:?}", self.end, self.grown)
    }
}

/// Tells a process with this bug, or a clean one, what triggers the bug, and asks for a last answer.
pub fn play(bug: Option<&str>, trigger: &Trigger) -> Play {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mcp-litmus"));
    command.arg("demo").args(bug.iter().flat_map(|bug| ["--bug", bug]));
    let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let heard = listen(&mut server);
    let mut stdin = server.stdin.take().unwrap();
    stdin.write_all(HANDSHAKE).unwrap();
    heard.recv_timeout(PATIENCE).expect("the handshake is answered");
    let before = memory(&server);
    let asks = !trigger.closes;
    let last: Vec<Vec<u8>> = asks.then(|| LAST.to_vec()).into_iter().collect();
    let all: Vec<u8> = trigger.lines.iter().chain(&last).flat_map(|line| [line, b"\n".as_slice()].concat()).collect();
    // A server that dies does not read to the end.
    let _ = stdin.write_all(&all);
    let patience = if matches!((&trigger.shows, bug), (Shows::Deaf, Some(_))) { SILENCE } else { PATIENCE };
    let mut lines = Vec::new();
    let mut answered = !asks;
    while !answered {
        match heard.recv_timeout(patience) {
            Ok(line) => {
                answered = line.windows(ANSWER.len()).any(|part| part == ANSWER);
                lines.push(line);
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    let grown = memory(&server).saturating_sub(before);
    let deaf = !answered && server.try_wait().unwrap().is_none() && patience == SILENCE;
    drop(stdin);
    let end = if deaf { killed(server) } else { ended(server) };
    lines.extend(heard.iter());
    Play { lines, end, grown }
}

fn listen(server: &mut Child) -> Receiver<Vec<u8>> {
    let (sender, heard) = channel();
    let stdout = server.stdout.take().unwrap();
    thread::spawn(move || {
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    heard
}

fn killed(mut server: Child) -> End {
    server.kill().unwrap();
    server.wait().unwrap();
    End::Never
}

fn ended(mut server: Child) -> End {
    let code = server.wait().unwrap().code();
    code.map_or(End::Signal, End::Exit)
}

/// The bytes of memory that a process holds; zero where that cannot be told.
fn memory(server: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() * 1024
}
