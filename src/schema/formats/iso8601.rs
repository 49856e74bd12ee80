//! Dates and timestamps, as ISO 8601 writes them down.

use super::format::Objection;
use crate::model::Severity;

/// The last modification of a resource should be told as an ISO 8601 text (`schema#annotations`): all faults warn. A
/// date alone is one; so are offsets, fractions, the basic form, and dates by week or by day of the year.
pub(super) fn check(text: &str) -> Option<Objection> {
    check_timestamp(text).map(|objection| objection.at_most(Severity::Warn))
}

/// The times of a task are ISO 8601 timestamps (`basic/utilities/tasks#ttl-and-resource-management`, MUST): what is no
/// ISO 8601 fails. A blank in the place of the T and a mix of basic and extended form can be read, and warn.
pub(super) fn check_timestamp(text: &str) -> Option<Objection> {
    let (date, time) = match text.find(['T', 't', ' ']) {
        None => return day(text.as_bytes()).err().map(Objection::fail),
        Some(at) => (&text[..at], &text[at + 1..]),
    };
    let (dashed, colons) = match (day(date.as_bytes()), clock(time.as_bytes())) {
        (Err(fault), _) | (_, Err(fault)) => return Some(Objection::fail(fault)),
        (Ok(Day { whole: false, .. }), _) => return Some(Objection::fail("a time of no particular day")),
        (Ok(Day { dashed, .. }), Ok(colons)) => (dashed, colons),
    };
    if text.as_bytes().get(date.len()) == Some(&b' ') {
        return Some(Objection::warn("a blank in the place of the T"));
    }
    let mixed = colons.is_some_and(|colons| colons != dashed);
    mixed.then(|| Objection::warn("the date with and the time without separators, or the other way round"))
}

/// What a date was found to be.
struct Day {
    /// In the extended form.
    dashed: bool,
    /// More than a year or a month.
    whole: bool,
}

fn day(text: &[u8]) -> Result<Day, &'static str> {
    const NO_DATE: &str = "no date as in 2025-01-12";
    let (year, rest) = number(text, 4).ok_or(NO_DATE)?;
    let (dashed, rest) = match rest {
        [] => return Ok(Day { dashed: true, whole: false }),
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if let [b'W', week @ ..] = rest {
        return by_week(week, year, dashed);
    }
    if let Some((day, [])) = number(rest, 3) {
        let is_day = (1..=365 + u32::from(is_leap(year))).contains(&day);
        return if is_day { Ok(Day { dashed, whole: true }) } else { Err("a day that the year does not have") };
    }
    let (month, rest) = number(rest, 2).ok_or(NO_DATE)?;
    if !(1..=12).contains(&month) {
        return Err("the month is not 01 to 12");
    }
    let rest = match rest {
        [] if dashed => return Ok(Day { dashed, whole: false }),
        [b'-', rest @ ..] if dashed => rest,
        rest if !dashed => rest,
        _ => return Err(NO_DATE),
    };
    match number(rest, 2) {
        Some((day, [])) if (1..=days(year, month)).contains(&day) => Ok(Day { dashed, whole: true }),
        Some((_, [])) => Err("a day that the month does not have"),
        _ => Err(NO_DATE),
    }
}

/// `W03-7`, or `W037`, or the week alone.
fn by_week(text: &[u8], year: u32, dashed: bool) -> Result<Day, &'static str> {
    const NO_WEEK: &str = "no week of the year as in 2025-W03-7";
    let (week, rest) = number(text, 2).ok_or(NO_WEEK)?;
    if !(1..=weeks(year)).contains(&week) {
        return Err("a week that the year does not have");
    }
    let weekday = match rest {
        [] => return Ok(Day { dashed, whole: false }),
        [b'-', rest @ ..] if dashed => rest,
        rest if !dashed => rest,
        _ => return Err(NO_WEEK),
    };
    match number(weekday, 1) {
        Some((1..=7, [])) => Ok(Day { dashed, whole: true }),
        _ => Err(NO_WEEK),
    }
}

/// A time of day with its offset. Whether it has colons; `None` when it is too short to tell.
fn clock(text: &[u8]) -> Result<Option<bool>, &'static str> {
    const NO_TIME: &str = "no time as in 15:00:58";
    let (hour, mut rest) = number(text, 2).ok_or(NO_TIME)?;
    let (mut parts, mut colons) = ([hour, 0, 0], None);
    for part in &mut parts[1..] {
        let (has_colon, digits) = match rest {
            [b':', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        match number(digits, 2) {
            Some((value, tail)) if colons.is_none_or(|colons| colons == has_colon) => {
                (*part, rest, colons) = (value, tail, Some(has_colon));
            }
            _ => break,
        }
    }
    let rest = match rest {
        [b'.' | b',', digits @ ..] => fraction(digits).ok_or("no digits in the fraction")?,
        rest => rest,
    };
    let midnight = parts == [24, 0, 0];
    if !midnight && (parts[0] > 23 || parts[1] > 59 || parts[2] > 60) {
        return Err("the time is not 00:00:00 to 23:59:60");
    }
    offset(rest).map(|()| colons)
}

/// `Z`, an offset as `+01:00`, `+0100` or `+01`, or nothing for the local time.
fn offset(text: &[u8]) -> Result<(), &'static str> {
    const NO_OFFSET: &str = "no offset as in Z or +01:00";
    let digits = match text {
        [] | [b'Z' | b'z'] => return Ok(()),
        [b'+' | b'-', digits @ ..] => digits,
        _ => return Err(NO_OFFSET),
    };
    let (hours, rest) = number(digits, 2).ok_or(NO_OFFSET)?;
    let minutes = match rest {
        [] => Some((0, rest)),
        [b':', minutes @ ..] | minutes => number(minutes, 2),
    };
    match minutes {
        Some((0..=59, [])) if hours <= 23 => Ok(()),
        _ => Err(NO_OFFSET),
    }
}

fn fraction(text: &[u8]) -> Option<&[u8]> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (length > 0).then(|| &text[length..])
}

/// A number of just so many digits, and what follows it.
fn number(text: &[u8], digits: usize) -> Option<(u32, &[u8])> {
    let (head, rest) = text.split_at_checked(digits)?;
    let value =
        head.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))?;
    Some((value, rest))
}

const fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How many weeks a year has: 53 when it ends on a Thursday, or the one before it on a Wednesday.
const fn weeks(year: u32) -> u32 {
    const fn last_weekday(year: u32) -> u32 {
        (year + year / 4 - year / 100 + year / 400) % 7
    }
    if last_weekday(year) == 4 || (year > 0 && last_weekday(year - 1) == 3) { 53 } else { 52 }
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    const GOOD: &[&str] = &[
        "2025-01-12T15:00:58Z",
        "2025-01-12T15:00:58.123456789+05:30",
        "2025-01-12T15:00:58,5-0800",
        "2025-01-12t15:00:58z",
        "2025-01-12T15:00",
        "2025-01-12T15Z",
        "2025-01-12T15.5+01",
        "2025-01-12T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "20250112T150058Z",
        "20250112T1500",
        "2025-01-12",
        "20250112",
        "2025-01",
        "2025",
        "2024-02-29",
        "2000-02-29",
        "2025-W03-7",
        "2025W037T10Z",
        "2020-W53",
        "2025-012T10:00:00Z",
        "2024366",
    ];
    const READABLE: &[&str] = &["2025-01-12 15:00:58Z", "20250112T15:00:58Z", "2025-01-12T150058"];
    const BAD: &[&str] = &[
        "",
        "yesterday",
        "1736694058",
        "2025-13-01",
        "2025-00-01",
        "2025-02-29",
        "1900-02-29",
        "2025-04-31",
        "2025-1-2",
        "202501",
        "2025-0112",
        "2025-366",
        "2025-W53-1",
        "2025-W03-8",
        "2025-01-12T",
        "2025-01-12T24:00:01Z",
        "2025-01-12T23:60Z",
        "2025-01-12T15:00:58+24:00",
        "2025-01-12T15:00:58.Z",
        "2025-01-12T15:00:58 Z",
        "2025-01-12T15:0058Z",
        "2025-01T10:00Z",
        "Sun, 12 Jan 2025 15:00:58 GMT",
        "12/01/2025",
        "2025-01-12T15:00:58Zulu",
        "２０２５-01-12",
    ];

    #[test]
    fn timestamps() {
        judge(check_timestamp, GOOD, READABLE, BAD);
        judge(check, GOOD, &[READABLE, BAD].concat(), &[]);
    }

    #[test]
    fn years_of_53_weeks_are_known() {
        let long: Vec<u32> = (2000..2030).filter(|year| weeks(*year) == 53).collect();
        assert_eq!(long, [2004, 2009, 2015, 2020, 2026]);
    }
}
