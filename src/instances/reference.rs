//! Where `$ref` leads within a schema. Nothing is fetched, and what is found by mistake is found out by the validator.

use std::{cell::OnceCell, collections::HashMap};

use serde_json::{Map, Value};

use crate::schema::fragment;

/// The schemas within a schema that something can refer to.
pub(super) struct References<'s> {
    root: &'s Value,
    /// Those with a name or an address, found when the first of them is asked for.
    named: OnceCell<Named<'s>>,
    /// Whether nothing counts beside a `$ref`, as in the older dialects.
    alone: bool,
}

#[derive(Default)]
struct Named<'s> {
    by_name: HashMap<&'s str, &'s Value>,
    documents: Vec<&'s Value>,
}

impl<'s> References<'s> {
    pub(super) fn of(root: &'s Value) -> Self {
        let dialect = root.get("$schema").and_then(Value::as_str).unwrap_or_default();
        let alone = ["draft-04", "draft-06", "draft-07"].iter().any(|old| dialect.contains(old));
        Self { root, named: OnceCell::new(), alone }
    }

    pub(super) const fn root(&self) -> &'s Value {
        self.root
    }

    /// Whether the other keywords beside a `$ref` count.
    pub(super) const fn has_siblings(&self) -> bool {
        !self.alone
    }

    /// The targets of the references that stand in a schema.
    pub(super) fn targets(&self, members: &'s Map<String, Value>) -> impl Iterator<Item = Option<&'s Value>> {
        let names = ["$ref", "$dynamicRef", "$recursiveRef"].into_iter().filter_map(|key| members.get(key)?.as_str());
        names.map(|name| self.find(name))
    }

    fn find(&self, target: &str) -> Option<&'s Value> {
        let (address, escaped) = target.split_once('#').unwrap_or((target, ""));
        let pointer = fragment(escaped);
        if address.is_empty() && (pointer.is_empty() || pointer.starts_with('/')) {
            let at_root = self.root.pointer(&pointer);
            return at_root.or_else(|| self.named().documents.iter().find_map(|document| document.pointer(&pointer)));
        }
        if address.is_empty() {
            return self.named().by_name.get(&*pointer).copied();
        }
        let document = self.document(address)?;
        let anchored = || self.named().by_name.get(&*pointer).copied();
        document.pointer(&pointer).or_else(anchored)
    }

    /// The document of an address, written out or as seen from its neighbours.
    fn document(&self, address: &str) -> Option<&'s Value> {
        let last = |address: &str| address.trim_end_matches('#').rsplit(['/', ':']).next().map(str::to_owned);
        let by_name = &self.named().by_name;
        let near = || by_name.iter().find(|(name, _)| last(name) == last(address)).map(|(_, schema)| *schema);
        by_name.get(address).copied().or_else(near)
    }

    fn named(&self) -> &Named<'s> {
        self.named.get_or_init(|| {
            let mut named = Named::default();
            gather(self.root, &mut named);
            named
        })
    }
}

/// The schema is no deeper than a compiled one can be.
fn gather<'s>(schema: &'s Value, named: &mut Named<'s>) {
    match schema {
        Value::Object(members) => {
            for key in ["$id", "id", "$anchor", "$dynamicAnchor"] {
                let Some(name) = members.get(key).and_then(Value::as_str) else {
                    continue;
                };
                named.by_name.entry(name.trim_start_matches('#')).or_insert(schema);
                if key.ends_with("id") && !name.starts_with('#') {
                    named.documents.push(schema);
                }
            }
            members.values().for_each(|member| gather(member, named));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, named)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_lead_to_schemas() {
        let root = json!({
            "$defs": {
                "a b": { "$anchor": "here", "title": "by name" },
                "c": { "$id": "https://example.com/c.json", "definitions": { "d": { "title": "below an address" } } },
            },
        });
        let references = References::of(&root);
        let title = |target: &str| references.find(target).and_then(|found| found.get("title")?.as_str());
        assert_eq!(title("#/$defs/a%20b"), Some("by name"));
        assert_eq!(title("#here"), Some("by name"));
        for target in ["https://example.com/c.json#/definitions/d", "c.json#/definitions/d", "#/definitions/d"] {
            assert_eq!(title(target), Some("below an address"), "{target}");
        }
        assert_eq!(references.find("#"), Some(&root));
        assert!(references.find("https://example.com/e.json").is_none() && references.find("#gone").is_none());
    }

    #[test]
    fn nothing_counts_beside_a_reference_in_an_old_dialect() {
        assert!(References::of(&json!({})).has_siblings());
        let old = json!({ "$schema": "http://json-schema.org/draft-07/schema#" });
        assert!(!References::of(&old).has_siblings());
    }
}
