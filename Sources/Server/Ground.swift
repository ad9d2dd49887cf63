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

    /// Opens the folder and the database in it.
    init(_ settings: Settings) throws {
        self.settings = settings
        let level = Logger.Level(rawValue: settings[SettingsInForce.logLevel]) ?? .info
        LoggingSystem.bootstrap { JSONLines(label: $0, level: level) }
        logger = Logger(label: "nightdesk")
        folder = try DataFolder(settings[SettingsInForce.data])
        surroundings = .system()
        let (losses, lost) = AsyncStream.makeStream(of: StoreError.self)
        diskLosses = losses
        let server = settings[SettingsInForce.database]
        isCluster = !server.isEmpty
        roles = Roles(settings[Roles.setting])
        guard isCluster || roles == .all else { throw Misuse("'--roles' needs a PostgreSQL that the nodes share ('--database')") }
        let opened: any Database =
            isCluster ? try PostgresDatabase(server) : try SQLiteDatabase(path: folder.database) { lost.yield($0) }
        database = LeasedDatabase(opened)
        // Until a node has its own number: what commands make beside it must not meet its ids.
        if isCluster { surroundings.become(node: Nodes.most) }
        nodes = Nodes(database, surroundings: surroundings)
        bus = try HintsBetweenNodes.open(settings, database: server)
        facts = Facts(bus: bus)
    }
}
