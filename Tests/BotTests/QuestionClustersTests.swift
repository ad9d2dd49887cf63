import Bot
import Knowledge
import Testing

@Suite struct QuestionClustersTests {
    private static let questions = [
        "怎么申请退货", "退货怎么申请呢", "申请退货要怎么弄", "发票可以开公司抬头吗", "发票抬头可以写公司吗", "我想申请退货", "几点关门", "🙂",
    ]

    private func clusters(_ questions: [String] = questions) -> QuestionClusters {
        var clusters = QuestionClusters(weighing: questions, Hearing(.chinese))
        for question in questions { clusters.add(question) }
        return clusters
    }

    @Test func `questions that mean the same come together as they arrive`() {
        let clusters = clusters()
        #expect(clusters.list.map(\.members) == [[0, 1, 2, 5], [3, 4], [6], [7]])
    }

    @Test func `a cluster is named by one of its questions`() {
        let clusters = clusters()
        for cluster in clusters.list { #expect(cluster.members.contains(clusters.typical(of: cluster))) }
        #expect([0, 1].contains(clusters.typical(of: clusters.list[0])))
    }

    @Test func `nothing makes no clusters`() {
        #expect(clusters([]).list.isEmpty)
        #expect(QuestionClusters.groups(of: [], count: 3, Hearing(.chinese)).isEmpty)
    }

    @Test(arguments: [1, 3, 4, 8, 20])
    func `questions are sorted into as many groups as wanted`(count: Int) {
        let groups = QuestionClusters.groups(of: Self.questions, count: count, Hearing(.chinese))
        #expect(groups.count == Self.questions.count)
        #expect(Set(groups).count == min(count, Self.questions.count))
        if count == 4 { #expect(Partition(groups, [0, 0, 0, 1, 1, 0, 2, 3]).adjustedRandIndex == 1) }
    }

    @Test func `the same groups by other names agree wholly`() {
        let partition = Partition([0, 0, 1, 1, 2], [2, 2, 0, 0, 1])
        #expect(partition.adjustedRandIndex == 1)
        #expect(partition.accuracy == 1)
    }

    /// The first figure is the one that scikit-learn's documentation gives.
    @Test func `agreement is measured as the literature does`() {
        #expect(abs(Partition([0, 0, 1, 2], [0, 0, 1, 1]).adjustedRandIndex - 0.5714) < 0.0001)
        #expect(abs(Partition([0, 0, 1, 1], [0, 1, 0, 1]).adjustedRandIndex + 0.5) < 0.0001)
        #expect(Partition([0, 0, 0, 0], [0, 0, 1, 1]).accuracy == 0.5)
        // Matching the largest overlap first would give 4 of 8; the best matching gives 5.
        #expect(Partition([0, 0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0, 0]).accuracy == 5.0 / 8)
    }
}
