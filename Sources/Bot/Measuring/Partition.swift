import Foundation

/// How far two ways of sorting the same things into groups agree.
package struct Partition: Sendable {
    /// How often each pair of groups holds the same thing.
    private let table: [[Int]]
    private let count: Int

    /// - Parameters: the group of each thing, once as found and once as it should be.
    package init(_ found: [Int], _ wanted: [Int]) {
        var table = (0...(found.max() ?? 0)).map { _ in [Int](repeating: 0, count: (wanted.max() ?? 0) + 1) }
        for (one, other) in zip(found, wanted) { table[one][other] += 1 }
        (self.table, count) = (table, found.count)
    }

    /// The adjusted Rand index (Hubert and Arabie, Journal of Classification 2, 1985): 1 for the same groups, 0 for chance.
    package var adjustedRandIndex: Double {
        let together = table.joined().reduce(0) { $0 + Self.pairs($1) }
        let (rows, columns) = (rowSums.reduce(0) { $0 + Self.pairs($1) }, columnSums.reduce(0) { $0 + Self.pairs($1) })
        let chance = rows * columns / max(Self.pairs(count), 1)
        let most = (rows + columns) / 2
        return most == chance ? 1 : (together - chance) / (most - chance)
    }

    /// The share of things in the right group when every group found stands for at most one wanted, matched as well as possible.
    package var accuracy: Double {
        let size = max(table.count, table.first?.count ?? 0)
        let costs = (0..<size).map { row in
            (0..<size).map { column in row < table.count && column < table[row].count ? -Double(table[row][column]) : 0 }
        }
        let matched = Assignment(costs: costs).columns.enumerated().reduce(0) { $0 - costs[$1.offset][$1.element] }
        return matched / Double(max(count, 1))
    }

    private var rowSums: [Int] { table.map { $0.reduce(0, +) } }
    private var columnSums: [Int] { (table.first ?? []).indices.map { column in table.reduce(0) { $0 + $1[column] } } }

    private static func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
}

/// The cheapest way to give every row a column of its own: the Hungarian method with potentials, in time of the cube of the size.
struct Assignment: Sendable {
    /// The column of each row.
    let columns: [Int]

    init(costs: [[Double]]) {
        let size = costs.count
        // Rows and columns count from 1; 0 stands for none.
        var (rowPotential, columnPotential) = ([Double](repeating: 0, count: size + 1), [Double](repeating: 0, count: size + 1))
        var (rowOf, way) = ([Int](repeating: 0, count: size + 1), [Int](repeating: 0, count: size + 1))
        for row in stride(from: 1, through: size, by: 1) {
            rowOf[0] = row
            var column = 0
            var least = [Double](repeating: .infinity, count: size + 1)
            var isUsed = [Bool](repeating: false, count: size + 1)
            repeat {
                isUsed[column] = true
                let current = rowOf[column]
                var (step, next) = (Double.infinity, 0)
                for other in 1...size where !isUsed[other] {
                    let cost = costs[current - 1][other - 1] - rowPotential[current] - columnPotential[other]
                    if cost < least[other] { (least[other], way[other]) = (cost, column) }
                    if least[other] < step { (step, next) = (least[other], other) }
                }
                for other in 0...size {
                    if isUsed[other] {
                        rowPotential[rowOf[other]] += step
                        columnPotential[other] -= step
                    } else {
                        least[other] -= step
                    }
                }
                column = next
            } while rowOf[column] != 0
            while column != 0 {
                rowOf[column] = rowOf[way[column]]
                column = way[column]
            }
        }
        var columns = [Int](repeating: 0, count: size)
        for column in stride(from: 1, through: size, by: 1) { columns[rowOf[column] - 1] = column - 1 }
        self.columns = columns
    }
}
