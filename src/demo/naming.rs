//! Reading the name of a fault, and what to say of one that there is not.

use std::str::FromStr;

use super::Fault;

/// A text that names no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not a fault{}; `--list-faults` shows them all", did_you_mean(*.nearest))]
pub struct UnknownFault {
    /// What was given.
    pub name: String,
    /// The name that looks most like it, if any does.
    pub nearest: Option<&'static str>,
}

fn did_you_mean(nearest: Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |name| format!(", did you mean `{name}`?"))
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|fault| fault.name() == text);
        found.ok_or_else(|| UnknownFault { name: text.to_owned(), nearest: nearest(text) })
    }
}

fn nearest(text: &str) -> Option<&'static str> {
    let scored = Fault::ALL.iter().map(|fault| (strsim::jaro_winkler(text, fault.name()), fault.name()));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_met_with_a_suggestion() {
        let error = "ignore-oef".parse::<Fault>().unwrap_err();
        assert_eq!(error.nearest, Some("ignore-eof"));
        assert!(error.to_string().contains("did you mean `ignore-eof`?"), "{error}");
        assert_eq!("zzz".parse::<Fault>().unwrap_err().nearest, None);
    }
}
