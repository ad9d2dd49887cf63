import Basics
import Logging
import Store

/// Removes, once an hour, what nobody will ask for: uploads that were never sent, deliveries accepted a week ago; and at the
/// start and once a day the files that a crash left without anybody knowing of them.
struct Housekeeping: Sendable {
    private static let kept: Duration = .seconds(7 * 24 * 60 * 60)

    let attachments: Attachments
    let database: any Database
    let surroundings: Surroundings
    let logger: Logger

    func run() async throws {
        for hour in 0... {
            do {
                if hour.isMultiple(of: 24) { try await attachments.removeOrphans() }
                try await tidy()
            } catch { logger.error("housekeeping failed", metadata: ["error": "\(error)"]) }
            try await surroundings.sleep(.seconds(60 * 60))
        }
    }

    func tidy() async throws {
        while try await attachments.removeForgotten() > 0 {}
        let limit = surroundings.now() - Self.kept
        try await database.write { try DeliveryStore().removeDone(before: limit, in: $0) }
    }
}
