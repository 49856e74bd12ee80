//! Types and their members.

use super::{Span, span::dated};

/// What a value has to be.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// What the specification calls it; empty for a type that has no name of its own.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// What its values look like.
    pub shape: Shape,
}

/// What the values of a type look like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any JSON value, null included.
    Anything,
    /// A string, of a format of `formats` if one is named.
    Text(&'static [(Span, &'static str)]),
    /// One of these strings.
    Words(&'static [Word]),
    /// A number without a fraction, not below a bound.
    Integer(Option<i64>),
    /// A number that ought to have no fraction.
    Whole,
    /// A number between bounds.
    Number(Option<(i64, i64)>),
    /// True or false.
    Boolean,
    /// No value.
    Null,
    /// An object. Members that are not named may be anything.
    Object(Object),
    /// An object of any names, whose values are of one type.
    Map(&'static Type, Entries),
    /// An array, of at most so many items.
    List(&'static Type, Option<u64>),
    /// One of several types, which differ in their JSON type.
    Union(&'static [&'static Type]),
    /// An object whose member `tag` tells which type it is. A tag that no case names is refused.
    Either(&'static str, &'static [Case]),
    /// An object whose member `tag` may tell which type it is: one without the tag is the first type, one with a tag that
    /// no case names is the second.
    Switch(&'static str, &'static [Case], [&'static Type; 2]),
    /// An object that is known by its members: the first that it has decides.
    Having(&'static [Case], &'static Type),
    /// One, or an array of them.
    OneOrMany(&'static Type),
}

/// The shape of an object.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// Types whose members it has as well.
    pub parts: &'static [&'static Type],
    /// Its members.
    pub members: &'static [Member],
    /// The format of the names of its members.
    pub keys: &'static [(Span, &'static str)],
    /// Members of which one at least has to be there.
    pub one_of: &'static [&'static str],
    /// Whether it is a JSON Schema that a stranger wrote, to be judged as such.
    pub json_schema: bool,
    /// Whether its members keep its name as that of their rule, in every type that has them as well.
    pub apart: bool,
}

/// What else is said of the entries of an object of any names.
#[derive(Clone, Copy, Debug)]
pub struct Entries {
    /// The format of the names.
    pub keys: &'static [(Span, &'static str)],
    /// A JSON type that is wrong for a value, and that the specification leaves room for: worth a warning.
    pub tolerated: Option<&'static str>,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub of: &'static Type,
    /// Whether it may be missing.
    pub required: bool,
    /// When it exists.
    pub span: Span,
    /// A JSON type that is wrong, and that the specification leaves room for: worth a warning.
    pub tolerated: Option<&'static str>,
}

/// One of the words that a string may be.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// As it is written.
    pub text: &'static str,
    /// When it exists.
    pub span: Span,
}

/// What a type says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A word.
    Text(&'static str),
    /// A number.
    Code(i64),
}

/// One of the types that a tag tells apart.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The value of the tag.
    pub tag: Tag,
    /// The type that it stands for.
    pub of: &'static Type,
    /// When it exists.
    pub span: Span,
}

impl Type {
    const fn members(self) -> Object {
        let Shape::Object(object) = self.shape else { panic!("only objects have members") };
        object
    }

    /// The same, with the members of other types.
    #[must_use]
    pub const fn with(self, parts: &'static [&'static Self]) -> Self {
        Self { shape: Shape::Object(Object { parts, ..self.members() }), ..self }
    }

    /// The same, with names of members that follow a grammar.
    #[must_use]
    pub const fn keys(self, keys: &'static [(Span, &'static str)]) -> Self {
        let shape = match self.shape {
            Shape::Map(of, entries) => Shape::Map(of, Entries { keys, ..entries }),
            _ => Shape::Object(Object { keys, ..self.members() }),
        };
        Self { shape, ..self }
    }

    /// The same names, with a JSON type of values that is wrong, and only worth a warning.
    #[must_use]
    pub const fn tolerating(self, json: &'static str) -> Self {
        let Shape::Map(of, entries) = self.shape else { panic!("only maps have values") };
        Self { shape: Shape::Map(of, Entries { tolerated: Some(json), ..entries }), ..self }
    }

    /// The same, with one of these members at least.
    #[must_use]
    pub const fn one_of(self, one_of: &'static [&'static str]) -> Self {
        Self { shape: Shape::Object(Object { one_of, ..self.members() }), ..self }
    }

    /// The same, and it is a JSON Schema.
    #[must_use]
    pub const fn json_schema(self) -> Self {
        Self { shape: Shape::Object(Object { json_schema: true, ..self.members() }), ..self }
    }

    /// The same, whose members are its own affair wherever they appear: what is wrong with them is a problem of this
    /// type, not of the one that has its members as well.
    #[must_use]
    pub const fn apart(self) -> Self {
        Self { shape: Shape::Object(Object { apart: true, ..self.members() }), ..self }
    }

    /// The same array, of at most so many items.
    #[must_use]
    pub const fn at_most(self, most: u64) -> Self {
        let Shape::List(of, _) = self.shape else { panic!("only arrays have items") };
        Self { shape: Shape::List(of, Some(most)), ..self }
    }
}

dated!(Member, Word, Case);

impl Member {
    /// A JSON type that is wrong here, and only worth a warning.
    #[must_use]
    pub const fn tolerating(self, json: &'static str) -> Self {
        Self { tolerated: Some(json), ..self }
    }
}

impl Word {
    /// The type that this word stands for.
    pub const fn is(self, of: &'static Type) -> Case {
        Case { tag: Tag::Text(self.text), of, span: self.span }
    }
}
