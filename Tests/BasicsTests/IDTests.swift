import Support
import Testing

@testable import Basics

@Suite struct IDTests {
    private func read(_ json: String) throws -> ID<IDTests> { try JSON.read(from: Array(json.utf8)) }

    @Test func `on the wire it is a string of digits, because JavaScript loses some of a number`() throws {
        let largest = ID<IDTests>(rawValue: .max)
        #expect(String(decoding: try JSON.write(largest), as: UTF8.self) == #""9223372036854775807""#)
        #expect(try read(#""9223372036854775807""#) == largest)
    }

    @Test(arguments: ["", "-1", "+1", "01", " 1", "1.0", "9223372036854775808", "１", "abc"])
    func `only one spelling of an id exists`(text: String) {
        #expect(ID<IDTests>(text) == nil)
        #expect(throws: Refusal(.invalid, "id.malformed")) { try read("\"\(text)\"") }
    }

    @Test func `a bare number is no id`() { #expect(throws: Refusal.self) { try read("7") } }
}

@Suite struct SurroundingsTests {
    private let clock = VirtualClock()

    @Test func `ids rise, also when the clock stands still or goes back`() {
        let surroundings = Surroundings.fixed(clock)
        var made: [ID<IDTests>] = (0..<70_000).map { _ in surroundings.makeID() }
        clock.advance(by: .seconds(-3_600))
        made += (0..<10).map { _ in surroundings.makeID() }
        clock.advance(by: .seconds(7_200))
        made.append(surroundings.makeID())
        #expect(zip(made, made.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `an id made after another's is larger, whatever the clock says`() {
        let (ahead, behind) = (VirtualClock(), VirtualClock())
        ahead.advance(by: .seconds(3_600))
        let (theirs, ours) = (Surroundings.fixed(ahead), Surroundings.fixed(behind))
        theirs.become(node: 62)
        let earlier: ID<IDTests> = theirs.makeID()
        #expect(ours.makeID(after: earlier) > earlier)
        #expect(ours.makeID(IDTests.self) > earlier)
        #expect(ours.makeID(after: nil as ID<IDTests>?) > earlier)
    }

    @Test func `nodes never make the same id`() {
        let ids = (Int64(0)..<64).map { node -> ID<IDTests> in
            let surroundings = Surroundings(now: { [clock] in clock.now }, randomBytes: { _ in [] })
            surroundings.become(node: node)
            return surroundings.makeID(IDTests.self)
        }
        #expect(Set(ids).count == 64)
    }

    @Test func `threads never make the same id`() async {
        let surroundings = Surroundings.fixed(clock)
        let ids = await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { (0..<500).map { _ in surroundings.makeID(IDTests.self) } } }
            return await group.reduce(into: Set()) { $0.formUnion($1) }
        }
        #expect(ids.count == 4_000)
    }

    @Test func `a token is as long as asked and comes from the randomness given`() {
        let surroundings = Surroundings(now: { [clock] in clock.now }, randomBytes: { Array(0..<UInt8($0)) })
        #expect(surroundings.makeToken(bytes: 4) == "00010203")
        #expect(Surroundings.fixed(clock).makeToken().count == 64)
    }
}
