//! Whether a subject fits a pattern, and where it does not.

use serde_json::{Map, Value};

use super::{
    mismatch::{Mismatch, brief},
    number,
    tree::{Form, Pattern},
};
use crate::suite::{Scope, Unfilled};

/// Nothing, or why not.
pub(super) type Fit = Result<(), Mismatch>;

impl Pattern {
    /// Whether `subject` fits; otherwise the first place where it does not.
    pub fn fit(&self, subject: &Value, scope: &Scope) -> Fit {
        let fit = self.fit_at(Some(subject), scope);
        fit.map_err(|mismatch| {
            if self.wants_another_kind(subject) { Mismatch::new(self.describe(), brief(subject)) } else { mismatch }
        })
    }

    /// Whether a result is wanted where an error came, and the like. Then the whole answer says more than the member.
    fn wants_another_kind(&self, subject: &Value) -> bool {
        match (&*self.0, subject) {
            (Form::Members(members), Value::Object(object)) => {
                members.len() == 1 && object.len() == 1 && members.iter().all(|(name, _)| !object.contains_key(name))
            }
            _ => false,
        }
    }

    /// Whether what stands at a place fits; `None` is a member that is not there.
    pub(super) fn fit_at(&self, subject: Option<&Value>, scope: &Scope) -> Fit {
        if let Form::Operators(operators) = &*self.0 {
            return operators.iter().try_for_each(|operator| operator.fit(subject, scope));
        }
        let Some(subject) = subject else {
            return Err(Mismatch::new(self.describe(), "nothing"));
        };
        match &*self.0 {
            Form::Exactly(value) => exactly(value, subject, scope),
            Form::Members(members) => match subject {
                Value::Object(object) => fit_members(members, object, scope),
                other => Err(Mismatch::new(self.describe(), brief(other))),
            },
            Form::Items(items) => match subject {
                Value::Array(list) => fit_items(items, list, scope),
                other => Err(Mismatch::new(self.describe(), brief(other))),
            },
            Form::Operators(_) => Ok(()),
        }
    }
}

fn fit_members(members: &[(String, Pattern)], object: &Map<String, Value>, scope: &Scope) -> Fit {
    for (name, pattern) in members {
        let name = scope.fill_text(name).map_err(|unfilled| no_value(&unfilled))?;
        let fit = pattern.fit_at(object.get(&name), scope);
        fit.map_err(|mismatch| mismatch.among(object).below_member(&name))?;
    }
    Ok(())
}

fn fit_items(items: &[Pattern], list: &[Value], scope: &Scope) -> Fit {
    if items.len() != list.len() {
        let got = format!("a list of {}: {}", list.len(), brief(list));
        return Err(Mismatch::new(format!("a list of {}", items.len()), got));
    }
    for (i, (pattern, item)) in items.iter().zip(list).enumerate() {
        pattern.fit_at(Some(item), scope).map_err(|mismatch| mismatch.below_item(i))?;
    }
    Ok(())
}

pub(super) fn exactly(value: &Value, subject: &Value, scope: &Scope) -> Fit {
    let wanted = filled(value, scope)?;
    if number::same(&wanted, subject) { Ok(()) } else { Err(Mismatch::new(brief(&wanted), brief(subject))) }
}

/// A value of the pattern, with its variables put in.
pub(super) fn filled(value: &Value, scope: &Scope) -> Result<Value, Mismatch> {
    scope.fill(value).map_err(|unfilled| no_value(&unfilled))
}

fn no_value(unfilled: &Unfilled) -> Mismatch {
    Mismatch::new(format!("a value of `{{{{{}}}}}`", unfilled.0), "none: the variable has no such value")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::suite::pattern::tests::{mismatch, pattern};

    #[test]
    fn an_object_fits_with_more_members_and_a_list_does_not() {
        let wanted = pattern("{ result: { tools: [{ name: add }] } }");
        let scope = Scope::new();
        assert_eq!(wanted.fit(&json!({ "result": { "tools": [{ "name": "add", "x": 1 }] }, "id": 1 }), &scope), Ok(()));
        let two = wanted.fit(&json!({ "result": { "tools": [{ "name": "add" }, 5] } }), &scope).unwrap_err();
        assert_eq!((two.place.as_str(), two.expected.as_str()), ("result.tools", "a list of 1"));
        let other = wanted.fit(&json!({ "result": { "tools": [{ "name": "sub" }] } }), &scope).unwrap_err();
        assert_eq!((other.place.as_str(), other.got.as_str()), ("result.tools[0].name", "\"sub\""));
    }

    #[test]
    fn an_answer_of_another_kind_is_shown_whole() {
        let error = json!({ "error": { "code": -32601 } });
        assert_eq!(mismatch("{ result: {} }", &error), (String::new(), "a result".into(), error.to_string()));
    }

    #[test]
    fn a_member_that_is_missing_is_told_with_those_that_are_there() {
        let subject = json!({ "result": { "tool": [], "x": 1 } });
        let (place, expected, got) = mismatch("{ result: { tools: [] } }", &subject);
        assert_eq!((place.as_str(), expected.as_str()), ("result.tools", "[]"));
        assert_eq!(got, "nothing; there are `tool` and `x`");
    }

    #[test]
    fn variables_are_put_in_and_what_they_hold_is_no_pattern() {
        let mut scope = Scope::new();
        scope.set("tool", json!({ "name": "a", "odd": { "$type": "string" } }));
        let wanted = pattern("{ '{{tool.name}}': '{{tool.odd}}' }");
        assert_eq!(wanted.fit(&json!({ "a": { "$type": "string" } }), &scope), Ok(()));
        assert!(wanted.fit(&json!({ "a": "text" }), &scope).is_err());
        let gone = pattern("{ a: '{{tool.title}}' }").fit(&json!({ "a": 1 }), &scope).unwrap_err();
        assert_eq!(gone.expected, "a value of `{{tool.title}}`");
    }
}
