import Basics
import Testing

@testable import Channels

@Suite struct VisitorTokenTests {
    private let tokens = VisitorTokens(sealer: Sealer(key: Array(0..<32)))
    private let now = Timestamp(milliseconds: 1_772_416_800_000)
    private let visitor = Visitor(
        workspace: ID(rawValue: 1), account: ID(rawValue: 153_000_000_000_000_001), contact: ID(rawValue: 2),
        identity: ID(rawValue: 3),
        conversation: 4
    )

    @Test func `a token says who it was made for, for a year`() throws {
        let (token, expires) = tokens.issue(to: visitor, at: now)
        #expect(try tokens.visitor(proving: token, at: now) == visitor)
        #expect(expires == now + .seconds(365 * 24 * 3600))
        #expect(try tokens.visitor(proving: token, at: expires - .milliseconds(1)) == visitor)
        #expect(throws: Refusal(.unauthorized, "visitor.expired")) { try tokens.visitor(proving: token, at: expires) }
    }

    @Test func `a token changed anywhere is refused`() {
        let token = Array(tokens.issue(to: visitor, at: now).token)
        for index in token.indices.dropFirst(3) {
            var forged = token
            forged[index] = forged[index] == "1" ? "2" : "1"
            #expect(throws: Refusal(.unauthorized, "visitor.token"), "at \(index)") {
                try tokens.visitor(proving: String(forged), at: now)
            }
        }
    }

    @Test func `another installation's token is refused`() {
        let token = VisitorTokens(sealer: Sealer(key: Array(1..<33))).issue(to: visitor, at: now).token
        #expect(throws: Refusal(.unauthorized, "visitor.token")) { try tokens.visitor(proving: token, at: now) }
    }

    @Test(arguments: [
        "v1.", "v1.1.2.3.4.5.6.", "v1.1.2.3.4.5.6.zz", "v1......." + String(repeating: "a", count: 64),
        "v1." + String(repeating: "1.", count: 500),
    ])
    func `what has not the form of a token is refused`(token: String) {
        #expect(throws: Refusal(.unauthorized, "visitor.token")) { try tokens.visitor(proving: token, at: now) }
    }

    @Test(arguments: ["", "staff_abc", "inbound_abc", "v2.1.2"])
    func `a token of another kind is left to others`(token: String) throws {
        #expect(try tokens.visitor(proving: token, at: now) == nil)
    }
}
