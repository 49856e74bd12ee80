//! One conversation, from the first byte to the exit code.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};

use super::{Options, caller, faults::Faults, intake, lines::Lines, outbox::Outbox, rpc, server::Server};
use crate::model::Revision;

/// So long the last words wait for a client that does not read.
const PATIENCE: Duration = Duration::from_secs(2);

/// Serves one client until its input ends, and gives the exit code of the process.
///
/// The caller ends the process with that code: what is left of the runtime may wait for input for ever.
pub async fn serve(
    input: impl AsyncRead + Unpin + Send,
    output: impl AsyncWrite + Unpin + Send + 'static,
    options: Options,
) -> i32 {
    let faults = Arc::new(Faults::new(&options.faults));
    let (outbox, writer) = Outbox::open(output, faults.clone());
    let (exit, mut death) = watch::channel(None);
    faults.begin(&outbox).await;
    let server = Arc::new(Server::new(options, faults.clone(), outbox.clone(), exit));
    let killed = tokio::select! {
        biased;
        code = death.wait_for(Option::is_some) => code.ok().and_then(|code| *code),
        () = converse(&server, Lines::new(input)) => None,
    };
    if killed.is_none() {
        server.bugs.end(&server);
        wind_up(&server).await;
        faults.end(&outbox).await;
    }
    server.calls.abandon();
    drop((server, outbox));
    let _ = tokio::time::timeout(PATIENCE, writer).await;
    killed.unwrap_or(0)
}

/// Hears the client out. A server that is about to die hears nothing more.
async fn converse(server: &Arc<Server>, mut lines: Lines<impl AsyncRead + Unpin>) {
    while let Some(line) = lines.next().await {
        if let Some(line) = server.bugs.hear(server, line).await {
            intake::take_in(server, line).await;
        }
        if server.is_dying() {
            std::future::pending::<()>().await;
        }
        tokio::task::consume_budget().await;
    }
}

/// Finishes what is under way after the end of the input.
async fn wind_up(server: &Server) {
    server.client.hang_up();
    server.calls.wind_up().await;
    let revision = Revision::V2026_07_28;
    for (outbox, id, result) in server.listens.close_all() {
        let answer = caller::modern_answer("subscriptions/listen", Ok(result));
        let message = rpc::answer(Some(&id), &answer, revision);
        outbox.tell(message, revision).await;
    }
}
