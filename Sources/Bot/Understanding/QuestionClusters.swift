import Foundation
import Knowledge

/// Questions that mean about the same, gathered as they come: each joins the cluster whose middle it is closest to, or begins a new one
/// (leader clustering). The same questions in the same order give the same clusters.
///
/// ```swift
/// var clusters = QuestionClusters(weighing: questions, Hearing(.chinese))
/// for question in questions { clusters.add(question) }
/// for cluster in clusters.list.sorted(by: { $0.members.count > $1.members.count }) {
///     let name = questions[clusters.typical(of: cluster)]
/// }
/// ```
///
/// Fifteen hundred questions take half a second; the time of one grows with the number of clusters.
package struct QuestionClusters: Sendable {
    package struct Cluster: Sendable, Hashable {
        /// The places of its questions in the order in which they were added, counted from 0.
        package fileprivate(set) var members: [Int]
    }

    /// From which cosine to its middle on a question belongs to a cluster.
    package static let alike: Float = 0.4

    /// In the order of their first questions.
    package private(set) var list: [Cluster] = []

    private let vectors: QuestionVectors
    private let alike: Float
    private var added: [SparseVector] = []
    /// The length of the sum of its members' vectors, cluster by cluster, squared.
    private var squares: [Float] = []
    /// For each feature the clusters that hold it, with their sums.
    private var holders: [Int32: [(place: Int32, sum: Float)]] = [:]

    /// - Parameters:
    ///   - examples: questions of the same kind, from which it is learnt how telling each word is: mostly those to be added.
    ///   - alike: from which cosine on a question belongs to a cluster; lower values make fewer and larger clusters.
    package init(weighing examples: [String], _ hearing: Hearing, alike: Float = alike) {
        vectors = QuestionVectors(weighing: examples, hearing)
        self.alike = alike
    }

    /// Adds a question and gives the place of its cluster in ``list``.
    @discardableResult
    package mutating func add(_ question: String) -> Int {
        let vector = vectors.vector(question)
        let place = nearest(to: vector) ?? list.count
        if place == list.count {
            list.append(Cluster(members: []))
            squares.append(0)
        }
        list[place].members.append(added.count)
        added.append(vector)
        widen(place, by: vector)
        return place
    }

    private func nearest(to vector: SparseVector) -> Int? {
        let products = products(with: vector)
        let cosines = products.indices.map { products[$0] / squares[$0].squareRoot() }
        // Of equals the older one.
        let best = cosines.indices.max { cosines[$0] < cosines[$1] || cosines[$0] == cosines[$1] && $0 > $1 }
        return best.flatMap { cosines[$0] >= alike ? $0 : nil }
    }

    private func products(with vector: SparseVector) -> [Float] {
        var products = [Float](repeating: 0, count: list.count)
        for (feature, weight) in zip(vector.features, vector.weights) {
            for holder in holders[feature] ?? [] { products[Int(holder.place)] += weight * holder.sum }
        }
        return products
    }

    private mutating func widen(_ place: Int, by vector: SparseVector) {
        var growth: Float = 0
        for (feature, weight) in zip(vector.features, vector.weights) {
            growth += weight * weight + 2 * weight * add(weight, of: feature, to: Int32(place))
        }
        squares[place] += growth
    }

    /// Gives the sum before.
    private mutating func add(_ weight: Float, of feature: Int32, to place: Int32) -> Float {
        guard let index = holders[feature]?.firstIndex(where: { $0.place == place }) else {
            holders[feature, default: []].append((place, weight))
            return 0
        }
        defer { holders[feature]![index].sum += weight }
        return holders[feature]![index].sum
    }

    /// The place of the question closest to the middle of a cluster: how it may be named. Looks at all its questions.
    package func typical(of cluster: Cluster) -> Int {
        let members = cluster.members.map { (place: $0, vector: added[$0]) }
        var middle: [Int32: Float] = [:]
        for (_, vector) in members {
            for (feature, weight) in zip(vector.features, vector.weights) { middle[feature, default: 0] += weight }
        }
        let products = members.map { member in
            zip(member.vector.features, member.vector.weights).reduce(Float(0)) { $0 + $1.1 * middle[$1.0, default: 0] }
        }
        let best = products.indices.max { products[$0] < products[$1] || products[$0] == products[$1] && $0 > $1 }
        return best.map { members[$0].place } ?? 0
    }
}

extension QuestionClusters {
    /// Questions in so many groups, for when there is time: by Ward's method, then each question moved to the nearest middle.
    /// (Measured against average linkage: adjusted Rand index .61 instead of .39, see docs/bot.md.)
    ///
    /// - Returns: the group of each question, from 0 on. Time and memory grow with the square of the number of questions.
    package static func groups(of questions: [String], count: Int, _ hearing: Hearing) -> [Int] {
        let vectors = QuestionVectors(weighing: questions, hearing)
        guard !questions.isEmpty else { return [] }
        let all = questions.map(vectors.vector)
        let groups = WardLinkage(QuestionVectors.distances(all), count: count).groups
        var middles = Middles(all, groups: groups, count: count)
        return middles.settled(all, groups)
    }
}
