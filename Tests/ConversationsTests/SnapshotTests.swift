import Basics
import Organization
import Routing
import Store
import Support
import Testing

@testable import Conversations
@testable import Routing

/// For everything that can happen: what was shown before, with the facts that were told since, is what is shown afresh.
@Suite(.timeLimit(.minutes(1))) struct SnapshotTests {
    struct Action: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let stage: Floor.Stage
        let happen: @Sendable (Floor) async throws -> Void

        init(_ name: String, _ stage: Floor.Stage, _ happen: @escaping @Sendable (Floor) async throws -> Void) {
            (testDescription, self.stage, self.happen) = (name, stage, happen)
        }
    }

    @Test(arguments: byCustomers + byAgents + byItself)
    func `a snapshot with the facts that followed is a fresh snapshot`(action: Action) async throws {
        try await TestHouse.run(site: TestHouse.siteWithBot, isAlive: true) { house in
            let floor = try await Floor(house)
            try await floor.reach(action.stage)
            var watch = try await floor.watch()
            house.clock.advance(by: .seconds(7))
            try await action.happen(floor)
            try await house.botIsDone(with: floor.customer)
            try await floor.allTold(watch.desks.map(\.client))
            for index in watch.desks.indices {
                let (clerk, client, _) = watch.desks[index]
                let isWatching = !watch.desks[index].view.threads.isEmpty
                let expected = try await floor.fresh(clerk, isWatching: isWatching)
                try await soon {
                    for frame in client.heard[watch.folded[index]...] { try watch.desks[index].view.fold(frame) }
                    watch.folded[index] = client.heard.count
                    return watch.desks[index].view.agents == expected.agents
                }
                // What may not be seen any more cannot be read afresh.
                if expected.threads.isEmpty { watch.desks[index].view.threads = [:] }
                #expect(watch.desks[index].view.promised == expected.promised, "\(clerk.staff.name)'s desk")
            }
            for frame in watch.visitor.heard { try watch.visit.fold(frame) }
            #expect(watch.visit == VisitView(try await floor.customer.visit()))
        }
    }

    private static let byCustomers = [
        Action("the customer's first word", .fresh) { try await $0.customer.say("hello") },
        Action("the bot answers", .withBot) { floor in
            floor.house.bot.decides { _ in .answer(.returns) }
            try await floor.customer.say("can I return this?")
        },
        Action("the bot hands over", .withBot) { floor in
            floor.house.bot.decides { _ in .handOff(.unknown, text: "I'll fetch somebody.") }
            try await floor.customer.say("quantum lamps?")
        },
        Action("the customer asks for a person, who is free", .withBot) { try await $0.customer.askForPerson() },
        Action("the customer asks for a person and waits", .withBot) { floor in
            try await floor.chen.choose(.busy)
            try await floor.customer.askForPerson()
        },
        Action("the customer writes to an agent", .withChen) { floor in
            try await floor.customer.say("one")
            try await floor.customer.say("two")
        },
        Action("the customer reads", .withChen) { try await $0.customer.read(upTo: 3) },
        Action("the customer leaves the bot", .withBot) { try await $0.customer.leave() },
        Action("the customer leaves the queue", .queued) { try await $0.customer.leave() },
        Action("the customer leaves an agent", .withChen) { try await $0.customer.leave() },
        Action("the customer comes back", .closed) { try await $0.customer.say("one more thing") },
        Action("the customer rates", .closed) { floor in
            try await floor.customer.rate(try await floor.customer.visit().rating!.session, stars: 4, reason: "kind")
        },
    ]

    private static let byAgents = [
        Action("an agent replies", .withChen) { try await $0.chen.say("good day", to: $0.customer) },
        Action("an agent notes", .withChen) { try await $0.chen.note("hm", on: $0.customer) },
        Action("an agent notes after closing", .closed) { try await $0.chen.note("hm", on: $0.customer) },
        Action("an agent reads", .withChen) { try await $0.chen.read($0.customer, upTo: 2) },
        Action("an agent reads everything", .withChen) { try await $0.chen.read($0.customer, upTo: .max) },
        Action("an agent takes from the bot", .withBot) { try await $0.wu.take($0.customer) },
        Action("an agent takes from the queue", .queued) { try await $0.wu.take($0.customer) },
        Action("the supervisor takes from an agent", .withChen) { try await $0.boss.take($0.customer) },
        Action("an agent transfers to a colleague", .withChen) { floor in
            try await floor.wu.choose(.online)
            try await floor.chen.transfer(floor.customer, to: floor.wu, reason: "yours")
        },
        Action("an agent transfers to a team that nobody is in", .withChen) { floor in
            try await floor.chen.transfer(floor.customer, to: floor.house.team("Repairs"), reason: "broken")
        },
        Action("an agent closes", .withChen) { try await $0.chen.close($0.customer, category: "Question", note: "done") },
        Action("the supervisor closes what waits", .queued) { try await $0.boss.close($0.customer) },
        Action("a place frees for who waits", .queued) { try await $0.chen.choose(.online) },
        Action("an agent goes busy", .withChen) { try await $0.chen.choose(.busy) },
    ]

    private static let byItself = [
        Action("silence ends a session with the bot", .withBot) { floor in
            floor.house.clock.advance(by: .seconds(7_200))
            let dispatching = floor.house.routing.dispatching
            try await IdleSessions(store: floor.house.store, dispatching: dispatching).close(silentFor: .seconds(1_800))
        },
        Action("an agent vanishes", .withChen) { floor in
            // Both desks are gone for Routing, and the one of this test goes on hearing.
            try await floor.chen.standUp()
            try await floor.chen.standUp()
            floor.house.clock.advance(by: .seconds(600))
            let dispatcher = floor.house.routing.dispatcher
            try await AbsentAgents(conversations: floor.house.store, dispatcher: dispatcher).look()
        },
        Action("others in the queue come and go", .queued) { floor in
            let late = try await floor.house.customer()
            try await late.askForPerson()
            try await floor.boss.take(late)
        },
    ]
}
