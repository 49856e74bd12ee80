//! Fresh processes of the server, one of them always in stock, so that nobody waits for it to start.

use std::{collections::VecDeque, sync::Arc};

use super::{
    ground::Ground,
    judge::Judge,
    lane::{Patience, Trouble},
    pipe::Pipe,
};
use crate::{
    run::Doors,
    transport::{Connection, LaunchFailure},
};

/// Where processes come from.
pub struct Source {
    doors: Doors,
    ground: Arc<Ground>,
    /// How long to wait for them.
    pub patience: Patience,
    stock: VecDeque<Connection>,
    /// How many were started.
    pub started: u64,
}

/// Why there is no process.
#[derive(Debug)]
pub enum NoProcess {
    /// It cannot be started.
    Launch(LaunchFailure),
    /// It does not greet.
    Greeting(Trouble),
}

impl Source {
    /// Processes behind these doors.
    pub fn new(doors: Doors, ground: &Arc<Ground>, patience: Patience) -> Self {
        Self { doors, ground: Arc::clone(ground), patience, stock: VecDeque::new(), started: 0 }
    }

    /// A process to which nothing has been said.
    pub fn bare(&mut self, evidence: bool) -> Result<Pipe, NoProcess> {
        let connection = match self.stock.pop_front() {
            Some(connection) => connection,
            None => self.launch().map_err(NoProcess::Launch)?,
        };
        if let Ok(next) = self.launch() {
            self.stock.push_back(next);
        }
        let pipe = Pipe::new(connection, &self.ground, self.patience, evidence);
        pipe.ok_or_else(|| {
            NoProcess::Launch(LaunchFailure { what: "no pipe".to_owned(), hint: String::new(), said: Vec::new() })
        })
    }

    fn launch(&mut self) -> Result<Connection, LaunchFailure> {
        self.started += 1;
        self.doors.launch()
    }

    /// A process behind its handshake.
    pub async fn greeted(&mut self, evidence: bool, judge: &mut Judge) -> Result<Pipe, NoProcess> {
        let mut pipe = self.bare(evidence)?;
        pipe.greet(judge).await.map_err(NoProcess::Greeting)?;
        Ok(pipe)
    }
}
