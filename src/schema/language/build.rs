//! The words that descriptions are written with: each makes a type, a member, a word or a case.

use super::{
    Span,
    types::{Case, Entries, Member, Object, Shape, Tag, Type, Word},
};

const fn nameless(shape: Shape) -> Type {
    Type { name: "", about: "", shape }
}

/// An object with a name of its own.
pub const fn object(name: &'static str, about: &'static str, members: &'static [Member]) -> Type {
    Type {
        name,
        about,
        shape: Shape::Object(Object { parts: &[], members, keys: &[], one_of: &[], json_schema: false, apart: false }),
    }
}

/// An object without a name, such as a group of members that several types have.
pub const fn part(members: &'static [Member]) -> Type {
    object("", "", members)
}

/// A string that is one of these words.
pub const fn words(name: &'static str, about: &'static str, words: &'static [Word]) -> Type {
    Type { name, about, shape: Shape::Words(words) }
}

/// An object whose member tells which of these types it is.
pub const fn either(name: &'static str, about: &'static str, tag: &'static str, cases: &'static [Case]) -> Type {
    Type { name, about, shape: Shape::Either(tag, cases) }
}

/// An object whose member may tell which of these types it is; else it is the first of the two last types when the
/// member is missing, and the second when it says something that nobody knows.
pub const fn switch(tag: &'static str, cases: &'static [Case], missing: &'static Type, other: &'static Type) -> Type {
    nameless(Shape::Switch(tag, cases, [missing, other]))
}

/// An object that is known by a member that it has.
pub const fn having(name: &'static str, about: &'static str, cases: &'static [Case], otherwise: &'static Type) -> Type {
    Type { name, about, shape: Shape::Having(cases, otherwise) }
}

/// One of several types.
pub const fn union(name: &'static str, about: &'static str, of: &'static [&'static Type]) -> Type {
    Type { name, about, shape: Shape::Union(of) }
}

/// Any value.
pub const fn anything() -> Type {
    nameless(Shape::Anything)
}

/// A string, of a format in the revisions that have one.
pub const fn text(formats: &'static [(Span, &'static str)]) -> Type {
    nameless(Shape::Text(formats))
}

/// One string.
pub const fn constant(words: &'static [Word]) -> Type {
    nameless(Shape::Words(words))
}

/// True or false.
pub const fn boolean() -> Type {
    nameless(Shape::Boolean)
}

/// No value.
pub const fn null() -> Type {
    nameless(Shape::Null)
}

/// A number without a fraction.
pub const fn integer() -> Type {
    nameless(Shape::Integer(None))
}

/// A number without a fraction that is not negative.
pub const fn count() -> Type {
    nameless(Shape::Integer(Some(0)))
}

/// A number that ought to have no fraction.
pub const fn whole() -> Type {
    nameless(Shape::Whole)
}

/// A number.
pub const fn number(bounds: Option<(i64, i64)>) -> Type {
    nameless(Shape::Number(bounds))
}

/// An array.
pub const fn list(of: &'static Type) -> Type {
    nameless(Shape::List(of, None))
}

/// An object of any names.
pub const fn map(of: &'static Type) -> Type {
    nameless(Shape::Map(of, Entries { keys: &[], tolerated: None }))
}

/// One, or an array of them.
pub const fn one_or_many(of: &'static Type) -> Type {
    nameless(Shape::OneOrMany(of))
}

/// A member that has to be there.
pub const fn must(name: &'static str, of: &'static Type) -> Member {
    Member { name, of, required: true, span: Span::ALWAYS, tolerated: None }
}

/// A member that may be missing.
pub const fn may(name: &'static str, of: &'static Type) -> Member {
    Member { required: false, ..must(name, of) }
}

/// A word of every revision.
pub const fn word(text: &'static str) -> Word {
    Word { text, span: Span::ALWAYS }
}

/// What a number stands for.
pub const fn code(code: i64, of: &'static Type) -> Case {
    Case { tag: Tag::Code(code), of, span: Span::ALWAYS }
}
