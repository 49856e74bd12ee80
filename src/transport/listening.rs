//! Where a server that we have started listens, for whoever knows the server only by its address.

use std::{fmt, net::SocketAddr, sync::Arc};

/// Tells on which addresses a server waits for connections at the moment; nothing where nobody can see that.
#[derive(Clone)]
pub struct Listening(Arc<dyn Fn() -> Option<Vec<SocketAddr>> + Send + Sync>);

impl Listening {
    /// Told by this.
    pub fn told_by(look: impl Fn() -> Option<Vec<SocketAddr>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(look))
    }

    /// The addresses.
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        (self.0)()
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
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Listening {}
