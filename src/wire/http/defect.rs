//! What can be wrong with the framing of an answer.

crate::wire::defect::facts! {
    /// Something that is wrong with the framing of an answer, and was forgiven or ended it.
    HttpDefect
    /// The first line is no status line, and nothing more was read.
    NoHttp "no-http" "the answer is no HTTP";
    /// The status line has another form than `HTTP/1.1 200 OK`.
    StatusLine "status-line" "the status line is malformed";
    /// A line of the head has no colon.
    NoColon "no-colon" "a header has no colon";
    /// The name of a header is empty or holds what no name may hold.
    HeaderName "header-name" "the name of a header is malformed";
    /// A header goes on in a second line.
    Folded "folded-header" "a header is folded over several lines";
    /// The value of a header holds a control character.
    HeaderValue "header-value" "the value of a header holds a control character";
    /// A line of the head ends with LF alone.
    BareLf "bare-lf" "a line ends without CR";
    /// The head is longer than anybody reads.
    LongHead "long-head" "the head is too long";
    /// More headers than anybody reads.
    ManyHeaders "many-headers" "there are too many headers";
    /// Several lengths that differ.
    TwoLengths "two-lengths" "there are two different Content-Lengths";
    /// A length that is no number.
    BadLength "bad-length" "Content-Length is no number";
    /// A length beside `Transfer-Encoding`.
    LengthBesideCoding "length-beside-coding" "Content-Length stands beside Transfer-Encoding";
    /// A transfer coding that nobody knows.
    UnknownCoding "unknown-coding" "the transfer coding is unknown";
    /// The size of a chunk cannot be read.
    ChunkSize "chunk-size" "the size of a chunk is no number";
    /// A chunk is longer than its size says.
    ChunkEnd "chunk-end" "a chunk does not end where its size says";
    /// What stands behind the last chunk is longer than anybody reads.
    LongTrailers "long-trailers" "what stands behind the last chunk is too long";
    /// The connection ended before the head did.
    ShortHead "short-head" "the connection ended within the head";
    /// The connection ended before as much as `Content-Length` says had come.
    ShortBody "short-body" "the connection ended before the body was complete";
    /// The connection ended before the last chunk did.
    ShortChunks "short-chunks" "the connection ended before the last chunk";
    /// Bytes came behind the end of the answer, together with it; what comes later is nobody's answer.
    BytesBehind "bytes-behind" "there are bytes behind the end of the answer";
    /// A body where there can be none.
    BodyForbidden "body-forbidden" "there is a body where none may be";
    /// A content coding that was not asked for; the bytes are left as they are.
    ContentCoding "content-coding" "the body has a content coding that was not asked for";
}
