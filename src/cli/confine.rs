//! `__confine`: the process that becomes the server of a sandbox. Not for people; `sandbox` writes its words.

use clap::Args;

use super::{args::say, problem::Problem};
use crate::{
    model::Exit,
    sandbox::{self, Order},
};

/// Put limits in force, then become the program that is named
#[derive(Debug, Args)]
pub struct Confine {
    #[command(flatten)]
    order: Order,
}

impl Confine {
    pub(super) fn carry_out(&self) -> Result<Exit, Problem> {
        say(&sandbox::confine(&self.order).map_err(Problem::Usage)?);
        Ok(Exit::Clean)
    }
}
