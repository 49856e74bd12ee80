//! The named bugs: one row each. What they do lies beside, one file for those of a kind.

use std::str::FromStr;

use super::kind::{Depth, Kind};

macro_rules! bugs {
    ($($room:ident { $($name:literal $bug:ident $kind:ident $depth:ident, $does:literal;)* })*) => {
        /// A named weakness that no ordinary conversation meets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Bug {
            $($(#[doc = $does] $bug,)*)*
        }

        /// The file that holds a bug.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Room {
            $(#[allow(missing_docs)] $room,)*
        }

        impl Bug {
            /// All of them, by file.
            pub const ALL: &[Self] = &[$($(Self::$bug,)*)*];

            const fn row(self) -> Row {
                match self {
                    $($(Self::$bug => Row {
                        name: $name, kind: Kind::$kind, depth: Depth::$depth, room: Room::$room, does: $does,
                    },)*)*
                }
            }
        }
    };
}

struct Row {
    name: &'static str,
    kind: Kind,
    depth: Depth,
    room: Room,
    does: &'static str,
}

bugs! {
    Bytes {
        "nul" Nul Crash Shallow, "dies of a NUL in a string";
        "deep-nesting" DeepNesting Crash Shallow, "aborts when arrays or objects lie deeper than 64";
        "invalid-utf8" InvalidUtf8 Crash Shallow, "dies of a line that is not UTF-8";
        "byte-order-mark" ByteOrderMark Crash Shallow, "dies of a line that begins with a byte order mark";
        "blank-line" BlankLine Crash Shallow, "dies of a line of blanks";
        "long-line" LongLine Crash Shallow, "dies of a line over 64 KiB";
        "duplicate-key" DuplicateKey Crash Shallow, "dies of an object that has a key twice";
        "lone-surrogate" LoneSurrogate Crash Shallow, "dies of an escape that is half a character";
        "infinite-number" InfiniteNumber Crash Shallow, "dies of a number that is too large for a double";
        "proto-key" ProtoKey Crash Shallow, "dies of the key __proto__";
    }
    Envelope {
        "null-id" NullId Crash Shallow, "dies of a request with the id null";
        "object-id" ObjectId Crash Shallow, "dies of an id that is an object or an array";
        "fraction-id" FractionId Crash Shallow, "dies of an id that is a fraction";
        "huge-id" HugeId Crash Shallow, "aborts on an id of 2^63 and more";
        "empty-batch" EmptyBatch Crash Shallow, "dies of an empty array";
        "nested-batch" NestedBatch Crash Shallow, "aborts on an array inside an array";
        "long-method" LongMethod Crash Shallow, "aborts on a method whose name has more than 1024 bytes";
        "params-missing" ParamsMissing Crash Shallow, "dies of tools/call, prompts/get or resources/read without params";
        "null-arguments" NullArguments Crash Shallow, "dies of a call whose arguments are null";
        "token-object" TokenObject Crash Shallow, "dies of a progress token that is an object";
        "empty-name" EmptyName Crash Shallow, "dies of a name that is an empty string";
        "format-specifier" FormatSpecifier Crash Shallow, "aborts on a name with %s or %n";
    }
    Values {
        "huge-integer" HugeInteger Crash Middle, "dies of a whole argument of 2^53 and more";
        "boolean-for-string" BooleanForString Crash Middle, "dies of a boolean where a tool wants a string";
        "extra-argument" ExtraArgument Crash Middle, "dies of an argument that echo does not know";
        "negative-number" NegativeNumber Crash Middle, "dies of a negative number where the minimum is 0 or 1";
        "combining-mark" CombiningMark Crash Middle, "dies of an argument with a combining mark";
        "normalised-twins" NormalisedTwins Crash Middle, "dies of two keys that are one after normalisation";
        "unknown-level" UnknownLevel Crash Middle, "dies of a log level that there is not";
        "base64-cursor" Base64Cursor Crash Middle, "dies of a cursor that is base64 of something else";
        "empty-enum" EmptyEnum Crash Middle, "dies of an empty string where a tool wants one of a few words";
        "long-array" LongArray Crash Middle, "aborts on more items than the schema allows";
        "impossible-date" ImpossibleDate Crash Middle, "dies of a date that the calendar does not have";
    }
    Order {
        "unasked-response" UnaskedResponse Crash Middle, "dies of a response to a request that it never made";
        "cancel-unknown" CancelUnknown Crash Middle, "dies when a request is cancelled that there never was";
        "cancel-finished" CancelFinished Crash Middle, "aborts when a call is cancelled that is finished";
        "cancel-without-id" CancelWithoutId Crash Middle, "dies of a cancellation that names no request";
        "second-initialize" SecondInitialize Crash Middle, "dies of initialize in a session";
        "initialized-twice" InitializedTwice Crash Middle, "dies of a second notifications/initialized";
        "same-id" SameId Crash Middle, "dies of two requests in flight with one id";
        "crowd" Crowd Crash Middle, "aborts when more than 32 requests arrive at once";
        "closed-in-call" ClosedInCall Crash Middle, "aborts when its input ends in the middle of a call";
    }
    Hangs {
        "regex-bomb" RegexBomb Hang Middle, "spins on an argument of many equal letters and another one";
        "open-string" OpenString Hang Shallow, "waits for ever after a line that ends inside a string";
        "empty-id" EmptyId Hang Shallow, "never answers a request whose id is an empty string";
        "empty-cursor" EmptyCursor Hang Middle, "never answers a list with an empty cursor";
        "zero-wait" ZeroWait Hang Middle, "never answers the tool slow when it is to take no time";
        "busy-list" BusyList Hang Middle, "locks itself up when a list is asked for during a call";
        "cancel-twice" CancelTwice Hang Middle, "locks itself up when one request is cancelled twice";
    }
    Corruption {
        "deprecated-argument" DeprecatedArgument Corruption Middle, "prints a warning when a deprecated argument is used";
        "foreign-scheme" ForeignScheme Corruption Middle, "prints an error when a resource has another scheme than its own";
        "half-answer" HalfAnswer Corruption Middle, "writes only half of an answer over 8 KiB";
        "missing-newline" MissingNewline Corruption Shallow, "writes no newline after the answer to a negative id";
        "raw-separator" RawSeparator Corruption Middle, "breaks the line where a text has U+2028 or U+2029";
        "tangled" Tangled Corruption Middle, "writes answers into each other when more than 8 requests arrive at once";
        "cut-emoji" CutEmoji Corruption Middle, "cuts the text of echo after 64 bytes, if need be inside a character";
    }
    Violation {
        "double-error" DoubleError Violation Middle, "answers twice when an argument of a prompt is no string";
        "answers-progress" AnswersProgress Violation Middle, "answers a progress notification";
        "rounded-id" RoundedId Violation Shallow, "loses the last bits of ids beyond 2^53";
        "id-of-digits" IdOfDigits Violation Shallow, "gives an id that is a string of digits back as a number";
        "error-without-code" ErrorWithoutCode Violation Middle, "a completion for an unknown kind of reference fails without a code";
        "empty-echo" EmptyEcho Violation Middle, "the answer to an empty echo has neither result nor error";
        "result-and-error" ResultAndError Violation Middle, "a completion for a nameless argument has a result and an error";
    }
    State {
        "poisoned-add" PoisonedAdd Violation Middle, "after one sum that is too large, every add is an internal error";
        "lost-tools" LostTools Violation Middle, "after a cursor that is no string, there are no tools any more";
        "shifted-ids" ShiftedIds Violation Middle, "after a cancellation whose id is neither string nor number, answers have the id of the request before";
    }
    Leaks {
        "keeps-calls" KeepsCalls Leak Shallow, "keeps 4 KiB for each call of a tool";
        "keeps-cancelled" KeepsCancelled Leak Middle, "keeps 64 KiB for each cancellation";
        "keeps-unknown" KeepsUnknown Leak Shallow, "keeps 16 KiB for each method that it does not know";
        "keeps-malformed" KeepsMalformed Leak Shallow, "keeps 16 KiB for each line that is no JSON";
    }
    Leakage {
        "stack-trace" StackTrace Leakage Middle, "prompts/get with arguments that are no object gives a stack trace";
        "home-path" HomePath Leakage Middle, "a resource with .. in its path gives an absolute path";
        "secret" Secret Leakage Middle, "a completion for the reference null gives the environment";
        "emoji-trace" EmojiTrace Leakage Middle, "the tool fail gives a trace when its message has an emoji";
    }
    Steps {
        "template-name" TemplateName Crash Deep, "dies when a template is filled with the name of a resource";
        "completed-prompt" CompletedPrompt Crash Deep, "dies of a greeting in the last language that it suggests itself";
        "unsubscribe-twice" UnsubscribeTwice Crash Deep, "aborts when a subscription is ended twice";
        "level-then-log" LevelThenLog Hang Deep, "never answers the tool log at the level emergency";
        "foreign-cursor" ForeignCursor Violation Deep, "a cursor of one list given to another gives neither result nor error";
    }
    Items {
        "item-flag" ItemFlag Crash Deep, "aborts when an item that it listed is wanted raw";
        "deleted-note" DeletedNote Crash Deep, "aborts when a note is read that was created and deleted";
        "verbose-job" VerboseJob Leakage Deep, "gives a trace when the status of a job it started is wanted in full";
        "linked-resource" LinkedResource Hang Deep, "locks itself up when the resource is read to which a tool points";
    }
    Ladders {
        "error-ladder" ErrorLadder Crash Deep, "dies at the end of three error texts that lead to it";
        "query-ladder" QueryLadder Corruption Deep, "prints a plan when a query is right, as its errors teach";
        "enum-border" EnumBorder Crash Deep, "dies of one word of three together with the greatest number";
    }
}

impl Bug {
    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What it does, in one line.
    pub const fn does(self) -> &'static str {
        self.row().does
    }

    /// What can be seen of it.
    pub const fn kind(self) -> Kind {
        self.row().kind
    }

    /// What it takes to meet it.
    pub const fn depth(self) -> Depth {
        self.row().depth
    }

    pub(super) const fn room(self) -> Room {
        self.row().room
    }
}

/// A text that names no bug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such bug; `mcp-litmus demo --list-bugs` names them all")]
pub struct UnknownBug;

impl FromStr for Bug {
    type Err = UnknownBug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|bug| bug.name() == text).ok_or(UnknownBug)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        let names: HashSet<_> = Bug::ALL.iter().map(|bug| bug.name()).collect();
        assert_eq!(names.len(), Bug::ALL.len());
        assert!(Bug::ALL.iter().all(|bug| bug.name().parse() == Ok(*bug)));
        assert_eq!("zzz".parse::<Bug>(), Err(UnknownBug));
    }

    #[test]
    fn some_lie_deep() {
        let deep = Bug::ALL.iter().filter(|bug| bug.depth() == Depth::Deep).count();
        assert!(deep >= 8 && Bug::ALL.len() >= 44, "{deep} of {}", Bug::ALL.len());
    }
}
