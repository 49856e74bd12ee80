//! The rule books that faults break, and the ways in which they can be seen.

/// The rule book that a fault breaks, and the file that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Bytes on stdout.
    Framing,
    /// The life and death of the process.
    Process,
    /// JSON-RPC.
    Envelope,
    /// Errors and their codes.
    Errors,
    /// The handshake of the legacy revisions.
    Lifecycle,
    /// What 2026-07-28 demands of every message.
    Modern,
    /// What is declared and what is there.
    Capabilities,
    /// Definitions of tools.
    Tools,
    /// Calls of tools and what they give.
    Calls,
    /// Pages and cursors.
    Lists,
    /// Progress notifications.
    Progress,
    /// Who is let in over HTTP.
    Door,
    /// Statuses, types and lengths of Streamable HTTP.
    Http,
    /// Headers that repeat the body, as 2026-07-28 has them.
    Mirror,
    /// What 2026-07-28 demands of HTTP besides.
    Stateless,
    /// The framing of server-sent events.
    Events,
    /// What is said on which stream of Streamable HTTP, and when.
    Streams,
    /// Sessions of Streamable HTTP.
    Session,
    /// The transport of 2024-11-05.
    OldSse,
    /// Tokens and the documents about them.
    Auth,
}

impl Group {
    /// Whether its faults can be seen over HTTP alone.
    pub const fn is_of_http(self) -> bool {
        self.is_of_streamable() || matches!(self, Self::Door | Self::Events | Self::OldSse | Self::Auth)
    }

    /// Whether its faults can be seen over Streamable HTTP alone.
    pub const fn is_of_streamable(self) -> bool {
        matches!(self, Self::Http | Self::Mirror | Self::Stateless | Self::Streams | Self::Session)
    }
}

/// A way to speak to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Standard input and output.
    Stdio,
    /// Streamable HTTP.
    Http,
    /// HTTP+SSE of 2024-11-05.
    Sse,
}
