//! TLS with a certificate that nobody has signed: trusted when the user says so, and refused in words that help.

use std::{fs, path::PathBuf, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use mcp_litmus::transport::http::{How, HttpLimits, Remote};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::AsyncWriteExt;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::stage::{Answer, BRIEF, Caller, PATIENCE, Server, post, read_request, remote, until_closed};

/// A server, and its certificate.
async fn secure(name: &str) -> (Server, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let certificate = cert.der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let server = Server::start(move |_, stream| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            while read_request(&mut stream).await.is_some() {
                let answer = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
                if answer.is_err() || stream.flush().await.is_err() {
                    break;
                }
            }
        }
    })
    .await;
    (server, certificate)
}

fn file(test: &str, certificate: &CertificateDer<'_>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}.pem", std::process::id()));
    let lines = STANDARD.encode(certificate);
    fs::write(&path, format!("-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n")).expect("a file");
    path
}

fn target(server: &Server) -> Remote {
    remote(&format!("https://{}/mcp", server.address))
}

async fn refused(remote: &Remote) -> String {
    let Answer { over, head, .. } = Caller::new(remote).ask(post("{}")).await;
    assert_eq!((over.how, head), (How::Refused, None), "{}", over.why);
    over.why
}

#[tokio::test]
async fn a_certificate_is_trusted_when_the_user_says_so() {
    let (server, certificate) = secure("127.0.0.1").await;
    let ca = file("trusted", &certificate);
    let trusting = [Remote { ca: Some(ca.clone()), ..target(&server) }, Remote { insecure: true, ..target(&server) }];
    for (number, remote) in trusting.into_iter().enumerate() {
        let mut caller = Caller::new(&remote);
        for _ in 0..2 {
            let answer = caller.ask(post("{}")).await;
            assert_eq!((answer.over.how, answer.text().as_str()), (How::Done, "ok"), "{}", answer.over.why);
        }
        assert_eq!(server.accepted(), number + 1, "a connection is used again");
    }
    fs::remove_file(ca).expect("the file is still there");
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts() {
    let (server, _) = secure("127.0.0.1").await;
    let (_, another) = secure("127.0.0.1").await;
    let ca = file("another", &another);
    let why = refused(&Remote { ca: Some(ca.clone()), ..target(&server) }).await;
    assert!(why.starts_with("the TLS handshake failed") && why.contains("--insecure"), "{why}");
    fs::remove_file(ca).expect("the file is still there");
}

#[tokio::test]
async fn a_certificate_for_another_name() {
    let (server, certificate) = secure("elsewhere.example").await;
    let ca = file("elsewhere", &certificate);
    let why = refused(&Remote { ca: Some(ca.clone()), ..target(&server) }).await;
    assert!(why.contains("not for `127.0.0.1`"), "{why}");
    fs::remove_file(ca).expect("the file is still there");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let server = Server::start(|_, mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        until_closed(&mut stream).await;
    })
    .await;
    let why = refused(&Remote { insecure: true, ..target(&server) }).await;
    assert!(why.contains("does not speak TLS"), "{why}");
}

#[tokio::test]
async fn a_handshake_that_never_ends() {
    let server = Server::start(|_, mut stream| async move { until_closed(&mut stream).await }).await;
    let limits = HttpLimits { connect: BRIEF, ..HttpLimits::within(PATIENCE) };
    let why = refused(&Remote { insecure: true, limits, ..target(&server) }).await;
    assert!(why.contains("within 100 ms"), "{why}");
}
