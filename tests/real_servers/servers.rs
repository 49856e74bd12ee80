//! The servers: how each is started, what it needs, and what is prepared for it, so that it touches nothing of ours.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use mcp_litmus::{run::Wanted, transport::stdio::Launch};

/// A server that is installed by `ci/install-servers`, or is an example of ours.
pub struct Server {
    pub name: &'static str,
    pub wanted: Wanted,
    program: Program,
    args: &'static [&'static str],
}

/// What starts it.
#[derive(Clone, Copy)]
enum Program {
    /// `node` with a file of `node_modules`.
    Node(&'static str),
    /// A program in the `bin` of a virtual environment.
    Python(&'static str, &'static str),
    /// An example of this crate.
    Example(&'static str),
}

use Program::{Example, Node, Python};
use Wanted::{All, Newest};

/// Every server. In `args`, `HOME` is its own folder and `PINS` is `ci/servers`.
pub const SERVERS: &[Server] = &[
    server("everything", All, Node("@modelcontextprotocol/server-everything/dist/index.js"), &["stdio"]),
    server("memory", Newest, Node("@modelcontextprotocol/server-memory/dist/index.js"), &[]),
    server("filesystem", Newest, Node("@modelcontextprotocol/server-filesystem/dist/index.js"), &["HOME/files"]),
    server("time", Newest, Python("mcp1", "mcp-server-time"), &["--local-timezone", "UTC"]),
    server("hello_mcp1", All, Python("mcp1", "python"), &["PINS/hello_mcp1.py"]),
    server("hello_mcp2", All, Python("mcp2", "python"), &["PINS/hello_mcp2.py"]),
    server("hello_fastmcp", Newest, Python("mcp2", "python"), &["PINS/hello_fastmcp.py"]),
    server("git", Newest, Python("mcp2", "mcp-server-git"), &["--repository", "HOME/repository"]),
    server("rmcp_hello", All, Example("rmcp_hello"), &[]),
];

const fn server(name: &'static str, wanted: Wanted, program: Program, args: &'static [&'static str]) -> Server {
    Server { name, wanted, program, args }
}

impl Server {
    /// In a word or two, what has to be installed for it.
    pub fn needs(&self) -> &'static str {
        match self.program {
            Node(_) => "node",
            Python(..) => "python",
            Example(_) => "cargo build --examples",
        }
    }

    /// Why it cannot be started, if it cannot.
    pub fn missing(&self) -> Option<String> {
        let file = self.file();
        let advice = match self.program {
            Example(_) => "run `cargo build --examples`",
            _ => "run `ci/install-servers`",
        };
        (!file.exists()).then(|| format!("{} is not there; {advice}", file.display()))
    }

    fn file(&self) -> PathBuf {
        match self.program {
            Node(script) => installed().join("node_modules").join(script),
            Python(environment, program) => installed().join(environment).join("bin").join(program),
            Example(name) => examples().join(name),
        }
    }

    /// How to start it. Makes its folder anew: its home, with all that it may read and write.
    pub fn prepare(&self) -> io::Result<Launch> {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("real").join(self.name);
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(home.join("files"))?;
        fs::write(home.join("files/hello.txt"), "hello\n")?;
        if self.name == "git" {
            repository(&home.join("repository"))?;
        }
        let args = self.args.iter().map(|arg| arg.replace("HOME", &text(&home)).replace("PINS", &text(&pins())));
        let (program, first) = match self.program {
            Node(_) => (PathBuf::from("node"), Some(text(&self.file()))),
            _ => (self.file(), None),
        };
        Ok(Launch {
            program: program.into(),
            args: first.into_iter().chain(args).map(Into::into).collect(),
            env: environment(&home).map(|(name, value)| (name.into(), value.into())).to_vec(),
            cwd: Some(home),
        })
    }
}

fn environment(home: &Path) -> [(&'static str, String); 5] {
    [
        ("HOME", text(home)),
        ("TZ", "UTC".to_owned()),
        ("DO_NOT_TRACK", "1".to_owned()),
        ("MEMORY_FILE_PATH", text(&home.join("memory.jsonl"))),
        ("FASTMCP_CHECK_FOR_UPDATES", "off".to_owned()),
    ]
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
