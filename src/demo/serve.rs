//! One conversation, from the first byte to the exit code.

use tokio::io::{AsyncRead, AsyncWrite};

use super::Options;

/// Serves one client until its input ends, and gives the exit code of the process.
pub async fn serve(
    _input: impl AsyncRead + Unpin + Send,
    _output: impl AsyncWrite + Unpin + Send + 'static,
    _options: Options,
) -> i32 {
    0
}
