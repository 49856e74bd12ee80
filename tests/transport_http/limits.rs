//! Servers that are mute, slow or endless: each exchange ends within its limits and says which one was met.

use std::time::Duration;

use mcp_litmus::{
    transport::http::{How, HttpLimits, Remote, Request},
    wire::http::HttpDefect,
};
use tokio::{
    io::AsyncWriteExt,
    time::{sleep, timeout},
};

use crate::stage::{Answer, BRIEF, Caller, PATIENCE, Server, post, read_request, until_closed};

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\n\r\n";

async fn ask(server: &Server, limits: HttpLimits, request: Request) -> Answer {
    let remote = Remote { limits, ..server.remote() };
    timeout(PATIENCE, Caller::new(&remote).ask(request)).await.expect("an end")
}

fn generous() -> HttpLimits {
    HttpLimits::within(PATIENCE)
}

/// Says `first`, then `again` for ever.
async fn endless(first: &'static [u8], again: &'static [u8], pause: Duration) -> Server {
    Server::start(move |_, mut stream| async move {
        read_request(&mut stream).await;
        let _ = stream.write_all(first).await;
        while stream.write_all(again).await.is_ok() {
            sleep(pause).await;
        }
    })
    .await
}

/// Says `first` and nothing more.
async fn mute_after(first: &'static [u8]) -> Server {
    Server::start(move |_, mut stream| async move {
        read_request(&mut stream).await;
        let _ = stream.write_all(first).await;
        until_closed(&mut stream).await;
    })
    .await
}

#[tokio::test]
async fn a_mute_server() {
    let server = mute_after(b"").await;
    for patient in [false, true] {
        let limits = HttpLimits { first_byte: BRIEF, ..generous() };
        let answer = ask(&server, limits, Request { patient, ..post("{}") }).await;
        assert_eq!((answer.over.how, answer.over.why.as_str()), (How::Late, "no answer within 100 ms"));
    }
}

#[tokio::test]
async fn a_server_that_never_reads() {
    let server = Server::start(|_, stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let limits = HttpLimits { first_byte: BRIEF, ..generous() };
    let answer = ask(&server, limits, post(&"x".repeat(32 * 1024 * 1024))).await;
    assert_eq!(answer.over.how, How::Late);
}

#[tokio::test]
async fn a_server_that_stops_within_its_answer() {
    let limits = HttpLimits { idle: BRIEF, ..generous() };
    for (first, patient) in [(HEAD, false), (b"HTTP/1.1 200 OK\r\n", false), (b"HTTP/1.1 200 OK\r\n", true)] {
        let server = mute_after(first).await;
        let answer = ask(&server, limits.clone(), Request { patient, ..post("{}") }).await;
        assert_eq!(answer.over.how, How::Late);
        assert!(answer.over.why.contains("nothing came for 100 ms"), "{}", answer.over.why);
    }
}

#[tokio::test]
async fn a_trickle() {
    let limits = HttpLimits { whole: BRIEF * 3, ..generous() };
    for first in [HEAD, b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: "] {
        let server = endless(first, b"x", Duration::from_millis(5)).await;
        let answer = ask(&server, limits.clone(), post("{}")).await;
        assert_eq!(answer.over.how, How::Late);
        assert!(answer.over.why.contains("not over within 300 ms"), "{}", answer.over.why);
    }
}

#[tokio::test]
async fn an_endless_head() {
    for (again, defect) in [(&b"X-A: b\r\n"[..], HttpDefect::ManyHeaders), (&[b'x'; 500], HttpDefect::LongHead)] {
        let server = endless(b"HTTP/1.1 200 OK\r\n", again, Duration::ZERO).await;
        let answer = ask(&server, generous(), post("{}")).await;
        assert_eq!((answer.over.how, answer.head), (How::Late, None));
        assert!(answer.over.defects.contains(&defect), "{:?}", answer.over);
    }
}

#[tokio::test]
async fn an_endless_body() {
    let limits = HttpLimits { body: 100_000, ..generous() };
    for patient in [false, true] {
        let server = endless(HEAD, &[b'x'; 4096], Duration::ZERO).await;
        let answer = ask(&server, limits.clone(), Request { patient, ..post("{}") }).await;
        assert_eq!((answer.over.how, answer.over.why.as_str()), (How::Late, "the body is longer than 100000 bytes"));
        assert!((100_000..170_000).contains(&answer.body.len()), "{}", answer.body.len());
        assert!(answer.parts > 1);
    }
}

#[tokio::test]
async fn a_stream_may_be_silent() {
    let server = Server::start(|_, mut stream| async move {
        read_request(&mut stream).await;
        let _ = stream.write_all(HEAD).await;
        sleep(BRIEF * 3).await;
        let _ = stream.write_all(b"data: 1\n\n").await;
    })
    .await;
    let limits = HttpLimits { idle: BRIEF, whole: BRIEF, ..generous() };
    let answer = ask(&server, limits, Request { patient: true, ..post("{}") }).await;
    assert_eq!((answer.over.how, answer.text().as_str()), (How::Done, "data: 1\n\n"));
}
