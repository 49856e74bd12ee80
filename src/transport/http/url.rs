//! The address of a server: as much of RFC 3986 as HTTP needs.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// An address: `http` or `https`, a host, a port, and what is asked for there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// Whether it is `https`.
    pub secure: bool,
    /// The host: a name, an IPv4 address, or an IPv6 address without its brackets.
    pub host: String,
    /// The port, given or usual.
    pub port: u16,
    /// The path and the query; begins with `/`.
    pub target: String,
}

/// A text that is no address of a server.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct BadUrl(pub(super) String);

impl Url {
    /// What stands in `Host`: the port only where it is not the usual one.
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        let usual = if self.secure { 443 } else { 80 };
        if self.port == usual { host } else { format!("{host}:{}", self.port) }
    }

    /// `http://127.0.0.1:8000`
    pub fn origin(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}", self.authority())
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or("/")
    }

    /// Whether it is on this machine.
    pub fn is_loopback(&self) -> bool {
        let is_address = self.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
        is_address || self.host.eq_ignore_ascii_case("localhost")
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.target)
    }
}

impl FromStr for Url {
    type Err = BadUrl;

    fn from_str(text: &str) -> Result<Self, BadUrl> {
        let bad = |why: &str| BadUrl(format!("`{text}` is no address of a server: {why}"));
        let (scheme, rest) = text.split_once("://").ok_or_else(|| bad("it begins with `http://` or `https://`"))?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => return Err(bad("only `http` and `https` are spoken")),
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(bad("it holds a name or password; use `--header` or `--bearer`"));
        }
        let (host, port) = split(authority).ok_or_else(|| bad("the host or the port is wrong"))?;
        if !target.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(bad("spaces, control characters and letters beyond ASCII are written as `%XX`"));
        }
        let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
        Ok(Self { secure, host, port: port.unwrap_or(if secure { 443 } else { 80 }), target })
    }
}

/// The host and the port of an authority.
fn split(authority: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            host.parse::<std::net::Ipv6Addr>().ok()?;
            (host, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
        }
        None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
    };
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%:".contains(&byte);
    if host.is_empty() || !host.bytes().all(is_name) {
        return None;
    }
    let port = match port.filter(|port| !port.is_empty()) {
        Some(port) => Some(port.parse().ok().filter(|port| *port != 0)?),
        None => None,
    };
    Some((host.to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().expect("an address")
    }

    #[test]
    fn addresses_are_taken_apart_and_put_together() {
        for (text, shown, authority, loopback) in [
            ("http://127.0.0.1:8000/mcp", "http://127.0.0.1:8000/mcp", "127.0.0.1:8000", true),
            ("HTTP://Localhost", "http://localhost/", "localhost", true),
            ("https://example.com:443/a?b=c#d", "https://example.com/a?b=c", "example.com", false),
            ("https://example.com:8443?x", "https://example.com:8443/?x", "example.com:8443", false),
            ("http://[::1]:90/", "http://[::1]:90/", "[::1]:90", true),
        ] {
            let url = url(text);
            let seen = (url.to_string(), url.authority(), url.is_loopback());
            assert_eq!(seen, (shown.to_owned(), authority.to_owned(), loopback), "{text}");
            assert_eq!(seen.0.parse(), Ok(url), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        for (text, why) in [
            ("localhost:8000", "begins with"),
            ("ftp://a", "only `http`"),
            ("http://", "host or the port"),
            ("http://a:b/", "host or the port"),
            ("http://a:0/", "host or the port"),
            ("http://a:70000/", "host or the port"),
            ("http://u:p@a/", "--bearer"),
            ("http://a/b c", "%XX"),
            ("http://[zz]/", "host or the port"),
        ] {
            let error = text.parse::<Url>().expect_err(text).to_string();
            assert!(error.contains(why), "{error}");
        }
    }
}
