/// What a database says of itself when everything moves, or has moved, from one database to another. Where nothing was ever
/// promoted there is no such record, and the database is the truth.
package struct Promotion: Hashable, Sendable {
    package enum Phase: String, SQLConvertible, Sendable {
        /// Everything happens here.
        case truth
        /// Everything happens here, and is being copied.
        case copying
        /// Nothing happens here any more: the other one is the truth.
        case moved
        /// A copy, unfinished unless the other one says that it has moved.
        case target
    }

    /// The same in both databases; nobody else's database has it.
    package let id: String
    package var phase: Phase
    /// Only the installation that was promoted may use it, until it was started anew: its hints stay within its process.
    package var isAlone: Bool

    package init(id: String, phase: Phase, isAlone: Bool = false) { (self.id, self.phase, self.isAlone) = (id, phase, isAlone) }

    /// The record's table, where changes are noted down while everything is copied, and where servers say that they know of it.
    static let tables = ["promotion", "promotion_change", "promotion_witness"]

    static func schema(for dialect: Dialect) -> [SQL] {
        let number: SQL =
            dialect == .sqlite
            ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        return [
            "CREATE TABLE IF NOT EXISTS promotion (id TEXT PRIMARY KEY, phase TEXT NOT NULL, alone BIGINT NOT NULL)",
            """
            CREATE TABLE IF NOT EXISTS promotion_change (
                number \(number), name TEXT NOT NULL, first TEXT NOT NULL, second TEXT, third TEXT
            )
            """,
            "CREATE TABLE IF NOT EXISTS promotion_witness (token TEXT PRIMARY KEY)",
        ]
    }
}

extension Promotion {
    /// The record, also in a database that never heard of promotions.
    package static func found(in transaction: any Transaction, _ dialect: Dialect) throws -> Promotion? {
        guard try dialect.hasTable("promotion", in: transaction) else { return nil }
        return try transaction.row("SELECT id, phase, alone FROM promotion").map {
            try Promotion(id: $0("id"), phase: $0("phase"), isAlone: $0("alone"))
        }
    }

    /// Refuses what would happen in a database that has moved; to be asked in the transaction itself.
    static func check(in transaction: any Transaction) throws {
        let phase = try transaction.value("SELECT phase FROM promotion", as: Phase.self)
        if phase == .moved { throw StoreError.moved }
    }

    func insert(in transaction: any Transaction) throws {
        try transaction.run("INSERT INTO promotion (id, phase, alone) VALUES (\(id), \(phase), \(isAlone))")
    }

    /// From one phase to the next; false when the database is in another one.
    @discardableResult
    static func turn(_ phases: [Phase], to phase: Phase, in transaction: any Transaction) throws -> Bool {
        try transaction.run("UPDATE promotion SET phase = \(phase) WHERE phase IN \(list: phases)") > 0
    }
}
