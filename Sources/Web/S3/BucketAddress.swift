import Foundation

/// Where a bucket is, and below which prefix in it our things are.
package struct BucketAddress: Hashable, Sendable, CustomStringConvertible {
    /// As it is named in a request: with the port where that is not the usual one.
    let host: String
    let origin: String
    /// Of the endpoint itself; most have none.
    let path: String
    let name: String
    /// Empty, or with a slash at its end.
    let prefix: String

    package var description: String { "s3://\(name)\(prefix.isEmpty ? "" : "/")\(prefix.dropLast()) at \(origin)\(path)" }

    /// From `s3://bucket/prefix` and `https://host:port`; nil where one makes no sense.
    ///
    /// Only names that need no encoding: what is signed and what goes out is then the same text.
    package init?(_ place: String, endpoint: String) {
        guard
            let named = place.wholeMatch(of: /s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)\/?/),
            let dialled = endpoint.wholeMatch(
                of: /(https?):\/\/([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::([0-9]{1,5}))?((?:\/[A-Za-z0-9_-]+)*)\/?/)
        else { return nil }
        (name, prefix) = (String(named.1), named.2.isEmpty ? "" : named.2.dropFirst() + "/")
        let usual = dialled.1 == "https" ? "443" : "80"
        let port = dialled.3.flatMap { $0 == usual ? nil : ":\($0)" } ?? ""
        host = dialled.2.lowercased() + port
        (origin, path) = ("\(dialled.1)://\(host)", String(dialled.4))
    }
}
