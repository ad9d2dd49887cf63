import Foundation
import Synchronization

/// Many seeds, one after the other on two threads.
struct Run: Sendable {
    let outcomes: [Simulation.Outcome]
    let took: Duration

    var failures: [Simulation.Outcome] { outcomes.filter { !$0.violations.isEmpty } }

    var summary: String {
        let (steps, entries) = (outcomes.map(\.steps).reduce(0, +), outcomes.map(\.entries).reduce(0, +))
        let failing = failures.isEmpty ? "none fails" : "\(failures.count) fail: \(failures.prefix(20).map(\.seed))"
        return "\(outcomes.count) seeds, \(steps) steps, \(entries) entries in \(took.components.seconds) s; \(failing)"
    }

    static func play(_ seeds: Range<UInt64>, in company: Company) async -> Run {
        _ = Quiet.begin
        let begun = ContinuousClock.now
        let row = Row(seeds)
        let threads = 2
        let outcomes = await withTaskGroup(of: [Simulation.Outcome].self) { group in
            for _ in 0..<threads {
                group.addTask {
                    await onItsOwnThread {
                        var outcomes: [Simulation.Outcome] = []
                        while let seed = row.next() {
                            outcomes.append(Simulation.outcome(of: seed, in: company))
                        }
                        return outcomes
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        return Run(outcomes: outcomes.sorted { $0.seed < $1.seed }, took: .now - begun)
    }

    static func onItsOwnThread<Answer: Sendable, Failure>(
        _ body: @escaping @Sendable () throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        let result: Result<Answer, Failure> = await withCheckedContinuation { continuation in
            let thread = Thread {
                do throws(Failure) { continuation.resume(returning: .success(try body())) } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        return try result.get()
    }
}

/// The seeds that are still to be played.
private final class Row: Sendable {
    private let seeds: Mutex<Range<UInt64>>

    init(_ seeds: Range<UInt64>) { self.seeds = Mutex(seeds) }

    func next() -> UInt64? { seeds.withLock { $0.popFirst() } }
}

extension Simulation {
    static func outcome(of seed: UInt64, in company: Company) -> Outcome {
        do { return try play(seed, in: company) } catch {
            return Outcome(seed: seed, violations: ["the simulation fails: \(error)"], digest: 0, steps: 0, entries: 0)
        }
    }
}

extension Simulation.Outcome {
    var explanation: String {
        """
        seed \(seed): \(violations.joined(separator: "\n"))
        play it again: bin/simulate --seed \(seed)
        """
    }
}
