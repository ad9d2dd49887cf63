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
    let facts = Facts()
    let settings: Settings
    let metrics = Metrics()
    let logger: Logger
    /// Tells that a commit did not reach the disk: the process must end.
    let diskLosses: AsyncStream<StoreError>

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
        database = try SQLiteDatabase(path: folder.database) { lost.yield($0) }
        bus = MemoryBus()
    }
}
