//! Writes what a campaign begins with: `corpus/<target>/` and `dictionaries/<target>.dict`, made of what the project
//! has. `ci/fuzz-seeds` calls it with the folder that they are written to.

#[path = "../../fuzz/src/catalogue.rs"]
mod catalogue;
mod dictionaries;
mod samples;

use std::{fs, io, path::Path};

use samples::Samples;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).unwrap_or_else(|| "fuzz".into());
    let folder = Path::new(&folder);
    let samples = Samples::collect();
    for (target, seeds) in samples.by_target() {
        let corpus = folder.join("corpus").join(target);
        fs::create_dir_all(&corpus)?;
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(corpus.join(format!("seed-{number:04}")), seed)?;
        }
        let words = dictionaries::of(target);
        let dictionary = folder.join("dictionaries");
        fs::create_dir_all(&dictionary)?;
        fs::write(dictionary.join(format!("{target}.dict")), dictionaries::spelled(&words))?;
        println!("{target:<12} {:>5} seeds {:>5} words", seeds.len(), words.len());
    }
    Ok(())
}
