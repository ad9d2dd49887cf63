import Foundation
import Synchronization

/// Waits on this thread for work that is asynchronous. For threads that belong to a connection, never for Swift's own.
func awaited<Answer: Sendable>(_ work: @escaping @Sendable () async throws -> Answer) throws -> Answer {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Answer, any Error>?>(nil)
    Task.detached {
        let answer: Result<Answer, any Error>
        do { answer = .success(try await work()) } catch { answer = .failure(error) }
        result.withLock { $0 = answer }
        done.signal()
    }
    done.wait()
    return try result.withLock { $0! }.get()
}
