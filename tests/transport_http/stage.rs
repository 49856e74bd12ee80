//! Tiny servers on 127.0.0.1 that do exactly what a test says, and a caller that reads what comes of a request.

use std::{
    future::Future,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use mcp_litmus::{
    transport::{
        Chunk, Connection, Way,
        http::{Answered, Client, Dialer, HttpLimits, Over, Remote, Request, connect},
    },
    wire::http::{Head, Headers},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// Longer than anything here takes, so that only a hang meets it.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A limit that is expected to be met.
pub const BRIEF: Duration = Duration::from_millis(100);

/// A server.
pub struct Server {
    pub address: SocketAddr,
    accepted: Arc<AtomicUsize>,
}

impl Server {
    /// Play the same on each connection; its number comes with it, from 0.
    pub async fn start<F, Fut>(play: F) -> Self
    where
        F: Fn(usize, TcpStream) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let accepted = Arc::new(AtomicUsize::new(0));
        let count = accepted.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                tokio::spawn(play(count.fetch_add(1, Ordering::SeqCst), stream));
            }
        });
        Self { address, accepted }
    }

    /// How many connections it has had.
    pub fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    pub fn remote(&self) -> Remote {
        remote(&format!("http://{}/mcp", self.address))
    }

    pub fn caller(&self) -> Caller {
        Caller::new(&self.remote())
    }
}

/// Limits that only a hang meets.
pub fn remote(url: &str) -> Remote {
    let limits = HttpLimits::within(PATIENCE);
    Remote { limits, ..Remote::new(url.parse().expect("an address")) }
}

/// The head and the body of a request, if it comes.
pub async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        read.push(stream.read_u8().await.ok()?);
    }
    let mut text = String::from_utf8(read).expect("a head of text");
    let length = text.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    text.push_str(&String::from_utf8_lossy(&body));
    Some(text)
}

/// Answer each request of a connection with the same.
pub async fn answer_all(mut stream: TcpStream, answer: &str) {
    while read_request(&mut stream).await.is_some() && stream.write_all(answer.as_bytes()).await.is_ok() {}
}

/// Wait for the other end to close.
pub async fn until_closed(stream: &mut TcpStream) {
    let mut buffer = [0; 1024];
    while stream.read(&mut buffer).await.is_ok_and(|count| count > 0) {}
}

/// What a session would be.
pub struct Caller {
    pub connection: Connection,
    pub client: Client,
}

/// Everything that came of a request.
#[derive(Debug)]
pub struct Answer {
    pub head: Option<Head>,
    pub body: Vec<u8>,
    /// In how many parts it came.
    pub parts: usize,
    pub over: Over,
}

impl Answer {
    pub fn status(&self) -> Option<u16> {
        self.head.as_ref().map(|head| head.status)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Caller {
    pub fn new(remote: &Remote) -> Self {
        Self::over(remote, &Dialer::network(remote).unwrap_or_else(|failure| panic!("{failure}")))
    }

    pub fn over(remote: &Remote, dialer: &Dialer) -> Self {
        let connection = connect(remote, dialer, "http");
        let Way::Http(client) = connection.way.clone() else { panic!("requests are the way in") };
        Self { connection, client }
    }

    pub fn start(&self, request: Request) -> u64 {
        let exchange = self.client.number();
        self.client.start(exchange, request);
        exchange
    }

    pub async fn ask(&mut self, request: Request) -> Answer {
        let exchange = self.start(request);
        self.answer(exchange).await
    }

    /// The next part of an exchange.
    pub async fn next(&mut self, exchange: u64) -> Answered {
        let event = timeout(PATIENCE, self.connection.chunks.recv()).await.expect("an event").expect("more events");
        match event.chunk {
            Chunk::Http { exchange: number, part } if number == exchange => part,
            other => panic!("another event came: {other:?}"),
        }
    }

    /// All that comes of an exchange.
    pub async fn answer(&mut self, exchange: u64) -> Answer {
        let (mut head, mut body, mut parts) = (None, Vec::new(), 0);
        loop {
            match self.next(exchange).await {
                Answered::Head(came) => assert!(head.replace(came).is_none(), "two heads came"),
                Answered::Body(bytes) => {
                    assert!(bytes.len() <= 64 * 1024, "a part has {} bytes", bytes.len());
                    body.extend(bytes);
                    parts += 1;
                }
                Answered::Over(over) => return Answer { head, body, parts, over },
            }
        }
    }
}

/// A request with a body and what belongs to it.
pub fn post(body: &str) -> Request {
    let mut headers = Headers::new();
    headers.push("Host", "here");
    headers.push("Content-Length", body.len().to_string());
    Request { method: "POST".into(), target: "/mcp".into(), headers, body: body.into(), ..Request::default() }
}
