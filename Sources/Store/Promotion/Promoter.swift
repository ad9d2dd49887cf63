import Synchronization

/// Moves everything from one database to another while work goes on in the first. Until the very last commit in the source,
/// the source is the truth; whatever breaks off before leaves a target that bears our mark and is begun anew.
package struct Promoter: Sendable {
    private let source: any Database
    private let target: any Database
    private let id: String
    private let migrations: [Migration]
    /// What a server that works in the source now calls itself; nil where none does.
    private let runningServer: @Sendable () throws -> String?
    private let tell: @Sendable (Progress) -> Void
    private let witnessWithin: Duration

    /// For the person who waits.
    package enum Progress: Sendable {
        case prepared(tables: Int)
        case witnessed(Bool)
        case copying(table: String, rows: Int)
        case copied(tables: Int, rows: Int, Duration)
        case verified(tables: Int, rows: Int)
        case followed(changes: Int)
        case switching
        case tooBusy(attempt: Int)
        case moved(pause: Duration, changes: Int)
    }

    /// Writing waits no longer than this; what takes longer is broken off and tried again.
    private static let patience = Duration.milliseconds(900)
    /// So few changes are copied while writing waits.
    private static let few = 100

    package init(
        from source: any Database, to target: any Database, id: String, migrations: [Migration],
        runningServer: @escaping @Sendable () throws -> String?, tell: @escaping @Sendable (Progress) -> Void,
        witnessWithin: Duration = .seconds(30)
    ) {
        (self.source, self.target, self.id, self.migrations) = (source, target, id, migrations)
        (self.runningServer, self.tell, self.witnessWithin) = (runningServer, tell, witnessWithin)
    }

    /// Returns when the target is the truth.
    package func run() async throws {
        do {
            try await clearTarget()
            try await beginCapture()
            let (tables, references) = try await prepare()
            try await waitForWitness()
            try await copy(tables)
            try await verify(tables)
            try await waitForWitness()
            try await move(tables, references)
        } catch {
            // An answer that never came may have been a yes.
            if case StoreError.unknown = error { throw error }
            _ = try? await Self.abandon(source)
            throw error
        }
        try await Self.settle(target)
    }

    // MARK: Preparing

    /// Only what is empty, or a copy of ours, makes room.
    private func clearTarget() async throws {
        let dialect = target.dialect
        try await target.append { transaction in
            let found = try Promotion.found(in: transaction, dialect)
            let leftovers = try dialect.leftovers(in: transaction)
            let isOurs = found?.id == id && [.target, .moved].contains(found?.phase)
            guard isOurs || leftovers.isEmpty else { throw PromotionError.notEmpty }
            for statement in leftovers { try transaction.run(statement) }
            for statement in Promotion.schema(for: dialect) { try transaction.run(statement) }
            try Promotion(id: id, phase: .target, isAlone: true).insert(in: transaction)
        }
    }

    /// From here on a server that works in the source can see what is coming.
    private func beginCapture() async throws {
        let dialect = source.dialect
        try await source.append { transaction in
            for statement in Promotion.schema(for: dialect) { try transaction.run(statement) }
            try Capture.end(in: transaction, dialect)
            if try Promotion.found(in: transaction, dialect) == nil {
                try Promotion(id: id, phase: .truth).insert(in: transaction)
            }
            guard try Promotion.turn([.truth, .target, .copying], to: .copying, in: transaction) else { throw StoreError.moved }
        }
        let tables = try await source.read { try CopiedTable.all(in: $0, dialect) }
        try await Capture(tables: tables, dialect: dialect).begin(on: source)
    }

    /// Makes the tables, and takes away the foreign keys that only the switch brings back.
    private func prepare() async throws -> ([CopiedTable], References) {
        try await target.migrate(migrations)
        let tables = try await source.read { [dialect = source.dialect] in try CopiedTable.all(in: $0, dialect) }
        let made = try await target.read { [dialect = target.dialect] in try CopiedTable.all(in: $0, dialect) }
        if let other = Set(tables).symmetricDifference(made).map(\.name).min() { throw PromotionError.otherSchema(other) }
        let references = try await target.append { [dialect = target.dialect] transaction in
            let references = try References(suspendedIn: transaction, dialect)
            // What the schema itself fills in comes from the source like everything else.
            for table in tables where try !table.page(after: nil, limit: 1, in: transaction).isEmpty {
                try transaction.run("DELETE FROM \(name: table.quoted)")
            }
            return references
        }
        tell(.prepared(tables: tables.count))
        return (tables, references)
    }

    // MARK: Copying

    private func copy(_ tables: [CopiedTable]) async throws {
        let begun = ContinuousClock.now
        var rows = 0
        for table in tables { rows += try await copy(table) }
        tell(.copied(tables: tables.count, rows: rows, .now - begun))
    }

    /// In the order of the key, each page as of another moment: what changes meanwhile is noted down and comes later.
    private func copy(_ table: CopiedTable) async throws -> Int {
        var (count, last) = (0, CopiedTable.Values?.none)
        while true {
            let rows = try await source.read { [last] in try table.page(after: last, limit: 1_000, in: $0) }
            guard let end = rows.last else { return count }
            // A row may have taken a place that another one had when it was copied; both are noted down.
            try await target.append { try table.insert(rows, skipping: true, in: $0) }
            (count, last) = (count + rows.count, table.key(of: end))
            if count.isMultiple(of: 50_000) { tell(.copying(table: table.name, rows: count)) }
        }
    }

    /// Everything as of one moment, on both sides. From then on only what changes has to be looked at.
    private func verify(_ tables: [CopiedTable]) async throws {
        try await follow(tables)
        let (delta, expected) = try await source.read { (try Delta(of: tables, in: $0), try Checksum.all(of: tables, in: $0)) }
        try await carryOver(delta)
        let found = try await target.read { try Checksum.all(of: tables, in: $0) }
        if let table = tables.first(where: { found[$0.name] != expected[$0.name] }) { throw PromotionError.differs(table.name) }
        try await refreshStatistics(tables)
        tell(.verified(tables: tables.count, rows: found.values.map(\.count).reduce(0, +)))
    }

    /// Round after round, until few changes remain or they come as fast as they are copied.
    private func follow(_ tables: [CopiedTable]) async throws {
        for _ in 1...20 {
            let delta = try await source.read { try Delta(of: tables, in: $0) }
            try await carryOver(delta)
            guard delta.count > Self.few else { return }
            tell(.followed(changes: delta.count))
        }
    }

    private func carryOver(_ delta: Delta) async throws {
        try await target.append { try delta.apply(in: $0) }
        try await source.append { try delta.forget(in: $0) }
    }

    /// So that the first questions are not answered as if the tables were empty.
    private func refreshStatistics(_ tables: [CopiedTable]) async throws {
        guard target.dialect == .postgres else { return }
        for table in tables { try await target.append { try $0.run("ANALYZE \(name: table.quoted)") } }
    }
}

// MARK: The switch

extension Promoter {
    private func move(_ tables: [CopiedTable], _ references: References) async throws {
        for attempt in 1...10 {
            try await follow(tables)
            tell(.switching)
            do { return try await moveNow(tables, references) } catch PromotionError.unwitnessed {
                // The server was started anew meanwhile.
                try await waitForWitness()
            } catch let error where Self.isPassing(error) {
                tell(.tooBusy(attempt: attempt))
                try await Task.sleep(for: .milliseconds(200 * attempt))
            }
        }
        throw PromotionError.tooBusy
    }

    /// While nobody can write to the source, the last changes reach the target and are committed there; then the source
    /// gives up being the truth. If we end in between, it does not.
    private func moveNow(_ tables: [CopiedTable], _ references: References) async throws {
        let (source, target) = (source, target)
        let closed = Mutex(ContinuousClock.now)
        let changes = try await source.append { transaction in
            let dialect = source.dialect
            try Capture.close(in: transaction, dialect)
            let begun = ContinuousClock.now
            closed.withLock { $0 = begun }
            try checkWitnesses(in: transaction)
            let delta = try Delta(of: tables, in: transaction)
            try awaited {
                try await target.append {
                    // Those of an attempt that was broken off afterwards.
                    _ = try References(suspendedIn: $0, target.dialect)
                    try delta.apply(in: $0)
                    try references.restore(in: $0)
                }
            }
            guard ContinuousClock.now - begun < Self.patience else { throw PromotionError.tooBusy }
            guard try Promotion.turn([.copying], to: .moved, in: transaction) else {
                throw StoreError.other("the promotion was forgotten")
            }
            return delta.count
        }
        tell(.moved(pause: .now - closed.withLock { $0 }, changes: changes))
    }

    // MARK: Witnesses

    /// A server that works in the source must know, so that nobody is shown the source once it has moved. On PostgreSQL
    /// there may be several, and they must not: only this installation's own server can go along.
    private func waitForWitness() async throws {
        let isShareable = source.dialect == .postgres
        try await source.append { try $0.run("DELETE FROM promotion_witness") }
        let begun = ContinuousClock.now
        while .now - begun < witnessWithin {
            let witnesses = try await source.read { try Self.witnesses(in: $0) }
            let server = try runningServer()
            guard !isShareable || witnesses.subtracting([server].compactMap(\.self)).isEmpty else { throw PromotionError.shared }
            // Whoever works looks once a second.
            let isEnough = !isShareable || .now - begun > .seconds(3)
            if isEnough, server.map(witnesses.contains) ?? true { return tell(.witnessed(server != nil)) }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw PromotionError.unwitnessed
    }

    private func checkWitnesses(in transaction: any Transaction) throws {
        // A server that began after we asked has looked before it took anything on.
        guard let server = try runningServer() else { return }
        guard try Self.witnesses(in: transaction).contains(server) else { throw PromotionError.unwitnessed }
    }

    private static func witnesses(in transaction: any Transaction) throws -> Set<String> {
        try Set(transaction.rows("SELECT token FROM promotion_witness").map { try $0("token", as: String.self) })
    }
}

// MARK: Afterwards

extension Promoter {
    /// Forgets a promotion that was broken off; false when it was not.
    @discardableResult
    package static func abandon(_ source: any Database) async throws -> Bool {
        let dialect = source.dialect
        return try await source.append { transaction in
            guard try dialect.hasTable("promotion", in: transaction) else { return false }
            guard try Promotion.turn([.copying], to: .truth, in: transaction) else { return false }
            try Capture.end(in: transaction, dialect)
            return true
        }
    }

    /// What is left to do in the new truth; may be done again.
    package static func settle(_ target: any Database) async throws {
        try await target.append { try Promotion.turn([.target], to: .truth, in: $0) }
        try await References.validate(on: target)
    }

    /// Lets other nodes use the new truth.
    package static func openToOthers(_ target: any Database) async throws {
        try await target.append { try $0.run("UPDATE promotion SET alone = 0") }
    }
}

extension Promoter {
    /// Whether a quieter moment may help.
    private static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case PromotionError.tooBusy, StoreError.conflict, StoreError.busy: true
        default: false
        }
    }
}
