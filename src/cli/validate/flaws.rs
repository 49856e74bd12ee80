//! What is wrong with a line, apart from what the messages on it say. The form of a file is nobody's fault: only what a
//! parser cannot read, or reads in its own way, is.

use crate::{
    model::Severity,
    schema::Problem,
    wire::{Defect, Line},
};

use super::source::longest;

/// How much of a line is shown.
const SHOWN: usize = 80;

/// What is wrong with a line.
pub(super) fn flaws(line: &Line) -> Vec<Problem> {
    let weighed = line.defects.iter().filter_map(|defect| Some((*defect, weight(*defect)?)));
    weighed.map(|(defect, severity)| flaw(severity, defect.name(), told(defect, line))).collect()
}

/// A line that has something wrong with it.
pub(super) fn flaw(severity: Severity, rule: &str, got: String) -> Problem {
    Problem::new(severity, rule, String::new(), String::new(), got)
}

const fn weight(defect: Defect) -> Option<Severity> {
    match defect {
        // How the file was written, not what was said; and what is judged with the message.
        Defect::Crlf
        | Defect::BlankLine
        | Defect::SurroundingSpace
        | Defect::MissingNewline
        | Defect::EmbeddedNewline
        | Defect::NotAMessage => None,
        // Allowed, and read differently by different parsers.
        Defect::DuplicateKey | Defect::ImpreciseNumber | Defect::LoneSurrogate | Defect::NestingTooDeep => {
            Some(Severity::Warn)
        }
        Defect::InvalidUtf8
        | Defect::Bom
        | Defect::Nul
        | Defect::SeveralMessages
        | Defect::TrailingText
        | Defect::LineTooLong
        | Defect::ContentLengthHeader
        | Defect::NotJson
        | Defect::TooManyValues
        | Defect::NotFinite
        | Defect::ControlCharacter => Some(Severity::Fail),
    }
}

fn told(defect: Defect, line: &Line) -> String {
    match defect {
        Defect::LineTooLong => format!("a line of {} bytes; more than {} are not read", line.length, longest()),
        Defect::NotJson | Defect::TrailingText => format!("{}: {}", defect.explain(), begins(&line.bytes)),
        _ => defect.explain().to_owned(),
    }
}

fn begins(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes.get(..SHOWN * 4).unwrap_or(bytes));
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::LineDecoder;

    fn rules(text: &[u8]) -> Vec<String> {
        let mut decoder = LineDecoder::new(1000);
        let lines = [decoder.push(text), decoder.finish()].concat();
        lines.iter().flat_map(flaws).map(|problem| problem.rule).collect()
    }

    #[test]
    fn the_form_of_a_file_is_no_flaw() {
        assert_eq!(rules(b" {\"method\":\"a\"}\r\n\n{\n\"method\":\"b\"\n}"), [""; 0]);
        assert_eq!(rules(b"{\"method\":\"a\",\"method\":\"b\"}\nup"), ["duplicate-key", "not-json"]);
        assert_eq!(rules(&[b'x'; 2000]), ["line-too-long"]);
    }
}
