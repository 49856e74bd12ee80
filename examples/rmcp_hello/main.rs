//! A small server of the Rust SDK `rmcp` over stdio. One of the real servers that `mcp-litmus` is tested with.

mod hello;

use rmcp::{ServiceExt, transport::stdio};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    hello::Hello::default().serve(stdio()).await?.waiting().await?;
    Ok(())
}
