//! The TOML head of a file: what holds for all of its sections.

use std::path::Path;

use serde::Deserialize;
use serde_json::Number;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    block::Transport,
    decode, markdown,
    tree::{Data, Fault, Key, Place, Tree},
};
use crate::model::RevisionRange;

/// The head as it is written.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Head {
    /// What the file is about, in one line.
    pub about: String,
    /// The first half of the ids.
    #[serde(default)]
    pub name: Option<String>,
    /// The page of the specification.
    #[serde(default)]
    pub spec: Option<String>,
    /// The revisions of every section that names none.
    #[serde(default)]
    pub revisions: Option<RevisionRange>,
    /// Capabilities that every section needs.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The transports of every section that names none.
    #[serde(default)]
    pub transports: Vec<Transport>,
    /// Built-in watches that judge the conversations of these checks as well.
    #[serde(default)]
    pub watches: Vec<String>,
}

impl Head {
    /// Reads the text between the `+++` lines; `line` is where it begins.
    pub fn read(text: &str, line: u32, faults: &mut Vec<Fault>) -> Option<Self> {
        let reader = Reader { text, line };
        match DeTable::parse(text) {
            Ok(table) => {
                let mut tree = Tree::default();
                reader.table(&mut tree, table.get_ref(), Place::line(line));
                decode::decode(tree.root(), "the head", faults)
            }
            Err(error) => {
                let place = reader.place(error.span().map_or(0, |span| span.start));
                faults.push(place.fault(format!("this is not TOML: {}", first_line(error.message()))));
                None
            }
        }
    }

    /// The first half of the ids: the `name`, or the name of the file.
    pub fn name_for(&self, file: &str) -> String {
        let stem = || Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.name.clone().unwrap_or_else(stem)
    }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default()
}

struct Reader<'a> {
    text: &'a str,
    line: u32,
}

impl Reader<'_> {
    fn place(&self, byte: usize) -> Place {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let lines = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX);
        let begin = before.rfind('\n').map_or(0, |at| at + 1);
        let column = markdown::column(&before[begin..], before.len() - begin);
        Place { line: self.line.saturating_add(lines), column }
    }

    fn table(&self, tree: &mut Tree, table: &DeTable<'_>, place: Place) -> usize {
        let mut entries: Vec<(Key, usize)> = Vec::new();
        for (key, value) in table {
            let key = Key { name: key.get_ref().to_string(), place: self.place(key.span().start) };
            entries.push((key, self.value(tree, value)));
        }
        tree.push(place, Data::Map(entries))
    }

    fn value(&self, tree: &mut Tree, value: &Spanned<DeValue<'_>>) -> usize {
        let place = self.place(value.span().start);
        let data = match value.get_ref() {
            DeValue::Table(table) => return self.table(tree, table, place),
            DeValue::Array(items) => Data::List(items.iter().map(|item| self.value(tree, item)).collect()),
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Boolean(value) => Data::Bool(*value),
            DeValue::Integer(number) => number.as_str().parse::<i64>().map_or(Data::Null, |n| Data::Number(n.into())),
            DeValue::Float(number) => number_of(number.as_str()),
            DeValue::Datetime(date) => Data::Text(date.to_string()),
        };
        tree.push(place, data)
    }
}

fn number_of(text: &str) -> Data {
    text.parse().ok().and_then(Number::from_f64).map_or(Data::Null, Data::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(u32, u32, String)> {
        let mut faults = Vec::new();
        Head::read(text, 2, &mut faults);
        faults.into_iter().map(|fault| (fault.place.line, fault.place.column, fault.message)).collect()
    }

    #[test]
    fn a_head_is_read() {
        let text = "about = 'x'\nneeds = ['tools']\nrevisions = '>=2025-03-26'\ntransports = ['stdio']";
        let head = Head::read(text, 2, &mut Vec::new()).unwrap();
        assert_eq!((head.needs, head.about.as_str()), (vec!["tools".to_owned()], "x"));
        assert_eq!(head.revisions.unwrap().to_string(), ">=2025-03-26");
    }

    #[test]
    fn every_fault_has_its_place() {
        let found = faults("abot = 'x'\nneeds = 5\nspec = 'é'");
        let expected =
            [(2, 1, "`abot` does not belong to the head; did you mean `about`?"), (3, 9, "expected a list, got `5`")];
        assert_eq!(found, expected.map(|(line, column, text)| (line, column, text.to_owned())));
        assert_eq!(faults("a = [1,\n\n = 2")[0].0, 4);
    }

    #[test]
    fn the_name_is_that_of_the_file_unless_it_says_one() {
        let mut head = Head::default();
        assert_eq!(head.name_for("suites/server/tools.md"), "tools");
        head.name = Some("mine".into());
        assert_eq!(head.name_for("x.md"), "mine");
    }
}
