//! A server on this machine that does with each connection what it is told, and keeps what it was asked.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// One end of a connection, whatever carries it.
pub trait Wire: Read + Write {}

impl<T: Read + Write> Wire for T {}

/// What a server does with a request; an error closes the connection.
pub trait Act: Fn(&Asked, &mut dyn Wire) -> io::Result<()> + Send + Sync + 'static {}

impl<T: Fn(&Asked, &mut dyn Wire) -> io::Result<()> + Send + Sync + 'static> Act for T {}

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The first line and the headers.
    pub head: String,
    pub body: String,
}

impl Asked {
    /// Whether it carries this method.
    pub fn is(&self, method: &str) -> bool {
        self.body.contains(&format!("\"method\":\"{method}\""))
    }

    /// The id of the message; nothing if it has none.
    pub fn id(&self) -> Option<String> {
        let (_, rest) = self.body.split_once("\"id\":")?;
        let end = rest.find([',', '}'])?;
        Some(rest[..end].to_owned())
    }
}

/// A server that runs as long as the tests do.
pub struct Server {
    pub port: u16,
    accepted: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Do this with each request that has come in whole, for as long as the connection is open.
    pub fn of(act: impl Act) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        let server = Self::raw("127.0.0.1", move |mut stream| converse(&mut stream, &kept, &act));
        Self { asked, ..server }
    }

    /// Do this with each connection.
    pub fn raw(host: &str, act: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((host, 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (accepted, act) = (Arc::new(AtomicUsize::new(0)), Arc::new(act));
        let count = Arc::clone(&accepted);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let act = Arc::clone(&act);
                thread::spawn(move || act(stream));
            }
        });
        Self { port, accepted, asked: Arc::default() }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/mcp", self.port)
    }

    /// How many connections it has seen.
    pub fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// What it was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }
}

/// Requests and what is done with them, one after the other.
pub fn converse(stream: &mut dyn Wire, kept: &Mutex<Vec<Asked>>, act: &impl Act) -> io::Result<()> {
    loop {
        let asked = read(stream)?;
        kept.lock().expect("no panic").push(asked.clone());
        act(&asked, stream)?;
    }
}

/// A whole request.
fn read(stream: &mut dyn Wire) -> io::Result<Asked> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    Ok(Asked { head, body: String::from_utf8_lossy(&body).into_owned() })
}

/// Nothing, until the other side hangs up.
pub fn mute(mut stream: impl Read) -> io::Result<()> {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer)? > 0 {}
    Ok(())
}

/// This, and then these again and again until the other side hangs up.
pub fn endless(stream: &mut dyn Wire, first: &[u8], again: &[u8]) -> io::Result<()> {
    stream.write_all(first)?;
    loop {
        stream.write_all(again)?;
    }
}

/// The end of the connection.
pub fn hang_up<T>() -> io::Result<T> {
    Err(io::ErrorKind::ConnectionAborted.into())
}

/// A whole answer.
pub fn answer(stream: &mut dyn Wire, status: &str, headers: &str, body: impl AsRef<[u8]>) -> io::Result<()> {
    let body = body.as_ref();
    write!(stream, "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(body)?;
    stream.flush()
}
