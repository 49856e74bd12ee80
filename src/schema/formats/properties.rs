//! What holds for every format, whatever the text.

use proptest::prelude::*;

use super::{FORMATS, format};

/// For each format, texts that have no fault.
const VALID: [(&str, &str); 10] = [
    (
        "uri",
        "[a-z][a-z0-9+.-]{0,5}:(//([a-z0-9._~-]{1,8}@)?([a-z0-9.-]{0,9}|\\[::[0-9a-f]{1,4}\\])(:[0-9]{0,5})?)?(/([a-zA-Z0-9;=:@!$'()*,-]|%[0-9A-F]{2}){1,9})*/?(\\?[a-z/?=&]{0,9})?(#[a-z/?]{0,5})?",
    ),
    (
        "uri-template",
        "[a-z]{1,4}://([a-zé/-]{0,4}\\{[+#./;?&]?[a-z_]{1,5}(\\.[a-z]{1,3})?(:[1-9][0-9]{0,3}|\\*)?(,[a-z]{1,3}){0,2}\\}){0,3}",
    ),
    ("byte", "([A-Za-z0-9+/]{4}){0,9}([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?"),
    (
        "iso-8601",
        "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])(T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?)?(Z|[+-][01][0-9](:?[0-5][0-9])?)?)?",
    ),
    (
        "mime-type",
        "[a-z0-9][a-z0-9.+-]{0,9}/[a-z0-9][a-z0-9.+-]{0,9}(; ?[a-z]{1,5}=([a-z0-9-]{1,5}|\"[a-z ;,/]{0,5}\")){0,2}",
    ),
    ("icon-src", "https://[a-z]{1,9}\\.example/[a-z]{0,9}|data:image/(png|jpeg);base64,([A-Za-z0-9+/]{4}){1,9}"),
    ("icon-size", "[0-9]{1,4}x[0-9]{1,4}|any"),
    ("meta-key-2025-11-25", "(com\\.ex[a-z0-9-]{0,5}z/)?([a-zA-Z0-9]([a-zA-Z0-9._-]{0,9}[a-zA-Z0-9])?)?"),
    ("meta-key-2026-07-28", "([a-z]([a-z-]{0,4}[a-z])?/)?([a-zA-Z0-9]([a-zA-Z0-9._-]{0,9}[a-zA-Z0-9])?)?"),
    ("tool-name", "[a-zA-Z0-9_.-]{1,128}"),
];

#[test]
fn what_is_valid_by_construction_is_not_objected_to() {
    for (name, pattern) in VALID {
        let check = format(name).unwrap().check;
        let texts = proptest::string::string_regex(pattern).unwrap();
        proptest!(|(text in texts)| {
            prop_assert_eq!(check(&text), None, "{}: {:?}", name, text);
        });
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_panic(any in any::<String>(), near in "[ -~é\n]{0,3}[a-z:/{}%.;=T0-9+-]{0,20}[ -~é]{0,3}") {
        for text in [any, near] {
            for format in FORMATS {
                let why = (format.check)(&text).map(|objection| objection.why);
                prop_assert!(why.is_none_or(|why| !why.is_empty()), "{}", format.name);
            }
        }
    }

    #[test]
    fn an_objection_is_short_however_long_the_text(unit in "[ -~é]{1,3}", end in "[:/.]?") {
        let text = unit.repeat(5_000) + &end;
        for format in FORMATS {
            let why = (format.check)(&text).map_or(0, |objection| objection.why.len());
            prop_assert!(why < 200, "{}: {why}", format.name);
        }
    }
}
