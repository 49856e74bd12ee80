//! Carries out a request: finds it a connection, and keeps the connection when it can be used again.

use super::letter::Letter;
use super::place::{headers, place};
use super::pool::Pool;
use super::talk::{Talk, Talked};
use super::teller::Teller;
use super::{Dialer, How, HttpLimits, Over, Remote, Request, Url};
use crate::wire::http::Headers;

/// What the exchanges of a connection share.
pub(super) struct Carrier {
    dialer: Dialer,
    home: Url,
    headers: Headers,
    allowed: Vec<String>,
    limits: HttpLimits,
    pool: Pool,
}

impl Carrier {
    pub fn new(remote: &Remote, dialer: &Dialer) -> Self {
        Self {
            dialer: dialer.clone(),
            home: remote.url.clone(),
            headers: remote.headers.clone(),
            allowed: remote.allow_hosts.clone(),
            limits: remote.limits.clone(),
            pool: Pool::default(),
        }
    }

    /// Send a request and hand up what comes.
    pub async fn carry(&self, request: &Request, teller: &Teller) -> Over {
        let to = match place(&request.target, &self.home, &self.allowed) {
            Ok(to) => to,
            Err(why) => return Over::new(How::Refused, why),
        };
        let letter = Letter::new(request, &to.target, &headers(request, &self.headers, &to, &self.home));
        let talk = Talk { letter: &letter, limits: &self.limits, teller };
        let kept = if request.alone { None } else { self.pool.take(&to.origin()) };
        if let Some(stream) = kept {
            let talked = talk.over(stream).await;
            if !talked.is_stale() {
                return self.keep(&to, talked);
            }
        }
        match self.dialer.dial(&to, &self.home, self.limits.connect).await {
            Ok(stream) => self.keep(&to, talk.over(stream).await),
            Err(why) => Over::new(How::Refused, why),
        }
    }

    /// Close the connections that wait for more.
    pub fn forget(&self) {
        self.pool.clear();
    }

    fn keep(&self, to: &Url, talked: Talked) -> Over {
        if let Some(stream) = talked.stream {
            self.pool.keep(to.origin(), stream);
        }
        talked.over
    }
}
