//! Methods: who may say them, with which parameters, and what they are answered with.

use super::{Span, Type, span::dated};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The one who asks for tools: a host, or us.
    Client,
    /// The one who offers them.
    Server,
}

/// What a method begins.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A request, with its result.
    Request(&'static Type),
    /// A notification.
    Notification,
}

/// A method of the protocol.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// As it stands on the wire.
    pub name: &'static str,
    /// What the specification calls the message.
    pub message: &'static str,
    /// What it begins.
    pub kind: Kind,
    /// Its parameters.
    pub params: &'static Type,
    /// Whether there are parameters even where none of them has to be there.
    pub with_params: bool,
    /// Who says it.
    pub from: &'static [Side],
    /// When it exists.
    pub span: Span,
}

const CLIENT: &[Side] = &[Side::Client];

/// A request of the client.
pub const fn request(
    name: &'static str,
    message: &'static str,
    params: &'static Type,
    result: &'static Type,
) -> Method {
    Method { name, message, kind: Kind::Request(result), params, with_params: false, from: CLIENT, span: Span::ALWAYS }
}

/// A notification of the client.
pub const fn notification(name: &'static str, message: &'static str, params: &'static Type) -> Method {
    Method { name, message, kind: Kind::Notification, params, with_params: false, from: CLIENT, span: Span::ALWAYS }
}

impl Method {
    /// The server says it, and not the client.
    #[must_use]
    pub const fn of_server(self) -> Self {
        Self { from: &[Side::Server], ..self }
    }

    /// Both say it.
    #[must_use]
    pub const fn of_both(self) -> Self {
        Self { from: &[Side::Client, Side::Server], ..self }
    }

    /// It has parameters, even if each of them may be missing.
    #[must_use]
    pub const fn with_params(self) -> Self {
        Self { with_params: true, ..self }
    }
}

dated!(Method);
