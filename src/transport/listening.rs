//! Where a server that we have started listens, and whether it lives, for whoever knows the server only by its address.

use std::{fmt, net::SocketAddr, sync::Arc};

use super::connection::Exited;

/// Tells on which addresses a server waits for connections at the moment, and how it ended; nothing where nobody can
/// see that.
#[derive(Clone)]
pub struct Listening {
    sockets: Arc<dyn Fn() -> Option<Vec<SocketAddr>> + Send + Sync>,
    exited: Arc<dyn Fn() -> Option<Exited> + Send + Sync>,
}

impl Listening {
    /// Told by this.
    pub fn told_by(look: impl Fn() -> Option<Vec<SocketAddr>> + Send + Sync + 'static) -> Self {
        Self { sockets: Arc::new(look), exited: Arc::new(|| None) }
    }

    /// The same; this tells how the server ended.
    #[must_use]
    pub fn until(self, exited: impl Fn() -> Option<Exited> + Send + Sync + 'static) -> Self {
        Self { exited: Arc::new(exited), ..self }
    }

    /// The addresses.
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        (self.sockets)()
    }

    /// How the server ended, if it has.
    pub fn exited(&self) -> Option<Exited> {
        (self.exited)()
    }
}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listening").field(&self.sockets()).finish()
    }
}

/// The same one, not one that sees the same.
impl PartialEq for Listening {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.sockets, &other.sockets)
    }
}

impl Eq for Listening {}
