import Testing

@testable import Bot

@Suite struct BreakerTests {
    @Test func `three failures in a row are enough, and one try at a time follows the rest`() {
        var breaker = Breaker()
        for _ in 1...2 { breaker.fail(at: .zero) }
        #expect(breaker.rest(at: .zero) == nil)
        breaker.fail(at: .zero)
        #expect(breaker.rest(at: .seconds(1)) == .seconds(29))
        #expect(breaker.rest(at: .seconds(30)) == nil)
        #expect(breaker.rest(at: .seconds(30)) != nil)
        breaker.fail(at: .seconds(31))
        #expect(breaker.rest(at: .seconds(31)) == .seconds(60))
        #expect(breaker.rest(at: .seconds(91)) == nil)
        breaker.succeed()
        #expect(breaker.rest(at: .seconds(91)) == nil)
    }

    @Test func `a success between them starts the count anew`() {
        var breaker = Breaker()
        for _ in 1...5 {
            breaker.fail(at: .zero)
            breaker.fail(at: .zero)
            breaker.succeed()
        }
        #expect(!breaker.isResting(at: .zero))
    }

    @Test func `the rest has an end`() {
        var breaker = Breaker()
        for _ in 1...40 { breaker.fail(at: .zero) }
        #expect(breaker.rest(at: .zero) == Breaker.longestRest)
    }

    @Test func `a try that was given up lets the next one through`() {
        var breaker = Breaker()
        for _ in 1...3 { breaker.fail(at: .zero) }
        #expect(breaker.rest(at: .seconds(30)) == nil)
        breaker.abandon()
        #expect(breaker.rest(at: .seconds(30)) == nil)
    }
}
