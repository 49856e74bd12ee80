//! Who may knock: clients of this machine. A page of a foreign site is none, whatever name it gave to this machine.

use super::{refusal::Refusal, refusal::bad, request::Request};

/// Refuses a request that a foreign page has sent, or that was sent to a foreign name.
pub fn admit(request: &Request) -> Result<(), Refusal> {
    let host = request.headers.get("host");
    if host.is_none() && !request.is_old {
        return Err(bad("Host is missing"));
    }
    if host.is_some_and(|host| !is_ours(&host)) {
        return Err(Refusal::new(403, "this Host is not ours"));
    }
    match request.headers.get("origin") {
        Some(origin) if !is_local(&origin) => Err(Refusal::new(403, "this Origin may not come in")),
        _ => Ok(()),
    }
}

/// Whether an origin is a page of this machine. An origin without a name is not.
pub fn is_local(origin: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")) && is_ours(authority)
}

/// Whether a host, with or without a port, is this machine.
pub fn is_ours(authority: &str) -> bool {
    let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':').or(rest.is_empty().then_some("1"))),
        None => authority.split_once(':').map_or((authority, Some("1")), |(host, port)| (host, Some(port))),
    };
    let has_port = port.is_some_and(|port| port.parse::<u16>().is_ok() && !port.starts_with('+'));
    let address = host.parse::<std::net::IpAddr>();
    has_port && (host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_let_in() {
        for ours in ["http://localhost", "http://LOCALHOST:3000", "https://127.0.0.1:8443", "http://[::1]:5"] {
            assert!(is_local(ours), "{ours}");
        }
        for foreign in [
            "null",
            "",
            "localhost",
            "http://",
            "http://evil.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://evil.example:80",
            "http://localhost:80.evil.example",
            "http://localhost@evil.example",
            "http://localhost/path",
            "file://localhost",
            "http://[::1].evil.example",
            "http://0.0.0.0",
        ] {
            assert!(!is_local(foreign), "{foreign}");
        }
    }
}
