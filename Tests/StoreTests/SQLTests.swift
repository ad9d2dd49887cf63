import Basics
import Testing

@testable import Store

@Suite struct SQLTests {
    @Test func `values become numbered places, never text`() {
        let name = "'; DROP TABLE agent; --"
        let statement: SQL = "SELECT * FROM agent WHERE name = \(name) AND age > \(7)"
        #expect(statement.text == "SELECT * FROM agent WHERE name = $1 AND age > $2")
        #expect(statement.values == [.text(name), .integer(7)])
    }

    @Test func `a list becomes as many places, and an empty one matches nothing`() {
        let statement: SQL = "SELECT 1 WHERE a = \(true) AND b IN \(list: [4, 5]) AND c IN \(list: [String]())"
        #expect(statement.text == "SELECT 1 WHERE a = $1 AND b IN ($2, $3) AND c IN (NULL)")
        #expect(statement.values == [.integer(1), .integer(4), .integer(5)])
    }

    @Test func `a number of rows is part of the text, which the plan is made for`() {
        let statement: SQL = "SELECT 1 WHERE a = \(5) LIMIT \(rows: 51)"
        #expect(statement.text == "SELECT 1 WHERE a = $1 LIMIT 51")
        #expect(statement.values == [.integer(5)])
    }

    @Test func `a part inside a statement is numbered anew`() {
        let part: SQL = "x = \(1) OR y = \(2)"
        let twelve: SQL = "\(part) AND \(part) AND \(part) AND \(part) AND \(part) AND \(part)"
        let statement: SQL = "SELECT '$.name' WHERE z = \(0) AND (\(twelve)) LIMIT \(9)"
        #expect(statement.text.contains("x = $12 OR y = $13) LIMIT $14"))
        #expect(statement.text.hasPrefix("SELECT '$.name' WHERE z = $1 AND (x = $2 OR y = $3 AND x = $4"))
        let values: [Int64] = [0] + Array(repeating: [1, 2], count: 6).joined() + [9]
        #expect(statement.values == values.map { .integer($0) })
    }

    @Test func `a dollar sign without a number stays, wherever it stands`() {
        let part: SQL = "a ->> '$.b' = \("$1") AND c = '$' AND d = '$x1'"
        let statement: SQL = "\(0) \(part)"
        #expect(statement.text == "$1 a ->> '$.b' = $2 AND c = '$' AND d = '$x1'")
        #expect(statement.values == [.integer(0), .text("$1")])
    }

    @Test func `nothing is NULL`() {
        let nobody: String? = nil
        let statement: SQL = "UPDATE a SET b = \(nobody)"
        #expect(statement.values == [.null])
    }

    @Test func `a property is a column`() {
        #expect(columnName("openedAt") == "opened_at")
        #expect(columnName("name") == "name")
        #expect(columnName("isOK2") == "is_o_k2")
    }
}
