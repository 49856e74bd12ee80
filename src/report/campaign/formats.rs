//! The table of formats of a campaign.

use crate::model::Campaign;
use crate::report::{
    BadRequest, Options,
    format::{self, Format},
};

use super::{console, json, junit, sarif};

/// How a format comes about: from the whole, when all is over.
pub type Render = fn(&Campaign, &Options) -> String;

/// A report that the user asked for.
pub type Request = format::Request<Render>;

/// Every format.
pub static FORMATS: [Format<Render>; 4] = [
    Format { name: "console", about: "what a person reads, the worst finding first", render: console::render },
    Format { name: "junit", about: "XML for the test report of a pipeline", render: junit::render },
    Format { name: "json", about: "everything, in one document with a schema", render: json::render },
    Format { name: "sarif", about: "SARIF 2.1.0 for the code scanning of a forge", render: sarif::render },
];

/// `FORMAT` or `FORMAT=PATH`; a `-` as path is standard output.
pub fn parse(text: &str) -> Result<Request, BadRequest> {
    format::parse_in(&FORMATS, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_a_campaign_are_those_of_its_table() {
        for format in &FORMATS {
            assert_eq!(parse(format.name).unwrap().format.about, format.about);
        }
        assert_eq!(parse("sarif=out.sarif").unwrap().path.unwrap().to_str(), Some("out.sarif"));
        let problem = parse("ndjson").unwrap_err().to_string();
        assert_eq!(
            problem,
            "`ndjson` is not a report format; did you mean `json`? there are console, junit, json, sarif"
        );
    }
}
