//! Where the references of a schema lead. Nothing is fetched.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    dialect::Dialect,
    keywords::{Rule, rule},
    resolve::{resolve, unescaped},
};

/// A longer address is not taken for one: a schema of many could be made to fill the memory.
const LONGEST: usize = 500;

/// What a reference was found to lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Schema,
    Nothing,
    /// To another document.
    Elsewhere,
}

impl Target {
    /// Follows a JSON pointer.
    pub(super) fn within(root: &Value, fragment: &str, dialect: Dialect) -> Self {
        match root.pointer(&unescaped(fragment)) {
            Some(Value::Object(_)) => Self::Schema,
            Some(Value::Bool(_)) if dialect > Dialect::Draft04 => Self::Schema,
            _ => Self::Nothing,
        }
    }
}

/// The schemas within a schema that can be called by an address or a name.
pub(super) struct Addresses<'a> {
    dialect: Dialect,
    /// The address of each base, by its identity.
    of_base: HashMap<*const Value, String>,
    by_address: HashMap<String, &'a Value>,
    /// The named places below each base.
    anchors: HashSet<(*const Value, &'a str)>,
}

impl<'a> Addresses<'a> {
    /// Gathers those of a schema of bounded depth.
    pub(super) fn of(root: &'a Value, dialect: Dialect) -> Self {
        let mut all = Self { dialect, of_base: HashMap::new(), by_address: HashMap::new(), anchors: HashSet::new() };
        all.enter(root, "");
        all.gather(root, root);
        all
    }

    /// The address that a schema says of itself, which makes it a base.
    pub(super) fn own(dialect: Dialect, members: &Map<String, Value>) -> Option<&str> {
        let address = identity(dialect, members)?.split('#').next()?;
        (!address.is_empty() && address.len() <= LONGEST).then_some(address)
    }

    /// Where a reference leads that stands below a base.
    pub(super) fn find(&self, target: &str, base: &Value) -> Target {
        let (address, fragment) = target.split_once('#').unwrap_or((target, ""));
        if address.len() > LONGEST {
            return Target::Elsewhere;
        }
        let around = self.of_base.get(&std::ptr::from_ref(base)).map_or("", String::as_str);
        let address = resolve(around, address);
        match self.by_address.get(&address) {
            Some(found) if fragment.is_empty() || fragment.starts_with('/') => {
                Target::within(found, fragment, self.dialect)
            }
            Some(found) if self.anchors.contains(&(std::ptr::from_ref(*found), &*unescaped(fragment))) => {
                Target::Schema
            }
            Some(_) => Target::Nothing,
            None if is_published(&address) => Target::Schema,
            None => Target::Elsewhere,
        }
    }

    fn gather(&mut self, schema: &'a Value, base: &'a Value) {
        let Value::Object(members) = schema else {
            return;
        };
        let own = Self::own(self.dialect, members);
        let base = if own.is_some() { self.enter_below(schema, base, own) } else { base };
        self.anchors.extend(anchors(self.dialect, members).map(|name| (std::ptr::from_ref(base), name)));
        for (keyword, value) in members {
            match (rule(self.dialect, keyword), value) {
                (Some(Rule::Schemas | Rule::SchemaOrSchemas), Value::Array(schemas)) => {
                    self.gather_all(schemas, base);
                }
                (Some(Rule::SchemaMap | Rule::PatternMap | Rule::Dependencies), Value::Object(map)) => {
                    self.gather_all(map.values(), base);
                }
                (Some(Rule::Schema | Rule::SchemaOrBoolean | Rule::SchemaOrSchemas), schema) => {
                    self.gather(schema, base);
                }
                _ => {}
            }
        }
    }

    fn gather_all(&mut self, schemas: impl IntoIterator<Item = &'a Value>, base: &'a Value) {
        for schema in schemas {
            self.gather(schema, base);
        }
    }

    fn enter_below(&mut self, schema: &'a Value, base: &Value, own: Option<&str>) -> &'a Value {
        let around = self.of_base.get(&std::ptr::from_ref(base)).map_or("", String::as_str);
        let address = resolve(around, own.unwrap_or_default());
        if address.len() <= LONGEST {
            self.enter(schema, &address);
        }
        schema
    }

    fn enter(&mut self, schema: &'a Value, address: &str) {
        self.of_base.insert(schema, address.to_owned());
        self.by_address.entry(address.to_owned()).or_insert(schema);
    }
}

/// The text by which a schema says its own address. Beside a reference, the older dialects do not look at it.
fn identity(dialect: Dialect, members: &Map<String, Value>) -> Option<&str> {
    if !members.keys().any(|keyword| keyword == dialect.id()) {
        return None;
    }
    let counts = dialect >= Dialect::Draft2019 || !members.contains_key("$ref");
    members.get(dialect.id()).and_then(Value::as_str).filter(|_| counts)
}

/// The names that a schema gives itself.
fn anchors(dialect: Dialect, members: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let keywords: &[&str] = match dialect {
        Dialect::Draft2020 => &["$anchor", "$dynamicAnchor"],
        Dialect::Draft2019 => &["$anchor"],
        _ => &[],
    };
    let old = identity(dialect, members).filter(|_| dialect < Dialect::Draft2019);
    let old = old.and_then(|id| id.split_once('#')).map(|(_, name)| name).filter(|name| !name.is_empty());
    keywords.iter().filter_map(|keyword| members.get(*keyword)?.as_str()).chain(old)
}

/// Whether it is a schema of JSON Schema itself, which every validator has at hand.
fn is_published(address: &str) -> bool {
    let vocabularies = ["https://json-schema.org/draft/2020-12/meta/", "https://json-schema.org/draft/2019-09/meta/"];
    Dialect::named(address).is_some() || vocabularies.iter().any(|folder| address.starts_with(folder))
}
