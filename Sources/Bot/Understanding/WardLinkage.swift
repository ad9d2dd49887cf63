/// Joins the two groups whose union is the least wider than they are, again and again, until as many groups are left as wanted
/// (Ward's method).
///
/// By chains of nearest neighbours (Murtagh, The Computer Journal 26, 1983), in time and memory of the square of the number of things.
struct WardLinkage: Sendable {
    /// The group of each thing, from 0 on in the order of their first members.
    let groups: [Int]

    /// - Parameter distances: squared.
    init(_ distances: PairTable, count: Int) {
        let joints = Self.joints(distances).sorted { $0.distance < $1.distance }
        var parents = Array(0..<distances.count)
        func root(_ thing: Int) -> Int {
            var thing = thing
            while parents[thing] != thing { thing = parents[thing] }
            return thing
        }
        for joint in joints.prefix(max(distances.count - max(count, 1), 0)) {
            let (one, other) = (root(joint.one), root(joint.other))
            parents[max(one, other)] = min(one, other)
        }
        var numbers: [Int: Int] = [:]
        groups = parents.indices.map { thing in
            let top = root(thing)
            let number = numbers[top] ?? numbers.count
            numbers[top] = number
            return number
        }
    }

    private struct Joint {
        let one: Int
        let other: Int
        let distance: Float
    }

    /// All joints down to a single group. A group goes by the name of one of its members.
    private static func joints(_ distances: PairTable) -> [Joint] {
        var distances = distances
        var sizes = [Float](repeating: 1, count: distances.count)
        var alive = Array(0..<distances.count)
        var (joints, chain) = ([Joint](), [Int]())
        while alive.count > 1 {
            if chain.isEmpty { chain.append(alive[0]) }
            let (end, before) = (chain[chain.count - 1], chain.count > 1 ? chain[chain.count - 2] : nil)
            let nearest = Self.nearest(to: end, among: alive, preferring: before, distances)
            guard nearest == before else {
                chain.append(nearest)
                continue
            }
            chain.removeLast(2)
            let distance = distances[end, nearest]
            joints.append(Joint(one: end, other: nearest, distance: distance))
            let (own, others) = (sizes[end], sizes[nearest])
            for other in alive where other != end && other != nearest {
                // Lance and Williams, The Computer Journal 9, 1967.
                let third = sizes[other]
                let apart = (own + third) * distances[end, other] + (others + third) * distances[nearest, other]
                distances[end, other] = (apart - third * distance) / (own + others + third)
            }
            sizes[end] = own + others
            alive.removeAll { $0 == nearest }
        }
        return joints
    }

    /// A tie goes to the one before in the chain, so that every chain ends.
    private static func nearest(to end: Int, among alive: [Int], preferring before: Int?, _ distances: PairTable) -> Int {
        var (best, least) = (before ?? -1, before.map { distances[end, $0] } ?? .infinity)
        for other in alive where other != end && distances[end, other] < least { (best, least) = (other, distances[end, other]) }
        return best
    }
}
