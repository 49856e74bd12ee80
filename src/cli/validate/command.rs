//! What can be asked of `validate`, and the way through its files.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use crate::{
    cli::{
        Environment, args::say, manual, message, problem::Problem, secrets::Secrets, settings::Deny, shell::spelled,
    },
    model::{Exit, Revision},
    schema::Side,
};

use super::{
    document,
    hearings::{Hearings, Says, Told, revision},
    page,
    source::Source,
    tally::Tally,
    units::units,
};

/// Judge recorded messages without a server
///
/// A file holds one message, however it is laid out, or a transcript with a message on each line, or the events of a run
/// with `--verbose --report ndjson=FILE`. Answers are held against the method of the request with the same id that came
/// before them. Methods that the revision does not know are counted, and no error: extensions have them.
#[derive(Debug, Args)]
#[command(after_long_help = manual::validate(), after_help = manual::VALIDATE_EXAMPLES)]
pub struct Validate {
    /// The messages; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The protocol revision, its date or `newest`; without it, the messages have to say it
    ///
    /// They say it where `initialize` is answered, and in `_meta` of each request where there is no handshake.
    #[arg(long, value_name = "REVISION", value_parser = message::revision)]
    revision: Option<Revision>,
    /// Who said the messages: server or client; without it, that is inferred
    ///
    /// The events of a run tell it of each line. Of them, this chooses who is judged, by default the server.
    #[arg(long, value_name = "SIDE", hide_possible_values = true)]
    direction: Option<Direction>,
    /// What the results answer whose request is not among the messages
    #[arg(long, value_name = "METHOD", value_parser = message::answered)]
    method: Option<String>,
    /// How to print what was found: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    format: Format,
    /// Let `warnings` count as failures, too
    #[arg(long, value_name = "warnings", hide_possible_values = true)]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Direction {
    /// The server said them
    Server,
    /// The client said them
    Client,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Validate {
    pub(in crate::cli) fn carry_out(self, environment: &Environment) -> Result<Exit, Problem> {
        let secrets = environment.secrets.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut tally = Tally::new(Secrets::of(secrets));
        let told = Told {
            revision: self.revision,
            direction: self.direction.map(|direction| match direction {
                Direction::Server => Side::Server,
                Direction::Client => Side::Client,
            }),
            method: self.method,
        };
        if self.files.iter().filter(|path| path.to_str() == Some("-")).count() > 1 {
            return Err(Problem::Usage("standard input can be read only once; name `-` once".to_owned()));
        }
        for path in &self.files {
            judge(path, &told, &mut tally)?;
        }
        let exit = tally.exit(self.deny.is_some());
        let render = match self.format {
            Format::Text => page::render,
            Format::Json => document::render,
        };
        say(&render(&tally, exit));
        Ok(exit)
    }
}

fn judge(path: &Path, told: &Told, tally: &mut Tally) -> Result<(), Problem> {
    let source = Source::open(path)?;
    let begins = match (told.revision, || revision(&source)) {
        (Some(given), _) => given,
        (None, look) => match look() {
            Says::Revision(found) => found,
            // Whatever is wrong with it, it is wrong in every revision.
            Says::NoMessage => Revision::NEWEST,
            Says::Nothing => return Err(nameless(path)),
        },
    };
    tally.begin(path.display().to_string());
    let mut hearings = Hearings::new(told, begins);
    source.read(|number, line| units(line).into_iter().for_each(|unit| hearings.hear(number, unit, tally)))
}

fn nameless(path: &Path) -> Problem {
    let typed = ["mcp-litmus", "validate", "--revision", Revision::NEWEST_LEGACY.as_str()].map(OsString::from);
    let words = spelled(&[&typed[..], &[path.into()]].concat());
    let named = path.display();
    Problem::Usage(format!("{named} does not say which revision is spoken; name it with `--revision`\n  try: {words}"))
}
