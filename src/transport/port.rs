//! A port for a server that we start: `{port}` in its address or its command, or port 0, asks for a free one.

use std::ffi::OsString;
use std::io;
use std::net::{Ipv4Addr, TcpListener};

use super::stdio::Launch;

/// What stands where the port belongs.
const PLACE: &str = "{port}";

/// The address and the command with a port in the places of `{port}`, and in the variable `PORT`: a free one, unless
/// the address names one already. Both are left as they are when neither asks for a port.
pub fn with_free_port(address: &str, launch: &Launch) -> io::Result<(String, Launch)> {
    let address = Address::read(address);
    let port = match address.port {
        Some("0" | PLACE) => free()?.to_string(),
        _ if !asks(launch) => return Ok((address.with(address.port), launch.clone())),
        Some(port) => port.to_owned(),
        None => free()?.to_string(),
    };
    let target = address.target.replace(PLACE, &port);
    Ok((Address { target: &target, ..address }.with(Some(&port)), filled(launch, &port)))
}

/// An address, taken apart just far enough to find its port.
struct Address<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    target: &'a str,
}

impl<'a> Address<'a> {
    fn read(address: &'a str) -> Self {
        let (scheme, rest) = address.split_at(address.find("://").map_or(0, |at| at + 3));
        let (authority, target) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        // The last colon may be one of an IPv6 address.
        let parts = authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
        let (host, port) = parts.map_or((authority, None), |(host, port)| (host, Some(port)));
        Self { scheme, host, port, target }
    }

    fn with(&self, port: Option<&str>) -> String {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{}{port}{}", self.scheme, self.host, self.target)
    }
}

/// Whether a command has a place for a port.
fn asks(launch: &Launch) -> bool {
    let values = launch.env.iter().map(|(_, value)| value);
    launch.args.iter().chain(values).any(|text| text.to_str().is_some_and(|text| text.contains(PLACE)))
}

fn filled(launch: &Launch, port: &str) -> Launch {
    let fill = |text: &OsString| text.to_str().map_or_else(|| text.clone(), |text| text.replace(PLACE, port).into());
    let mut launch = launch.clone();
    launch.args = launch.args.iter().map(fill).collect();
    launch.env = launch.env.iter().map(|(name, value)| (name.clone(), fill(value))).collect();
    if !launch.env.iter().any(|(name, _)| name == "PORT") {
        launch.env.push(("PORT".into(), port.into()));
    }
    launch
}

/// A port that nobody listens on now. The system does not give it out again soon.
fn free() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn launch(args: &[&str]) -> Launch {
        Launch { program: "serve".into(), args: args.iter().map(Into::into).collect(), ..Launch::default() }
    }

    fn go(address: &str, args: &[&str]) -> (String, Vec<OsString>, Option<OsString>) {
        let (address, launch) = with_free_port(address, &launch(args)).expect("a free port");
        let port = launch.env.iter().find(|(name, _)| name == "PORT").map(|(_, value)| value.clone());
        (address, launch.args, port)
    }

    #[test]
    fn a_free_port_stands_everywhere() {
        for address in ["http://127.0.0.1:0/mcp", "http://127.0.0.1:{port}/mcp", "http://127.0.0.1/mcp"] {
            let (address, args, port) = go(address, &["--listen", "127.0.0.1:{port}"]);
            let port = port.and_then(|port| port.into_string().ok()).expect("PORT is set");
            assert!(port.parse::<u16>().is_ok_and(|port| port > 0), "{port}");
            assert_eq!(address, format!("http://127.0.0.1:{port}/mcp"));
            assert_eq!(args, [OsString::from("--listen"), format!("127.0.0.1:{port}").into()]);
        }
        assert!(go("http://[::1]:0", &[]).2.is_some());
        assert!(go("http://[::1]", &["{port}"]).0.starts_with("http://[::1]:"));
    }

    #[test]
    fn a_port_that_is_given_is_told_to_the_command() {
        let (address, args, port) = go("http://localhost:8000/{port}", &["{port}"]);
        assert_eq!((address.as_str(), args), ("http://localhost:8000/8000", vec!["8000".into()]));
        assert_eq!(port, Some("8000".into()));
    }

    #[test]
    fn who_asks_for_nothing_gets_nothing() {
        for address in ["http://localhost:8000/mcp", "https://example.com/mcp", "http://[::1]/", "nonsense"] {
            assert_eq!(go(address, &["port"]), (address.to_owned(), vec!["port".into()], None));
        }
    }
}
