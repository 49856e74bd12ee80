//! The small server of `examples/rmcp_hello` over Streamable HTTP, on `axum`, at `http://127.0.0.1:$PORT/mcp`.

#[path = "../../../../examples/rmcp_hello/hello.rs"]
mod hello;

use std::env;

use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let hello = hello::Hello::default();
    let sessions = LocalSessionManager::default();
    let service =
        StreamableHttpService::new(move || Ok(hello.clone()), sessions.into(), StreamableHttpServerConfig::default());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{}", env::var("PORT")?)).await?;
    axum::serve(listener, axum::Router::new().nest_service("/mcp", service)).await?;
    Ok(())
}
