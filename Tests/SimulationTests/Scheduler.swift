import Basics
import Support

/// Runs every task of a simulation on one thread and decides by its seed what runs next: which of the jobs that are ready, or
/// which of those who stopped at ``pass()``. When nothing is ready the clock jumps to the next who sleeps. So one seed is one
/// order of events, and the same in every run.
///
/// Nothing here has a lock: ``enqueue(_:)`` makes sure that no other thread ever takes part.
final class Scheduler: TaskExecutor, @unchecked Sendable {
    private struct Sleeper {
        let due: Int64
        let number: Int
        let continuation: CheckedContinuation<Void, Never>

        func isBefore(_ other: Self) -> Bool { (due, number) < (other.due, other.number) }
    }

    private var jobs: [UnownedJob] = []
    private var stopped: [CheckedContinuation<Void, Never>] = []
    private var sleepers: [Sleeper] = []
    private var lastNumber = 0
    private var generator: SeededGenerator
    /// Milliseconds since the beginning.
    private(set) var elapsed: Int64 = 0
    private(set) var steps = 0
    private var digester = Digest()
    /// Where the trace goes; nil where nobody reads it.
    private let trace: ((String) -> Void)?
    private let thread = CurrentThread()

    static let beginning = Timestamp(milliseconds: 1_772_416_800_000)
    /// Far more than any simulation takes: one that comes here runs in circles.
    private static let mostSteps = 400_000

    init(seed: UInt64, trace: ((String) -> Void)? = nil) {
        generator = SeededGenerator(seed: seed)
        self.trace = trace
    }

    /// What has happened so far, as one number.
    var digest: UInt64 { digester.value }
    var now: Timestamp { Self.beginning + .milliseconds(elapsed) }

    func enqueue(_ job: consuming ExecutorJob) {
        precondition(thread.isCurrent, "a task of the simulation left its thread: the order would depend on the machine")
        jobs.append(UnownedJob(job))
    }

    /// Runs until there is nothing left to do, or for too long. Returns whether it came to an end.
    func run() -> Bool {
        while steps < Self.mostSteps {
            steps += 1
            if jobs.isEmpty, stopped.isEmpty, !wakeNext() { return true }
            runOne()
        }
        return false
    }

    private func runOne() {
        let ready = jobs.count + stopped.count
        guard ready > 0 else { return }
        let choice = ready == 1 ? 0 : number(in: 0...ready - 1)
        digester.add(UInt64(choice), UInt64(ready), UInt64(elapsed))
        if choice < jobs.count { return jobs.remove(at: choice).runSynchronously(on: asUnownedTaskExecutor()) }
        // It becomes a job in this moment, the newest, and goes on at once.
        stopped.remove(at: choice - jobs.count).resume()
        jobs.removeLast().runSynchronously(on: asUnownedTaskExecutor())
    }

    private func wakeNext() -> Bool {
        guard let next = sleepers.indices.min(by: { sleepers[$0].isBefore(sleepers[$1]) }) else { return false }
        let sleeper = sleepers.remove(at: next)
        elapsed = max(elapsed, sleeper.due)
        sleeper.continuation.resume()
        return true
    }
}

// MARK: What tasks ask of it

extension Scheduler {
    /// Anything else may happen before this returns.
    func pass() async { await withCheckedContinuation { stopped.append($0) } }

    /// Sleeps until then, whether the task is cancelled or not.
    func wait(until due: Int64) async {
        lastNumber += 1
        let number = lastNumber
        await withCheckedContinuation { sleepers.append(Sleeper(due: due, number: number, continuation: $0)) }
    }

    /// Sleeps in simulated time; throws when the task is cancelled meanwhile.
    func sleep(_ span: Duration) async throws {
        lastNumber += 1
        let number = lastNumber
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let due = elapsed + max(span.milliseconds, 0)
                sleepers.append(Sleeper(due: due, number: number, continuation: continuation))
                if Task.isCancelled { wake(number) }
            }
        } onCancel: {
            wake(number)
        }
        try Task.checkCancellation()
    }

    private func wake(_ number: Int) {
        guard let index = sleepers.firstIndex(where: { $0.number == number }) else { return }
        sleepers.remove(at: index).continuation.resume()
    }

    /// Sleeps for as long as the seed says, in milliseconds; not at all in a task that was cancelled.
    func idle(_ span: ClosedRange<Int>) async { try? await sleep(.milliseconds(number(in: span))) }

    func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(generator.next() % UInt64(range.count))
    }

    /// Whether it happens, with this chance in a thousand.
    func happens(_ chance: Int) -> Bool { chance > 0 && number(in: 0...999) < chance }

    func one<Element>(of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[number(in: 0...elements.count - 1)]
    }

    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }

    func note(_ line: @autoclosure () -> String) {
        trace?("\(elapsed.asSeconds)  \(Doing.name): \(line())")
    }
}

/// Who is doing what is traced.
enum Doing {
    @TaskLocal static var name = "-"
}

extension Int64 {
    fileprivate var asSeconds: String {
        let thousandths = String(self % 1000)
        return "\(self / 1000)." + String(repeating: "0", count: 3 - thousandths.count) + thousandths
    }
}
