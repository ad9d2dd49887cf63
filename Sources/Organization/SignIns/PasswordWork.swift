import Basics
import Foundation
import Synchronization

/// Hashing is slow on purpose: two at a time on threads of their own, a short line before them, and a refusal
/// beyond it, so that a flood of sign-ins disturbs no conversation.
final class PasswordWork: Sendable {
    private static let longestLine = 64

    private let queue: OperationQueue
    private let waiting = Mutex(0)
    /// What an unknown address is checked against, so that it takes as long as a known one.
    private let nobody: PasswordHash

    init() {
        queue = OperationQueue()
        queue.name = "passwords"
        queue.maxConcurrentOperationCount = 2
        nobody = PasswordHash(text: "$scrypt$ln=15,r=8,p=1$\(Self.zeros(16))$\(Self.zeros(32))")
    }

    func hash(_ password: Password, _ surroundings: Surroundings) async throws -> PasswordHash {
        let salt = surroundings.randomBytes(16)
        return try await run { try PasswordHash(of: password.text, salt: salt) }
    }

    /// Does the same work whether or not there is a hash to compare with.
    func isRight(_ password: String, for hash: PasswordHash?) async throws -> Bool {
        let (compared, exists) = (hash ?? nobody, hash != nil)
        guard password.utf8.count <= Password.longest else { return false }
        return try await run { try compared.matches(password) } && exists
    }

    private func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try enter()
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }

    private func enter() throws(Refusal) {
        let hasRoom = waiting.withLock { waiting in
            guard waiting < Self.longestLine else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { throw Refusal(.unavailable, "sign-in.busy") }
    }

    private static func zeros(_ count: Int) -> String { Data(count: count).base64EncodedString() }
}
