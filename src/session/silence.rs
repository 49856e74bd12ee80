//! Telling silence from slowness: a fence of ordinary requests, and the time that a server takes to answer them.

use std::time::{Duration, Instant};

use super::{Answer, Session, Ticket, state::State};

impl Session {
    /// The answer to a request whose silence is a possible answer: a sentinel behind it tells silence from
    /// slowness, and a server that is slow to begin with is given more time.
    pub async fn answer_or_silence(&mut self, ticket: &Ticket, within: Duration) -> Answer {
        let deadline = Instant::now() + within;
        // Over HTTP, the end of the exchange is the end of waiting; only a stream may stay open without an answer.
        if ticket.exchange.is_some() && !self.shared.state().link.old {
            self.until_begun(ticket, deadline).await;
            if !self.shared.state().is_streaming(ticket) {
                return self.answer(ticket, left(deadline)).await;
            }
        }
        if self.fence(deadline).await == Answer::Silence {
            return self.first(ticket, deadline).await;
        }
        let settled = (Instant::now() + self.settling_time()).min(deadline);
        match self.first(ticket, settled).await {
            Answer::Silence => Answer::Silence,
            _ => self.answer(ticket, left(deadline)).await,
        }
    }

    /// Whether this is a subscription that was taken in a form in which nothing comes before its end, as soon as that
    /// is known. Waiting for an answer to it would take all the time there is.
    pub async fn is_mute(&self, ticket: &Ticket, within: Duration) -> bool {
        let is_subscription = |number: &u64| self.shared.state().link.is_subscription(*number);
        let Some(number) = ticket.exchange.filter(is_subscription) else { return false };
        self.until_begun(ticket, Instant::now() + within).await;
        let state = self.shared.state();
        state.arrived(ticket).is_none() && state.link.is_mute(number)
    }

    async fn until_begun(&self, ticket: &Ticket, deadline: Instant) {
        let begun = |state: &State| (state.arrived(ticket).is_some() || state.is_streaming(ticket)).then_some(());
        self.wait_for(deadline, begun).await;
    }

    /// Two requests in a row that every server answers: what was written before them has been dealt with.
    async fn fence(&mut self, deadline: Instant) -> Answer {
        let mut answer = Answer::Silence;
        for _ in 0..2 {
            let sentinel = self.sentinel().await;
            answer = self.first(&sentinel, deadline).await;
            if matches!(answer, Answer::Silence | Answer::Closed) {
                self.shared.state().requests.give_up(&sentinel);
                break;
            }
        }
        answer
    }

    /// Wait until every answer is in and the server has nothing more to say.
    pub async fn quiet(&mut self) {
        let deadline = Instant::now() + self.patience();
        let settling = self.settling_time();
        self.wait_for(deadline, |state| (state.requests.is_settled() || state.stdout_closed).then_some(())).await;
        while Instant::now() < deadline {
            let (sound, closed) = {
                let state = self.shared.state();
                (state.last_sound, state.stdout_closed)
            };
            let remaining = settling.saturating_sub(sound.elapsed());
            if closed || remaining.is_zero() {
                return;
            }
            tokio::time::sleep(remaining).await;
        }
    }

    /// How long nothing has to come before nothing more will: a few times what the server takes to answer.
    fn settling_time(&self) -> Duration {
        let latency = self.shared.state().latency.unwrap_or(Duration::from_millis(5));
        (latency * 4).clamp(Duration::from_millis(2), Duration::from_millis(350))
    }
}

/// What is left until then.
fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
