//! Plays the real program as a user would, in a folder of its own, and makes what it says comparable.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

/// How a run ended.
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A folder for one test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("cli-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }

    pub fn write_bytes(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    /// Play the program here.
    pub fn play(&self, arguments: &[&str]) -> Ended {
        self.play_with(arguments, &[])
    }

    /// The same, with more variables.
    pub fn play_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mcp-litmus"));
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null());
        // What the caller's surroundings ask for must not change what is said.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let is_secret = ["TOKEN", "SECRET", "PASSWORD", "KEY", "CREDENTIALS"].iter().any(|end| name.ends_with(end));
            if is_secret || ["COLUMNS", "LINES", "NO_COLOR", "CLICOLOR_FORCE"].contains(&name.as_str()) {
                command.env_remove(name);
            }
        }
        let Output { status, stdout, stderr } = command.envs(variables.iter().copied()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what we say is UTF-8");
        Ended { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Play where no files are needed.
pub fn play(arguments: &[&str]) -> Ended {
    Folder::new().play(arguments)
}

impl Ended {
    /// Everything that was said, with the command in front and the exit code behind, for a golden.
    pub fn page(&self, arguments: &[&str]) -> String {
        let words: Vec<String> = arguments
            .iter()
            .map(|word| if word.contains(['*', ' ']) { format!("'{word}'") } else { (*word).to_owned() })
            .collect();
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        format!("$ mcp-litmus {}\n{}{}[exit code {code}]\n", words.join(" "), self.stdout, self.stderr)
    }
}

/// Compare with a golden, apart from what differs from run to run.
pub fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"mcp-litmus (demo )?\d+\.\d+\.\d+", "mcp-litmus $1[version]");
    settings.add_filter(r"(suites/[a-z/]+\.md):\d+", "$1:[line]");
    settings.add_filter(r" +\d+\.\d{3}s (-->|<--)", "        [time] $1");
    settings.add_filter(r"seed \d+", "seed [seed]");
    settings.add_filter(r"\d+\.\d+ m?s\b", "[time]");
    settings.bind(|| insta::assert_snapshot!(name, text));
}
