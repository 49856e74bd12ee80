//! A server that we have started listens on this machine only.

use std::net::SocketAddr;

use crate::{
    checks::Judgement,
    model::{Finding, Level, Skip},
    session::Session,
};

pub(super) fn judge(session: &Session, level: Level) -> Judgement {
    match session.sockets() {
        Some(sockets) => judgement_of(&sockets, level),
        None => Judgement::skipped(Skip::NotApplicable, "it was not started here, and nobody can see where it listens"),
    }
}

fn judgement_of(sockets: &[SocketAddr], level: Level) -> Judgement {
    if sockets.is_empty() {
        return Judgement::skipped(Skip::NotExercised, "no socket of its processes was found that listens");
    }
    let mut judgement = Judgement::default();
    for socket in sockets {
        judgement.judged += 1;
        if !socket.ip().to_canonical().is_loopback() {
            judgement.find(Finding {
                severity: level.severity(),
                expected: "an address of this machine alone, 127.0.0.1 or ::1".to_owned(),
                got: socket.to_string(),
                because: because(socket),
                place: format!("port {}", socket.port()),
                count: 1,
                transcript: Vec::new(),
            });
        }
    }
    judgement
}

fn because(socket: &SocketAddr) -> String {
    let reach = if socket.ip().is_unspecified() { "it listens on every interface" } else { "it listens on a network" };
    format!("{reach}, so that other machines can use it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Verdict;

    fn verdict(sockets: &[&str]) -> Verdict {
        let sockets: Vec<SocketAddr> = sockets.iter().map(|text| text.parse().unwrap()).collect();
        judgement_of(&sockets, Level::Should).verdict()
    }

    #[test]
    fn every_socket_has_to_be_of_this_machine() {
        for (sockets, expected) in [
            (&["127.0.0.1:8000", "[::1]:8000", "127.0.0.53:53", "[::ffff:127.0.0.1]:1"][..], Verdict::Pass),
            (&["127.0.0.1:8000", "0.0.0.0:9000"], Verdict::Warn),
            (&["[::]:8000"], Verdict::Warn),
            (&["192.168.1.7:8000"], Verdict::Warn),
            (&[], Verdict::Skip),
        ] {
            assert_eq!(verdict(sockets), expected, "{sockets:?}");
        }
    }
}
