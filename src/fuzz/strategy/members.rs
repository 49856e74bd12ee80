//! A message as the texts of its members: it can have each of them twice, or as something that is no value.

use fastrand::Rng;

use super::{Palette, usual};
use crate::fuzz::frame::{Frame, id_of};

/// The members of a message, in order, as they stand in JSON.
#[derive(Clone)]
pub struct Members(pub Vec<(String, String)>);

impl Members {
    /// Those of a request at a place of its case.
    pub fn of_request(palette: &Palette<'_>, rng: &mut Rng, place: usize) -> Self {
        let (method, params) =
            if rng.bool() { usual::any(palette.ground, rng) } else { usual::sentinel(palette.ground) };
        let texts = [
            ("jsonrpc", "\"2.0\"".to_owned()),
            ("id", id_of(place).to_string()),
            ("method", format!("\"{method}\"")),
            ("params", params.to_string()),
        ];
        Self(texts.into_iter().map(|(name, text)| (format!("\"{name}\""), text)).collect())
    }

    /// Another text for a member, which need not be there.
    pub fn set(&mut self, name: &str, text: impl Into<String>) {
        let quoted = format!("\"{name}\"");
        match self.0.iter_mut().find(|(known, _)| *known == quoted) {
            Some((_, there)) => *there = text.into(),
            None => self.0.push((quoted, text.into())),
        }
    }

    /// The text of a member.
    pub fn get(&self, name: &str) -> &str {
        let quoted = format!("\"{name}\"");
        self.0.iter().find(|(known, _)| *known == quoted).map_or("null", |(_, text)| text)
    }

    /// Without a member.
    pub fn remove(&mut self, name: &str) {
        let quoted = format!("\"{name}\"");
        self.0.retain(|(known, _)| *known != quoted);
    }

    /// One more member at any place, whether or not there is one of its name.
    pub fn squeeze_in(&mut self, rng: &mut Rng, name: &str, text: impl Into<String>) {
        let at = rng.usize(..=self.0.len());
        self.0.insert(at, (name.to_owned(), text.into()));
    }

    /// The object.
    pub fn text(&self) -> String {
        let members: Vec<String> = self.0.iter().map(|(name, text)| format!("{name}:{text}")).collect();
        format!("{{{}}}", members.join(","))
    }

    /// The line.
    pub fn frame(&self) -> Frame {
        Frame::raw(format!("{}\n", self.text()).into_bytes())
    }
}
