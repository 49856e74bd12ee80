//! Data that knows where in the file it stands. YAML blocks and the TOML head both become such a tree.

use serde_json::{Map, Number, Value};

/// A place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl Place {
    /// The first column of a line.
    pub const fn line(line: u32) -> Self {
        Self { line, column: 1 }
    }

    /// The place with its fault.
    pub fn fault(self, message: impl Into<String>) -> Fault {
        Fault { place: self, message: message.into() }
    }
}

/// What is wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub place: Place,
    pub message: String,
}

/// All nodes of a block; the last one is the root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    slots: Vec<(Place, Data)>,
}

/// What a node holds. Children are numbers of nodes.
#[derive(Debug)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<usize>),
    Map(Vec<(Key, usize)>),
}

/// The name of a member.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub name: String,
    pub place: Place,
}

impl Tree {
    /// Adds a node whose children are there already, and gives its number.
    pub fn push(&mut self, place: Place, data: Data) -> usize {
        self.slots.push((place, data));
        self.slots.len() - 1
    }

    /// The node that was added last.
    pub fn root(&self) -> Node<'_> {
        self.node(self.slots.len().saturating_sub(1))
    }

    /// A node by its number.
    pub fn node(&self, number: usize) -> Node<'_> {
        Node { tree: self, number }
    }
}

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    tree: &'t Tree,
    /// Its number in the tree.
    pub number: usize,
}

impl<'t> Node<'t> {
    /// Another node of the same tree.
    pub fn sibling(self, number: usize) -> Self {
        self.tree.node(number)
    }

    /// Where it begins.
    pub fn place(self) -> Place {
        self.tree.slots.get(self.number).map_or(Place::line(1), |(place, _)| *place)
    }

    /// What it holds.
    pub fn data(self) -> &'t Data {
        self.tree.slots.get(self.number).map_or(&Data::Null, |(_, data)| data)
    }

    /// The items of a list; nothing for what is none.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Self> {
        let items = if let Data::List(items) = self.data() { items.as_slice() } else { &[] };
        items.iter().map(move |number| self.sibling(*number))
    }

    /// The members of a map; nothing for what is none.
    pub fn entries(self) -> impl Iterator<Item = (&'t Key, Self)> {
        let entries = if let Data::Map(entries) = self.data() { entries.as_slice() } else { &[] };
        entries.iter().map(move |(key, number)| (key, self.sibling(*number)))
    }

    /// The member of this name.
    pub fn get(self, name: &str) -> Option<Self> {
        self.entries().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// The text that it holds.
    pub fn text(self) -> Option<&'t str> {
        if let Data::Text(text) = self.data() { Some(text) } else { None }
    }

    /// The node with its fault.
    pub fn fault(self, message: impl Into<String>) -> Fault {
        self.place().fault(message)
    }

    /// What it holds, in words.
    pub fn words(self) -> String {
        match self.data() {
            Data::Null => "nothing".into(),
            Data::Bool(value) => format!("`{value}`"),
            Data::Number(number) => format!("`{number}`"),
            Data::Text(_) => "a text".into(),
            Data::List(_) => "a list".into(),
            Data::Map(_) => "a map".into(),
        }
    }

    /// The value, without the places.
    pub fn to_value(self) -> Value {
        match self.data() {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(number) => Value::Number(number.clone()),
            Data::Text(text) => Value::String(text.clone()),
            Data::List(_) => Value::Array(self.items().map(Self::to_value).collect()),
            Data::Map(_) => {
                let member = |(key, node): (&Key, Self)| (key.name.clone(), node.to_value());
                Value::Object(self.entries().map(member).collect::<Map<_, _>>())
            }
        }
    }
}
