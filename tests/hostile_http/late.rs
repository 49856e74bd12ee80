//! Servers that are mute, slow, or gone.

use std::{thread::sleep, time::Duration};

use crate::{
    server::{Server, hang_up, mute},
    stage::{EVENTS, HEAD, unreachable, unreachable_at},
};

#[test]
fn nobody_there() {
    unreachable_at("http://127.0.0.1:1/mcp", &[], &["connection refused", "is the server running"]);
}

#[test]
fn mute_after_accept() {
    let server = Server::raw("127.0.0.1", mute);
    unreachable_at(&server.url(), &[], &["no answer within 1 s", "--startup-timeout"]);
}

#[test]
fn closes_right_after_accept() {
    let server = Server::raw("127.0.0.1", |_| Ok(()));
    unreachable_at(&server.url(), &[], &["the connection", "http://"]);
}

/// A byte of this at a time.
fn drip(bytes: &'static [u8], pause: Duration, says: &[&str]) {
    let act = move |_: &_, wire: &mut dyn crate::server::Wire| {
        for byte in bytes.iter().cycle() {
            wire.write_all(&[*byte])?;
            sleep(pause);
        }
        hang_up()
    };
    unreachable(act, says);
}

#[test]
fn a_byte_a_second() {
    drip(b"HTTP/1.1 200 OK\r\n", Duration::from_secs(1), &["POST /mcp: the answer stopped: nothing came for"]);
}

#[test]
fn bytes_that_come_just_in_time() {
    drip(
        b"HTTP/1.1 200 OK\r\nX: 1\r\nX: 1\r\nX: 1\r\nX: 1\r\nX: 1\r\n",
        Duration::from_millis(50),
        &["POST /mcp: no answer in time"],
    );
}

#[test]
fn a_head_and_no_body() {
    unreachable(
        |_, wire| {
            wire.write_all(&[HEAD, b"Content-Length: 100\r\n\r\n{"].concat())?;
            loop {
                sleep(Duration::from_secs(100));
            }
        },
        &["200", "the answer stopped", "--timeout"],
    );
}

#[test]
fn an_event_stream_that_never_flushes() {
    unreachable(
        |_, wire| {
            wire.write_all(EVENTS)?;
            loop {
                sleep(Duration::from_secs(100));
            }
        },
        &["200", "text/event-stream"],
    );
}

#[test]
fn an_event_stream_of_comments() {
    unreachable(
        |_, wire| {
            wire.write_all(EVENTS)?;
            loop {
                wire.write_all(b": still here\n\n")?;
                sleep(Duration::from_millis(20));
            }
        },
        &["200", "text/event-stream"],
    );
}
