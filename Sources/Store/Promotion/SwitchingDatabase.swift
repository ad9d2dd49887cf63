import Logging
import Synchronization

/// The database that a server works in, also while everything moves to another one (``Promoter``). Once it has seen that a
/// promotion is under way, every transaction first asks whether its database is still the truth; what is refused there is
/// done in the other one instead.
package final class SwitchingDatabase: Database {
    /// Who carries out a promotion.
    package enum Presence: Sendable {
        case alive, gone
        /// It is another installation's: this one cannot go along.
        case elsewhere
    }

    private struct State {
        var database: any Database
        /// Ready for the moment at which everything has moved.
        var other: (any Database)?
        /// Whether each transaction asks.
        var isWary: Bool
        /// How often everything has moved.
        var moves = 0
        /// Transactions under way that did not ask.
        var unwary = 0
    }

    private let state: Mutex<State>
    private let token: String
    private let open: @Sendable (_ besides: Dialect) throws -> any Database
    private let promoter: @Sendable (_ id: String) -> Presence

    /// - Parameters:
    ///   - promotion: what the database said of itself when it was opened.
    ///   - token: what this process calls itself.
    ///   - open: opens the database to which everything moves from one of the dialect.
    ///   - promoter: whether somebody is carrying out the promotion, as far as this installation can know.
    package init(
        _ database: any Database, _ promotion: Promotion?, token: String,
        open: @escaping @Sendable (_ besides: Dialect) throws -> any Database,
        promoter: @escaping @Sendable (_ id: String) -> Presence
    ) {
        state = Mutex(State(database: database, isWary: promotion?.phase == .copying))
        (self.token, self.open, self.promoter) = (token, open, promoter)
    }

    package var dialect: Dialect { current.dialect }
    private var current: any Database { state.withLock(\.database) }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await run(body) { try await $0.read($1) }
    }

    @discardableResult
    package func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await run(body) { try await $0.write($1) }
    }

    @discardableResult
    package func append<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) async throws -> Answer {
        try await run(body) { try await $0.append($1) }
    }

    package func close() async throws {
        let (database, other) = state.withLock { ($0.database, $0.other) }
        try await other?.close()
        try await database.close()
    }

    package func backUp(to path: String) async throws { try await current.backUp(to: path) }

    private func run<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer,
        _ operate: (any Database, @escaping @Sendable (any Transaction) throws -> Answer) async throws -> Answer
    ) async throws -> Answer {
        while true {
            let place = enter()
            defer { leave(place) }
            do {
                return try await operate(place.database, place.isWary ? Self.wary(body) : body)
            } catch StoreError.moved {
                try follow(from: place.database, place.moves)
            } catch StoreError.closed {
                // Closed because everything has moved meanwhile, or for good.
                if state.withLock(\.moves) == place.moves { throw StoreError.closed }
            }
        }
    }

    private static func wary<Answer: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Answer
    ) -> @Sendable (any Transaction) throws -> Answer {
        { transaction in
            try Promotion.check(in: transaction)
            return try body(transaction)
        }
    }

    private func enter() -> State {
        state.withLock { state in
            if !state.isWary { state.unwary += 1 }
            return state
        }
    }

    private func leave(_ place: State) {
        if !place.isWary { state.withLock { $0.unwary -= 1 } }
    }

    /// From now on everything happens in the other database; whoever comes first opens it.
    private func follow(from database: any Database, _ moves: Int) throws {
        let isFirst = try state.withLock { state in
            guard state.moves == moves else { return false }
            (state.database, state.other) = (try state.other ?? open(database.dialect), nil)
            (state.moves, state.isWary) = (moves + 1, false)
            return true
        }
        guard isFirst else { return }
        log.notice("everything has moved", metadata: ["to": "\(dialect)"])
        // Those who are still at it finish first.
        Task.detached { try? await database.close() }
    }
}

// MARK: Watching

extension SwitchingDatabase {
    /// Looks once a second whether a promotion is under way, until cancelled.
    package func watch() async {
        while !Task.isCancelled {
            do { try await look() } catch  where state.withLock(\.isWary) {
                log.warning("a promotion cannot be followed yet", metadata: ["error": "\(error)"])
            } catch {
                // Whoever cannot be asked has other troubles, and says so elsewhere.
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    func look() async throws {
        let (database, moves) = state.withLock { ($0.database, $0.moves) }
        let (promotion, isKnown) = try await database.read { [token] transaction in
            let promotion = try Promotion.found(in: transaction, database.dialect)
            guard promotion?.phase == .copying else { return (promotion, false) }
            return (promotion, try transaction.row("SELECT token FROM promotion_witness WHERE token = \(token)") != nil)
        }
        switch promotion?.phase {
        case .moved: try follow(from: database, moves)
        case .copying: try await attend(promotion!, isKnown, on: database)
        default: try await relax()
        }
    }

    private func attend(_ promotion: Promotion, _ isKnown: Bool, on database: any Database) async throws {
        switch promoter(promotion.id) {
        case .gone: try await Promoter.abandon(database)
        // The file was copied from there; nobody else has it.
        case .elsewhere where database.dialect == .sqlite: try await Promoter.abandon(database)
        case .alive where !isKnown: try await prepare(promotion, on: database)
        // Whoever promotes shall know that we are here.
        case .elsewhere where !isKnown: try await testify(on: database)
        default: return
        }
    }

    /// Says that everything is ready, once that is true: the target is open, and no transaction is under way that did not ask.
    private func prepare(_ promotion: Promotion, on database: any Database) async throws {
        state.withLock { $0.isWary = true }
        // Not under the lock: a server that cannot be reached takes its time to say so.
        let other = try state.withLock(\.other) ?? open(database.dialect)
        state.withLock { $0.other = other }
        let found = try await other.read { try Promotion.found(in: $0, other.dialect) }
        guard found?.id == promotion.id, found?.phase == .target else { return }
        while state.withLock({ $0.unwary }) > 0 { try await Task.sleep(for: .milliseconds(10)) }
        try await testify(on: database)
    }

    private func testify(on database: any Database) async throws {
        try await database.append { [token] in
            try $0.run("INSERT INTO promotion_witness (token) VALUES (\(token)) ON CONFLICT (token) DO NOTHING")
        }
    }

    private func relax() async throws {
        let other = state.withLock { state in
            defer { (state.other, state.isWary) = (nil, false) }
            return state.other
        }
        try await other?.close()
    }
}
