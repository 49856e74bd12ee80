//! The servers: how each is started, what it needs, and what is prepared for it, so that it touches nothing of ours.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use libtest_mimic::Failed;
use mcp_litmus::{
    run::{Address, Launcher, Style, Wanted},
    transport::{
        http::{Dialer, Remote, Url},
        stdio::{self, Launch},
        with_free_port,
    },
};

/// A server that is installed by `ci/install-servers`, or is an example of ours.
pub struct Server {
    pub name: &'static str,
    pub wanted: Wanted,
    way: Way,
    program: Program,
    args: &'static [&'static str],
}

/// How it is reached: over its stdin and stdout, or at a path of 127.0.0.1.
#[derive(Clone, Copy)]
enum Way {
    Pipe,
    Http,
    Sse,
}

/// What starts it.
#[derive(Clone, Copy)]
enum Program {
    /// `node` with a file of `node_modules`.
    Node(&'static str),
    /// `node` with a file of `ci/servers`.
    Script(&'static str),
    /// A program in the `bin` of a virtual environment.
    Python(&'static str, &'static str),
    /// An example of this crate.
    Example(&'static str),
    /// A crate of `ci/servers`.
    Crate(&'static str),
}

use Program::{Crate, Example, Node, Python, Script};
use Wanted::{All, Newest};
use Way::{Http, Pipe, Sse};

const EVERYTHING: Program = Node("@modelcontextprotocol/server-everything/dist/index.js");
const MCP1: Program = Python("mcp1", "python");
const MCP2: Program = Python("mcp2", "python");

/// Every server. In `args`, `HOME` is its own folder and `PINS` is `ci/servers`; over HTTP it is told its port in `PORT`.
pub const SERVERS: &[Server] = &[
    server("everything", All, Pipe, EVERYTHING, &["stdio"]),
    server("everything_http", All, Http, EVERYTHING, &["streamableHttp"]),
    server("everything_sse", All, Sse, EVERYTHING, &["sse"]),
    server("memory", Newest, Pipe, Node("@modelcontextprotocol/server-memory/dist/index.js"), &[]),
    server("filesystem", Newest, Pipe, Node("@modelcontextprotocol/server-filesystem/dist/index.js"), &["HOME/files"]),
    server("hello_ts2_http", All, Http, Script("hello_ts2.mjs"), &[]),
    server("hello_ts2_sessions", All, Http, Script("hello_ts2.mjs"), &["sessions"]),
    server("time", Newest, Pipe, Python("mcp1", "mcp-server-time"), &["--local-timezone", "UTC"]),
    server("hello_mcp1", All, Pipe, MCP1, &["PINS/hello_mcp1.py"]),
    server("hello_mcp1_http", All, Http, MCP1, &["PINS/hello_mcp1.py", "streamable-http"]),
    server("hello_mcp1_sse", All, Sse, MCP1, &["PINS/hello_mcp1.py", "sse"]),
    server("hello_mcp2", All, Pipe, MCP2, &["PINS/hello_mcp2.py"]),
    server("hello_mcp2_http", All, Http, MCP2, &["PINS/hello_mcp2.py", "streamable-http"]),
    server("hello_mcp2_sse", All, Sse, MCP2, &["PINS/hello_mcp2.py", "sse"]),
    server("hello_fastmcp", Newest, Pipe, MCP2, &["PINS/hello_fastmcp.py"]),
    server("hello_fastmcp_http", All, Http, MCP2, &["PINS/hello_fastmcp.py", "http"]),
    server("git", Newest, Pipe, Python("mcp2", "mcp-server-git"), &["--repository", "HOME/repository"]),
    server("rmcp_hello", All, Pipe, Example("rmcp_hello"), &[]),
    server("rmcp_http", All, Http, Crate("rmcp_http"), &[]),
];

const fn server(
    name: &'static str,
    wanted: Wanted,
    way: Way,
    program: Program,
    args: &'static [&'static str],
) -> Server {
    Server { name, wanted, way, program, args }
}

impl Server {
    /// In a word or two, what has to be installed for it.
    pub fn needs(&self) -> &'static str {
        match self.program {
            Node(_) | Script(_) => "node",
            Python(..) => "python",
            Example(_) => "cargo build --examples",
            Crate(_) => "ci/install-servers",
        }
    }

    /// Why it cannot be started, if it cannot.
    pub fn missing(&self) -> Option<String> {
        let file = match self.program {
            Script(_) => installed().join("node_modules"),
            _ => self.file(),
        };
        let advice = match self.program {
            Example(_) => "run `cargo build --examples`",
            _ => "run `ci/install-servers`",
        };
        (!file.exists()).then(|| format!("{} is not there; {advice}", file.display()))
    }

    fn file(&self) -> PathBuf {
        match self.program {
            Node(script) => installed().join("node_modules").join(script),
            Script(script) => installed().join(script),
            Python(environment, program) => installed().join(environment).join("bin").join(program),
            Example(name) => examples().join(name),
            Crate(name) => installed().join(name).join("debug").join(name),
        }
    }

    /// How to reach it. Makes its folder anew: its home, with all that it may read and write.
    pub fn prepare(&self) -> Result<Launcher, Failed> {
        let launch = self.launch()?;
        let (style, path) = match self.way {
            Pipe => return Ok(Launcher::Process(Arc::new(move || stdio::launch(&launch)))),
            Http => (Style::Http, "mcp"),
            Sse => (Style::Sse, "sse"),
        };
        let (url, launch) = with_free_port(&format!("http://127.0.0.1:0/{path}"), &launch)?;
        let remote = Remote::new(url.parse::<Url>().map_err(|error| error.to_string())?);
        let dialer = Dialer::network(&remote).map_err(|failure| failure.what)?;
        Ok(Launcher::Address(Arc::new(Address { remote, dialer, style, command: Some(launch) })))
    }

    fn launch(&self) -> io::Result<Launch> {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("real").join(self.name);
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(home.join("files"))?;
        fs::write(home.join("files/hello.txt"), "hello\n")?;
        if self.name == "git" {
            repository(&home.join("repository"))?;
        }
        if let Script(script) = self.program {
            // What it imports is looked for beside it.
            fs::copy(pins().join(script), self.file())?;
        }
        let args = self.args.iter().map(|arg| arg.replace("HOME", &text(&home)).replace("PINS", &text(&pins())));
        let (program, first) = match self.program {
            Node(_) | Script(_) => (PathBuf::from("node"), Some(text(&self.file()))),
            _ => (self.file(), None),
        };
        Ok(Launch {
            program: program.into(),
            args: first.into_iter().chain(args).map(Into::into).collect(),
            env: self.environment(&home).into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
            cwd: Some(home),
        })
    }

    fn environment(&self, home: &Path) -> Vec<(&'static str, String)> {
        let mut environment = vec![
            ("HOME", text(home)),
            ("TZ", "UTC".to_owned()),
            ("DO_NOT_TRACK", "1".to_owned()),
            ("MEMORY_FILE_PATH", text(&home.join("memory.jsonl"))),
            ("FASTMCP_CHECK_FOR_UPDATES", "off".to_owned()),
        ];
        if matches!((self.way, self.program), (Http | Sse, Node(_))) {
            // Left alone, it listens on every interface, which is no business of a test.
            environment.push(("NODE_OPTIONS", format!("--require={}", text(&root().join("ci/loopback.cjs")))));
        }
        environment
    }
}

/// A repository with one commit.
fn repository(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("README.md"), "A repository to look at.\n")?;
    let author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
    for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "--message", "The first"]] {
        let status = Command::new("git").current_dir(folder).args(author).args(arguments).status()?;
        if !status.success() {
            return Err(io::Error::other(format!("git {} failed", arguments.join(" "))));
        }
    }
    Ok(())
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn installed() -> PathBuf {
    root().join("target/real-servers")
}

fn pins() -> PathBuf {
    root().join("ci/servers")
}

/// Examples are built beside the folder of the tests.
fn examples() -> PathBuf {
    let test = std::env::current_exe().unwrap_or_default();
    test.ancestors().nth(2).map(|profile| profile.join("examples")).unwrap_or_default()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
