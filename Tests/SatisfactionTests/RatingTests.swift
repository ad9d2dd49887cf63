import Basics
import Support
import Testing

@testable import Satisfaction

@Suite struct RatingTests {
    private func rating(_ stars: Int, _ reason: String? = nil) throws(Refusal) -> Rating {
        try Rating(of: ID(rawValue: 1), in: ID(rawValue: 2), stars: stars, reason: reason, at: VirtualClock().now)
    }

    @Test(arguments: 1...5)
    func `one to five stars are a rating`(stars: Int) throws { #expect(try rating(stars).stars == stars) }

    @Test(arguments: [0, 6, -1, .max, .min])
    func `stars outside one to five are refused`(stars: Int) {
        #expect(throws: Refusal(.invalid, "rating.stars")) { try rating(stars) }
    }

    @Test func `a reason may be given, at most a thousand characters long`() throws {
        #expect(try rating(2, "too slow").reason == "too slow")
        #expect(try rating(2, String(repeating: "慢", count: 1_000)).reason?.count == 1_000)
        #expect(throws: Refusal(.invalid, "rating.reason")) { try rating(2, String(repeating: "慢", count: 1_001)) }
    }

    @Test(arguments: ["", "   ", "\n\t\u{3000}"])
    func `white space is no reason`(reason: String) throws { #expect(try rating(2, reason).reason == nil) }
}
