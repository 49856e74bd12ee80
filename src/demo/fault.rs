//! The named faults: one row each. What they do lies in `faults/`, one file a group.

use std::str::FromStr;

use crate::model::Revision;

/// The rule book that a fault breaks, and the file that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Bytes on stdout.
    Framing,
    /// The life and death of the process.
    Process,
    /// JSON-RPC.
    Envelope,
    /// Errors and their codes.
    Errors,
    /// The handshake of the legacy revisions.
    Lifecycle,
    /// What 2026-07-28 demands of every message.
    Modern,
    /// What is declared and what is there.
    Capabilities,
    /// Definitions of tools.
    Tools,
    /// Calls of tools and what they give.
    Calls,
    /// Pages and cursors.
    Lists,
    /// Progress notifications.
    Progress,
}

const FIRST: Revision = Revision::V2024_11_05;
const LAST: Revision = Revision::NEWEST;

macro_rules! faults {
    ($($group:ident { $($name:literal $fault:ident $from:path => $to:path, $breaks:literal;)* })*) => {
        /// A named deviation from the protocol. Each breaks one rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fault {
            $($(#[doc = $breaks] $fault,)*)*
        }

        impl Fault {
            /// All of them, by group.
            pub const ALL: &[Self] = &[$($(Self::$fault,)*)*];

            const fn row(self) -> Row {
                match self {
                    $($(Self::$fault => Row { name: $name, group: Group::$group, span: ($from, $to), breaks: $breaks },)*)*
                }
            }
        }
    };
}

struct Row {
    name: &'static str,
    group: Group,
    span: (Revision, Revision),
    breaks: &'static str,
}

use Revision::{V2025_03_26 as R03, V2025_06_18 as R06, V2025_11_25 as LEGACY, V2026_07_28 as MODERN};

faults! {
    Framing {
        "banner" Banner FIRST => LAST, "a line of text on stdout at start";
        "log-to-stdout" LogToStdout FIRST => LAST, "a log line on stdout before each answer to tools/list";
        "crlf" Crlf FIRST => LAST, "lines end with carriage return and newline";
        "blank-lines" BlankLines FIRST => LAST, "a blank line after each message";
        "bom" Bom FIRST => LAST, "a byte order mark before the first message";
        "pretty-print" PrettyPrint FIRST => LAST, "messages spread over several lines";
        "two-per-line" TwoPerLine FIRST => LAST, "a second message on the line of each answer";
        "invalid-utf8" InvalidUtf8 FIRST => LAST, "texts and descriptions contain a byte that is not UTF-8";
        "no-final-newline" NoFinalNewline FIRST => LAST, "unterminated text on stdout at exit";
        "content-length" ContentLength FIRST => LAST, "a Content-Length header before each message";
    }
    Process {
        "ignore-eof" IgnoreEof FIRST => LAST, "lives on when its input has ended";
        "ignore-sigterm" IgnoreSigterm FIRST => LAST, "lives on after the end of its input and after SIGTERM";
        "orphan" Orphan FIRST => LAST, "leaves a process behind that holds stdout";
        "crash-on-malformed" CrashOnMalformed FIRST => LAST, "dies of a line that is no JSON";
        "hang-on-malformed" HangOnMalformed FIRST => LAST, "answers nothing any more after a line that is no JSON";
        "crash-on-unknown-method" CrashOnUnknownMethod FIRST => LAST, "dies of a request whose method it does not know";
        "crash-on-unknown-notification" CrashOnUnknownNotification FIRST => LAST, "dies of a notification that it does not know";
        "crash-on-cancel" CrashOnCancel FIRST => LAST, "dies of notifications/cancelled";
        "slow-exit" SlowExit FIRST => LAST, "exits ten seconds after the end of its input";
        "lost-pipelined" LostPipelined FIRST => LAST, "answers only the first of several requests that arrive in one read";
        "mangled-unicode" MangledUnicode FIRST => LAST, "characters outside ASCII come back as question marks";
        "crash-on-large" CrashOnLarge FIRST => LAST, "dies of a line over 512 KiB";
    }
    Envelope {
        "no-jsonrpc" NoJsonrpc FIRST => LAST, "answers lack the member jsonrpc";
        "jsonrpc-number" JsonrpcNumber FIRST => LAST, "jsonrpc is a number in answers";
        "id-as-string" IdAsString FIRST => LAST, "a numeric id comes back as a string";
        "null-result" NullResult FIRST => LEGACY, "empty results are null";
        "result-and-error" ResultAndError FIRST => LAST, "answers have a result and an error";
        "error-code-string" ErrorCodeString FIRST => LAST, "error codes are strings";
        "error-without-message" ErrorWithoutMessage FIRST => LAST, "errors have no message";
        "answers-notifications" AnswersNotifications FIRST => LAST, "notifications are answered";
        "double-answer" DoubleAnswer FIRST => LAST, "each request is answered twice";
        "notification-with-id" NotificationWithId FIRST => LAST, "notifications have an id";
        "batch-answers" BatchAnswers FIRST => LAST, "each answer is wrapped in an array";
        "stack-trace" StackTrace FIRST => LAST, "error messages have several lines";
    }
    Errors {
        "unknown-method-ok" UnknownMethodOk FIRST => LAST, "an unknown method succeeds";
        "unknown-method-silent" UnknownMethodSilent FIRST => LAST, "an unknown method is not answered";
        "unknown-method-wrong-code" UnknownMethodWrongCode FIRST => LAST, "an unknown method gives -32603";
        "malformed-params-ok" MalformedParamsOk FIRST => LAST, "malformed params succeed";
        "undefined-reserved-code" UndefinedReservedCode MODERN => LAST, "malformed params give -32050, which no revision defines";
        "retired-code" RetiredCode MODERN => LAST, "a missing resource gives -32002";
        "refuses-batch" RefusesBatch R03 => R03, "a batch is refused";
    }
    Lifecycle {
        "echo-any-version" EchoAnyVersion FIRST => LEGACY, "initialize agrees to any version";
        "wrong-fallback" WrongFallback FIRST => LEGACY, "initialize falls back to the oldest version";
        "no-server-info" NoServerInfo FIRST => LEGACY, "initialize gives no serverInfo";
        "empty-version" EmptyVersion FIRST => LAST, "serverInfo has no version";
        "capabilities-true" CapabilitiesTrue FIRST => LAST, "the capability tools is true and no object";
        "instructions-number" InstructionsNumber FIRST => LAST, "instructions is a number";
        "refuses-unknown-capabilities" RefusesUnknownCapabilities FIRST => LAST, "client capabilities that it does not know are an error";
        "early-request" EarlyRequest FIRST => LEGACY, "sends roots/list before notifications/initialized";
        "undeclared-request" UndeclaredRequest FIRST => LAST, "samples although the client did not declare sampling";
        "no-ping" NoPing FIRST => LEGACY, "ping is an unknown method";
        "ping-before-initialized-error" PingBeforeInitializedError FIRST => LEGACY, "ping is refused before notifications/initialized";
        "refuses-meta" RefusesMeta FIRST => LAST, "_meta keys that it does not know are an error";
        "refuses-zero-token" RefusesZeroToken FIRST => LAST, "the progress token 0 is an error";
    }
    Modern {
        "no-discover" NoDiscover MODERN => LAST, "server/discover is an unknown method";
        "no-result-type" NoResultType MODERN => LAST, "results have no resultType";
        "unknown-result-type" UnknownResultType MODERN => LAST, "complete results have a resultType of its own making";
        "no-cache-hints" NoCacheHints MODERN => LAST, "results lack ttlMs and cacheScope";
        "negative-ttl" NegativeTtl MODERN => LAST, "ttlMs is negative";
        "string-ttl" StringTtl MODERN => LAST, "ttlMs is a string";
        "bad-cache-scope" BadCacheScope MODERN => LAST, "cacheScope is neither public nor private";
        "mixed-cache-scope" MixedCacheScope MODERN => LAST, "pages of one list differ in cacheScope";
        "accepts-any-version" AcceptsAnyVersion MODERN => LAST, "requests of any version are served";
        "late-accepts-any-version" LateAcceptsAnyVersion MODERN => LAST, "only the first request's version is checked";
        "version-error-without-data" VersionErrorWithoutData MODERN => LAST, "the version error names no versions";
        "accepts-missing-capabilities" AcceptsMissingCapabilities MODERN => LAST, "requests without clientCapabilities are served";
        "demands-client-info" DemandsClientInfo MODERN => LAST, "requests without clientInfo are refused";
        "demands-discover-first" DemandsDiscoverFirst MODERN => LAST, "requests before server/discover are refused";
        "server-requests" ServerRequests MODERN => LAST, "sends a request of its own";
        "removed-methods-served" RemovedMethodsServed MODERN => LAST, "methods of older revisions are still served";
        "no-server-info-meta" NoServerInfoMeta MODERN => LAST, "results do not name the server";
        "versions-without-own" VersionsWithoutOwn MODERN => LAST, "supportedVersions lacks the version that was used";
        "bad-extension" BadExtension MODERN => LAST, "an extension is declared without a prefix";
        "unsolicited-notification" UnsolicitedNotification MODERN => LAST, "`list_changed` arrives outside a listen stream";
        "unsolicited-log" UnsolicitedLog MODERN => LAST, "log messages arrive although no logLevel was given";
        "header-mismatch-on-stdio" HeaderMismatchOnStdio MODERN => LAST, "calls are refused for the lack of HTTP headers";
        "cancels-ordinary" CancelsOrdinary MODERN => LAST, "notifications/cancelled names an ordinary request";
        "bad-meta-key" BadMetaKey R06 => LAST, "results have a _meta key with a malformed prefix";
        "meta-array" MetaArray FIRST => LAST, "_meta is an array in results";
    }
    Capabilities {
        "capability-lie" CapabilityLie FIRST => LAST, "prompts are declared but not there";
        "undeclared-tools" UndeclaredTools FIRST => LAST, "tools are there but not declared";
    }
    Tools {
        "tool-null-schema" ToolNullSchema FIRST => LAST, "an inputSchema is null";
        "tool-schema-without-type" ToolSchemaWithoutType FIRST => LAST, "an inputSchema has no type";
        "tool-invalid-schema" ToolInvalidSchema FIRST => LAST, "an inputSchema is no valid JSON Schema";
        "tool-schema-required-boolean" ToolSchemaRequiredBoolean FIRST => LAST, "an inputSchema says required: true inside a property";
        "duplicate-tool-names" DuplicateToolNames FIRST => LAST, "two tools have one name";
        "bad-tool-name" BadToolName FIRST => LAST, "a tool's name has blanks and punctuation";
        "long-tool-name" LongToolName FIRST => LAST, "a tool's name has 140 characters";
        "tool-without-name" ToolWithoutName FIRST => LAST, "a tool has no name";
        "tool-annotation-string" ToolAnnotationString R03 => LAST, "readOnlyHint is a string";
        "x-header-empty" XHeaderEmpty MODERN => LAST, "an x-mcp-header is empty";
        "x-header-duplicate" XHeaderDuplicate MODERN => LAST, "two parameters have one x-mcp-header";
    }
    Calls {
        "unknown-tool-ok" UnknownToolOk FIRST => LAST, "the call of an unknown tool succeeds";
        "unknown-tool-is-error" UnknownToolIsError FIRST => LAST, "the call of an unknown tool is a result with isError";
        "no-content" NoContent FIRST => LAST, "results of tools have no content";
        "is-error-string" IsErrorString FIRST => LAST, "isError is a string";
        "unvalidated-arguments" UnvalidatedArguments FIRST => LAST, "arguments that break the inputSchema are taken";
        "requires-arguments" RequiresArguments FIRST => LAST, "a call without the member arguments is refused";
        "broken-output-schema" BrokenOutputSchema R06 => LAST, "structuredContent does not fit the outputSchema";
        "missing-structured" MissingStructured R06 => LAST, "a tool with an outputSchema gives no structuredContent";
        "no-text-mirror" NoTextMirror R06 => LAST, "structuredContent is not repeated as text";
        "bad-base64" BadBase64 FIRST => LAST, "binary data is not base64";
        "unknown-content-type" UnknownContentType FIRST => LAST, "content has a type that no revision knows";
        "future-content-type" FutureContentType FIRST => R03, "content has a type of a later revision";
        "text-missing" TextMissing FIRST => LAST, "text content has no text";
    }
    Lists {
        "null-next-cursor" NullNextCursor FIRST => LAST, "nextCursor is null on the last page";
        "number-cursor" NumberCursor FIRST => LAST, "nextCursor is a number";
        "cursor-loop" CursorLoop FIRST => LAST, "the last page leads back to an earlier one";
        "cursor-rejected" CursorRejected FIRST => LAST, "cursors are refused by the server that gave them";
        "bad-cursor-ok" BadCursorOk FIRST => LAST, "a cursor that was never given leads to the first page";
        "unstable-order" UnstableOrder FIRST => LAST, "every second answer of a list is in reverse order";
        "tools-not-array" ToolsNotArray FIRST => LAST, "tools is an object";
    }
    Progress {
        "progress-stalls" ProgressStalls FIRST => LAST, "progress repeats the same value";
        "progress-after-answer" ProgressAfterAnswer FIRST => LAST, "progress arrives after the answer";
        "foreign-progress-token" ForeignProgressToken FIRST => LAST, "progress has a token that nobody gave";
        "progress-token-type" ProgressTokenType FIRST => LAST, "the progress token comes back in another type";
    }
}

impl Fault {
    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What it breaks, in one line.
    pub const fn breaks(self) -> &'static str {
        self.row().breaks
    }

    /// Which rule book it breaks.
    pub const fn group(self) -> Group {
        self.row().group
    }

    /// Whether it shows when this revision is spoken.
    pub fn shows_in(self, revision: Revision) -> bool {
        let (first, last) = self.row().span;
        first <= revision && revision <= last
    }

    /// The revisions in which it shows, oldest first.
    pub fn revisions(self) -> impl Iterator<Item = Revision> {
        Revision::ALL.into_iter().filter(move |revision| self.shows_in(*revision))
    }
}

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
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        let names: HashSet<_> = Fault::ALL.iter().map(|fault| fault.name()).collect();
        assert_eq!(names.len(), Fault::ALL.len());
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(*fault));
            assert!(fault.revisions().next().is_some(), "{}", fault.name());
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_met_with_a_suggestion() {
        let error = "ignore-oef".parse::<Fault>().unwrap_err();
        assert_eq!(error.nearest, Some("ignore-eof"));
        assert!(error.to_string().contains("did you mean `ignore-eof`?"), "{error}");
        assert_eq!("zzz".parse::<Fault>().unwrap_err().nearest, None);
    }
}
