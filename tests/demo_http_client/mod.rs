//! A client that speaks HTTP in bytes.
#![allow(dead_code, unused_imports)]

mod client;

pub use client::{Answer, Exchange, Server, call, initialize, modern, request};
