//! What a server can write to when Landlock holds.

use std::{fs, process::Command};

use mcp_litmus::sandbox::SandboxLevel::Full;

use crate::{
    roles,
    stage::{Needs::Landlock, Outside, Row, launch, play, root, sandbox, sh},
};

pub const TRIALS: &[Row] = &[
    ("nothing is written outside", Landlock, nothing_is_written_outside),
    ("devices without a memory are open", Landlock, devices_are_open),
    ("a folder that is named is only read", Landlock, a_named_folder_is_only_read),
    ("nobody outside is sent a signal", Landlock, nobody_outside_is_sent_a_signal),
    ("what it starts is confined too", Landlock, what_it_starts_is_confined_too),
    ("only a runner writes to its caches", Landlock, only_a_runner_writes_to_its_caches),
];

fn nothing_is_written_outside() {
    let (sandbox, outside) = (sandbox(Full), Outside::new());
    fs::write(outside.path().join("kept"), "as it was").expect("a file");
    let script = format!(
        "cd {}; cat kept && echo; for try in 'touch new' 'rm kept' 'mkdir folder' 'mv kept moved' 'ln -s kept link' \
         'mkfifo pipe' 'truncate -s 0 kept' 'cp kept {}/copy' \"sh -c 'echo x > kept'\"; do \
         $try 2>/dev/null && echo \"$try\"; done",
        outside.text(),
        root(&sandbox).display(),
    );
    let said = sh(&sandbox, &script);
    assert_eq!(said, ["as it was".to_owned(), format!("cp kept {}/copy", root(&sandbox).display())]);
    let left: Vec<_> =
        fs::read_dir(outside.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["kept"]);
    assert_eq!(fs::read_to_string(outside.path().join("kept")).expect("a file"), "as it was");
}

fn devices_are_open() {
    assert_eq!(sh(&sandbox(Full), "echo x > /dev/null && head -c 1 /dev/zero | wc -c | tr -d ' '"), ["1"]);
}

fn a_named_folder_is_only_read() {
    let (sandbox, outside) = (sandbox(Full), Outside::new());
    let mut launch = launch("sh", &["-c", "pwd -P; touch made 2>/dev/null || echo refused"]);
    launch.cwd = Some(outside.path().to_owned());
    assert_eq!(play(&sandbox, &launch).0, [outside.text(), "refused".to_owned()]);
}

/// The older versions of Landlock know nothing of signals.
fn nobody_outside_is_sent_a_signal() {
    let sandbox = sandbox(Full);
    if sandbox.confinement().landlock.is_some_and(|version| version >= 6) {
        let script = format!("kill -0 {} 2>/dev/null || echo refused; kill -0 $$ && echo itself", std::process::id());
        assert_eq!(sh(&sandbox, &script), ["refused", "itself"]);
    }
}

fn what_it_starts_is_confined_too() {
    let outside = Outside::new();
    let script = format!("sh -c 'sh -c \"touch {}/new\"' 2>/dev/null || echo refused", outside.text());
    assert_eq!(sh(&sandbox(Full), &script), ["refused"]);
}

fn only_a_runner_writes_to_its_caches() {
    let home = Outside::new();
    fs::create_dir_all(home.path().join(".npm")).expect("a folder");
    let write =
        "touch \"$npm_config_cache/by-$1\" 2>/dev/null && echo cached; touch \"$REAL/by-$1\" 2>/dev/null && echo home";
    for (program, said) in [("npx", "cached\n"), ("server", "\n")] {
        home.script(program, write);
        let path = format!("{}:{}", home.text(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.env("PATH", path).env("HOME", home.path()).env("REAL", home.path());
        command.env_remove("npm_config_cache").env(roles::ROLE, "wrap").env("WRAP", program);
        let output = command.output().expect("this program");
        assert_eq!(String::from_utf8_lossy(&output.stdout), said, "{program}");
    }
    let has = |name: &str| home.path().join(".npm").join(name).exists();
    assert!(has("by-npx") && !has("by-server"));
}
