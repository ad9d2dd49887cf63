import Bus
import Foundation
import Support

/// The back ends that keep the promises of ``BusContractTests``: a new one is one more case here.
enum BackEnd: CaseIterable, Sendable {
    case memory, notify, nats

    /// Those that join nodes.
    static let betweenNodes: [BackEnd] = [.notify, .nats]

    /// A bus of its own for one test.
    func make() async throws -> any Bus { try nodes(1)[0] }

    /// The buses of so many nodes of one installation.
    func nodes(_ count: Int, of installation: Installation = Installation()) throws -> [any Bus] {
        try (0..<count).map { _ in
            switch self {
            case .memory: MemoryBus()
            case .notify: try NotifyBus.open(Shared.postgres.get(), prefix: installation.prefix)
            case .nats: try NATSBus.open(NATSBus.Address(Shared.nats.get(), prefix: installation.prefix))
            }
        }
    }
}

/// What nodes have in common.
struct Installation {
    let prefix = "test-" + UUID().uuidString.lowercased()
}

/// Servers that all tests use who leave them as they are.
enum Shared {
    private static let ownPostgres = Result { try PostgresServer() }

    private static let ownNATS = Result { try NATSServer() }

    /// The address of a NATS.
    static let nats: Result<String, any Error> = ownNATS.map(\.address)

    /// The address of a PostgreSQL.
    static let postgres: Result<String, any Error> =
        if let server = ProcessInfo.processInfo.environment["NIGHTDESK_TEST_POSTGRES"] { .success(server) } else {
            ownPostgres.map(\.address)
        }
}
