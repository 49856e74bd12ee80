//! Plays the real program against a bad server: how it ended, what it said, how much memory it took, what it left.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// No run may take longer, on the slowest machine.
const LIMIT: Duration = Duration::from_secs(60);
/// What was killed may take so long to vanish.
const VANISH: Duration = Duration::from_secs(5);
/// The variable that everything inherits which comes from a run.
const MARK: &str = "HOSTILE_MARK";
/// Where a server that is to be interrupted says that it runs.
const READY: &str = "HOSTILE_READY";

/// How a run ended.
pub struct Ended {
    pub code: Option<i32>,
    /// Its stdout and stderr.
    pub said: String,
    pub took: Duration,
    /// The most memory that it took, in MB. The server's is not counted.
    pub peak: u64,
    /// What outlived it: names of processes.
    pub left: Vec<String>,
}

/// Play `mcp-litmus ARGUMENTS`, with short limits, in a subcommand that knows them.
pub fn play(arguments: &[&str]) -> Ended {
    finish(start(arguments))
}

/// Play until the server has made the file named by `HOSTILE_READY`, then press Ctrl-C.
pub fn interrupt(arguments: &[&str]) -> Ended {
    let mut running = start(arguments);
    while !running.ready.exists() {
        let is_over = running.child.try_wait().is_ok_and(|status| status.is_some());
        assert!(!is_over && running.began.elapsed() < LIMIT, "the server was not started");
        thread::sleep(Duration::from_millis(5));
    }
    signal(running.child.id(), Signal::INT);
    finish(running)
}

struct Running {
    child: Child,
    began: Instant,
    mark: String,
    ready: PathBuf,
}

fn start(arguments: &[&str]) -> Running {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let mark = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let ready = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ready-{mark}"));
    let _ = fs::remove_file(&ready);
    let (subcommand, rest) = arguments.split_first().expect("a subcommand");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mcp-litmus"));
    command.arg(subcommand).args(["--timeout", "300ms"]);
    if !rest.contains(&"--startup-timeout") {
        command.args(["--startup-timeout", "1s"]);
    }
    command.args(rest);
    command.env(MARK, &mark).env(READY, &ready).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Running { child: command.spawn().expect("our program starts"), began: Instant::now(), mark, ready }
}

fn finish(running: Running) -> Ended {
    let Running { mut child, began, mark, ready } = running;
    let readers = [read(child.stdout.take()), read(child.stderr.take())];
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child of ours") {
            break status;
        }
        peak = peak.max(memory(child.id()));
        if began.elapsed() > LIMIT {
            signal(child.id(), Signal::KILL);
        }
        thread::sleep(Duration::from_millis(2));
    };
    let took = began.elapsed();
    let left = left_behind(&mark);
    let said = readers.map(|reader| reader.join().expect("output")).concat();
    let _ = fs::remove_file(ready);
    Ended { code: status.code(), said, took, peak: peak / 1024, left }
}

fn read(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.expect("a pipe").read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The high-water mark of a process in kB; zero when it is gone.
fn memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Processes with the mark that do not vanish. They are killed, so that one failure does not disturb the next test.
fn left_behind(mark: &str) -> Vec<String> {
    let began = Instant::now();
    loop {
        let left = marked(mark);
        if left.is_empty() || began.elapsed() > VANISH {
            for (pid, _) in &left {
                signal(*pid, Signal::KILL);
            }
            return left.into_iter().map(|(_, name)| name).collect();
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn marked(mark: &str) -> Vec<(u32, String)> {
    let entry = format!("{MARK}={mark}");
    let processes = fs::read_dir("/proc").expect("a process table").flatten();
    let found = processes.filter_map(|process| {
        let pid = process.file_name().to_str()?.parse().ok()?;
        let environment = fs::read(process.path().join("environ")).ok()?;
        let is_marked = environment.split(|byte| *byte == 0).any(|variable| variable == entry.as_bytes());
        let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
        is_marked.then(|| (pid, name.trim().to_owned()))
    });
    found.collect()
}

fn signal(pid: u32, signal: Signal) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    let _ = kill_process(pid.expect("the number of a process"), signal);
}

/// The longest that a run may take here.
pub const fn limit() -> Duration {
    LIMIT
}
