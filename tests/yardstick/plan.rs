//! A JSON Schema document as a plan for making values: references by number, all-ofs and conditionals merged, and a
//! numbered point wherever a value can take one of several ways, so that it can be told which ways were taken.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

/// A way that a value can take: a definition, a member, a listed value, a branch.
pub type Point = usize;

/// What a document describes.
#[derive(Default)]
pub struct Plan {
    /// The definitions, by their numbers.
    pub definitions: Vec<Definition>,
    /// The number of each definition.
    pub numbers: HashMap<String, usize>,
    /// The name of each point.
    pub points: Vec<Place>,
}

/// One definition.
pub struct Definition {
    /// Reached when a value of it is made.
    pub point: Point,
    /// How it is made.
    pub node: Node,
}

/// The name of a point.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A definition, by name.
    Definition(String),
    /// A member of an object.
    Member(String),
    /// A value of an enumeration, or a constant.
    Listed(String),
    /// A branch of an any-of.
    Branch(String),
}

/// How a value is made.
#[derive(Clone, Debug)]
pub enum Node {
    /// Any JSON value.
    Any,
    /// No value at all: the parts contradict each other.
    Nothing,
    /// One of these.
    Listed(Vec<(Point, Value)>),
    /// In one of these ways.
    Branches(Vec<(Point, Node)>),
    /// In any of these ways, none of which is worth a point.
    Kinds(Vec<Node>),
    /// As a definition says.
    Definition(usize),
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number {
        /// Without a fraction.
        whole: bool,
        /// The least one.
        least: Option<f64>,
        /// The greatest one.
        most: Option<f64>,
    },
    /// A text.
    Text(Flavour),
    /// A list.
    Array {
        /// What it holds.
        item: Box<Node>,
        /// The fewest items.
        least: usize,
        /// The most items.
        most: usize,
    },
    /// An object.
    Object(Box<Object>),
    /// Different names.
    Names,
    /// A JSON Schema, as a member of a larger one.
    Subschema,
}

/// How an object is made.
#[derive(Clone, Debug)]
pub struct Object {
    /// Definitions that it is merged from.
    pub passes: Vec<Point>,
    /// The members with a name.
    pub members: Vec<Member>,
    /// The members without one.
    pub extras: Extras,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// Reached when it is there.
    pub point: Option<Point>,
    /// How it is made.
    pub node: Node,
}

/// What members without a name an object may have.
#[derive(Clone, Debug)]
pub enum Extras {
    /// None.
    None,
    /// Strays that nobody knows.
    Strays,
    /// It is a map of these.
    Map(Node),
    /// It is a map of these, whose keys are identifiers of extensions.
    Extensions(Node),
    /// Metadata, whose keys have a grammar.
    Meta,
    /// Keywords of a JSON Schema.
    Keywords,
}

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Anything, empty and foreign letters included.
    Plain,
    /// A URI.
    Uri,
    /// The URI of a file.
    FileUri,
    /// Where an icon lies.
    IconUri,
    /// A URI template.
    Template,
    /// Base64.
    Base64,
    /// A moment.
    Moment,
    /// A MIME type.
    MimeType,
    /// The size of an icon.
    IconSize,
    /// The dialect of a JSON Schema.
    Dialect,
    /// A revision of the protocol.
    Version,
    /// The kind of a complete result.
    Complete,
    /// The kind of a result that asks for input.
    InputRequired,
}

impl Plan {
    /// The number of a point, a new one if nobody had it.
    pub fn point(&mut self, known: &mut HashMap<Place, Point>, place: Place) -> Point {
        *known.entry(place.clone()).or_insert_with(|| {
            self.points.push(place);
            self.points.len() - 1
        })
    }

    /// The names of members and the texts that are listed anywhere: what a mutation borrows.
    pub fn words(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut names, mut texts) = (BTreeSet::new(), BTreeSet::new());
        for place in &self.points {
            let word = |text: &str, mark| text.rsplit_once(mark).map(|(_, word)| word.to_owned());
            match place {
                Place::Member(name) => names.extend(word(name, '/')),
                Place::Listed(text) => texts.extend(word(text, '=').and_then(|text| serde_json::from_str(&text).ok())),
                _ => {}
            }
        }
        (names, texts)
    }
}
