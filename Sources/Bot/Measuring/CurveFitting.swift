import Foundation

extension Calibrator.Curve {
    /// Fits the curve to what turned out right and wrong: Newton's method on standardised evidence, with a little
    /// pull towards zero. The same examples give the same curve.
    package init(fitting examples: [(evidence: Evidence, isRight: Bool)], pull: Double = 1) {
        let count = Evidence.names.count
        let scale = Scale(examples.map(\.evidence.values), count)
        let rows = examples.map { [1] + scale.standardised($0.evidence.values) }
        let targets = examples.map { $0.isRight ? 1.0 : 0.0 }
        var weights = [Double](repeating: 0, count: count + 1)
        for _ in 0..<25 {
            let step = Self.newtonStep(rows, targets, weights, pull)
            for place in weights.indices { weights[place] += step[place] }
        }
        let plain = (0..<count).map { weights[$0 + 1] / scale.deviations[$0] }
        let shift = zip(plain, scale.means).reduce(0) { $0 + $1.0 * $1.1 }
        self.init(intercept: weights[0] - shift, weights: plain)
    }

    private static func newtonStep(_ rows: [[Double]], _ targets: [Double], _ weights: [Double], _ pull: Double) -> [Double] {
        let size = weights.count
        var gradient = weights.map { -pull * $0 }
        gradient[0] = 0
        var curvature = (0..<size).map { i in (0..<size).map { $0 == i && i > 0 ? pull : 1e-9 * ($0 == i ? 1 : 0) } }
        for (row, target) in zip(rows, targets) {
            let probability = 1 / (1 + exp(-zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }))
            let slope = max(probability * (1 - probability), 1e-9)
            for i in 0..<size {
                gradient[i] += (target - probability) * row[i]
                for j in 0..<size { curvature[i][j] += slope * row[i] * row[j] }
            }
        }
        return solve(curvature, gradient)
    }

    /// Gaussian elimination; the matrix is symmetric and positive.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (matrix, right) = (matrix, right)
        let size = right.count
        for pivot in 0..<size {
            for row in (pivot + 1)..<max(size, pivot + 1) {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in pivot..<size { matrix[row][column] -= factor * matrix[pivot][column] }
                right[row] -= factor * right[pivot]
            }
        }
        for pivot in (0..<size).reversed() {
            for column in (pivot + 1)..<max(size, pivot + 1) { right[pivot] -= matrix[pivot][column] * right[column] }
            right[pivot] /= matrix[pivot][pivot]
        }
        return right
    }

    private struct Scale {
        let means: [Double]
        let deviations: [Double]

        init(_ rows: [[Double]], _ count: Int) {
            let total = Double(max(rows.count, 1))
            let means = (0..<count).map { column in rows.reduce(0) { $0 + $1[column] } / total }
            self.means = means
            deviations = (0..<count).map { column in
                let variance = rows.reduce(0) { $0 + ($1[column] - means[column]) * ($1[column] - means[column]) } / total
                return max(variance.squareRoot(), 1e-6)
            }
        }

        func standardised(_ values: [Double]) -> [Double] { values.indices.map { (values[$0] - means[$0]) / deviations[$0] } }
    }
}
