import Foundation
import Testing

/// `NIGHTDESK_SEED=n` plays one seed and prints what happens; `NIGHTDESK_SEEDS=n` plays that many, from `NIGHTDESK_FIRST_SEED`
/// on.
@Suite(.timeLimit(.minutes(60))) struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment

    @Test func `whatever the order and whatever fails, what must hold holds`() async throws {
        let company = try await Company.founded()
        if let seed = Self.environment["NIGHTDESK_SEED"].flatMap(UInt64.init) { return try await replay(seed, in: company) }
        let count = Self.environment["NIGHTDESK_SEEDS"].flatMap(UInt64.init)
        let first = Self.environment["NIGHTDESK_FIRST_SEED"].flatMap(UInt64.init) ?? 1
        let run = await Run.play(first..<first + (count ?? 40), in: company)
        if count != nil { print(run.summary) }
        for failure in run.failures.prefix(5) { Issue.record("\(failure.explanation)") }
        #expect(run.failures.map(\.seed) == [])
    }

    @Test func `a seed is the same order every time, and another seed another`() async throws {
        let company = try await Company.founded()
        let first = await Run.play(1..<6, in: company)
        let second = await Run.play(1..<6, in: company)
        #expect(first.outcomes.map(\.digest) == second.outcomes.map(\.digest))
        #expect(Set(first.outcomes.map(\.digest)).count == 5)
    }

    private func replay(_ seed: UInt64, in company: Company) async throws {
        let outcome = try await Run.onItsOwnThread { try Simulation.play(seed, in: company) { print($0) } }
        print("seed \(seed): \(outcome.steps) steps, digest \(String(outcome.digest, radix: 16))")
        if !outcome.violations.isEmpty { Issue.record("\(outcome.explanation)") }
    }
}
