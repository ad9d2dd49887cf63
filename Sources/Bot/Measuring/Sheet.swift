import Basics
import Foundation

/// A file of tab-separated values with a heading, read into memory.
package struct Sheet: Sendable {
    private let columns: [String: Int]
    private let rows: [[Substring]]

    package init(path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Refusal(.invalid, "sheet.unreadable", detail: path)
        }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        let heading = lines.first ?? []
        columns = Dictionary(heading.enumerated().map { (String($1), $0) }) { first, _ in first }
        rows = Array(lines.dropFirst())
    }

    /// The values of a column, empty where a row is too short.
    package func callAsFunction(_ column: String) throws -> [String] {
        guard let place = columns[column] else { throw Refusal(.invalid, "sheet.column", detail: "missing: \(column)") }
        return rows.map { place < $0.count ? String($0[place]) : "" }
    }
}
