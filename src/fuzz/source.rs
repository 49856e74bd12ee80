//! Fresh processes of the server, one of them always in stock, so that nobody waits for it to start.

use std::{collections::VecDeque, sync::Arc};

use super::{
    ground::Ground,
    judge::Judge,
    lane::{Lane, Patience, Trouble},
    pipe::Pipe,
    web::Web,
};
use crate::{checks::Registry, run::Doors, transport::Connection};

/// Where processes come from.
pub struct Source {
    doors: Doors,
    registry: Arc<Registry>,
    ground: Arc<Ground>,
    /// How long to wait for them.
    pub patience: Patience,
    stock: VecDeque<Connection>,
    /// How many were started.
    pub started: u64,
}

/// Why there is no process.
#[derive(Debug, thiserror::Error)]
pub enum NoProcess {
    /// It cannot be started.
    #[error("the server does not start any more: {0}")]
    Launch(String),
    /// It does not greet.
    #[error("the server does not greet any more: {}", .0.offence().title)]
    Greeting(Trouble),
}

impl Source {
    /// Processes behind these doors.
    pub fn new(doors: Doors, registry: &Arc<Registry>, ground: &Arc<Ground>, patience: Patience) -> Self {
        Self {
            doors,
            registry: Arc::clone(registry),
            ground: Arc::clone(ground),
            patience,
            stock: VecDeque::new(),
            started: 0,
        }
    }

    /// A way to a server to which nothing has been said.
    pub async fn bare(&mut self, evidence: bool) -> Result<Lane, NoProcess> {
        if self.ground.over_http {
            let started = self.doors.begin(self.patience.startup).await;
            started.map_err(|unreachable| NoProcess::Launch(unreachable.what))?;
            let connection = self.launch()?;
            let web = Web::new(connection, &self.doors, &self.registry, &self.ground, self.patience);
            return Ok(Lane::Web(Box::new(web)));
        }
        self.pipe(evidence).map(|pipe| Lane::Pipe(Box::new(pipe)))
    }

    fn pipe(&mut self, evidence: bool) -> Result<Pipe, NoProcess> {
        let connection = match self.stock.pop_front() {
            Some(connection) => connection,
            None => self.launch()?,
        };
        if let Ok(next) = self.launch() {
            self.stock.push_back(next);
        }
        let pipe = Pipe::new(connection, &self.ground, self.patience, evidence);
        pipe.ok_or_else(|| NoProcess::Launch("it has no pipes".to_owned()))
    }

    fn launch(&mut self) -> Result<Connection, NoProcess> {
        self.started += 1;
        self.doors.launch().map_err(|failure| NoProcess::Launch(failure.what))
    }

    /// A process behind its handshake.
    pub async fn greeted(&mut self, evidence: bool, judge: &mut Judge) -> Result<Lane, NoProcess> {
        let mut lane = self.bare(evidence).await?;
        let greeted = match &mut lane {
            Lane::Pipe(pipe) => pipe.greet(judge).await,
            Lane::Web(web) => web.greet().await,
        };
        greeted.map_err(NoProcess::Greeting)?;
        Ok(lane)
    }
}
