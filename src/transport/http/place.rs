//! Where a request goes, and what of it may go there: other hosts are reached by permission only, and what the user
//! entrusts to the server is told to nobody else.

use super::{Request, Url};
use crate::wire::http::Headers;

/// Where a target leads from `home`, or in words why nothing goes there.
pub(super) fn place(target: &str, home: &Url, allowed: &[String]) -> Result<Url, String> {
    if !is_whole(target) {
        return Ok(Url { target: target.to_owned(), ..home.clone() });
    }
    let url: Url = target.parse().map_err(|bad: super::BadUrl| bad.to_string())?;
    if url.host == home.host || allowed.iter().any(|allowed| is_meant(allowed, &url)) {
        return Ok(url);
    }
    Err(format!("`{}` is not the host of the server; --allow-host {0} lets requests go there", url.host))
}

/// The headers that may go there.
pub(super) fn headers(request: &Request, users: &Headers, there: &Url, home: &Url) -> Headers {
    let mut headers = request.headers.clone();
    if there.origin() != home.origin() {
        headers = Headers::new();
        let is_secret = |header: &(&str, &[u8])| {
            let is_users = users.iter().any(|(name, value)| name.eq_ignore_ascii_case(header.0) && value == header.1);
            is_users || header.0.eq_ignore_ascii_case("authorization")
        };
        let harmless = request.headers.iter().filter(|header| !is_secret(header));
        harmless.for_each(|(name, value)| headers.push(name, value));
    }
    headers
}

/// Whether it is a whole address, not only a path.
fn is_whole(target: &str) -> bool {
    let begins = |scheme: &str| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://")
}

/// `host` means all its ports.
fn is_meant(allowed: &str, url: &Url) -> bool {
    let host = if url.host.contains(':') { format!("[{}]", url.host) } else { url.host.clone() };
    allowed.eq_ignore_ascii_case(&url.host)
        || allowed.eq_ignore_ascii_case(&host)
        || allowed.eq_ignore_ascii_case(&format!("{host}:{}", url.port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> Url {
        "http://127.0.0.1:8000/mcp".parse().expect("an address")
    }

    fn go(target: &str, allowed: &[&str]) -> Result<String, String> {
        let allowed: Vec<String> = allowed.iter().map(|&host| host.to_owned()).collect();
        place(target, &home(), &allowed).map(|url| format!("{} {}", url.origin(), url.target))
    }

    #[test]
    fn paths_stay_at_home_whatever_they_are() {
        for target in ["/other?x", "*", "", "httpx", "//example.com/"] {
            assert_eq!(go(target, &[]), Ok(format!("http://127.0.0.1:8000 {target}")));
        }
    }

    #[test]
    fn other_hosts_need_permission() {
        let refused = go("http://example.com/a", &["example.org"]).expect_err("another host");
        assert!(refused.contains("--allow-host example.com"), "{refused}");
        assert!(go("HTTPS://example.com:90/a", &["example.com:91", "ample.com"]).is_err());
        let there = Ok("https://example.com:90 /a".to_owned());
        assert_eq!(go("HTTPS://example.com:90/a", &["EXAMPLE.com"]), there);
        assert_eq!(go("https://example.com:90/a", &["example.com:90"]), there);
        assert_eq!(go("http://[::1]:7/", &["[::1]:7"]), Ok("http://[::1]:7 /".to_owned()));
        assert_eq!(go("http://127.0.0.1:9/", &[]), Ok("http://127.0.0.1:9 /".to_owned()));
        assert!(go("http://", &[]).is_err());
    }

    #[test]
    fn what_the_user_entrusts_to_the_server_stays_there() {
        let mut users = Headers::new();
        users.push("X-Key", "secret");
        users.push("X-Word", "one");
        let mut request = Request::default();
        for (name, value) in [("x-key", "secret"), ("X-Word", "two"), ("AUTHORIZATION", "bearer x"), ("Host", "h")] {
            request.headers.push(name, value);
        }
        let names = |there: &str| -> Vec<String> {
            let sent = headers(&request, &users, &there.parse().expect("an address"), &home());
            sent.iter().map(|(name, _)| name.to_owned()).collect()
        };
        assert_eq!(names("http://127.0.0.1:8000/elsewhere").len(), 4);
        assert_eq!(names("https://127.0.0.1:8000/mcp"), ["X-Word", "Host"]);
        assert_eq!(names("http://127.0.0.1:8001/mcp"), ["X-Word", "Host"]);
    }
}
