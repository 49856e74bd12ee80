//! Where a finding belongs: what the case does that shows it.

use super::{
    case::{Case, Stage},
    frame::{Asks, Frame},
    silence,
};

/// The place of the frame that matters: the last one that is broken, or the last request.
pub fn of(case: &Case) -> String {
    let told = case.frames.iter().rev().find_map(broken).or_else(|| case.frames.iter().rev().find_map(request));
    let told = told.unwrap_or_else(|| case.strategy.to_owned());
    match case.stage {
        Stage::Bare => format!("{told} before the handshake"),
        _ => told,
    }
}

fn broken(frame: &Frame) -> Option<String> {
    if frame.asks != Asks::Anything {
        return None;
    }
    let message = frame.message();
    let method = message.as_ref().and_then(|message| message.get("method")?.as_str().map(str::to_owned));
    Some(match (message, method) {
        (None, _) => "what is no JSON".to_owned(),
        (Some(_), Some(method)) if method.len() < 60 && !method.contains(char::is_control) => {
            format!("a broken {method}")
        }
        (Some(_), _) => "what is no message".to_owned(),
    })
}

fn request(frame: &Frame) -> Option<String> {
    match &frame.asks {
        Asks::Answer { .. } => Some(silence::named(frame).1),
        Asks::Silence { method } => Some(method.clone().unwrap_or_else(|| "a response".to_owned())),
        Asks::Anything => None,
    }
}
