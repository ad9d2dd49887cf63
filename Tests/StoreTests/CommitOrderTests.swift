import Foundation
import Synchronization
import Testing

@testable import Store

@Suite struct CommitOrderTests {
    private final class Notes: Sendable {
        private let notes = Mutex<[Int]>([])
        var all: [Int] { notes.withLock { $0 } }
        func add(_ note: Int) { notes.withLock { $0.append(note) } }
    }

    @Test func `what follows a commit waits for what follows those before it`() {
        let (order, notes, done) = (CommitOrder(), Notes(), DispatchSemaphore(value: 0))
        let turns = (0..<8).map { _ in order.begin() }
        for (place, turn) in turns.enumerated().reversed() {
            Thread.detachNewThread {
                order.follow(turn, [{ notes.add(place) }])
                done.signal()
            }
        }
        for _ in turns { done.wait() }
        #expect(notes.all == Array(0..<8))
    }

    @Test func `a commit that failed is not waited for`() {
        let (order, notes) = (CommitOrder(), Notes())
        let (failed, next) = (order.begin(), order.begin())
        order.end(failed)
        order.follow(next, [{ notes.add(1) }])
        #expect(notes.all == [1])
    }

    @Test func `a commit that hangs is not waited for long`() {
        let (order, notes) = (CommitOrder(), Notes())
        _ = order.begin()
        order.follow(order.begin(), [{ notes.add(1) }])
        #expect(notes.all == [1])
    }
}
