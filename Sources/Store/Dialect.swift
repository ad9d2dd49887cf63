/// What differs between the databases; everything else is one text for both.
package enum Dialect: Sendable {
    case sqlite, postgres

    /// The statement as this database wants its schema described.
    func adapted(_ statement: SQL) -> SQL {
        switch self {
        // A 64-bit key is SQLite's own row number only under this name; any other makes a second tree.
        case .sqlite: statement.replacing("BIGINT PRIMARY KEY", with: "INTEGER PRIMARY KEY")
        case .postgres: statement
        }
    }
}
