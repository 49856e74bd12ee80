//! A description as a JSON Schema of draft 2020-12: what validators are compiled from, and what others can use.
//!
//! Where a value can be one of several types its tag decides, with `if` and `then`: an `anyOf` would accept what fits any
//! type by accident, and would complain of all of them when none fits.

use serde_json::{Map, Value, json};

use super::language::{Case, Entries, Member, Object, Shape, Span, Tag, Type};

/// Marks an object that is a JSON Schema itself: `embedded` judges it.
pub const EMBEDDED: &str = "x-json-schema";
/// The type whose rule a member is, where that is not the type that has it.
pub const PART: &str = "x-part";
/// A JSON type that is wrong, and only worth a warning.
pub const TOLERATED: &str = "x-tolerated";

/// Writes types down as they are in the revision of a date.
pub struct Writer<'a> {
    date: &'a str,
    definitions: Map<String, Value>,
}

impl<'a> Writer<'a> {
    /// For the revision of a date.
    pub fn at(date: &'a str) -> Self {
        Self { date, definitions: Map::new() }
    }

    /// The document whose values are of this schema, with all definitions that were needed for it.
    pub fn document(self, title: &str, schema: Value) -> Value {
        let mut document = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title });
        if let (Some(document), Value::Object(schema)) = (document.as_object_mut(), schema) {
            document.extend(schema);
            document.insert("$defs".to_owned(), Value::Object(self.definitions));
        }
        document
    }

    /// The schema of a type: a reference, if it has a name.
    pub fn schema(&mut self, of: &Type) -> Value {
        if of.name.is_empty() {
            return self.shape(&of.shape);
        }
        if !self.definitions.contains_key(of.name) {
            self.definitions.insert(of.name.to_owned(), Value::Null);
            let mut schema = json!({ "description": of.about });
            extend(&mut schema, self.shape(&of.shape));
            self.definitions.insert(of.name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/$defs/{}", of.name) })
    }

    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Anything => json!({}),
            Shape::Text(formats) => match self.dated(formats) {
                Some(format) => json!({ "type": "string", "format": format }),
                None => json!({ "type": "string" }),
            },
            Shape::Words(words) => {
                let known = words.iter().filter(|word| word.span.holds(self.date)).map(|word| word.text);
                json!({ "enum": known.collect::<Vec<_>>() })
            }
            Shape::Integer(None) => json!({ "type": "integer" }),
            Shape::Integer(Some(low)) => json!({ "type": "integer", "minimum": low }),
            Shape::Whole => json!({ "type": "number", "multipleOf": 1 }),
            Shape::Number(Some((low, high))) => json!({ "type": "number", "minimum": low, "maximum": high }),
            Shape::Number(None) => json!({ "type": "number" }),
            Shape::Boolean => json!({ "type": "boolean" }),
            Shape::Null => json!({ "type": "null" }),
            Shape::Object(object) => self.object(object),
            Shape::Map(of, entries) => self.map(of, entries),
            Shape::List(of, None) => json!({ "type": "array", "items": self.schema(of) }),
            Shape::List(of, Some(most)) => json!({ "type": "array", "items": self.schema(of), "maxItems": most }),
            Shape::Union(of) => self.union(of),
            Shape::Either(tag, cases) => self.either(tag, cases),
            Shape::Switch(tag, cases, [missing, other]) => self.switch(tag, cases, missing, other),
            Shape::Having(cases, otherwise) => self.having(cases, otherwise),
            Shape::OneOrMany(of) => {
                let one = self.schema(of);
                json!({ "if": { "type": "array" }, "then": { "items": one }, "else": one })
            }
        }
    }

    fn object(&mut self, object: &Object) -> Value {
        let members = flatten(object, self.date);
        let required: Vec<_> = members.iter().filter(|member| member.required).map(|member| member.name).collect();
        let properties: Map<_, _> =
            members.iter().map(|member| (member.name.to_owned(), self.member(object, member))).collect();
        let mut schema = json!({ "type": "object" });
        if !properties.is_empty() {
            schema["properties"] = Value::Object(properties);
        }
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        self.keys(&mut schema, object.keys);
        if !object.one_of.is_empty() {
            schema["anyOf"] = object.one_of.iter().map(|name| json!({ "required": [name] })).collect();
        }
        if object.json_schema {
            schema[EMBEDDED] = json!(true);
        }
        schema
    }

    fn member(&mut self, object: &Object, member: &Member) -> Value {
        let mut schema = self.tolerating(member.of, member.tolerated);
        if let Some(part) = part_of(object, member) {
            schema[PART] = json!(part);
        }
        schema
    }

    fn map(&mut self, of: &Type, entries: &Entries) -> Value {
        let mut schema = json!({ "type": "object", "additionalProperties": self.tolerating(of, entries.tolerated) });
        self.keys(&mut schema, entries.keys);
        schema
    }

    fn keys(&self, schema: &mut Value, keys: &[(Span, &'static str)]) {
        if let Some(format) = self.dated(keys) {
            schema["propertyNames"] = json!({ "format": format });
        }
    }

    fn tolerating(&mut self, of: &Type, tolerated: Option<&str>) -> Value {
        let mut schema = self.schema(of);
        if let Some(tolerated) = tolerated {
            schema[TOLERATED] = json!(tolerated);
        }
        schema
    }

    /// Types of different JSON types: their keywords do not meddle with each other.
    fn union(&mut self, of: &[&Type]) -> Value {
        let mut union = json!({});
        let mut types = Vec::new();
        for member in of {
            let mut schema = self.schema(member);
            types.extend(schema.as_object_mut().and_then(|schema| schema.shift_remove("type")));
            extend(&mut union, schema);
        }
        union["type"] = Value::Array(types);
        union
    }

    fn either(&mut self, tag: &str, cases: &[Case]) -> Value {
        let tags: Vec<_> = known(cases, self.date).map(|case| value(case.tag)).collect();
        let branches: Vec<_> = known(cases, self.date)
            .map(|case| json!({ "if": { "properties": { tag: { "const": value(case.tag) } } }, "then": self.schema(case.of) }))
            .collect();
        let tagged = json!({ "type": "object", "required": [tag], "properties": { tag: { "enum": tags } } });
        let mut schema = tagged.clone();
        extend(&mut schema, json!({ "if": tagged, "then": { "allOf": branches } }));
        schema
    }

    fn switch(&mut self, tag: &str, cases: &[Case], missing: &Type, other: &Type) -> Value {
        let cases: Vec<_> = known(cases, self.date).collect();
        let missing = self.schema(missing);
        if cases.is_empty() {
            return missing;
        }
        let other = json!({ "if": { "required": [tag] }, "then": self.schema(other), "else": missing });
        cases.iter().rfold(other, |rest, case| {
            let condition =
                json!({ "type": "object", "required": [tag], "properties": { tag: { "const": value(case.tag) } } });
            json!({ "if": condition, "then": self.schema(case.of), "else": rest })
        })
    }

    fn having(&mut self, cases: &[Case], otherwise: &Type) -> Value {
        let cases: Vec<_> = known(cases, self.date).collect();
        cases.iter().rfold(self.schema(otherwise), |rest, case| {
            let condition = json!({ "type": "object", "required": [value(case.tag)] });
            json!({ "if": condition, "then": self.schema(case.of), "else": rest })
        })
    }

    fn dated<'b>(&self, dated: &'b [(Span, &'static str)]) -> Option<&'b str> {
        dated.iter().find(|(span, _)| span.holds(self.date)).map(|(_, word)| *word)
    }
}

/// The members of an object in the revision of a date, those of its parts first. One that is named again replaces the
/// one of the part.
pub fn flatten(object: &Object, date: &str) -> Vec<&'static Member> {
    let mut members: Vec<&'static Member> = Vec::new();
    let inherited = object.parts.iter().filter_map(|part| match &part.shape {
        Shape::Object(part) => Some(flatten(part, date)),
        _ => None,
    });
    let own = object.members.iter().filter(|member| member.span.holds(date));
    for member in inherited.flatten().chain(own) {
        match members.iter_mut().find(|known| known.name == member.name) {
            Some(known) => *known = member,
            None => members.push(member),
        }
    }
    members
}

/// The cases that the revision of a date knows.
pub fn known<'c>(cases: &'c [Case], date: &str) -> impl Iterator<Item = &'c Case> {
    cases.iter().filter(move |case| case.span.holds(date))
}

/// The part of an object that a member belongs to, if that part keeps its members apart.
fn part_of(object: &Object, member: &Member) -> Option<&'static str> {
    object.parts.iter().find_map(|part| {
        let Shape::Object(of) = &part.shape else { return None };
        let own = of.apart && of.members.iter().any(|own| std::ptr::eq(own, member));
        if own { Some(part.name) } else { part_of(of, member) }
    })
}

fn value(tag: Tag) -> Value {
    match tag {
        Tag::Text(text) => json!(text),
        Tag::Code(code) => json!(code),
    }
}

fn extend(schema: &mut Value, with: Value) {
    if let (Some(schema), Value::Object(with)) = (schema.as_object_mut(), with) {
        schema.extend(with);
    }
}
