//! Facts, without any IO: what a check is, what a verdict is, what happened in a run.
//!
//! Every other room may use these types; this one uses none of them.

pub mod campaign;
pub mod check;
pub mod event;
pub mod exit;
pub mod finding;
pub mod glob;
pub mod result;
pub mod revision;
pub mod verdict;

pub use campaign::{Campaign, CampaignEvent, Discovery};
pub use check::{CheckId, CheckInfo, Level, Source};
pub use event::{RunEvent, RunInfo, ServerInfo, ToolInfo, Totals};
pub use exit::Exit;
pub use finding::{Direction, Excerpt, Finding, Severity};
pub use result::CheckResult;
pub use revision::{Era, Revision, RevisionRange};
pub use verdict::{Skip, Verdict};
