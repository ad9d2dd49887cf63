import Foundation

/// A closure on its way to a connection's thread, with the one who waits for it.
final class Job: @unchecked Sendable {
    private let body: (any Transaction) throws -> Void
    private let finish: ((any Error)?) -> Void
    private var failure: (any Error)?

    init<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer,
        answer: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        nonisolated(unsafe) var result: Answer?
        self.body = { result = try body($0) }
        finish = { error in answer(error.map { .failure(mapped($0)) } ?? .success(result!)) }
    }

    func run(_ transaction: any Transaction) throws {
        failure = nil
        do { try body(transaction) } catch {
            failure = error
            throw error
        }
    }

    /// The group is committed: a job that failed by itself still gets its own error.
    func succeed() { finish(failure) }
    func fail(_ error: any Error) { finish(failure ?? error) }
}
