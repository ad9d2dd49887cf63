import LibPQ

extension StoreError {
    /// By SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html).
    init(_ result: LibPQ.Result, _ library: LibPQ) {
        func field(_ name: Character) -> String {
            library.resultErrorField(result, CInt(name.asciiValue!)).map { String(cString: $0) } ?? ""
        }
        let (state, message) = (field("C"), field("M"))
        self =
            switch state {
            case "23505": .unique(field("n"))
            case "23503": .foreignKey(field("n"))
            case Self.stateOfMoved: .moved
            case "55P03": .busy
            case "40001", "40P01": .conflict
            // A column was added to what the statement reads; drivers know it by the function that says so (libpq has no other way).
            case "0A000" where field("R") == "RevalidateCachedQuery": .outdated
            case "53100": .full
            case "58030": .disk(message)
            case "XX001", "XX002": .damaged(message)
            // Shutting down, starting up, a standby: another connection may find the server that serves.
            case "57P01", "57P02", "57P03", "25006": .unreachable(message)
            case _ where state.hasPrefix("08"): .unreachable(message)
            case _ where state.hasPrefix("53"): .busy
            default: .other("PostgreSQL \(state): \(message)")
            }
    }
}

extension StoreError {
    /// Whether nothing that was done in the transaction can be kept.
    var endsTransaction: Bool {
        switch self {
        case .conflict, .outdated, .unreachable, .full, .disk, .busy: true
        default: false
        }
    }
}
