import Basics
import Bus
import Logging
import Organization
import Store
import Web

/// What every chapter stands on: the database, the bus, and what comes in from outside.
struct Ground: Sendable {
    let folder: DataFolder
    let database: any Database
    /// Looks whether everything is being promoted to another database, and goes along.
    let promotions: SwitchingDatabase
    /// What this process calls itself to others in the folder.
    let token: String
    let bus: any Bus
    let surroundings: Surroundings
    let facts: Facts
    /// Those who serve the same database; on SQLite this one is alone.
    let nodes: Nodes
    let isCluster: Bool
    let roles: Roles
    let settings: Settings
    let metrics = Metrics()
    let logger: Logger
    /// Tells that a commit did not reach the disk: the process must end.
    let diskLosses: AsyncStream<StoreError>
    let farewell = Farewell()

    /// Where the database was found.
    let truth: Truth

    /// Opens the folder and the database in it.
    ///
    /// - Parameter serves: hold the folder before looking where its data is: a promotion asks who holds it.
    init(_ settings: Settings, serves: Bool) async throws {
        self.settings = settings
        logger = Logger(label: "nightdesk")
        folder = try DataFolder(settings[SettingsInForce.data])
        surroundings = .system()
        token = surroundings.makeToken()
        if serves { try folder.lock(as: token) }
        let (losses, lost) = AsyncStream.makeStream(of: StoreError.self)
        diskLosses = losses
        truth = try await Truth.found(in: folder, settings, waits: serves) { lost.yield($0) }
        promotions = SwitchingDatabase(
            truth.database, truth.promotion, token: token,
            open: { [folder] in try Self.other($0, folder) { lost.yield($0) } },
            promoter: { [folder] in PromotionLock.holder(of: $0, in: folder) })
        database = LeasedDatabase(promotions)
        isCluster = truth.address != nil
        roles = Roles(settings[Roles.setting])
        guard isCluster || roles == .all else { throw Misuse("'--roles' needs a PostgreSQL that the nodes share ('--database')") }
        // Until a node has its own number: what commands make beside it must not meet its ids.
        if isCluster { surroundings.become(node: Nodes.most) }
        nodes = Nodes(database, surroundings: surroundings)
        bus = try HintsBetweenNodes.open(settings, database: truth.address ?? "")
        facts = Facts(bus: bus)
    }

    /// What a promotion leaves for the first start after it. From then on hints reach other nodes, and they may join.
    func settlePromotion() async throws {
        guard let promotion = truth.promotion, promotion.phase == .target || promotion.isAlone else { return }
        try await Promoter.settle(database)
        try await Promoter.openToOthers(database)
    }

    /// Where everything goes that is promoted from a database of the dialect.
    private static func other(
        _ dialect: Dialect, _ folder: DataFolder, _ onLostDisk: @escaping @Sendable (StoreError) -> Void
    ) throws -> any Database {
        if dialect == .postgres { return try SQLiteDatabase(path: folder.database, onLostDisk: onLostDisk) }
        guard let forwarding = try Forwarding.found(in: folder.path) else {
            throw StoreError.unreachable("promotion.json is gone")
        }
        return try PostgresDatabase(forwarding.address)
    }
}
