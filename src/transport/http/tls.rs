//! TLS: which certificates are trusted, and in words why a handshake failed.

use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{CertificateError, ClientConfig, Error, RootCertStore};

use super::credulous::Credulous;
use super::dialer::Stream;
use super::words::in_words;
use crate::transport::LaunchFailure;

/// What the TLS connections to a server share. The certificates of the system are read when the first one is made.
pub(super) struct Tls {
    trust: Trust,
    config: OnceLock<Result<Arc<ClientConfig>, String>>,
}

enum Trust {
    /// What the system trusts, and these.
    Roots(Vec<CertificateDer<'static>>),
    Everybody,
}

impl Tls {
    pub fn new(ca: Option<&Path>, insecure: bool) -> Result<Self, LaunchFailure> {
        let own = ca.map_or(Ok(Vec::new()), |path| read(path).map_err(|why| unreadable(path, &why)))?;
        let trust = if insecure { Trust::Everybody } else { Trust::Roots(own) };
        Ok(Self { trust, config: OnceLock::new() })
    }

    /// Make a TLS connection of a plain one.
    pub async fn shake_hands(&self, stream: impl Stream + 'static, host: &str) -> Result<Box<dyn Stream>, String> {
        let config = self.config.get_or_init(|| self.trust.config().map(Arc::new)).clone()?;
        let name = ServerName::try_from(host.to_owned()).map_err(|_| format!("`{host}` is no name for TLS"))?;
        let shaken = TlsConnector::from(config).connect(name, stream).await;
        match shaken {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) => Err(format!("the TLS handshake failed: {}", explain(&error, host))),
        }
    }
}

impl Trust {
    fn config(&self) -> Result<ClientConfig, String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone());
        let builder = builder.with_safe_default_protocol_versions().map_err(|error| error.to_string())?;
        let mut config = match self {
            Self::Roots(own) => builder.with_root_certificates(roots(own)?).with_no_client_auth(),
            Self::Everybody => {
                builder.dangerous().with_custom_certificate_verifier(credulous(&provider)).with_no_client_auth()
            }
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn credulous(provider: &CryptoProvider) -> Arc<Credulous> {
    Arc::new(Credulous::new(provider.signature_verification_algorithms.supported_schemes()))
}

/// What the system trusts, and what the user does.
fn roots(own: &[CertificateDer<'static>]) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots.add_parsable_certificates(own.iter().cloned());
    if roots.is_empty() {
        return Err("this machine trusts no certificates at all; see --ca or --insecure".into());
    }
    Ok(roots)
}

/// The certificates of a file; each has to be one that can be trusted.
fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let certificates = certificates.map_err(|error| error.to_string())?;
    let mut trial = RootCertStore::empty();
    for certificate in &certificates {
        trial.add(certificate.clone()).map_err(|error| error.to_string())?;
    }
    if certificates.is_empty() { Err("it holds no certificate".into()) } else { Ok(certificates) }
}

fn unreadable(path: &Path, why: &str) -> LaunchFailure {
    LaunchFailure::new(
        format!("the certificates of `{}` could not be read: {why}", path.display()),
        "--ca names a file with certificates in PEM form",
    )
}

fn explain(error: &io::Error, host: &str) -> String {
    let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else {
        return in_words(error);
    };
    match tls {
        Error::InvalidCertificate(error) => format!("{}; see --ca or --insecure", distrust(error, host)),
        Error::InvalidMessage(_) => "the server does not speak TLS; does the address begin with `http://`?".into(),
        other => other.to_string(),
    }
}

fn distrust(error: &CertificateError, host: &str) -> String {
    match error {
        CertificateError::UnknownIssuer => "nobody who is trusted here has signed the certificate".into(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "the certificate has expired".into(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the certificate is not valid yet".into()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("the certificate is not for `{host}`")
        }
        other => format!("the certificate is not valid ({other})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_named() {
        for (path, why) in [("no/such/file.pem", "could not be read"), ("Cargo.toml", "holds no certificate")] {
            let Err(failure) = Tls::new(Some(Path::new(path)), false) else { panic!("{path} was taken") };
            let shown = failure.to_string();
            assert!(shown.contains(path) && shown.contains(why) && shown.contains("--ca"), "{shown}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_said() {
        let explained = |error| explain(&io::Error::other(Error::InvalidCertificate(error)), "a.example");
        assert!(explained(CertificateError::UnknownIssuer).ends_with("see --ca or --insecure"));
        assert!(explained(CertificateError::NotValidForName).contains("not for `a.example`"));
        assert_eq!(explain(&io::ErrorKind::ConnectionReset.into(), ""), "the server reset the connection");
    }
}
