//! A TCP connection that acknowledges at once what has come.
//!
//! Many a server writes an answer in two pieces, and its system keeps the second one back until the first is
//! acknowledged; an acknowledgment that our system puts off, as systems do, would cost 40 ms for each answer.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The connection.
pub(super) struct Prompt(TcpStream);

impl Prompt {
    pub(super) fn new(stream: TcpStream) -> Self {
        // Whoever cannot do this is slower, and no worse.
        let _ = stream.set_nodelay(true);
        Self(stream)
    }
}

impl AsyncRead for Prompt {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.0).poll_read(cx, buf);
        if read.is_ready() {
            acknowledge(&self.0);
        }
        read
    }
}

impl AsyncWrite for Prompt {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// The system forgets the wish with time, so that it is repeated with every read.
#[cfg(target_os = "linux")]
fn acknowledge(stream: &TcpStream) {
    let _ = rustix::net::sockopt::set_tcp_quickack(stream, true);
}

#[cfg(not(target_os = "linux"))]
const fn acknowledge(_: &TcpStream) {}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    #[tokio::test]
    async fn bytes_pass_both_ways() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mut here = Prompt::new(TcpStream::connect(listener.local_addr()?).await?);
        let (mut there, _) = listener.accept().await?;
        here.write_all(b"ping").await?;
        here.shutdown().await?;
        let mut heard = String::new();
        there.read_to_string(&mut heard).await?;
        there.write_all(b"pong").await?;
        drop(there);
        here.read_to_string(&mut heard).await?;
        assert_eq!(heard, "pingpong");
        Ok(())
    }
}
