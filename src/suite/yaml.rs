//! YAML text to a tree. Keeps the core schema of YAML 1.2 as far as JSON can say it; refuses duplicate keys, tags,
//! keys that are no texts, and nesting without end.

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, ScanError, YamlData};
use serde_json::Number;

use super::tree::{Data, Fault, Key, Place, Tree};

/// The deepest nesting that is read.
const DEPTH: usize = 64;

/// Where a block stands in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// The line in the file of the first line of the text.
    pub line: u32,
    /// How many columns were taken from the front of each line.
    pub indent: u32,
}

/// Reads a block.
pub(super) fn read(text: &str, origin: Origin) -> Result<Tree, Fault> {
    let mut reader = Reader { text, origin, tree: Tree::default() };
    refuse_deep_indentation(text, origin)?;
    let documents = MarkedYaml::load_from_str(text).map_err(|error| reader.scan_fault(&error))?;
    match documents.as_slice() {
        [] => _ = reader.tree.push(Place::line(origin.line), Data::Null),
        [document] if is_empty(document) => _ = reader.tree.push(Place::line(origin.line), Data::Null),
        [document] => _ = reader.node(document, 0)?,
        [_, second, ..] => {
            return Err(reader.fault(second, "a block holds one YAML document, and here begins another"));
        }
    }
    Ok(reader.tree)
}

fn is_empty(document: &MarkedYaml<'_>) -> bool {
    matches!(document.data, YamlData::BadValue | YamlData::Value(Scalar::Null)) && document.span.is_empty()
}

/// The YAML crate recurses: a tower of `- - - -` or a long stair of lines must not exhaust our stack. It bounds
/// `[[[[` itself. In a block whatever lies deeper stands further to the right, so the columns tell the depth.
fn refuse_deep_indentation(text: &str, origin: Origin) -> Result<(), Fault> {
    let mut columns: Vec<usize> = Vec::new();
    for (line, number) in text.lines().zip(origin.line..) {
        for column in columns_of(line) {
            while columns.last().is_some_and(|last| *last >= column) {
                columns.pop();
            }
            columns.push(column);
            if columns.len() > DEPTH {
                return Err(Place::line(number).fault("nested too deeply"));
            }
        }
    }
    Ok(())
}

/// Where the first words of a line begin, up to the first that is no indicator.
fn columns_of(line: &str) -> impl Iterator<Item = usize> {
    let mut column = 0;
    let mut inside = true;
    let words = line.split([' ', '\t']).map(move |word| {
        let begin = column;
        column += word.len() + 1;
        (begin, word)
    });
    words.filter(|(_, word)| !word.is_empty()).map_while(move |(begin, word)| {
        let counts = inside;
        inside = inside && matches!(word, "-" | "?" | ":");
        counts.then_some(begin)
    })
}

struct Reader<'a> {
    text: &'a str,
    origin: Origin,
    tree: Tree,
}

impl Reader<'_> {
    fn place(&self, marker: Marker) -> Place {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let line = self.origin.line.saturating_add(number(marker.line().saturating_sub(1)));
        let column = number(marker.col()).saturating_add(1).saturating_add(self.origin.indent);
        Place { line, column }
    }

    fn fault(&self, node: &MarkedYaml<'_>, message: impl Into<String>) -> Fault {
        self.place(node.span.start).fault(message)
    }

    fn scan_fault(&self, error: &ScanError) -> Fault {
        let message = match error.info() {
            "duplicated key in mapping" => "this key stands here twice".to_owned(),
            info if info.contains("alias expansion") => "aliases expand to more than can be read".to_owned(),
            info if info.contains("recursion limit") => "nested too deeply".to_owned(),
            info => format!("this is not YAML: {info}"),
        };
        self.place(*error.marker()).fault(message)
    }

    fn node(&mut self, node: &MarkedYaml<'_>, depth: usize) -> Result<usize, Fault> {
        if depth > DEPTH {
            return Err(self.fault(node, "nested too deeply"));
        }
        let data = match &node.data {
            YamlData::Value(scalar) => self.scalar(node, scalar)?,
            YamlData::Sequence(items) => {
                Data::List(items.iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            YamlData::Mapping(entries) => {
                let entry = |(key, value)| Ok((self.key(key)?, self.node(value, depth + 1)?));
                Data::Map(entries.iter().map(entry).collect::<Result<_, _>>()?)
            }
            YamlData::Tagged(tag, _) => {
                return Err(self.fault(node, format!("the tag `{}{}` is not supported", tag.handle, tag.suffix)));
            }
            _ => return Err(self.fault(node, "this value is not what its tag says")),
        };
        Ok(self.tree.push(self.place(node.span.start), data))
    }

    fn key(&self, key: &MarkedYaml<'_>) -> Result<Key, Fault> {
        match &key.data {
            YamlData::Value(Scalar::String(name)) => {
                Ok(Key { name: name.to_string(), place: self.place(key.span.start) })
            }
            _ => Err(self.fault(key, "a key is a text: put it in quotes")),
        }
    }

    fn scalar(&self, node: &MarkedYaml<'_>, scalar: &Scalar<'_>) -> Result<Data, Fault> {
        Ok(match scalar {
            Scalar::Null => Data::Null,
            Scalar::Boolean(value) => Data::Bool(*value),
            Scalar::Integer(value) => Data::Number((*value).into()),
            Scalar::String(text) => Data::Text(text.to_string()),
            Scalar::FloatingPoint(value) => {
                let number = self.large_integer(node, **value).or_else(|| Number::from_f64(**value));
                Data::Number(number.ok_or_else(|| self.fault(node, "JSON has no such number; put it in quotes"))?)
            }
        })
    }

    /// The YAML crate makes a float of an integer that does not fit into 63 bits. JSON has one bit more.
    fn large_integer(&self, node: &MarkedYaml<'_>, value: f64) -> Option<Number> {
        const LIMIT: f64 = 9.2e18;
        if value < LIMIT {
            return None;
        }
        let begin = node.span.start.index();
        let written: String = self.text.chars().skip(begin).take(node.span.end.index().saturating_sub(begin)).collect();
        written.trim().parse::<u64>().ok().map(Number::from)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ORIGIN: Origin = Origin { line: 10, indent: 0 };

    fn fault(text: &str) -> (u32, u32, String) {
        let fault = read(text, ORIGIN).unwrap_err();
        (fault.place.line, fault.place.column, fault.message)
    }

    #[test]
    fn scalars_are_those_of_the_core_schema() {
        let text = "[yes, on, true, null, ~, 0x10, 1.0, 18446744073709551615, 1e400x, '1', -3, 1e2]";
        let value = read(text, ORIGIN).unwrap().root().to_value();
        let expected = json!(["yes", "on", true, null, null, 16, 1.0, u64::MAX, "1e400x", "1", -3, 100.0]);
        assert_eq!(value, expected);
    }

    #[test]
    fn nodes_know_their_place_in_the_file() {
        let tree = read("a:\n  - b: 1\n    ärger: 2\n", Origin { line: 10, indent: 2 }).unwrap();
        let item = tree.root().get("a").unwrap().items().next().unwrap();
        let (key, value) = item.entries().nth(1).unwrap();
        assert_eq!((key.place.line, key.place.column), (12, 7));
        assert_eq!((value.place().line, value.place().column), (12, 14));
        assert_eq!(item.place(), Place { line: 11, column: 7 });
    }

    #[test]
    fn what_json_cannot_say_is_refused() {
        assert_eq!(fault("a: .inf").2, "JSON has no such number; put it in quotes");
        assert_eq!(fault("a: 1\nb: 2\na: 3"), (12, 1, "this key stands here twice".into()));
        assert_eq!(fault("200: a").2, "a key is a text: put it in quotes");
        assert_eq!(fault("a: !thing {}").2, "the tag `!thing` is not supported");
        assert_eq!(fault("a: 1\n---\nb: 2").0, 12);
        assert!(fault("a: [1").2.starts_with("this is not YAML: "));
    }

    #[test]
    fn nothing_is_null() {
        for text in ["", "\n", "# only a comment\n", "---\n"] {
            assert_eq!(read(text, ORIGIN).unwrap().root().to_value(), json!(null), "{text:?}");
        }
    }

    #[test]
    fn towers_and_bombs_are_refused() {
        for tower in ["[".repeat(10_000), "- ".repeat(10_000), "{a: ".repeat(200), "? ".repeat(10_000)] {
            assert!(read(&tower, ORIGIN).is_err());
        }
        let stairs: Vec<String> = (0..1000).map(|n| format!("{}a:", " ".repeat(n))).collect();
        assert_eq!(fault(&stairs.join("\n")).2, "nested too deeply");
        let mut bomb = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x, x]".to_owned()];
        for n in 1..12 {
            let aliases = vec![format!("*a{}", n - 1); 10].join(", ");
            bomb.push(format!("a{n}: &a{n} [{aliases}]"));
        }
        assert_eq!(fault(&bomb.join("\n")).2, "aliases expand to more than can be read");
    }

    #[test]
    fn an_alias_is_what_it_stands_for() {
        let value = read("a: &x { b: 1 }\nc: *x", ORIGIN).unwrap().root().to_value();
        assert_eq!(value, json!({ "a": { "b": 1 }, "c": { "b": 1 } }));
    }
}
