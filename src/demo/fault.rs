//! The named faults: one row each. What they do lies in `faults/`, one file a group.

use super::group::{Group, Transport};
use crate::model::Revision;

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
    Door {
        "http-foreign-origin-served" HttpForeignOriginServed FIRST => LAST, "requests of foreign pages are served";
        "http-origin-prefix-served" HttpOriginPrefixServed FIRST => LAST, "an Origin is local if it only begins like a local one";
        "http-null-origin-served" HttpNullOriginServed FIRST => LAST, "requests with the Origin null are served";
        "http-host-unchecked" HttpHostUnchecked FIRST => LAST, "requests for a foreign Host are served";
        "http-origin-400" HttpOrigin400 FIRST => LAST, "a foreign Origin gives 400";
        "http-origin-401" HttpOrigin401 FIRST => LAST, "a foreign Origin gives 401";
        "http-no-origin-refused" HttpNoOriginRefused FIRST => LAST, "requests without an Origin are refused";
        "listens-everywhere" ListensEverywhere FIRST => LAST, "it listens on every interface";
    }
    Http {
        "http-notification-200" HttpNotification200 R03 => LAST, "a notification gives 200";
        "http-notification-204" HttpNotification204 R03 => LAST, "a notification gives 204";
        "http-notification-body" HttpNotificationBody R03 => LAST, "a notification is answered with a body";
        "http-html" HttpHtml R03 => LAST, "answers are labelled as text/html";
        "http-no-content-type" HttpNoContentType R03 => LAST, "answers have no Content-Type";
        "http-server-error" HttpServerError R03 => LAST, "answers come with the status 500";
        "http-array-answer" HttpArrayAnswer R03 => LAST, "an answer as JSON is an array";
        "http-two-values" HttpTwoValues R03 => LAST, "an answer as JSON holds two values";
        "http-get-json" HttpGetJson R03 => LEGACY, "GET gives JSON";
        "http-get-404" HttpGet404 R03 => LEGACY, "GET gives 404";
        "http-get-406" HttpGet406 R03 => LEGACY, "GET gives 406";
        "http-version-garbage-accepted" HttpVersionGarbageAccepted R06 => LEGACY, "an MCP-Protocol-Version that does not exist is accepted";
        "http-version-garbage-500" HttpVersionGarbage500 R06 => LAST, "an MCP-Protocol-Version that does not exist gives 500";
        "http-version-missing-refused" HttpVersionMissingRefused R03 => LEGACY, "requests without MCP-Protocol-Version are refused";
        "http-length-short" HttpLengthShort R03 => LAST, "Content-Length is less than the body";
        "http-length-long" HttpLengthLong R03 => LAST, "Content-Length is more than the body";
        "http-chunk-garbage" HttpChunkGarbage R03 => LAST, "the size of a chunk is no number";
        "http-gzip-unasked" HttpGzipUnasked R03 => LAST, "answers are compressed although nobody asked for it";
    }
    Mirror {
        "http-method-header-missing" HttpMethodHeaderMissing MODERN => LAST, "requests without Mcp-Method are served";
        "http-method-header-mismatch" HttpMethodHeaderMismatch MODERN => LAST, "Mcp-Method is not compared with the body";
        "http-name-header-missing" HttpNameHeaderMissing MODERN => LAST, "requests without Mcp-Name are served";
        "http-name-header-mismatch" HttpNameHeaderMismatch MODERN => LAST, "Mcp-Name is not compared with the body";
        "http-header-values-case" HttpHeaderValuesCase MODERN => LAST, "Mcp-Method is compared without regard to case";
        "http-header-names-case" HttpHeaderNamesCase MODERN => LAST, "Mcp-Method and Mcp-Name are known in one spelling only";
        "http-sentinel-ignored" HttpSentinelIgnored MODERN => LAST, "Mcp-Name in base64 is compared as it is";
        "http-sentinel-twice" HttpSentinelTwice MODERN => LAST, "Mcp-Name in base64 is decoded twice";
        "http-sentinel-case" HttpSentinelCase MODERN => LAST, "the mark of base64 may be written in capitals";
        "http-param-mismatch" HttpParamMismatch MODERN => LAST, "Mcp-Param headers are not compared with the arguments";
        "http-param-missing" HttpParamMissing MODERN => LAST, "a call without its Mcp-Param header is served";
        "http-header-error-code" HttpHeaderErrorCode MODERN => LAST, "headers that contradict the body give -32602";
        "http-header-error-ok" HttpHeaderErrorOk MODERN => LAST, "headers that contradict the body give the status 200";
        "http-header-error-html" HttpHeaderErrorHtml MODERN => LAST, "headers that contradict the body are answered with a page";
    }
    Stateless {
        "http-unknown-method-ok" HttpUnknownMethodOk MODERN => LAST, "an unknown method gives the status 200";
        "http-version-error-ok" HttpVersionErrorOk MODERN => LAST, "an unsupported version gives the status 200";
        "http-modern-session" HttpModernSession MODERN => LAST, "answers name a session";
        "http-modern-resumes" HttpModernResumes MODERN => LAST, "Last-Event-ID is heeded";
        "http-listen-json" HttpListenJson MODERN => LAST, "subscriptions/listen is answered as JSON";
        "http-listen-held-back" HttpListenHeldBack MODERN => LAST, "nothing leaves a listen stream while it is open";
        "http-close-ends-all" HttpCloseEndsAll MODERN => LAST, "closing one stream ends all";
        "http-ids-collide" HttpIdsCollide MODERN => LAST, "two clients cannot use the same id at once";
    }
    Events {
        "sse-no-blank-line" SseNoBlankLine FIRST => LAST, "events do not end with a blank line";
        "sse-event-name" SseEventName FIRST => LAST, "answers are events of the name response";
        "sse-not-json" SseNotJson FIRST => LAST, "data of events begins with a word";
        "sse-split-data" SseSplitData FIRST => LAST, "a message is broken into two lines of data in the middle of a string";
        "sse-bom-inside" SseBomInside FIRST => LAST, "events begin with a byte order mark";
        "sse-carriage-return" SseCarriageReturn FIRST => LAST, "a carriage return stands inside a message";
    }
    Streams {
        "sse-nul-id" SseNulId R03 => LEGACY, "ids of events hold a NUL";
        "sse-duplicate-ids" SseDuplicateIds R03 => LEGACY, "all events have one id";
        "sse-no-priming" SseNoPriming LEGACY => LEGACY, "streams do not begin with an id to come back to";
        "sse-buffered" SseBuffered MODERN => LAST, "streams do not forbid buffering";
        "sse-stays-open" SseStaysOpen R03 => LAST, "a stream stays open after the response";
        "sse-ends-early" SseEndsEarly R03 => LAST, "a stream ends before the response";
        "sse-answer-elsewhere" SseAnswerElsewhere R03 => LAST, "a response comes on the stream of the next request";
        "sse-answer-on-get" SseAnswerOnGet R03 => LEGACY, "responses come on the stream of GET";
        "sse-foreign-progress" SseForeignProgress R03 => LAST, "progress is repeated on the stream of another request";
        "sse-modern-request" SseModernRequest MODERN => LAST, "a request comes before the response";
        "sse-broadcast" SseBroadcast R03 => LEGACY, "a message comes on every stream of GET";
        "sse-replays-others" SseReplaysOthers R03 => LEGACY, "coming back to a stream replays another";
    }
    Session {
        "session-id-odd" SessionIdOdd R03 => LEGACY, "a session id has a character outside ASCII";
        "session-id-counts" SessionIdCounts R03 => LEGACY, "session ids count up";
        "session-id-late" SessionIdLate R03 => LEGACY, "the session id comes with the second answer";
        "session-id-changes" SessionIdChanges R03 => LEGACY, "each answer names another session";
        "session-missing-500" SessionMissing500 R03 => LEGACY, "a request without its session gives 500";
        "session-ended-served" SessionEndedServed R03 => LEGACY, "a session is served after its end";
        "session-ended-400" SessionEnded400 R03 => LEGACY, "a session that has ended gives 400";
    }
    OldSse {
        "sse-endpoint-missing" SseEndpointMissing FIRST => LEGACY, "there is no endpoint event";
        "sse-endpoint-late" SseEndpointLate FIRST => LEGACY, "the endpoint event is not the first";
        "sse-endpoint-foreign" SseEndpointForeign FIRST => LEGACY, "the endpoint event names another host";
        "sse-endpoint-name" SseEndpointName FIRST => LEGACY, "the endpoint event has another name";
        "sse-answers-in-post" SseAnswersInPost FIRST => LEGACY, "answers come where messages are posted";
    }
    Auth {
        "auth-no-challenge" AuthNoChallenge R03 => LAST, "401 comes without a challenge";
        "auth-undiscoverable" AuthUndiscoverable R03 => LAST, "neither the challenge nor a well-known place leads to the metadata";
        "auth-foreign-resource" AuthForeignResource R03 => LAST, "the metadata describes another server";
        "auth-no-servers" AuthNoServers R03 => LAST, "the metadata names no authorization server";
        "auth-unauthorized-403" AuthUnauthorized403 R03 => LAST, "a request without a token gives 403";
        "auth-unauthorized-ok" AuthUnauthorizedOk R03 => LAST, "a request without a token gives an error with the status 200";
        "auth-token-in-query" AuthTokenInQuery R03 => LAST, "a token in the address is accepted";
        "auth-garbage-accepted" AuthGarbageAccepted R03 => LAST, "a token that is none is accepted";
        "auth-expired-accepted" AuthExpiredAccepted R03 => LAST, "an expired token is accepted";
        "auth-unsigned-accepted" AuthUnsignedAccepted R03 => LAST, "a token without a signature is accepted";
        "auth-session-suffices" AuthSessionSuffices R03 => LEGACY, "a session is served without a token";
        "auth-token-echoed" AuthTokenEchoed R03 => LAST, "a refusal repeats the token";
        "auth-scope-401" AuthScope401 R03 => LAST, "insufficient scope gives 401";
        "auth-scope-unnamed" AuthScopeUnnamed R03 => LAST, "the challenge does not say which scope is needed";
    }
}

/// Deaths that need no pipe.
const OF_ANY_PROCESS: [Fault; 7] = [
    Fault::CrashOnMalformed,
    Fault::HangOnMalformed,
    Fault::CrashOnUnknownMethod,
    Fault::CrashOnUnknownNotification,
    Fault::CrashOnCancel,
    Fault::MangledUnicode,
    Fault::CrashOnLarge,
];

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

    /// Whether it shows when this transport is spoken, in one of its revisions. A fault of tokens shows where one is
    /// demanded.
    pub fn shows_over(self, transport: Transport) -> bool {
        let is_stdio = transport == Transport::Stdio;
        match self.group() {
            Group::Framing => is_stdio || self == Self::InvalidUtf8,
            Group::Process => is_stdio || OF_ANY_PROCESS.contains(&self),
            Group::OldSse => transport == Transport::Sse,
            // Tokens came after HTTP+SSE, and so did the status for an Origin that may not come in.
            Group::Auth => transport == Transport::Http,
            _ if matches!(self, Self::HttpOrigin400 | Self::HttpOrigin401) => transport == Transport::Http,
            Group::Door | Group::Events => !is_stdio,
            group if group.is_of_streamable() => transport == Transport::Http,
            _ if self == Self::HeaderMismatchOnStdio => is_stdio,
            _ => transport != Transport::Sse || self.shows_in(Revision::NEWEST_LEGACY) || self.shows_in(FIRST),
        }
    }

    /// The revisions in which it shows, oldest first.
    pub fn revisions(self) -> impl Iterator<Item = Revision> {
        Revision::ALL.into_iter().filter(move |revision| self.shows_in(*revision))
    }
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
}
