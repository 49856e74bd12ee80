//! Servers that speak TLS badly, or not at all.

use std::sync::{Arc, Mutex};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::{
    server::{Act, Server, answer, converse, mute},
    stage::unreachable_at,
};

/// A server with a certificate that nobody has signed but itself.
fn secure(act: impl Act) -> Server {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a configuration");
    let config = Arc::new(config);
    Server::raw("127.0.0.1", move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
        converse(&mut StreamOwned::new(connection, stream), &Mutex::default(), &act)
    })
}

fn over_tls(server: &Server) -> String {
    server.url().replace("http:", "https:")
}

#[test]
fn a_handshake_that_never_ends() {
    let server = Server::raw("127.0.0.1", mute);
    unreachable_at(&over_tls(&server), &[], &["no connection to 127.0.0.1", "within 1 s"]);
}

#[test]
fn plain_text_where_tls_is_expected() {
    let server = Server::raw("127.0.0.1", |mut stream| {
        std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n")?;
        mute(stream)
    });
    unreachable_at(&over_tls(&server), &[], &["does not speak TLS", "http://"]);
}

#[test]
fn tls_where_plain_text_is_expected() {
    let server = secure(|_, wire| answer(wire, "404 Not Found", "", ""));
    unreachable_at(&server.url(), &[], &["POST /mcp"]);
}

#[test]
fn a_certificate_that_nobody_trusts() {
    let server = secure(|_, wire| answer(wire, "404 Not Found", "", ""));
    unreachable_at(&over_tls(&server), &[], &["nobody who is trusted here", "--insecure"]);
}

#[test]
fn whoever_is_believed_is_not_listened_to_for_ever() {
    let server = secure(|_, wire| crate::server::endless(wire, b"HTTP/1.1 200 OK\r\n\r\n", &vec![b'x'; 65536]));
    unreachable_at(&over_tls(&server), &["--insecure"], &["POST /mcp"]);
}
