//! A command that serves HTTP: waited for until it answers, and what is said when it does not. The command is this
//! program itself, which plays a server when its environment says so.
#![cfg(target_os = "linux")]

use std::{
    env,
    ffi::OsString,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process,
    time::{Duration, Instant},
};

use mcp_litmus::transport::{
    Exited, Ladder, LaunchFailure, Rung, Served, http::Remote, serve, stdio::Launch, with_free_port,
};

/// Longer than anything here takes, so that only a hang meets it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A patience that is expected to end.
const BRIEF: Duration = Duration::from_millis(1500);

/// What the server is to do.
const ROLE: &str = "SERVED_ROLE";

/// No test of its own: the server, when there is a role to play.
#[test]
fn a_server_for_the_others() {
    if let Ok(role) = env::var(ROLE) {
        let port = env::var("PORT").ok().and_then(|port| port.parse().ok()).expect("a port");
        play(&role, port);
    }
}

fn play(role: &str, port: u16) {
    println!("\nthe role is {role}");
    eprintln!("the port is {port}");
    match role {
        "answers" => answer(&listen(port), "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"),
        "stumbles" => {
            let listener = listen(port);
            for _ in 0..3 {
                drop(listener.accept());
            }
            answer(&listener, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
        }
        "dies" => process::exit(7),
        "elsewhere" => answer(&listen(0), ""),
        "mute" => {
            let kept: Vec<TcpStream> = listen(port).incoming().flatten().collect();
            drop(kept);
        }
        "sees the end" => {
            let listener = listen(port);
            std::thread::spawn(move || answer(&listener, "HTTP/1.1 200 OK\r\n\r\n"));
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            process::exit(3);
        }
        other => panic!("no such role: {other}"),
    }
}

fn listen(port: u16) -> TcpListener {
    TcpListener::bind(("127.0.0.1", port)).expect("the port is free")
}

fn answer(listener: &TcpListener, answer: &str) {
    for mut stream in listener.incoming().flatten() {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(answer.as_bytes());
    }
}

/// The command for a role, and the address at which it is to answer.
fn cast(role: &str) -> (Launch, Remote) {
    let launch = Launch {
        program: env::current_exe().expect("this program").into(),
        args: ["--exact", "--nocapture", "a_server_for_the_others"].map(OsString::from).into(),
        env: vec![(ROLE.into(), role.into())],
        ..Launch::default()
    };
    let (address, launch) = with_free_port("http://127.0.0.1:{port}/mcp", &launch).expect("a free port");
    (launch, Remote::new(address.parse().expect("an address")))
}

async fn serves(role: &str) -> (Served, Remote) {
    let (launch, remote) = cast(role);
    let served = serve(&launch, &remote, PATIENCE).await;
    (served.unwrap_or_else(|failure| panic!("{failure}")), remote)
}

async fn fails(role: &str, patience: Duration) -> LaunchFailure {
    let (launch, remote) = cast(role);
    match serve(&launch, &remote, patience).await {
        Ok(served) => panic!("it serves: {:?}", served.lines()),
        Err(failure) => failure,
    }
}

fn takes_connections(remote: &Remote) -> bool {
    TcpStream::connect((remote.url.host.as_str(), remote.url.port)).is_ok()
}

#[tokio::test]
async fn a_server_is_waited_for_and_ended() {
    let (mut served, remote) = serves("answers").await;
    assert!(served.is_alive() && served.pid().is_some());
    let listens = format!("127.0.0.1:{}", remote.url.port).parse().expect("an address");
    assert_eq!(served.sockets(), Some(vec![listens]));
    // What it wrote was written before it answered, and is read soon.
    let until = Instant::now() + PATIENCE;
    let says = |served: &Served, line: &str| served.lines().iter().any(|said| said == line);
    while !(says(&served, "the role is answers") && says(&served, &format!("the port is {}", remote.url.port))) {
        assert!(Instant::now() < until, "it said only {:?}", served.lines());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let shutdown = served.shutdown(&Ladder::default()).await;
    assert_eq!((shutdown.rung, shutdown.leftovers.len()), (Rung::Sigterm, 0));
    assert_eq!(served.exited(), Some(Exited { code: None, signal: Some(15) }));
    assert!(!served.is_alive() && !takes_connections(&remote));
}

#[tokio::test]
async fn its_stdin_stays_open() {
    let (served, remote) = serves("sees the end").await;
    assert!(served.is_alive() && takes_connections(&remote));
    drop(served);
}

#[tokio::test]
async fn a_server_may_stumble_before_it_answers() {
    let (served, _) = serves("stumbles").await;
    assert!(served.is_alive());
}

#[tokio::test]
async fn a_server_that_ends_says_its_last_words() {
    let failure = fails("dies", PATIENCE).await;
    assert!(failure.what.contains("exited with code 7 before it answered at http://127.0.0.1:"), "{failure}");
    assert!(
        failure.said.concat().contains("the role is dies") && failure.said.concat().contains("the port is"),
        "{failure}"
    );
}

#[tokio::test]
async fn a_server_that_listens_elsewhere_is_found_out() {
    let failure = fails("elsewhere", BRIEF).await;
    assert!(failure.what.contains("connection refused"), "{failure}");
    assert!(failure.hint.starts_with("it listens on 127.0.0.1:"), "{failure}");
}

#[tokio::test]
async fn a_server_that_never_answers() {
    let failure = fails("mute", BRIEF).await;
    assert!(failure.what.contains("did not answer") && failure.what.contains("takes connections"), "{failure}");
    assert!(failure.said.concat().contains("the role is mute"), "{failure}");
}

#[tokio::test]
async fn a_port_that_is_taken() {
    let (launch, remote) = cast("answers");
    let _taken = listen(remote.url.port);
    let failure = serve(&launch, &remote, PATIENCE).await.err().expect("the port is taken");
    let what = format!("something listens on 127.0.0.1:{} already", remote.url.port);
    assert_eq!((failure.what, failure.hint.contains("{port}")), (what, true));
}

#[tokio::test]
async fn a_command_that_does_not_exist() {
    let (launch, remote) = cast("answers");
    let launch = Launch { program: "no-such-command-anywhere".into(), ..launch };
    let failure = serve(&launch, &remote, PATIENCE).await.err().expect("there is no such command");
    assert!(failure.what.contains("was not found"), "{failure}");
}
