//! Nodes to arms. Refuses arms without a reason, arms that are never reached, and lists that cannot fail.

use super::{
    Arm, Outcome, Pattern,
    block::ArmKeys,
    decode::{Ref, decode},
    seen, suggest,
    tree::{Fault, Node},
};

/// Reads a list of arms. `owner` is the node that stands for the list; `of_answers` says that subjects are answers,
/// which are always objects.
pub(super) fn arms(list: &[Ref], owner: Node<'_>, of_answers: bool, faults: &mut Vec<Fault>) -> Vec<Arm> {
    let before = faults.len();
    let nodes: Vec<Node<'_>> = list.iter().map(|item| item.of(owner)).collect();
    let arms: Vec<Arm> = nodes.iter().filter_map(|node| arm(*node, of_answers, faults)).collect();
    if faults.len() > before {
        return arms;
    }
    if arms.is_empty() {
        faults.push(owner.fault("there is no arm here: add `pass: ...`"));
    } else if of_answers {
        check_reach(&arms, &nodes, owner, faults);
    }
    arms
}

fn arm(node: Node<'_>, of_answers: bool, faults: &mut Vec<Fault>) -> Option<Arm> {
    let before = faults.len();
    let keys: ArmKeys = decode(node, "an arm", faults)?;
    if faults.len() > before {
        return None;
    }
    let given = [keys.pass, keys.warn, keys.skip, keys.fail];
    let mut given = Outcome::ALL.into_iter().zip(given).filter_map(|(outcome, node)| Some((outcome, node?)));
    let names = Outcome::ALL.map(Outcome::as_str);
    let (Some((outcome, pattern)), None) = (given.next(), given.next()) else {
        faults.push(node.fault(format!("an arm has one of {}", suggest::either(&names))));
        return None;
    };
    let because = keys.because.unwrap_or_default();
    if because.trim().is_empty() && outcome != Outcome::Pass {
        let message = format!("`{}` needs `because`: say why, in words that help", outcome.as_str());
        faults.push(node.fault(message));
    }
    if of_answers {
        seen::check_answer(pattern.of(node), faults);
    }
    let pattern = Pattern::decode(pattern.of(node)).map_err(|fault| faults.push(fault)).ok()?;
    Some(Arm { outcome, pattern, because, line: node.place().line })
}

fn check_reach(arms: &[Arm], nodes: &[Node<'_>], owner: Node<'_>, faults: &mut Vec<Fault>) {
    let Some(last) = arms.iter().position(|arm| arm.pattern.fits_every_object()) else {
        return;
    };
    if let Some(node) = nodes.get(last + 1) {
        let line = arms.get(last).map_or(0, |arm| arm.line);
        faults.push(node.fault(format!("this arm is never reached: the one in line {line} fits everything")));
    }
    let decides = |arm: &Arm| matches!(arm.outcome, Outcome::Warn | Outcome::Fail);
    if !arms.iter().take(last + 1).any(decides) {
        faults.push(owner.fault("this cannot fail: some arm fits everything, and none before it warns or fails"));
    }
}
