//! Connections of the network.

use std::{io, sync::Arc};

use tokio::{net::TcpListener, sync::Semaphore};

use super::host::Host;

/// So many connections are open at once; further ones wait.
const OPEN: usize = 1000;

impl Host {
    /// Serves whoever connects, until the process is to end; gives its exit code.
    pub async fn accept(self: Arc<Self>, listener: TcpListener) -> io::Result<i32> {
        let places = Arc::new(Semaphore::new(OPEN));
        loop {
            let place = places.clone().acquire_owned().await;
            let (stream, _) = tokio::select! {
                code = self.death() => return Ok(code),
                accepted = listener.accept() => accepted?,
            };
            let host = self.clone();
            tokio::spawn(async move {
                let _place = place;
                let _ = stream.set_nodelay(true);
                Box::pin(host.serve(stream)).await;
            });
        }
    }
}
