//! What a script does, told without playing it.

use crate::suite::{Action, Body, Check, List, Step};

/// Whether it writes raw bytes, and may break what it writes to.
pub(super) fn is_hostile(check: &Check) -> bool {
    any(check, |action| matches!(action, Action::Raw(_)))
}

/// Whether it calls tools.
pub(super) fn calls_tools(check: &Check) -> bool {
    any(check, |action| matches!(action, Action::For(each) if matches!(each.list, List::Calls | List::Mirrored)))
}

fn any(check: &Check, wanted: fn(&Action) -> bool) -> bool {
    fn inside(steps: &[Step], wanted: fn(&Action) -> bool) -> bool {
        steps.iter().any(|step| {
            wanted(&step.action) || matches!(&step.action, Action::For(each) if inside(&each.steps, wanted))
        })
    }
    matches!(&check.body, Body::Script(steps) if inside(steps, wanted))
}
