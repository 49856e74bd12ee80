//! The chapters that are part of the binary. A test compares this table with the folder `suites/`.

/// A suite that is part of the binary.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// Its path in the repository.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! chapters {
    ($($path:literal),* $(,)?) => {
        &[$(Chapter { file: concat!("suites/", $path), text: include_str!(concat!("../../suites/", $path)) }),*]
    };
}

/// Every chapter.
pub const CHAPTERS: &[Chapter] = chapters![
    "architecture/capabilities.md",
    "basic/authorization.md",
    "basic/batch.md",
    "basic/cancellation.md",
    "basic/errors.md",
    "basic/headers.md",
    "basic/http-sse.md",
    "basic/http.md",
    "basic/icons.md",
    "basic/lifecycle.md",
    "basic/messages.md",
    "basic/metadata.md",
    "basic/ping.md",
    "basic/progress.md",
    "basic/security.md",
    "basic/sessions.md",
    "basic/sse.md",
    "basic/stdio.md",
    "basic/subscriptions.md",
    "basic/tasks.md",
    "basic/versioning.md",
    "client/elicitation.md",
    "client/sampling.md",
    "server/caching.md",
    "server/completion.md",
    "server/content.md",
    "server/discover.md",
    "server/logging.md",
    "server/pagination.md",
    "server/prompts.md",
    "server/resources.md",
    "server/schemas.md",
    "server/tools.md",
];
