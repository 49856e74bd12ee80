//! Why a request could not be read.

/// A request that is refused before it is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status code.
    pub status: u16,
    /// In words.
    pub why: &'static str,
}

impl Refusal {
    /// A refusal.
    pub const fn new(status: u16, why: &'static str) -> Self {
        Self { status, why }
    }
}

/// A request that breaks HTTP.
pub const fn bad(why: &'static str) -> Refusal {
    Refusal::new(400, why)
}
