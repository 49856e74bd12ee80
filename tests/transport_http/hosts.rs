//! Requests reach no host but those that are allowed, and what the user entrusts to a server goes to no other.

use std::sync::{Arc, Mutex};

use mcp_litmus::transport::http::{How, Remote, Request};
use tokio::io::AsyncWriteExt;

use crate::stage::{Caller, Server, post, read_request};

/// A server that keeps the requests that it gets.
async fn records() -> (Server, Arc<Mutex<Vec<String>>>) {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let kept = requests.clone();
    let server = Server::start(move |_, mut stream| {
        let kept = kept.clone();
        async move {
            let request = read_request(&mut stream).await;
            kept.lock().unwrap().extend(request);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        }
    })
    .await;
    (server, requests)
}

fn with_token(target: String) -> Request {
    let mut request = post("{}");
    request.target = target;
    request.headers.push("Authorization", "Bearer secret");
    request.headers.push("X-Key", "secret");
    request
}

#[tokio::test]
async fn other_hosts_are_reached_by_permission_only_and_without_secrets() {
    let (home, at_home) = records().await;
    let (other, at_other) = records().await;
    let target = format!("http://localhost:{}/x", other.address.port());
    let mut remote = home.remote();
    remote.headers.push("x-key", "secret");

    let answer = Caller::new(&remote).ask(with_token(target.clone())).await;
    assert_eq!(answer.over.how, How::Refused);
    assert!(answer.over.why.contains("--allow-host localhost"), "{}", answer.over.why);
    assert_eq!(other.accepted(), 0);

    let allow_hosts = vec![format!("localhost:{}", other.address.port())];
    let mut caller = Caller::new(&Remote { allow_hosts, ..remote });
    assert_eq!(caller.ask(with_token(target)).await.over.how, How::Done);
    let seen = at_other.lock().unwrap().join("");
    assert!(seen.starts_with("POST /x HTTP/1.1\r\n") && !seen.contains("secret"), "{seen}");

    assert_eq!(caller.ask(with_token(format!("http://{}/y", home.address))).await.over.how, How::Done);
    let seen = at_home.lock().unwrap().join("");
    assert!(seen.starts_with("POST /y HTTP/1.1\r\n") && seen.matches("secret").count() == 2, "{seen}");
}

#[tokio::test]
async fn another_port_of_the_same_host_gets_no_secrets() {
    let (home, _) = records().await;
    let (other, at_other) = records().await;
    let answer = home.caller().ask(with_token(format!("http://{}/x", other.address))).await;
    assert_eq!(answer.over.how, How::Done);
    let seen = at_other.lock().unwrap().join("");
    assert!(!seen.contains("Authorization"), "{seen}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let server = Server::start(|_, stream| {
        crate::stage::answer_all(
            stream,
            "HTTP/1.1 307 Go\r\nLocation: http://other.example/\r\nContent-Length: 0\r\n\r\n",
        )
    })
    .await;
    let answer = server.caller().ask(post("{}")).await;
    assert_eq!((answer.status(), answer.over.how, server.accepted()), (Some(307), How::Done, 1));
}
