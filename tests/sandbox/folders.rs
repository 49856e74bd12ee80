//! Homes, folders and limits.

use std::{fs, path::Path};

use mcp_litmus::sandbox::{
    SUBCOMMAND,
    SandboxLevel::{Full, Limits, Off},
};

use crate::stage::{Needs::Nothing, Outside, PROGRAM, Row, command, launch, play, root, sandbox, sh};

pub const TRIALS: &[Row] = &[
    ("off changes nothing", Nothing, off_changes_nothing),
    ("homes and folders are temporary", Nothing, homes_and_folders_are_temporary),
    ("the folder is removed with all that is in it", Nothing, the_folder_is_removed),
    ("what the user gives holds", Nothing, what_the_user_gives_holds),
    ("limits hold", Nothing, limits_hold),
    ("processes and privileges are limited", Nothing, processes_and_privileges_are_limited),
    ("a file cannot grow without end", Nothing, a_file_cannot_grow),
    ("paths of a command mean what they meant", Nothing, paths_mean_what_they_meant),
    ("a folder that is named stays the working folder", Nothing, a_named_folder_stays),
];

fn off_changes_nothing() {
    let sandbox = sandbox(Off);
    let launch = launch("./no-such-program", &["Cargo.toml"]);
    assert_eq!(sandbox.wrap(&launch), Ok(launch));
    assert_eq!((sandbox.root(), sandbox.describe().as_str()), (None, "sandbox: off"));
}

fn homes_and_folders_are_temporary() {
    for level in [Limits, Full] {
        let sandbox = sandbox(level);
        let said = sh(&sandbox, "echo $HOME; echo $TMPDIR; pwd -P; touch $HOME/a $TMPDIR/b c && echo written");
        let at = |part: &str| root(&sandbox).join(part).display().to_string();
        assert_eq!(said, [at("home"), at("tmp"), at("work"), "written".to_owned()]);
    }
}

fn the_folder_is_removed() {
    let sandbox = sandbox(Limits);
    let root = root(&sandbox).to_owned();
    assert_eq!(sh(&sandbox, "mkdir -p a/b; touch a/b/c; chmod 0 a; echo done"), ["done"]);
    assert!(root.join("work/a").exists());
    drop(sandbox);
    assert!(!root.exists());
}

fn what_the_user_gives_holds() {
    let mut launch = launch("sh", &["-c", "echo $HOME $GIVEN"]);
    launch.env = vec![("HOME".into(), "/given/home".into()), ("GIVEN".into(), "too".into())];
    assert_eq!(play(&sandbox(Full), &launch).0, ["/given/home too"]);
}

fn limits_hold() {
    for level in [Limits, Full] {
        let said = sh(&sandbox(level), "ulimit -n; ulimit -c; ulimit -f; ulimit -d");
        let numbers: Vec<u64> = said.iter().filter_map(|line| line.parse().ok()).collect();
        let [open, core, file, memory] = numbers[..] else { panic!("{said:?}") };
        assert!(open <= 4096 && core == 0, "{said:?}");
        // In blocks, of 512 bytes or of a kilobyte, and in kilobytes.
        assert!(file <= 1 << 21 && memory <= 4 << 20, "{said:?}");
    }
}

/// Root has no limit of processes that means anything: the number is given by hand.
fn processes_and_privileges_are_limited() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let script = "grep -c 'Max processes  *321  *321 ' /proc/self/limits; grep -c 'NoNewPrivs:.1' /proc/self/status";
    let ordered = launch(PROGRAM, &[SUBCOMMAND, "--processes", "321", "--", "sh", "-c", script]);
    let output = command(&ordered).output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1\n1\n");
}

fn a_file_cannot_grow() {
    let sandbox = sandbox(Limits);
    let script = "dd if=/dev/zero of=big bs=1 count=1 seek=2000000000 2>/dev/null && echo grown";
    assert_eq!(sh(&sandbox, script), Vec::<String>::new());
    let length = fs::metadata(root(&sandbox).join("work/big")).map_or(0, |file| file.len());
    assert!(length <= 1 << 30, "{length}");
}

fn paths_mean_what_they_meant() {
    let (sandbox, outside) = (sandbox(Limits), Outside::new());
    let script = outside.script("server", "pwd -P; head -n 1 \"$1\"");
    let here = std::env::current_dir().expect("a folder");
    let up: String = here.components().skip(1).map(|_| "../").collect();
    let relative = format!("{up}{}", script.strip_prefix("/").unwrap().display());
    assert!(Path::new(&relative).is_relative());
    let (said, code) = play(&sandbox, &launch(&relative, &["Cargo.toml"]));
    assert_eq!(said, [root(&sandbox).join("work").display().to_string(), "[package]".to_owned()]);
    assert_eq!(code, Some(0));
}

fn a_named_folder_stays() {
    let (sandbox, outside) = (sandbox(Limits), Outside::new());
    outside.script("server", "pwd -P; echo \"$1\"; touch made");
    fs::write(outside.path().join("file"), "").expect("a file");
    let mut launch = launch("./server", &["file"]);
    launch.cwd = Some(outside.path().to_owned());
    assert_eq!(play(&sandbox, &launch).0, [outside.text(), "file".to_owned()]);
    assert!(outside.path().join("made").exists());
}
