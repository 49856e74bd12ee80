//! Cases on disk: what showed something new in one campaign is where the next one begins.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::Path,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    case::{Case, Stage},
    frame::{Frame, Then},
    strategy,
};

/// How many files are read, and how big one may be.
const FILES: usize = 5000;
const SIZE: u64 = 1 << 20;

/// Every case in a folder, in the order of their names; what is none is passed over.
pub fn load(folder: &Path) -> io::Result<Vec<Case>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let read = paths.iter().take(FILES).filter(|path| fs::metadata(path).is_ok_and(|about| about.len() <= SIZE));
    Ok(read.filter_map(|path| case(&serde_json::from_slice(&fs::read(path).ok()?).ok()?)).collect())
}

/// Keep cases in a folder; those that are there already stay as they are.
pub fn save(folder: &Path, cases: &[Case]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for case in cases {
        let text = value(case).to_string();
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        fs::write(folder.join(format!("{}-{:016x}.json", case.strategy, hasher.finish())), text)?;
    }
    Ok(())
}

fn value(case: &Case) -> Value {
    let frames = case.frames.iter().map(|frame| {
        let then = match frame.then {
            Then::Go => "go",
            Then::Flush => "flush",
            Then::Settle => "settle",
            Then::Close => "close",
        };
        match std::str::from_utf8(&frame.bytes) {
            Ok(text) => json!({ "text": text, "then": then }),
            Err(_) => json!({ "base64": STANDARD.encode(&frame.bytes), "then": then }),
        }
    });
    let stage = match case.stage {
        Stage::Shared => "shared",
        Stage::Fresh => "fresh",
        Stage::Bare => "bare",
    };
    json!({ "strategy": case.strategy, "stage": stage, "frames": frames.collect::<Vec<_>>() })
}

fn case(value: &Value) -> Option<Case> {
    let strategy = strategy::find(value.get("strategy")?.as_str()?).map_or("havoc", |strategy| strategy.name);
    let stage = match value.get("stage")?.as_str()? {
        "shared" => Stage::Shared,
        "fresh" => Stage::Fresh,
        _ => Stage::Bare,
    };
    let frames = value.get("frames")?.as_array()?.iter().map(frame).collect::<Option<Vec<_>>>()?;
    Some(Case::new(strategy, frames).on(stage))
}

fn frame(value: &Value) -> Option<Frame> {
    let bytes = match (value.get("text"), value.get("base64")) {
        (Some(text), _) => text.as_str()?.as_bytes().to_vec(),
        (None, Some(bytes)) => STANDARD.decode(bytes.as_str()?).ok()?,
        (None, None) => return None,
    };
    let then = match value.get("then").and_then(Value::as_str) {
        Some("flush") => Then::Flush,
        Some("settle") => Then::Settle,
        Some("close") => Then::Close,
        _ => Then::Go,
    };
    Some(Frame::raw(bytes).then(then))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let frames = vec![
            Frame::ask(0, "ping", Some(json!({ "a": 1 }))).then(Then::Settle),
            Frame::raw(vec![0xff, b'\n']).then(Then::Close),
        ];
        let kept = Case::new("framing", frames).on(Stage::Fresh);
        assert_eq!(case(&value(&kept)), Some(kept));
        for odd in [json!({}), json!({ "strategy": "framing", "stage": "fresh", "frames": [1] }), json!(7)] {
            assert_eq!(case(&odd), None);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_holds_nothing() {
        assert_eq!(load(Path::new("there/is/no/such/folder")).ok(), Some(Vec::new()));
    }
}
