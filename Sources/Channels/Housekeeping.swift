import Basics
import Logging
import Store

/// Removes, once an hour, what nobody will ask for: uploads that were never sent, deliveries accepted a week ago.
struct Housekeeping: Sendable {
    private static let kept: Duration = .seconds(7 * 24 * 60 * 60)

    let attachments: Attachments
    let database: any Database
    let surroundings: Surroundings
    let logger: Logger

    func run() async throws {
        while true {
            do { try await tidy() } catch { logger.error("housekeeping failed", metadata: ["error": "\(error)"]) }
            try await Task.sleep(for: .seconds(60 * 60))
        }
    }

    func tidy() async throws {
        while try await attachments.removeForgotten() > 0 {}
        let limit = surroundings.now() - Self.kept
        try await database.write { try DeliveryStore().removeDone(before: limit, in: $0) }
    }
}
