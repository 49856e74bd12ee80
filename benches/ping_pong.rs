//! How many messages a second a server answers to a client that does nothing else.
//!
//! `ping_pong [--seconds N] [--pipelined] -- COMMAND [ARGS]...` shakes hands, then asks `ping`: one at a time, or with
//! 64 of them always under way. Without a command it starts the server that lies beside it and measures both. Plain
//! pipes, one thread, no code of the tester.

use std::{
    env,
    ffi::OsString,
    fmt,
    io::{self, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

const HELLO: &[u8] = br#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"ping-pong","version":"1"}}}
"#;
const READY: &[u8] = b"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";
/// So many are under way at once.
const IN_FLIGHT: usize = 64;
const CHUNK: usize = 64 << 10;

/// What the command line asks for.
struct Wanted {
    seconds: u64,
    pipelined: bool,
    command: Vec<OsString>,
}

fn main() -> io::Result<()> {
    let wanted = wanted()?;
    let modes =
        if wanted.command.is_empty() { vec![1, IN_FLIGHT] } else { vec![if wanted.pipelined { IN_FLIGHT } else { 1 }] };
    let command = if wanted.command.is_empty() { vec![beside()?] } else { wanted.command };
    for depth in modes {
        let speed = Conversation::open(&command)?.measure(depth, Duration::from_secs(wanted.seconds))?;
        let name = if depth == 1 { "ping-pong" } else { "pipelined" };
        writeln!(io::stdout(), "{name:10} {speed:.0} messages/s")?;
    }
    Ok(())
}

fn wanted() -> io::Result<Wanted> {
    let mut wanted = Wanted { seconds: 3, pipelined: false, command: Vec::new() };
    let mut words = env::args_os().skip(1);
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--pipelined") => wanted.pipelined = true,
            Some("--seconds") => {
                let seconds = words.next().and_then(|seconds| seconds.to_str()?.parse().ok());
                wanted.seconds = seconds.ok_or_else(|| io::Error::other("--seconds wants a whole number"))?;
            }
            Some("--") => wanted.command = words.by_ref().collect(),
            _ => return Err(io::Error::other(format!("what is {}?", word.display()))),
        }
    }
    Ok(wanted)
}

/// The fast server, built together with this.
fn beside() -> io::Result<OsString> {
    Ok(env::current_exe()?.with_file_name(format!("fast_server{}", env::consts::EXE_SUFFIX)).into())
}

/// A server, and what is under way with it.
struct Conversation {
    server: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    chunk: Vec<u8>,
    asked: u64,
}

impl Conversation {
    fn open(command: &[OsString]) -> io::Result<Self> {
        let (program, arguments) = command.split_first().ok_or_else(|| lost("name a command behind --"))?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn()?;
        let pipes = server.stdin.take().zip(server.stdout.take());
        let (stdin, stdout) = pipes.ok_or_else(|| lost("the server has no pipes"))?;
        let mut conversation = Self { server, stdin, stdout, chunk: vec![0; CHUNK], asked: 0 };
        conversation.stdin.write_all(HELLO)?;
        conversation.hear()?;
        conversation.stdin.write_all(READY)?;
        Ok(conversation)
    }

    /// Answers a second, with so many requests under way.
    fn measure(mut self, depth: usize, time: Duration) -> io::Result<f64> {
        let mut lines = Vec::with_capacity(CHUNK);
        let (began, mut answered, mut room) = (Instant::now(), 0_u32, depth);
        while began.elapsed() < time {
            lines.clear();
            for _ in 0..room {
                self.asked += 1;
                writeln!(lines, r#"{{"jsonrpc":"2.0","id":{},"method":"ping"}}"#, self.asked)?;
            }
            self.stdin.write_all(&lines)?;
            room = self.hear()?;
            answered += u32::try_from(room).unwrap_or_default();
        }
        let took = began.elapsed();
        drop((self.stdin, self.stdout));
        self.server.wait()?;
        Ok(f64::from(answered) / took.as_secs_f64())
    }

    /// Waits for lines, and counts them; none is waited for longer than the first.
    fn hear(&mut self) -> io::Result<usize> {
        loop {
            let read = self.stdout.read(&mut self.chunk)?;
            let lines =
                self.chunk[..read].split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")).count();
            match (read, lines) {
                (0, _) => return Err(lost("the server ended")),
                (_, 0) => {}
                _ => return Ok(lines),
            }
        }
    }
}

fn lost(why: impl fmt::Display) -> io::Error {
    io::Error::other(why.to_string())
}
