import AsyncHTTPClient
import Basics
import Foundation
package import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1
import NIOPosix

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

    private let allowsInside: Bool
    private let timeout: Duration
    private let largestAnswer: Int
    private let resolve: @Sendable (String) async throws -> [NetworkAddress]

    /// - Parameter allowsInside: whether loopback and private networks may be dialled.
    package init(allowsInside: Bool = false, timeout: Duration = .seconds(10), largestAnswer: Int = 1 << 20) {
        self.init(allowsInside: allowsInside, timeout: timeout, largestAnswer: largestAnswer, resolve: NetworkAddress.all)
    }

    init(
        allowsInside: Bool, timeout: Duration = .seconds(10), largestAnswer: Int = 1 << 20,
        resolve: @escaping @Sendable (String) async throws -> [NetworkAddress]
    ) {
        (self.allowsInside, self.timeout, self.largestAnswer, self.resolve) = (allowsInside, timeout, largestAnswer, resolve)
    }

    package func send(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPFields = [:], body: [UInt8] = []
    ) async throws -> Answer {
        let host = try host(of: url)
        let address = try await checkedAddress(of: host)
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.dnsOverride = [host: address.description]
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: configuration)
        do {
            let answer = try await answer(of: client, to: request(method, url, headers, body))
            try await client.shutdown()
            return answer
        } catch {
            try? await client.shutdown()
            throw Failure(error)
        }
    }

    /// Whether a URL may be kept for later use; the addresses are checked again at every use.
    package func check(_ url: String) async throws { _ = try await checkedAddress(of: host(of: url)) }

    private func host(of url: String) throws -> String {
        // The client looks the host up in the very form it stands in the URL; an encoded one could slip past that.
        guard let parts = URL(string: url), let host = parts.host(percentEncoded: true), !host.isEmpty, !host.contains("%"),
            ["http", "https"].contains(parts.scheme?.lowercased()), parts.user() == nil, parts.password() == nil
        else { throw Failure.url }
        return host
    }

    private func checkedAddress(of host: String) async throws -> NetworkAddress {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let addresses = if let literal = NetworkAddress(bare) { [literal] } else { try await resolve(bare) }
        for address in addresses {
            guard address.reach == .everywhere || (allowsInside && address.reach == .inside) else {
                throw Failure.address(address.description)
            }
        }
        guard let first = addresses.first else { throw Failure.unknownHost }
        return first
    }

    private func request(_ method: HTTPRequest.Method, _ url: String, _ headers: HTTPFields, _ body: [UInt8]) -> HTTPClientRequest
    {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(method)
        request.headers = HTTPHeaders(headers)
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }

    private func answer(of client: HTTPClient, to request: HTTPClientRequest) async throws -> Answer {
        let deadline = NIODeadline.now() + .milliseconds(timeout.milliseconds)
        let response = try await client.execute(request, deadline: deadline)
        let body = try await response.body.collect(upTo: largestAnswer)
        return Answer(
            status: HTTPResponse.Status(code: Int(response.status.code)),
            headers: HTTPFields(response.headers, splitCookie: false),
            body: Array(buffer: body)
        )
    }
}

extension Egress.Failure {
    fileprivate init(_ error: any Error) {
        switch error {
        case let failure as Egress.Failure: self = failure
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as HTTPClientError where [.deadlineExceeded, .readTimeout, .connectTimeout].contains(error):
            self = .timedOut
        default: self = .unreachable("\(error)")
        }
    }
}
