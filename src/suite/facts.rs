//! What the catalogue says of a check: the facts of its block, filled up from the head.

use super::{
    SessionKind,
    block::{Facts, Transport},
    build::Chapter,
    suggest,
    tree::{Fault, Node},
};
use crate::model::{CheckId, CheckInfo, Era, Revision, RevisionRange, Source};

/// The inventories that `proves` can name.
const INVENTORIES: [&str; 2] = ["modern", "legacy"];

impl Chapter {
    /// The facts of one check. `names` are the two halves of its heading, and its line.
    pub(super) fn info(
        &self,
        facts: &Facts,
        node: Node<'_>,
        (name, title, line): (&str, &str, u32),
        about: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<CheckInfo> {
        let mut keep = |read: Result<Option<String>, Fault>| read.map_err(|fault| faults.push(fault)).ok();
        let spec = keep(self.spec(facts, node))?;
        faults.extend(node.get("proves").into_iter().flat_map(Node::items).filter_map(wrong_requirement));
        let needs = self.head.needs.iter().chain(&facts.needs).cloned().collect();
        let transports = facts.transports.as_ref().unwrap_or(&self.head.transports);
        Some(CheckInfo {
            id: CheckId(format!("{}/{name}", self.name).into()),
            title: title.into(),
            level: facts.level,
            about: about.into(),
            spec: spec.map(Into::into),
            revisions: facts.revisions.or(self.head.revisions).unwrap_or(RevisionRange::ALL),
            transports: transports.iter().copied().map(Transport::as_str).map(str::to_owned).collect(),
            needs,
            proves: facts.proves.clone(),
            formerly: facts.formerly.iter().map(|id| CheckId::from(id.as_str())).collect(),
            source: Source { file: self.file.clone(), line },
        })
    }

    /// The transports of a check, unless what says them could not be read.
    pub(super) fn transports<'f>(&'f self, facts: &'f Facts, node: Node<'_>) -> Option<&'f [Transport]> {
        match (&facts.transports, node.get("transports")) {
            (Some(transports), _) => Some(transports),
            (None, None) => self.is_sound.then_some(self.head.transports.as_slice()),
            (None, Some(_)) => None,
        }
    }

    fn spec(&self, facts: &Facts, node: Node<'_>) -> Result<Option<String>, Fault> {
        match (&facts.spec, &self.head.spec) {
            (Some(anchor), Some(page)) if anchor.starts_with('#') => Ok(Some(format!("{page}{anchor}"))),
            (Some(anchor), None) if anchor.starts_with('#') => {
                let place = node.get("spec").unwrap_or(node);
                Err(place.fault("an anchor needs a page: name it here, or as `spec` in the head"))
            }
            (Some(page), _) => Ok(Some(page.clone())),
            (None, page) => Ok(page.clone()),
        }
    }
}

fn wrong_requirement(node: Node<'_>) -> Option<Fault> {
    let text = node.text()?;
    match text.split_once(':') {
        Some((inventory, name)) if INVENTORIES.contains(&inventory) && name.contains('/') => None,
        Some((inventory, _)) if !INVENTORIES.contains(&inventory) => {
            let hint = suggest::hint(inventory, INVENTORIES);
            Some(node.fault(format!("`{inventory}` is not an inventory of requirements{hint}")))
        }
        _ => Some(node.fault(format!("`{text}` is not a requirement: write `modern:area/name` or `legacy:area/name`"))),
    }
}

/// Capabilities are declared in the handshake, so that a check that declares its own needs one of its own.
pub(super) fn check_client(
    info: &CheckInfo,
    session: SessionKind,
    has_client: bool,
    node: Node<'_>,
    faults: &mut Vec<Fault>,
) {
    let is_modern = |revision: Revision| revision.era() == Era::Modern;
    if has_client && session != SessionKind::Fresh && !info.revisions.iter().all(is_modern) {
        let message =
            "capabilities are declared in the handshake: say `session: fresh`, or `revisions` that are modern";
        faults.push(node.get("client").unwrap_or(node).fault(message));
    }
}
