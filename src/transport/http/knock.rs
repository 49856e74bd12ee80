//! Whether anybody is at an address, and when a server that was just started begins to answer.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use super::carrier::Carrier;
use super::teller::Teller;
use super::{Dialer, Remote, Request, Url};
use crate::wire::http::Headers;

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// How long a connection may take that tells whether somebody is there.
const GLANCE: Duration = Duration::from_secs(1);

/// How long the first attempt may take; each takes longer than the one before, since a server may begin slowly.
const FIRST: Duration = Duration::from_secs(1);

/// Whether somebody takes connections there.
pub(in crate::transport) async fn is_taken(url: &Url) -> bool {
    timeout(GLANCE, TcpStream::connect((url.host.as_str(), url.port))).await.is_ok_and(|connected| connected.is_ok())
}

/// Come back as soon as some answer has begun, whatever it is; `refusal` says meanwhile why there was none.
pub(in crate::transport) async fn until_answered(remote: &Remote, dialer: &Dialer, refusal: &mut String) {
    let carrier = Carrier::new(remote, dialer);
    let mut limit = FIRST;
    // A GET would open a stream, and a server may treat HEAD like it. A server that is mute to one may heed the other.
    for method in ["OPTIONS", "HEAD"].into_iter().cycle() {
        match timeout(limit, ask(&carrier, remote, method)).await {
            Ok(Ok(())) => return,
            Ok(Err(why)) => *refusal = why,
            Err(_) => {
                *refusal = "it takes connections, but does not answer".into();
                limit *= 2;
            }
        }
        sleep(PAUSE).await;
    }
}

async fn ask(carrier: &Carrier, remote: &Remote, method: &str) -> Result<(), String> {
    let (events, mut answered) = mpsc::channel(1);
    let mut headers = Headers::new();
    headers.push("Host", remote.url.authority());
    remote.headers.iter().for_each(|(name, value)| headers.push(name, value));
    let request = Request {
        method: method.to_owned(),
        target: remote.url.target.clone(),
        headers,
        alone: true,
        ..Request::default()
    };
    let teller = Teller::new(0, events);
    let over = tokio::select! {
        Some(_) = answered.recv() => return Ok(()),
        over = carrier.carry(&request, &teller) => over,
    };
    // A short answer is over at once.
    answered.try_recv().map(drop).map_err(|_| over.why)
}
