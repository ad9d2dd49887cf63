package import HTTPTypes

/// The site a browser says a request comes from.
struct Origin: Sendable {
    /// Host and port, without the scheme's own port.
    let host: String

    init?(_ header: String?) {
        guard let header, let slashes = header.firstRange(of: "://") else { return nil }
        host = Self.normal(header[slashes.upperBound...], defaultPort: header.hasPrefix("https") ? ":443" : ":80")
    }

    func isHost(_ authority: String?) -> Bool {
        guard let authority else { return false }
        return host == Self.normal(authority[...], defaultPort: ":80") || host == Self.normal(authority[...], defaultPort: ":443")
    }

    private static func normal(_ host: Substring, defaultPort: String) -> String {
        let host = host.lowercased()
        return host.hasSuffix(defaultPort) ? String(host.dropLast(defaultPort.count)) : host
    }
}

extension HTTPRequest {
    var isSafe: Bool { method == .get || method == .head }

    /// Whether the page that makes this request is our own; a program that is not a browser sends neither header and says no.
    func comesFromOwnPage(host: String?) -> Bool {
        if let origin = headerFields[.origin] { return Origin(origin)?.isHost(host) ?? false }
        return ["same-origin", "none"].contains(headerFields[.secFetchSite] ?? "")
    }

    /// Whether a browser says that another site makes this request.
    func comesFromForeignPage(host: String?) -> Bool {
        if let origin = headerFields[.origin] { return !(Origin(origin)?.isHost(host) ?? false) }
        return ["cross-site", "same-site"].contains(headerFields[.secFetchSite] ?? "")
    }
}

extension HTTPField.Name {
    package static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    package static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    package static let forwardedHost = HTTPField.Name("X-Forwarded-Host")!
    package static let forwardedScheme = HTTPField.Name("X-Forwarded-Proto")!
    package static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
