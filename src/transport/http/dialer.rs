//! How a connection comes about: over the network, with TLS where the address says so, or within this process.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::prompt::Prompt;
use super::words::{in_words, span};
use super::{Remote, Tls, Url};
use crate::transport::LaunchFailure;

/// A connection, whatever carries it.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// What all the connections of a server share; clones share it too.
#[derive(Clone)]
pub struct Dialer(Way);

#[derive(Clone)]
enum Way {
    Network(Arc<Tls>),
    Memory(Arc<dyn Fn() -> DuplexStream + Send + Sync>),
}

impl Dialer {
    /// Over the network. Fails when the certificates of the user cannot be read.
    pub fn network(remote: &Remote) -> Result<Self, LaunchFailure> {
        Ok(Self(Way::Network(Arc::new(Tls::new(remote.ca.as_deref(), remote.insecure)?))))
    }

    /// To a server in this process, which is handed the other end of what is given back.
    pub fn memory(accept: impl Fn() -> DuplexStream + Send + Sync + 'static) -> Self {
        Self(Way::Memory(Arc::new(accept)))
    }

    /// A connection to an address, or in words why there is none. Of all the addresses only `home` is in memory.
    pub(super) async fn dial(&self, to: &Url, home: &Url, limit: Duration) -> Result<Box<dyn Stream>, String> {
        match &self.0 {
            Way::Memory(accept) if to.origin() == home.origin() => Ok(Box::new(accept())),
            Way::Memory(_) => Err(format!("nothing is served at {} within this process", to.origin())),
            Way::Network(tls) => timeout(limit, reach(tls, to, limit))
                .await
                .unwrap_or_else(|_| Err(format!("no connection to {} within {}", to.authority(), span(limit)))),
        }
    }
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Way::Network(_) => "Dialer::network",
            Way::Memory(_) => "Dialer::memory",
        })
    }
}

async fn reach(tls: &Tls, to: &Url, limit: Duration) -> Result<Box<dyn Stream>, String> {
    let stream = Prompt::new(tcp(to, limit).await?);
    if to.secure { tls.shake_hands(stream, &to.host).await } else { Ok(Box::new(stream)) }
}

/// To the first of its addresses that takes us; none may use up the time of the others.
async fn tcp(to: &Url, limit: Duration) -> Result<TcpStream, String> {
    let found = lookup_host((to.host.as_str(), to.port)).await;
    let addresses: Vec<SocketAddr> = found.map_err(|_| format!("the name `{}` is not known", to.host))?.collect();
    let each = limit.checked_div(u32::try_from(addresses.len()).unwrap_or(u32::MAX)).unwrap_or(limit);
    let mut failure = format!("the name `{}` has no address", to.host);
    for address in addresses {
        let connected = timeout(each, TcpStream::connect(address)).await;
        match connected.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
            Ok(stream) => return Ok(stream),
            Err(error) => failure = format!("{} ({address})", in_words(&error)),
        }
    }
    Err(failure)
}
