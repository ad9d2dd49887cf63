import Basics

/// One page of a list; `next` is the cursor of the following page and is absent on the last one.
package struct Page<Row: Codable & Sendable>: Codable, Sendable {
    package let rows: [Row]
    package let next: String?

    package init(_ rows: [Row], next: String? = nil) { (self.rows, self.next) = (rows, next) }
}

extension Page {
    /// From one row more than asked for: the extra row only tells that there is a next page.
    package init(_ found: [Row], limit: Int, cursor: (Row) -> String) {
        let rows = Array(found.prefix(limit))
        self.init(rows, next: found.count > limit ? rows.last.map(cursor) : nil)
    }

}

extension Call {
    /// What `?limit=` asks for: 50 unless told, at most 200.
    package var limit: Int {
        get throws(Refusal) {
            guard let limit = try query("limit", as: Int.self) else { return 50 }
            guard (1...200).contains(limit) else { throw Refusal(.invalid, "query.limit") }
            return limit
        }
    }
}
