//! Reads an answer as it comes, within limits of time and size, and hands it up.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::{Instant, timeout_at};

use super::letter::Letter;
use super::teller::Teller;
use super::words::{begins, in_words, size, span};
use super::{Answered, How, HttpLimits, Over};
use crate::wire::http::{HttpDefect, Part, ResponseDecoder};

/// The most that is read, and handed up, at once.
const CHUNK: usize = 64 * 1024;

/// How much of the beginning is kept.
const OPENING: usize = 40;

/// What the codec does not read on for, since it would have to keep it.
const LIMITS: [HttpDefect; 3] = [HttpDefect::LongHead, HttpDefect::ManyHeaders, HttpDefect::LongTrailers];

/// The answer to one request.
pub(super) struct Listener<'a> {
    decoder: ResponseDecoder,
    limits: &'a HttpLimits,
    teller: &'a Teller,
    patient: bool,
    began: Instant,
    /// When the last byte came.
    heard: Option<Instant>,
    has_head: bool,
    body: u64,
    /// How it begins, for people who want to know what it is that is no HTTP.
    opening: Vec<u8>,
}

impl<'a> Listener<'a> {
    pub fn new(letter: &Letter, limits: &'a HttpLimits, teller: &'a Teller) -> Self {
        Self {
            decoder: ResponseDecoder::new(&letter.method, limits.head),
            limits,
            teller,
            patient: letter.patient,
            began: Instant::now(),
            heard: None,
            has_head: false,
            body: 0,
            opening: Vec::new(),
        }
    }

    /// Whether a byte of the answer has come.
    pub const fn has_heard(&self) -> bool {
        self.heard.is_some()
    }

    /// Whether the connection can carry another request.
    pub fn is_reusable(&self) -> bool {
        self.decoder.is_reusable()
    }

    /// Read until the answer is over.
    pub async fn listen(&mut self, pipe: &mut (impl AsyncRead + Unpin)) -> Over {
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = match self.deadline() {
                None => pipe.read(&mut buffer).await,
                Some((until, why)) => match timeout_at(until, pipe.read(&mut buffer)).await {
                    Ok(read) => read,
                    Err(_) => return Over::new(How::Late, why),
                },
            };
            let count = match read {
                Ok(count) if count > 0 => count,
                end => return self.ended(end.err()).await,
            };
            self.heard = Some(Instant::now());
            let bytes = buffer.get(..count).unwrap_or_default();
            let room = OPENING.saturating_sub(self.opening.len());
            self.opening.extend(bytes.iter().take(room));
            let parts = self.decoder.push(bytes);
            if let Some(over) = self.hand_up(parts, None).await {
                return over;
            }
        }
    }

    /// Until when more has to come, and what it means if it does not.
    fn deadline(&self) -> Option<(Instant, String)> {
        let HttpLimits { first_byte, idle, whole, .. } = self.limits;
        let Some(heard) = self.heard else {
            return Some((self.began + *first_byte, format!("no answer within {}", span(*first_byte))));
        };
        if self.patient && self.has_head {
            return None;
        }
        let silent = (heard + *idle, format!("the answer stopped: nothing came for {}", span(*idle)));
        let slow = (self.began + *whole, format!("the answer was not over within {}", span(*whole)));
        Some(if slow.0 < silent.0 { slow } else { silent })
    }

    /// The connection has ended, with or without an error. A peer of TLS that ends without a farewell is common.
    async fn ended(&mut self, error: Option<io::Error>) -> Over {
        let error = error.filter(|error| error.kind() != io::ErrorKind::UnexpectedEof);
        if self.heard.is_none() {
            let why = "the server closed the connection without an answer";
            return Over::new(How::Broken, error.map_or_else(|| why.to_owned(), |error| in_words(&error)));
        }
        let parts = self.decoder.finish();
        let over = self.hand_up(parts, error).await;
        over.unwrap_or_else(|| Over::new(How::Broken, "the connection ended within the answer"))
    }

    async fn hand_up(&mut self, parts: Vec<Part>, error: Option<io::Error>) -> Option<Over> {
        let mut over = None;
        for part in parts {
            let part = match part {
                Part::Head(head) => Answered::Head(head),
                Part::Body(bytes) => Answered::Body(bytes),
                Part::End(defects) => {
                    over = Some(self.judge(defects, error.as_ref()));
                    break;
                }
            };
            self.has_head |= matches!(part, Answered::Head(_));
            self.body += if let Answered::Body(bytes) = &part { bytes.len() as u64 } else { 0 };
            if self.teller.tell(part).await.is_err() {
                return Some(Over::new(How::HungUp, "nobody listens"));
            }
        }
        let too_long = over.is_none() && self.body > self.limits.body;
        let why = || format!("the body is longer than {}", size(self.limits.body));
        over.or_else(|| too_long.then(|| Over::new(How::Late, why())))
    }

    /// What the end of the answer means.
    fn judge(&self, defects: Vec<HttpDefect>, error: Option<&io::Error>) -> Over {
        let how = match error {
            _ if defects.iter().any(|defect| LIMITS.contains(defect)) => How::Late,
            None if self.decoder.is_whole() => How::Done,
            _ => How::Broken,
        };
        let why = match (how, error, defects.last()) {
            (How::Done, ..) => String::new(),
            (_, Some(error), _) => in_words(error),
            (_, None, Some(HttpDefect::NoHttp)) => format!("{}{}", HttpDefect::NoHttp, begins(&self.opening)),
            (_, None, Some(defect)) => defect.to_string(),
            (_, None, None) => "the answer is not whole".to_owned(),
        };
        Over { how, why, defects }
    }
}
