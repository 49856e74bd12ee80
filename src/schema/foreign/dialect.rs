//! The dialects of JSON Schema that are known here.

use serde_json::Value;

/// A published draft, in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dialect {
    Draft04,
    Draft06,
    Draft07,
    Draft2019,
    Draft2020,
}

impl Dialect {
    /// The dialect of a schema: 2020-12 unless it names another. `Err` with a name that is not known.
    pub(super) fn of(schema: &Value) -> Result<Self, &str> {
        match schema.get("$schema").and_then(Value::as_str) {
            Some(name) => Self::named(name).ok_or(name),
            None => Ok(Self::Draft2020),
        }
    }

    /// The dialect of an address, with or without an empty fragment.
    pub(super) fn named(address: &str) -> Option<Self> {
        let address = address.strip_suffix('#').unwrap_or(address);
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        match rest.strip_prefix("json-schema.org/")? {
            "draft/2020-12/schema" => Some(Self::Draft2020),
            "draft/2019-09/schema" => Some(Self::Draft2019),
            "draft-07/schema" => Some(Self::Draft07),
            "draft-06/schema" => Some(Self::Draft06),
            "draft-04/schema" => Some(Self::Draft04),
            _ => None,
        }
    }

    /// The keyword by which a schema says its own address.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Draft04 => "id",
            _ => "$id",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dialects_are_known_by_their_address() {
        for (schema, wanted) in [
            (json!({}), Ok(Dialect::Draft2020)),
            (json!(true), Ok(Dialect::Draft2020)),
            (json!({ "$schema": 5 }), Ok(Dialect::Draft2020)),
            (json!({ "$schema": "https://json-schema.org/draft/2019-09/schema#" }), Ok(Dialect::Draft2019)),
            (json!({ "$schema": "http://json-schema.org/draft-07/schema" }), Ok(Dialect::Draft07)),
            (json!({ "$schema": "http://json-schema.org/schema#" }), Err("http://json-schema.org/schema#")),
            (json!({ "$schema": "" }), Err("")),
        ] {
            assert_eq!(Dialect::of(&schema), wanted, "{schema}");
        }
    }
}
