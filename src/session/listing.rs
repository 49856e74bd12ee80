//! What a server lists: tools, prompts, resources, templates, all pages, asked once.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Answer, Session};

/// A list that servers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// `tools/list`
    Tools,
    /// `prompts/list`
    Prompts,
    /// `resources/list`
    Resources,
    /// `resources/templates/list`
    Templates,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tools, Self::Prompts, Self::Resources, Self::Templates];

    /// The request that asks for a page.
    pub const fn method(self) -> &'static str {
        match self {
            Self::Tools => "tools/list",
            Self::Prompts => "prompts/list",
            Self::Resources => "resources/list",
            Self::Templates => "resources/templates/list",
        }
    }

    /// The member of a page that holds the items.
    pub const fn member(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Prompts => "prompts",
            Self::Resources => "resources",
            Self::Templates => "resourceTemplates",
        }
    }

    /// What a request would name an item by; nothing for one that cannot be named.
    pub fn address(self, item: &Value) -> Option<&str> {
        let member = match self {
            Self::Tools | Self::Prompts => "name",
            Self::Resources => "uri",
            Self::Templates => "uriTemplate",
        };
        item.get(member)?.as_str()
    }
}

pub(super) type Lists = HashMap<List, Vec<Value>>;

/// How many pages and items of a list are looked at.
const PAGES: usize = 1000;
const ITEMS: usize = 20_000;

impl Session {
    /// Everything on a list; as much as could be had where a page is refused or pages go round in circles.
    pub async fn list(&mut self, list: List) -> Vec<Value> {
        if let Some(known) = self.lists.get(&list) {
            return known.clone();
        }
        let (mut items, mut cursors) = (Vec::new(), Vec::new());
        while cursors.len() < PAGES && items.len() < ITEMS {
            let params = cursors.last().map(|cursor| json!({ "cursor": cursor }));
            let Answer::Result(page) = self.ask(list.method(), params).await else {
                break;
            };
            items.extend(page.get(list.member()).and_then(Value::as_array).into_iter().flatten().cloned());
            match page.get("nextCursor") {
                Some(next) if next.is_string() && !cursors.contains(next) => cursors.push(next.clone()),
                _ => break,
            }
        }
        if list == List::Tools {
            self.shared.state().link.tools.clone_from(&items);
        }
        self.lists.insert(list, items.clone());
        items
    }
}
