//! Hangs: of one request that is forgotten, or of the whole server.

use super::{
    Bug,
    act::Act,
    arrival::{Arrival, any_text},
    memory::Memory,
    raw,
};

/// From here on a backtracking expression does not end in a lifetime.
const BOMB: usize = 24;

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    match bug {
        Bug::RegexBomb => Act::hangs_if(any_text(arrival.param("arguments"), &is_bomb)),
        Bug::OpenString => Act::hangs_if(arrival.message.is_null() && raw::ends_in_string(arrival.bytes)),
        Bug::EmptyId => Act::silent_if(arrival.is_request() && arrival.message["id"] == ""),
        Bug::EmptyCursor => Act::silent_if(arrival.lists() && arrival.param("cursor") == ""),
        Bug::ZeroWait => Act::silent_if(arrival.argument("slow", "ms").is_some_and(|ms| ms.as_f64() == Some(0.0))),
        Bug::BusyList => Act::hangs_if(!arrival.running.is_empty() && arrival.lists()),
        Bug::CancelTwice => {
            let target = arrival.param("requestId");
            let cancels = arrival.method() == "notifications/cancelled" && !target.is_null();
            Act::hangs_if(cancels && !memory.first(&target.to_string()))
        }
        _ => Act::Go,
    }
}

/// Many equal letters, and then another character.
fn is_bomb(text: &str) -> bool {
    let mut letters = text.chars().rev();
    let (last, first) = (letters.next(), letters.next());
    let run = first.map_or(0, |first| 1 + letters.take_while(|letter| *letter == first).count());
    run >= BOMB && first.is_some_and(char::is_alphanumeric) && last != first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_run_with_another_end_is_a_bomb() {
        assert!(is_bomb(&("a".repeat(24) + "!")) && is_bomb(&("(x+x+)+".to_owned() + &"x".repeat(30) + "y")));
        assert!(!is_bomb(&"a".repeat(100)) && !is_bomb("a!") && !is_bomb(""));
    }
}
