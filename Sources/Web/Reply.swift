package import HTTPTypes
package import NIOCore

/// An answer that is not JSON, or not 200.
package struct Reply: Sendable {
    package enum Content: Sendable {
        case empty
        case bytes([UInt8])
        /// Kept by somebody and sent without a copy.
        case buffer(ByteBuffer)
        /// Sent in pieces from the disk.
        case file(path: String, size: Int)
        /// Fetched and sent in pieces, for what lies elsewhere: asked for one range after the other.
        case pieces(size: Int, fetch: @Sendable (Range<Int>) async throws -> [UInt8])
        /// The connection becomes a live one, opened by this request.
        case socket(Call)
    }

    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var content: Content

    package init(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], _ content: Content = .empty) {
        (self.status, self.headers, self.content) = (status, headers, content)
    }
}

/// A JSON answer together with headers, e.g. a cookie.
package struct WithHeaders<Answer: Codable & Sendable>: Sendable {
    package let answer: Answer
    package let headers: HTTPFields

    package init(_ answer: Answer, headers: HTTPFields) { (self.answer, self.headers) = (answer, headers) }
}

/// No request body, or nothing to answer (`{}`).
package struct Nothing: Codable, Hashable, Sendable {
    package init() {}
}
