import Basics
import HTTPTypes
import Organization
package import Web

extension Attachments {
    package var routes: [Route] {
        [
            Route(
                .post, "/api/visit/attachments", access: .needs("visit"),
                summary: "A visitor uploads a file; a message with its id sends it.", query: ["name": "what the file is called"],
                limit: Attachment.limit, takes: ["application/octet-stream"], gives: Attachment.Shown.self
            ) { call in try await take(call, of: call.visitor.workspace, by: call.visitor.key) },
            Route(
                .post, "/api/attachments", access: .needs("desk.use"),
                summary: "An agent uploads a file; a message with its id sends it.", query: ["name": "what the file is called"],
                limit: Attachment.limit, takes: ["application/octet-stream"], gives: Attachment.Shown.self
            ) { call in try await take(call, of: call.staff.workspace, by: call.staff.key) },
            Route(
                .get, "/api/attachments/{attachment}/{name}",
                access: .open(
                    because: "pictures carry no token; the id has 128 random bits and is known to the conversation only"),
                summary: "The file itself, of the type that its content has.", gives: ["*/*"]
            ) { call in try await give(call) },
        ]
    }
}

extension Attachments {
    private func take(_ call: Call, of workspace: ID<Workspace>, by uploader: String) async throws -> Attachment.Shown {
        let name: String = try call.query("name") ?? ""
        return Attachment.Shown(try await upload(call.body, named: name, by: uploader, of: workspace))
    }

    private func give(_ call: Call) async throws -> Reply {
        let attachment = try await attachment(call.parameter("attachment"))
        guard let wanted = call.headers[.range].flatMap({ ByteRange($0, of: attachment.size) }) else {
            return Reply(headers: attachment.headers, try await files.whole(attachment.id, size: attachment.size))
        }
        guard case .part(let range) = wanted else {
            return Reply(.rangeNotSatisfiable, headers: [.contentRange: "bytes */\(attachment.size)"])
        }
        var headers = attachment.headers
        headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(attachment.size)"
        return Reply(.partialContent, headers: headers, try await files.part(attachment.id, range))
    }
}

extension Attachment {
    /// Nothing in a file may run, load or be taken for another type.
    fileprivate var headers: HTTPFields {
        let isShownInPlace = FileType.all.contains { $0.mediaType == type && $0.isShownInPlace }
        let plain = String(String.UnicodeScalarView(name.unicodeScalars.map { $0.isASCII && $0 != "\\" ? $0 : "_" }))
        return [
            .contentType: type,
            .contentDisposition:
                "\(isShownInPlace ? "inline" : "attachment"); filename=\"\(plain)\"; filename*=UTF-8''\(name.percentEncoded)",
            .contentSecurityPolicy: "sandbox; default-src 'none'",
            .xContentTypeOptions: "nosniff",
            .cacheControl: "private, max-age=31536000, immutable",
            .acceptRanges: "bytes",
        ]
    }
}

/// One part of a file, as a player asks for it: `bytes=0-`, `bytes=100-199`, `bytes=-500`.
enum ByteRange: Hashable {
    case part(Range<Int>)
    /// Beyond the end.
    case nowhere

    /// Nil for what we do not understand or several ranges at once: the whole file answers that.
    init?(_ header: String, of size: Int) {
        guard let match = header.wholeMatch(of: /bytes=([0-9]{0,18})-([0-9]{0,18})/) else { return nil }
        switch (Int(match.1), Int(match.2)) {
        case (nil, nil): return nil
        case (nil, let last?): self = last == 0 ? .nowhere : .part(max(0, size - last)..<size)
        case (let first?, nil): self = first < size ? .part(first..<size) : .nowhere
        case (let first?, let last?):
            guard first <= last else { return nil }
            self = first < size ? .part(first..<min(size, last + 1)) : .nowhere
        }
    }
}
