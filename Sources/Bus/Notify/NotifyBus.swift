/// A bus over PostgreSQL's LISTEN and NOTIFY (https://www.postgresql.org/docs/15/sql-notify.html): several nodes on one
/// database need nothing else.
package enum NotifyBus {
    /// Throws ``BusError`` when the server cannot be reached or refuses us.
    ///
    /// - Parameters:
    ///   - address: of the database, as libpq reads it.
    ///   - prefix: what the names of our channels begin with; the schema follows.
    package static func open(_ address: String, prefix: String) throws -> any Bus {
        try NodeBus("bus.notify") { incoming, _ in try NotifyLine(address, prefix: prefix, incoming) }
    }
}
