//! How long a server takes from its start to its first answer: `cold_start COMMAND [ARGS]...` prints milliseconds.
//!
//! The yardstick of `ci/bench`: the least that any client has to wait. It shares no code with the tester.

use std::{
    env,
    io::{self, BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Instant,
};

const INITIALIZE: &[u8] = br#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"cold-start","version":"1"}}}
"#;

fn main() -> io::Result<()> {
    let mut words = env::args_os().skip(1);
    let program = words.next().ok_or_else(|| io::Error::other("name the command that starts the server"))?;
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let began = Instant::now();
    let mut server = command.spawn()?;
    let (stdin, stdout) = (server.stdin.take(), server.stdout.take());
    let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
        return Err(io::Error::other("the server has no pipes"));
    };
    stdin.write_all(INITIALIZE)?;
    let mut lines = BufReader::new(stdout).lines();
    let answered = lines.any(|line| line.is_ok_and(|line| line.contains(r#""id":1"#)));
    let took = began.elapsed();
    drop(stdin);
    server.wait()?;
    if !answered {
        return Err(io::Error::other("the server ended before it answered"));
    }
    writeln!(io::stdout(), "{:.3}", took.as_secs_f64() * 1e3)
}
