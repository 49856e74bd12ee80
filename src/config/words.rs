//! The words that stand for a choice, on the command line and in a file alike.

use std::{str::FromStr, time::Duration};

use schemars::JsonSchema;

use crate::model::Revision;

/// How to speak to a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Transport {
    /// As the target says: a URL is asked which way it speaks
    #[default]
    Auto,
    /// The standard streams of a process
    Stdio,
    /// Streamable HTTP
    Http,
    /// HTTP+SSE of 2024-11-05
    Sse,
}

/// Which tools may be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Call {
    /// None
    None,
    /// Those that say that they only read
    #[default]
    ReadOnly,
    /// All of them
    All,
}

/// Which revisions to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revisions {
    /// The newest that the server speaks.
    #[default]
    Newest,
    /// Every one that it speaks.
    All,
    /// This one.
    One(Revision),
}

impl Transport {
    /// Every way, in the order of a help.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Stdio, Self::Http, Self::Sse];

    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Stdio => "stdio",
            Self::Http => "http",
            Self::Sse => "sse",
        }
    }
}

impl Call {
    /// Every choice, in the order of a help.
    pub const ALL: [Self; 3] = [Self::None, Self::ReadOnly, Self::All];

    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ReadOnly => "read-only",
            Self::All => "all",
        }
    }
}

impl FromStr for Revisions {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "newest" => Ok(Self::Newest),
            "all" => Ok(Self::All),
            date => date.parse().map(Self::One).map_err(|error| format!("{error}, or `newest` or `all`")),
        }
    }
}

/// A time: `500ms`, `10s`, `2m`; at most a day.
pub fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()));
    let factor = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        _ => return Err("write it as 500ms, 10s or 2m".to_owned()),
    };
    let seconds = number.parse::<f64>().ok().map(|number| number * factor).filter(|s| *s > 0.0 && *s <= 86_400.0);
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "write it as 500ms, 10s or 2m".to_owned())
}

/// A number of processes.
pub fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|jobs| (1..=1024).contains(jobs)).ok_or_else(|| "write a number from 1 to 1024".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!((duration("10"), duration("2m")), (Ok(Duration::from_secs(10)), Ok(Duration::from_secs(120))));
        for bad in ["", "0s", "-1s", "5 s", "1h", "inf", "nan"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn revisions_are_words_or_dates() {
        assert_eq!(("all".parse(), "newest".parse()), (Ok(Revisions::All), Ok(Revisions::Newest)));
        assert_eq!("2025-11-25".parse(), Ok(Revisions::One(Revision::V2025_11_25)));
        assert!("2025".parse::<Revisions>().unwrap_err().ends_with(", or `newest` or `all`"));
    }

    #[test]
    fn the_words_of_the_schema_are_the_words() {
        let schema = schemars::schema_for!((Transport, Call)).to_value().to_string();
        for word in Transport::ALL.map(Transport::name).into_iter().chain(Call::ALL.map(Call::name)) {
            assert!(schema.contains(&format!("\"const\":\"{word}\"")), "{word}: {schema}");
        }
    }
}
