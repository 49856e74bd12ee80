//! Requests over real sockets: what is written, what comes back, which connection carries it, and how it ends.

#[path = "transport_http/hosts.rs"]
mod hosts;
#[path = "transport_http/limits.rs"]
mod limits;
#[path = "transport_http/stage.rs"]
mod stage;
#[path = "transport_http/tls.rs"]
mod tls;

use std::sync::Arc;

use mcp_litmus::{
    transport::{
        Chunk, Ladder, Rung,
        http::{Answered, Dialer, How, Request},
    },
    wire::http::HttpDefect,
};
use stage::{Answer, Caller, PATIENCE, Server, answer_all, post, read_request, remote, until_closed};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, duplex},
    net::TcpListener,
    sync::{Mutex, Notify, mpsc},
    time::timeout,
};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nok";

fn assert_done(answer: &Answer, text: &str) {
    assert_eq!((answer.over.how, answer.over.why.as_str()), (How::Done, ""), "{answer:?}");
    assert_eq!(answer.text(), text);
}

/// A server that answers with these bytes, each written alone, and closes.
async fn says(bytes: &'static [u8]) -> Server {
    Server::start(move |_, mut stream| async move {
        read_request(&mut stream).await;
        for byte in bytes {
            let _ = stream.write_all(&[*byte]).await;
        }
    })
    .await
}

#[tokio::test]
async fn what_is_given_is_written_and_what_comes_is_handed_up() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let server = Server::start(move |_, mut stream| {
        let tell = tell.clone();
        async move {
            let _ = tell.send(read_request(&mut stream).await);
            let _ = stream.write_all(OK.as_bytes()).await;
        }
    })
    .await;
    let answer = server.caller().ask(post("{}")).await;
    let request = "POST /mcp HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}";
    assert_eq!(told.recv().await.flatten().as_deref(), Some(request));
    assert_done(&answer, "ok");
    let head = answer.head.expect("a head");
    assert_eq!((head.status, head.headers.get("x-a").as_deref()), (200, Some("b")));
}

#[tokio::test]
async fn a_connection_is_used_again_unless_a_request_wants_its_own() {
    let server = Server::start(|_, stream| answer_all(stream, OK)).await;
    let mut caller = server.caller();
    for connections in [1, 1] {
        assert_done(&caller.ask(post("{}")).await, "ok");
        assert_eq!(server.accepted(), connections);
    }
    for connections in [2, 3] {
        assert_done(&caller.ask(Request { alone: true, ..post("{}") }).await, "ok");
        assert_eq!(server.accepted(), connections);
    }
    let mut unframed = post("{}");
    unframed.headers.set("Content-Length", "0");
    for connections in [3, 4] {
        assert_done(&caller.ask(unframed.clone()).await, "ok");
        assert_eq!(server.accepted(), connections);
    }
}

#[tokio::test]
async fn several_exchanges_go_on_at_once() {
    let server = Server::start(|_, stream| answer_all(stream, OK)).await;
    let mut caller = server.caller();
    let mut open: Vec<u64> = (0..20).map(|_| caller.start(post("{}"))).collect();
    while !open.is_empty() {
        let event = timeout(PATIENCE, caller.connection.chunks.recv()).await.expect("an event").expect("more");
        if let Chunk::Http { exchange, part: Answered::Over(over) } = event.chunk {
            assert_eq!(over.how, How::Done);
            assert!(open.contains(&exchange), "{exchange} is over twice");
            open.retain(|number| *number != exchange);
        }
    }
}

#[tokio::test]
async fn a_stream_of_events_is_handed_up_however_it_is_cut() {
    let server =
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: \xc3\xbc\n\r\n1\r\n\n\r\n0\r\n\r\n")
            .await;
    let answer = server.caller().ask(post("{}")).await;
    assert_done(&answer, "data: \u{fc}\n\n");
    let server = says(b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n").await;
    assert_done(&server.caller().ask(post("{}")).await, "data: 1\n\n");
}

#[tokio::test]
async fn a_kept_connection_that_has_ended_is_replaced_once() {
    let server = Server::start(|number, mut stream| async move {
        read_request(&mut stream).await;
        let _ = stream.write_all(OK.as_bytes()).await;
        if number == 0 {
            read_request(&mut stream).await;
        } else {
            until_closed(&mut stream).await;
        }
    })
    .await;
    let mut caller = server.caller();
    assert_done(&caller.ask(post("{}")).await, "ok");
    assert_done(&caller.ask(post("{}")).await, "ok");
    assert_eq!(server.accepted(), 2);
}

#[tokio::test]
async fn a_new_connection_that_ends_is_not_replaced() {
    let server = Server::start(|_, mut stream| async move {
        read_request(&mut stream).await;
    })
    .await;
    let answer = server.caller().ask(post("{}")).await;
    assert_eq!(answer.over.how, How::Broken);
    assert_eq!(answer.over.why, "the server closed the connection without an answer");
    assert_eq!(server.accepted(), 1);
}

#[tokio::test]
async fn nobody_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let answer = Caller::new(&remote(&format!("http://{address}/"))).ask(post("{}")).await;
    assert_eq!(answer.over.how, How::Refused);
    assert!(answer.over.why.starts_with("connection refused"), "{}", answer.over.why);
    let answer = Caller::new(&remote("http://nobody.invalid/")).ask(post("{}")).await;
    assert_eq!(answer.over.how, How::Refused);
    assert!(answer.over.why.contains("`nobody.invalid`"), "{}", answer.over.why);
}

#[tokio::test]
async fn what_is_no_answer_or_a_part_of_one() {
    for (bytes, defect) in [
        (&b"SSH-2.0-OpenSSH\r\n"[..], HttpDefect::NoHttp),
        (b"HTTP/1.1 200 OK\r\nContent-Le", HttpDefect::ShortHead),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", HttpDefect::ShortBody),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", HttpDefect::ChunkSize),
    ] {
        let answer = says(bytes).await.caller().ask(post("{}")).await;
        assert_eq!(answer.over.how, How::Broken, "{answer:?}");
        assert!(answer.over.defects.contains(&defect), "{answer:?}");
        assert!(!answer.over.why.is_empty());
    }
}

#[tokio::test]
async fn an_answer_may_come_before_the_request_is_written() {
    let server = Server::start(|_, mut stream| async move {
        let answer = "HTTP/1.1 413 Too Much\r\nContent-Length: 0\r\n\r\n";
        let _ = stream.write_all(answer.as_bytes()).await;
        std::future::pending::<()>().await;
    })
    .await;
    let mut caller = server.caller();
    for connections in [1, 2] {
        let answer = caller.ask(post(&"x".repeat(32 * 1024 * 1024))).await;
        assert_eq!((answer.status(), answer.over.how), (Some(413), How::Done));
        assert_eq!(server.accepted(), connections);
    }
}

#[tokio::test]
async fn a_body_is_cut_and_the_connection_ends() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let server = Server::start(move |_, mut stream| {
        let tell = tell.clone();
        async move {
            let mut read = String::new();
            let _ = stream.read_to_string(&mut read).await;
            let _ = tell.send(read);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad\r\n\r\n").await;
        }
    })
    .await;
    let answer = server.caller().ask(Request { cut: Some(3), ..post("12345") }).await;
    let read = told.recv().await.expect("a request");
    assert!(read.ends_with("Content-Length: 5\r\n\r\n123"), "{read}");
    assert_eq!((answer.status(), answer.over.how), (Some(400), How::Done));
}

/// A server that begins a stream and tells when its connection is closed.
async fn streams() -> (Server, mpsc::UnboundedReceiver<()>) {
    let (tell, closed) = mpsc::unbounded_channel();
    let server = Server::start(move |_, mut stream| {
        let tell = tell.clone();
        async move {
            read_request(&mut stream).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n").await;
            until_closed(&mut stream).await;
            let _ = tell.send(());
        }
    })
    .await;
    (server, closed)
}

async fn begun(caller: &mut Caller) -> u64 {
    let exchange = caller.start(Request { patient: true, ..post("{}") });
    while !matches!(caller.next(exchange).await, Answered::Body(_)) {}
    exchange
}

#[tokio::test]
async fn hanging_up_closes_the_connection() {
    let (server, mut closed) = streams().await;
    let mut caller = server.caller();
    let exchange = begun(&mut caller).await;
    caller.client.hang_up(exchange);
    assert_eq!(caller.answer(exchange).await.over.how, How::HungUp);
    timeout(PATIENCE, closed.recv()).await.expect("the server sees it");
    caller.client.hang_up(exchange);
    let exchange = begun(&mut caller).await;
    assert_eq!(server.accepted(), 2);
    caller.client.hang_up(exchange);
    assert_eq!(caller.answer(exchange).await.over.how, How::HungUp);
}

#[tokio::test]
async fn a_shutdown_hangs_up_everything() {
    let (server, mut closed) = streams().await;
    let mut caller = server.caller();
    let exchange = begun(&mut caller).await;
    let shutdown = caller.connection.peer.shutdown(&Ladder::default()).await;
    assert_eq!((shutdown.rung, shutdown.rungs.len(), shutdown.exited), (Rung::None, 0, None));
    timeout(PATIENCE, closed.recv()).await.expect("the server sees it");
    assert_eq!(caller.answer(exchange).await.over.how, How::HungUp);
    caller.start(post("{}"));
    assert!(timeout(PATIENCE, caller.connection.chunks.recv()).await.expect("the end").is_none());
}

#[tokio::test]
async fn everything_ends_with_its_handles() {
    let (server, mut closed) = streams().await;
    let mut caller = server.caller();
    begun(&mut caller).await;
    let Caller { connection, client } = caller;
    let mut chunks = connection.chunks;
    drop((client, connection.way));
    timeout(PATIENCE, closed.recv()).await.expect("the server sees it");
    let last = async { while chunks.recv().await.is_some() {} };
    timeout(PATIENCE, last).await.expect("the events end");
    assert_eq!(connection.peer.pid(), None);
}

#[tokio::test]
async fn a_server_in_this_process() {
    let dialer = Dialer::memory(|| {
        let (ours, mut theirs) = duplex(16);
        tokio::spawn(async move {
            while read_request(&mut theirs).await.is_some() && theirs.write_all(OK.as_bytes()).await.is_ok() {}
        });
        ours
    });
    let mut caller = Caller::over(&remote("http://demo.example/mcp"), &dialer);
    assert_done(&caller.ask(post(&"x".repeat(100_000))).await, "ok");
    assert_done(&caller.ask(post("{}")).await, "ok");
    let answer = caller.ask(Request { target: "http://demo.example:81/".into(), ..post("{}") }).await;
    assert_eq!(answer.over.how, How::Refused);
}

#[tokio::test]
async fn a_server_waits_for_a_slow_listener() {
    let written = Arc::new(Mutex::new(0_usize));
    let stalled = Arc::new(Notify::new());
    let (count, stall) = (written.clone(), stalled.clone());
    let dialer = Dialer::memory(move || {
        let (ours, mut theirs) = duplex(64 * 1024);
        let (count, stall) = (count.clone(), stall.clone());
        tokio::spawn(async move {
            let _ = theirs.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            // Everything here is in memory: what does not go on within this time waits for somebody.
            while timeout(stage::BRIEF * 5, theirs.write_all(&[b'x'; 1024])).await.is_ok() {
                *count.lock().await += 1024;
            }
            stall.notify_one();
        });
        ours
    });
    let caller = Caller::over(&remote("http://demo.example/"), &dialer);
    caller.start(post(""));
    timeout(PATIENCE, stalled.notified()).await.expect("the server has to wait");
    let written = *written.lock().await;
    assert!((1..8 * 1024 * 1024).contains(&written), "{written} bytes were taken without being read");
}
