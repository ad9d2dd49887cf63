package import Basics
import Dispatch
import Foundation
import HTTPTypes

/// A place in an S3-compatible store, addressed by path: `https://endpoint/bucket/prefix/key`.
///
/// Private networks are dialled: only the administrator says where it is, and stores in the same house are the rule. Every
/// request may be repeated, because a key always gets the same content: what failed by the way is tried again.
package struct Bucket: Sendable {
    private let address: BucketAddress
    private let signature: S3Signature
    private let egress: Egress
    /// For what is brought there: it may be much, and lines out are often slow.
    private let carrier: Egress
    private let now: @Sendable () -> Timestamp
    /// Pauses before the next attempts.
    private let pauses: [Duration]
    private static let nothing = S3Signature.hash(of: [])
    private static let queue = DispatchQueue(label: "web.s3", attributes: .concurrent)

    /// - Parameters:
    ///   - timeout: for one attempt, three times that for one that brings something. One that took so long is not repeated: a store that is slow gets no more to do.
    ///   - now: the clock that requests are signed by; S3 refuses one that is a quarter of an hour wrong.
    package init(
        _ address: BucketAddress, region: String, keyID: String, secret: String, timeout: Duration = .seconds(20),
        pauses: [Duration] = [.milliseconds(200), .milliseconds(800), .seconds(2)], now: @escaping @Sendable () -> Timestamp
    ) {
        (self.address, self.now, self.pauses) = (address, now, pauses)
        signature = S3Signature(region: region, keyID: keyID, secret: secret)
        egress = Egress(allowsInside: true, timeout: timeout, largestAnswer: 4 << 20, keepsConnections: true)
        carrier = Egress(allowsInside: true, timeout: timeout * 3, keepsConnections: true)
    }

    /// Returns once the store has it.
    package func put(_ content: [UInt8], as key: String) async throws {
        // Hashing much takes a while: not on the threads that everybody shares.
        let hash = await withCheckedContinuation { continuation in
            Self.queue.async { continuation.resume(returning: S3Signature.hash(of: content)) }
        }
        let answer = try await ask(.put, path(of: key), content, contentHash: hash)
        guard answer.status == .ok else { throw failure(of: answer) }
    }

    /// The content, or a part of it; nil where there is no such key.
    package func get(_ key: String, _ range: Range<Int>? = nil) async throws -> [UInt8]? {
        let headers: HTTPFields = range.map { [.range: "bytes=\($0.lowerBound)-\($0.upperBound - 1)"] } ?? [:]
        let answer = try await ask(.get, path(of: key), headers: headers)
        if answer.status == .partialContent, answer.body.count == range?.count { return answer.body }
        if answer.status == .ok {
            return range.map { Array(answer.body.dropFirst($0.lowerBound).prefix($0.count)) } ?? answer.body
        }
        if answer.status == .notFound, answer.code != "NoSuchBucket" { return nil }
        throw failure(of: answer)
    }

    /// What is not there is removed already.
    package func remove(_ key: String) async throws {
        let answer = try await ask(.delete, path(of: key))
        guard [200, 204].contains(answer.status.code) || answer.code == "NoSuchKey" else { throw failure(of: answer) }
    }

    /// A page of the keys below the prefix, without it.
    package func list(_ count: Int, after token: String? = nil) async throws -> BucketListing {
        var query = [("list-type", "2"), ("max-keys", "\(count)"), ("prefix", address.prefix)]
        if let token { query.append(("continuation-token", token)) }
        let answer = try await ask(.get, "\(address.path)/\(address.name)", query: query)
        guard answer.status == .ok else { throw failure(of: answer) }
        return BucketListing(answer.body, without: address.prefix)
    }

    private func path(of key: String) -> String { "\(address.path)/\(address.name)/\(address.prefix)\(key)" }

    private func failure(of answer: Egress.Answer) -> BucketFailure {
        BucketFailure(status: answer.status.code, code: answer.code)
    }
}

// MARK: Asking

extension Bucket {
    private func ask(
        _ method: HTTPRequest.Method, _ path: String, query: [(name: String, value: String)] = [], headers: HTTPFields = [:],
        _ content: [UInt8] = [], contentHash: String = nothing
    ) async throws -> Egress.Answer {
        let text = S3Signature.text(of: query)
        let way = content.isEmpty ? egress : carrier
        let url = address.origin + path + (text.isEmpty ? "" : "?" + text)
        return try await repeating {
            // Signed anew each time: the signature holds the time.
            let proof = signature.headers(
                method, host: address.host, path: path, query: query, contentHash: contentHash, at: now())
            return try await way.send(method, url, headers: proof + headers, body: content)
        }
    }

    private func repeating(_ attempt: () async throws -> Egress.Answer) async throws -> Egress.Answer {
        for pause in pauses {
            if let answer = try await settled(attempt) { return answer }
            try await Task.sleep(for: pause)
        }
        do { return try await attempt() } catch let failure as Egress.Failure { throw BucketFailure.unreachable(failure.reason) }
    }

    /// Nil where trying again may help.
    private func settled(_ attempt: () async throws -> Egress.Answer) async throws -> Egress.Answer? {
        do {
            let answer = try await attempt()
            return Self.passing.contains(answer.status.code) ? nil : answer
        } catch Egress.Failure.unreachable, Egress.Failure.unknownHost {
            return nil
        } catch let failure as Egress.Failure { throw BucketFailure.unreachable(failure.reason) }
    }

    /// Answers that may be another one in a moment.
    private static let passing = [429, 500, 502, 503, 504]
}

extension HTTPFields {
    fileprivate static func + (left: Self, right: Self) -> Self { HTTPFields(Array(left) + Array(right)) }
}

extension Egress.Answer {
    /// What S3 calls it: `NoSuchBucket`.
    fileprivate var code: String {
        BucketListing.value(of: "Code", in: String(decoding: body.prefix(4096), as: UTF8.self)[...]) ?? ""
    }
}

extension Egress.Failure {
    fileprivate var reason: String {
        switch self {
        case .url: "the address makes no sense"
        case .address(let address): "\(address) must not be dialled"
        case .unknownHost: "the host is unknown"
        case .tooLarge: "the answer is too large"
        case .timedOut: "no answer in time"
        case .unreachable(let reason): reason
        }
    }
}
