//! Playing checks against a server: what to play, on which process, and what comes of it, as a stream of events.
//!
//! Prints nothing and knows no report.

mod address;
mod calls;
mod conversation;
mod each;
mod isolated;
mod lane;
mod meet;
mod mirrored;
mod open;
mod over_http;
mod panel;
mod plan;
mod player;
mod pool;
mod rehearse;
mod script;
mod stage;
mod subject;
mod tools;
mod tour;
mod watch;
mod watches;
mod whole;

pub use address::{Address, Style};
pub use meet::{Doors, Meeting, meet};
pub use panel::Panel;
pub use plan::{Launcher, Plan, Wanted};
pub use rehearse::{Rehearsal, rehearse};
pub use tools::{CallPolicy, Tools};
pub use watch::watch;
pub use whole::run;
