//! What can be wrong with an event.

crate::wire::defect::facts! {
    /// Something in an event that a client drops, ignores or has to guess.
    SseDefect
    /// Each bad byte was read as U+FFFD.
    InvalidUtf8 "invalid-utf8" "it holds bytes that are no UTF-8";
    /// Also one that is spelled with capitals, or with a space before its colon.
    UnknownField "unknown-field" "it has a field that clients ignore";
    /// Ignored.
    BadRetry "bad-retry" "its `retry` is not made of digits";
    /// Ignored.
    NulInId "nul-in-id" "its `id` holds a NUL";
    /// Clients take the id, and drop the event.
    WithoutData "without-data" "it has a name or an id, but no data";
    /// Clients drop it.
    Unfinished "unfinished" "the stream ended before the blank line that ends it";
    /// What is beyond the limit was not read.
    TooLong "too-long" "it is longer than the limit";
}
