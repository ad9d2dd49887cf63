import Basics
import Crypto
import Foundation
import HTTPTypes

/// Signs a request as S3 and its kin ask for (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
///
/// Not left to libcurl: its versions before 8 neither sort a query nor encode it, and sign no hash of the content.
struct S3Signature: Sendable {
    let region: String
    let keyID: String
    let secret: String

    /// The headers that prove the request; host, path and query as they go out.
    func headers(
        _ method: HTTPRequest.Method, host: String, path: String, query: [(name: String, value: String)] = [],
        contentHash: String, at now: Timestamp
    ) -> HTTPFields {
        let time = Self.format(now)
        let signed = [("host", host), ("x-amz-content-sha256", contentHash), ("x-amz-date", time)]
        let names = signed.map(\.0).joined(separator: ";")
        let asked = [
            method.rawValue, path, Self.text(of: query), signed.map { "\($0.0):\($0.1)\n" }.joined(), names, contentHash,
        ]
        let scope = "\(time.prefix(8))/\(region)/s3/aws4_request"
        let text = ["AWS4-HMAC-SHA256", time, scope, Self.hash(of: Array(asked.joined(separator: "\n").utf8))]
        let signature = hmac(text.joined(separator: "\n"), key(on: time.prefix(8))).hexadecimal
        return [
            .init("x-amz-content-sha256")!: contentHash,
            .init("x-amz-date")!: time,
            .authorization: "AWS4-HMAC-SHA256 Credential=\(keyID)/\(scope),SignedHeaders=\(names),Signature=\(signature)",
        ]
    }

    /// A query in the one form that can be signed: sorted, and encoded down to the slash.
    static func text(of query: [(name: String, value: String)]) -> String {
        query.map { "\(encoded($0.name))=\(encoded($0.value))" }.sorted().joined(separator: "&")
    }

    static func hash(of content: [UInt8]) -> String { SHA256.hash(data: content).hexadecimal }

    private func key(on day: Substring) -> [UInt8] {
        [String(day), region, "s3", "aws4_request"].reduce(Array("AWS4\(secret)".utf8)) { hmac($1, $0) }
    }

    private func hmac(_ text: String, _ key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    private static func format(_ time: Timestamp) -> String {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        return Date(timeIntervalSince1970: Double(time.milliseconds / 1000)).formatted(style)
    }

    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain)! }
}
