//! The JSON Schema of litmus.toml is published, fresh, and says the same as the program.
//! `UPDATE_DOCS=1 cargo test --test config_schema` writes it again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mcp_litmus::config::{Config, schema};
use serde_json::Value;

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[test]
fn the_published_schema_is_fresh() {
    let path = docs("config.schema.json");
    let made = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &made).expect("the schema can be written");
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == made, "docs/config.schema.json is stale: run `UPDATE_DOCS=1 cargo test --test config_schema`");
}

/// Files that are right.
const RIGHT: [&str; 5] = [
    "",
    "[defaults]\nrevision = 'all'\ncall = 'none'\njobs = 4\ntimeout = '500ms'\ndeny = 'nothing'\nreport = 'json=a'",
    "[servers.a]\ncommand = 'node x'\nargs = []\nenv = { A = '1' }\ncwd = 'x'\nenv-file = '.env'\ndisabled = true",
    "[servers.a]\nurl = 'http://h'\ntransport = 'sse'\nheaders = { A = '${B}' }\nca = 'x'\ninsecure = true\n\
     allow-hosts = ['h']\nconnect-timeout = '1s'\nbearer = 'x'\nrevision = '2025-11-25'",
    "[servers.a]\ncommand = ['x']\nsuites = 'a/*.md'\ngolden = 'g'\nbaseline = 'b'\nonly = ['a/*']\nskip = 'b/*'\n\
     startup-timeout = '2m'\ndeny = 'warnings'\n[servers.a.tools]\nx = false\ny = true\nz = { q = [1, { r = 2 }] }",
];

/// Files that are wrong.
const WRONG: [&str; 12] = [
    "server = 1",
    "[defaults]\nurl = 'x'",
    "[defaults]\nrevision = 'newer'",
    "[defaults]\ncall = 'some'",
    "[defaults]\njobs = 0",
    "[defaults]\ntimeout = 'soon'",
    "[defaults]\ndeny = true",
    "[servers.a]\ncommand = 5",
    "[servers.a]\ncommand = 'x'\ncomand = 'x'",
    "[servers.a]\ncommand = 'x'\nenv = { A = 1 }",
    "[servers.a]\nurl = 'x'\ntransport = 'websocket'",
    "[servers.a]\ncommand = 'x'\ntools = { x = 'y' }",
];

#[test]
fn the_schema_and_the_program_agree() {
    let schema = jsonschema::options().offline().build(&schema()).expect("the schema is valid");
    let right = RIGHT.iter().map(|file| (true, file));
    for (is_right, file) in right.chain(WRONG.iter().map(|file| (false, file))) {
        let read = Config::read("litmus.toml", file);
        assert_eq!(read.is_ok(), is_right, "{file}: {:?}", read.err());
        let value: Value = toml::from_str(file).expect("it is TOML");
        let problems: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(problems.is_empty(), is_right, "{file}: {problems:?}");
    }
}

#[test]
fn every_key_is_documented_and_read() {
    let text = fs::read_to_string(docs("config.md")).expect("the documentation is there");
    let schema = schema();
    let keys = schema.pointer("/$defs/Server/properties").and_then(Value::as_object).expect("there are keys");
    for key in keys.keys() {
        assert!(text.contains(&format!("`{key}`")), "docs/config.md says nothing of `{key}`");
        let file = format!("[servers.a]\nurl = 'http://h'\ncommand = 'x'\n{key} = 1979-05-27\n");
        let errors = Config::read("x", &file).err().unwrap_or_default();
        assert!(!errors.iter().any(|error| error.message.contains("is no key")), "`{key}`: {errors:?}");
    }
}

#[test]
fn the_example_of_the_documentation_is_right() {
    let text = fs::read_to_string(docs("config.md")).expect("the documentation is there");
    let examples: Vec<&str> = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let config = Config::read("litmus.toml", example).unwrap_or_else(|errors| panic!("{errors:?}"));
        assert!(!config.servers.is_empty(), "{example}");
    }
}
