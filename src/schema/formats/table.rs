//! All formats by name.

use super::{byte, field, format::Format, icon, iso8601, meta_key, mime, template, tool_name, uri};

/// Every format.
pub const FORMATS: &[Format] = &[
    Format { name: "uri", expected: "a URI (RFC 3986)", check: uri::check },
    Format { name: "uri-template", expected: "a URI template (RFC 6570)", check: template::check },
    Format { name: "byte", expected: "base64 in the standard alphabet, padded", check: byte::check },
    Format { name: "iso-8601", expected: "a date or a timestamp (ISO 8601)", check: iso8601::check },
    Format { name: "timestamp", expected: "a timestamp (ISO 8601)", check: iso8601::check_timestamp },
    Format { name: "mime-type", expected: "a MIME type (type/subtype)", check: mime::check },
    Format { name: "image-type", expected: "the MIME type of an image, such as image/png", check: mime::check_image },
    Format { name: "audio-type", expected: "the MIME type of a sound, such as audio/wav", check: mime::check_audio },
    Format {
        name: "icon-src",
        expected: "an https URL, or a data: URI with an image in base64",
        check: icon::check_src,
    },
    Format { name: "icon-size", expected: "a size such as 48x48, or any", check: icon::check_size },
    Format { name: "meta-key-2025-06-18", expected: META_KEY, check: meta_key::check_2025_06_18 },
    Format { name: "meta-key-2025-11-25", expected: META_KEY, check: meta_key::check_2025_11_25 },
    Format { name: "meta-key-2026-07-28", expected: META_KEY, check: meta_key::check_2026_07_28 },
    Format { name: "extension-id", expected: EXTENSION_ID, check: meta_key::check_extension },
    Format { name: "field-format", expected: "email, uri, date or date-time", check: field::check },
    Format { name: "tool-name", expected: "1 to 128 of A-Z, a-z, 0-9, _, - and .", check: tool_name::check },
];

const META_KEY: &str = "a _meta key: a name, after a prefix of one's own such as com.example/ if there is one";
const EXTENSION_ID: &str = "the identifier of an extension: a name after a prefix, such as com.example/name";

/// The format of a name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_found_by_its_own_name() {
        for wanted in FORMATS {
            assert_eq!(format(wanted.name).map(|found| found.expected), Some(wanted.expected));
            assert_eq!(FORMATS.iter().filter(|other| other.name == wanted.name).count(), 1, "{}", wanted.name);
        }
        assert!(format("URI").is_none());
    }
}
