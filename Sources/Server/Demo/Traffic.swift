import Foundation
import Synchronization

/// Customers who really talk: each opens a visit over the public protocol, asks what the sample conversations ask,
/// waits for answers, taps choices, asks for a person, rates, and comes back as somebody else.
struct Traffic: Sendable {
    let door: ShopDoor
    let customers: Int
    let talks: [String: [SampleTalk]]
    let pace: CustomerPace
    private let tally = TrafficTally()

    /// - Parameters:
    ///   - address: where the desk listens, e.g. `http://127.0.0.1:8080`.
    ///   - siteKey: of the web channel that the customers use.
    ///   - talks: what they say, by language.
    init(address: String, siteKey: String, customers: Int, talks: [String: [SampleTalk]], pace: CustomerPace = .human) throws {
        self.init(to: try ShopDoor(address: address, siteKey: siteKey), customers: customers, talks: talks, pace: pace)
    }

    init(to door: ShopDoor, customers: Int, talks: [String: [SampleTalk]], pace: CustomerPace = .human) {
        (self.door, self.customers, self.talks, self.pace) = (door, customers, talks, pace)
    }

    /// Lets the customers talk until the task is cancelled; says every ten seconds how it goes.
    func run() async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<customers {
                group.addTask { try await self.comeAgainAndAgain() }
            }
            group.addTask { try await self.tellHowItGoes() }
            try await group.waitForAll()
        }
    }

    private func comeAgainAndAgain() async throws {
        try await Task.sleep(for: pace.betweenVisits())
        while !Task.isCancelled {
            do {
                try await visit()
            } catch  where !Task.isCancelled {
                tally.count(\.trouble)
            }
            try await Task.sleep(for: pace.betweenVisits())
        }
    }

    private func visit() async throws {
        guard let language = talks.keys.randomElement(), let talk = talks[language]?.randomElement() else { return }
        tally.count(\.visits)
        let token = try await door.enter(speaking: language)
        try await door.connect { link in
            var customer = SampleCustomer(link: link, pace: pace, tally: tally)
            try await customer.play(talk, showing: token)
        }
    }

    private func tellHowItGoes() async throws {
        while true {
            try await Task.sleep(for: .seconds(10))
            say(tally.line)
        }
    }
}

/// How quickly customers read, think and type.
struct CustomerPace: Sendable {
    /// 1 is human; 10 is ten times as fast.
    let hurry: Double

    static let human = CustomerPace(hurry: 1)

    func betweenVisits() -> Duration { .seconds(.random(in: 1...15) / hurry) }
    func thinking() -> Duration { .seconds(.random(in: 1.5...5) / hurry) }
    func typing(_ text: String) -> Duration { .seconds(min(9, Double(text.utf8.count) * 0.06) / hurry) }
    /// How long a customer waits for the bot, and for a person.
    var patience: (bot: Duration, person: Duration) { (.seconds(15), .seconds(180 / hurry)) }
}

/// What happened so far, for the one line that is printed.
final class TrafficTally: Sendable {
    struct Counts: Sendable {
        var visits = 0, said = 0, answeredByBot = 0, answeredByPeople = 0, rated = 0, trouble = 0
    }

    private let counts = Mutex(Counts())

    func count(_ what: any WritableKeyPath<Counts, Int> & Sendable) { counts.withLock { $0[keyPath: what] += 1 } }

    var line: String {
        let now = counts.withLock { $0 }
        return "\(now.visits) visits, \(now.said) messages, \(now.answeredByBot) answered by the bot, "
            + "\(now.answeredByPeople) by people, \(now.rated) ratings, \(now.trouble) broken off"
    }
}
