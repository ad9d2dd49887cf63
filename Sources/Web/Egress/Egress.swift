import Foundation
package import HTTPTypes

/// The one way out: everything that dials an address which somebody may have chosen goes through here.
///
/// The host is resolved once, every address of it is checked, and the connection goes to a checked address, so that a name
/// which changes between check and use gains nothing. Redirects are answers, not followed.
package struct Egress: Sendable {
    package enum Failure: Error, Hashable, Sendable {
        /// Not an http or https URL without user name and password.
        case url
        /// The host leads to an address that must not be dialled.
        case address(String)
        case unknownHost
        case tooLarge
        case timedOut
        case unreachable(String)
    }

    package struct Answer: Sendable {
        package let status: HTTPResponse.Status
        package let headers: HTTPFields
        package let body: [UInt8]
    }

    /// Nobody listened at the address.
    struct ConnectionRefused: Error { let reason: String }

    struct Request: Sendable {
        let method: HTTPRequest.Method
        let url: String
        let headers: HTTPFields
        let body: [UInt8]
        /// Sees the answer's body as it arrives; after false no more is read.
        var taking: (@Sendable ([UInt8]) -> Bool)?

        /// Whether it says how long its body is, be it empty (RFC 9110 §8.6).
        var hasBody: Bool { !body.isEmpty || [.post, .put, .patch].contains(method) }
    }

    private let allowsInside: Bool
    private let timeout: Duration
    private let largestAnswer: Int
    private let authorities: String?
    private let keepsConnections: Bool
    private let resolve: @Sendable (String) async throws -> [NetworkAddress]

    /// - Parameters:
    ///   - allowsInside: whether loopback and private networks may be dialled.
    ///   - keepsConnections: for one host that is asked often, and only things that may be asked twice: libcurl asks again by
    ///     itself where a kept connection has died.
    package init(
        allowsInside: Bool = false, timeout: Duration = .seconds(10), largestAnswer: Int = 1 << 20, keepsConnections: Bool = false
    ) {
        self.init(
            allowsInside: allowsInside, timeout: timeout, largestAnswer: largestAnswer, keepsConnections: keepsConnections,
            resolve: NetworkAddress.all)
    }

    /// - Parameter authorities: a file of certificates (PEM) that is trusted instead of the system's.
    init(
        allowsInside: Bool, timeout: Duration = .seconds(10), largestAnswer: Int = 1 << 20, authorities: String? = nil,
        keepsConnections: Bool = false, resolve: @escaping @Sendable (String) async throws -> [NetworkAddress]
    ) {
        (self.allowsInside, self.timeout, self.largestAnswer) = (allowsInside, timeout, largestAnswer)
        (self.authorities, self.keepsConnections, self.resolve) = (authorities, keepsConnections, resolve)
    }

    /// - Parameter taking: sees each piece of the answer's body as it arrives, on the thread that reads it; after false no more is
    ///   read, and the answer holds what had arrived.
    package func send(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPFields = [:], body: [UInt8] = [],
        taking: (@Sendable ([UInt8]) -> Bool)? = nil
    ) async throws -> Answer {
        let (url, host) = try checked(url)
        let request = Request(method: method, url: url, headers: headers, body: body, taking: taking)
        var unreachable = Failure.unknownHost
        for address in try await checkedAddresses(of: host) {
            do { return try await bring(request, to: address) } catch let failure as ConnectionRefused {
                // Nothing has been sent: the host may listen at another of its addresses.
                unreachable = .unreachable(failure.reason)
            }
        }
        throw unreachable
    }

    private func bring(_ request: Request, to address: NetworkAddress) async throws -> Answer {
        let transfer = try Transfer(
            request, at: address, timeout: timeout, largestAnswer: largestAnswer, authorities: authorities,
            keepsConnection: keepsConnections)
        return try await Courier.shared.bring(transfer)
    }

    /// The URL as it goes out, with what is not ASCII encoded, and its host.
    private func checked(_ url: String) throws -> (url: String, host: String) {
        // What is dialled is the address; an encoded host would still be named to the other side in another form than checked.
        guard let parts = URL(string: url), let host = parts.host(percentEncoded: true), !host.isEmpty, !host.contains("%"),
            ["http", "https"].contains(parts.scheme?.lowercased()), parts.user() == nil, parts.password() == nil
        else { throw Failure.url }
        return (parts.absoluteString, host)
    }

    private func checkedAddresses(of host: String) async throws -> [NetworkAddress] {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let addresses = if let literal = NetworkAddress(bare) { [literal] } else { try await resolve(bare) }
        for address in addresses {
            guard address.reach == .everywhere || (allowsInside && address.reach == .inside) else {
                throw Failure.address(address.description)
            }
        }
        return addresses
    }
}
