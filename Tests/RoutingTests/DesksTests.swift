import Basics
import Support
import Testing

@testable import Routing

@Suite struct DesksTests {
    private let clock = VirtualClock()
    private let desks: Desks

    init() { desks = Desks(start: clock.now) }

    @Test func `before anybody connects, everybody has been gone since the start`() {
        let start = clock.now
        clock.advance(by: .seconds(60))
        #expect(desks.goneSince(ID(rawValue: 1)) == start)
        #expect(!desks.isConnected(ID(rawValue: 1)))
    }

    @Test func `whoever is connected is not gone, whoever left is gone since then`() {
        desks.connected(ID(rawValue: 1))
        #expect(desks.goneSince(ID(rawValue: 1)) == nil)
        clock.advance(by: .seconds(60))
        desks.gone(ID(rawValue: 1), at: clock.now)
        #expect(desks.goneSince(ID(rawValue: 1)) == clock.now)
    }

    @Test func `one of two desks may go`() {
        desks.connected(ID(rawValue: 1))
        desks.connected(ID(rawValue: 1))
        desks.gone(ID(rawValue: 1), at: clock.now)
        #expect(desks.isConnected(ID(rawValue: 1)))
        desks.gone(ID(rawValue: 1), at: clock.now)
        #expect(!desks.isConnected(ID(rawValue: 1)))
    }

    @Test func `a reload whose old desk is noticed late does not make absent`() {
        desks.connected(ID(rawValue: 1))
        desks.connected(ID(rawValue: 1))
        desks.gone(ID(rawValue: 1), at: clock.now + .seconds(20))
        #expect(desks.goneSince(ID(rawValue: 1)) == nil)
    }
}
