//! A port for a server that we start: `{port}` in its address or its command, or port 0, asks for a free one.

use std::ffi::{OsStr, OsString};
use std::io;
use std::net::{Ipv4Addr, TcpListener};

use super::stdio::Launch;

/// What stands where the port belongs.
const PLACE: &str = "{port}";

/// The address and the command with a port in the places of `{port}`, and in the variable `PORT`: a free one, unless
/// the address names one already. Both are left as they are when neither asks for a port.
pub fn with_free_port(address: &str, launch: &Launch) -> io::Result<(String, Launch)> {
    let asks = |text: &OsStr| text.to_str().is_some_and(|text| text.contains(PLACE));
    let command_asks = launch.args.iter().any(|arg| asks(arg)) || launch.env.iter().any(|(_, value)| asks(value));
    let wanted = Wanted::of(address);
    let port = match wanted {
        Wanted::Given(_) | Wanted::Nothing if !command_asks => return Ok((address.to_owned(), launch.clone())),
        Wanted::Given(port) => port,
        Wanted::Free | Wanted::Nothing => free()?.to_string(),
    };
    let address = match wanted {
        Wanted::Given(_) => address.to_owned(),
        Wanted::Free | Wanted::Nothing => placed(address, &port),
    };
    Ok((address, filled(launch, &port)))
}

/// What an address says about its port.
enum Wanted<'a> {
    /// Any.
    Free,
    /// This one.
    Given(&'a str),
    /// None at all.
    Nothing,
}

impl<'a> Wanted<'a> {
    fn of(address: &'a str) -> Self {
        let (_, authority, _) = apart(address);
        let port = authority.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
        match port {
            None | Some("") => Self::Nothing,
            Some("0" | PLACE) => Self::Free,
            Some(port) => Self::Given(port),
        }
    }
}

/// The scheme, the host with its port, and the rest.
fn apart(address: &str) -> (&str, &str, &str) {
    let start = address.find("://").map_or(0, |at| at + 3);
    let (scheme, rest) = address.split_at(start);
    let (authority, target) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    (scheme, authority, target)
}

fn placed(address: &str, port: &str) -> String {
    let (scheme, authority, target) = apart(address);
    let host = match authority.rsplit_once(':') {
        Some((host, "0" | PLACE | "")) => host,
        _ => authority,
    };
    format!("{scheme}{host}:{port}{}", target.replace(PLACE, port))
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
            assert_eq!(args, ["--listen".to_owned(), format!("127.0.0.1:{port}")]);
        }
        assert!(go("http://[::1]:0", &[]).2.is_some());
        assert!(go("http://[::1]", &["{port}"]).0.starts_with("http://[::1]:"));
    }

    #[test]
    fn a_port_that_is_given_is_told_to_the_command() {
        let (address, args, port) = go("http://localhost:8000/{port}", &["{port}"]);
        assert_eq!((address.as_str(), args), ("http://localhost:8000/{port}", vec!["8000".into()]));
        assert_eq!(port, Some("8000".into()));
    }

    #[test]
    fn who_asks_for_nothing_gets_nothing() {
        for address in ["http://localhost:8000/mcp", "https://example.com/mcp", "http://[::1]/", "nonsense"] {
            assert_eq!(go(address, &["port"]), (address.to_owned(), vec!["port".into()], None));
        }
    }
}
