import Foundation

/// What the desk tells a visitor; everything that the sample customers do not care about is left out.
struct ShopFrame: Decodable, Sendable {
    enum Owner: String, Decodable, Sendable {
        case bot, queue, agent, visitor, system, none
    }

    struct Author: Decodable, Sendable { let kind: Owner }
    struct Choice: Decodable, Sendable { let entry: String }
    struct Answer: Decodable, Sendable { let entry: String }
    struct Session: Decodable, Sendable { let owner: Author }
    struct Rating: Decodable, Sendable { let session: String }

    struct Entry: Decodable, Sendable {
        let number: Int
        let kind: String
        let author: Author
        let choices: [Choice]?
        let answer: Answer?
    }

    let type: String
    let entry: Entry?
    let session: Session?
    let rating: Rating?

    /// A message from the other side.
    var isAnswer: Bool { isAnswer(by: .bot) || isAnswer(by: .agent) }

    func isAnswer(by author: Owner) -> Bool { type == "entry.added" && entry?.kind == "message" && entry?.author.kind == author }
}

/// What a customer sends: a frame's fields.
struct ShopCommand: Encodable, Sendable {
    struct Choice: Encodable, Sendable { let entry: String }

    let type: String
    var ref: String?
    var `as`: String?
    var token: String?
    var client: String?
    var text: String?
    var choice: Choice?
    var on: Bool?
    var number: Int?
    var helpful: Bool?
    var session: String?
    var stars: Int?

    static let pong = Self(type: "pong")
    static var typing: Self { Self(type: "typing", ref: fresh(), on: true) }
    static var leave: Self { Self(type: "leave", ref: fresh()) }

    static func hello(token: String) -> Self { Self(type: "hello", as: "visitor", token: token) }
    static func say(_ text: String) -> Self { Self(type: "say", ref: fresh(), client: fresh(), text: text) }
    static func choose(_ entry: String) -> Self { Self(type: "say", ref: fresh(), client: fresh(), choice: Choice(entry: entry)) }
    static func read(_ number: Int) -> Self { Self(type: "read", ref: fresh(), number: number) }
    static func rate(session: String, stars: Int) -> Self { Self(type: "rate", ref: fresh(), session: session, stars: stars) }

    static func judge(_ number: Int, helpful: Bool) -> Self {
        Self(type: "judge", ref: fresh(), number: number, helpful: helpful)
    }

    private static func fresh() -> String { UUID().uuidString.lowercased() }
}

enum ShopTrouble: Error, CustomStringConvertible {
    case address(String), closed(String), noShop(String), refused(Int), silent, hungUp

    var description: String {
        switch self {
        case .address(let address): "\(address) is no http:// address"
        case .closed(let address): "nobody answers at \(address)"
        case .noShop(let address): "there is no demo at \(address); start it with 'nightdesk serve --demo'"
        case .refused(let status): "the desk answered \(status)"
        case .silent: "the desk did not welcome the customer"
        case .hungUp: "the desk closed the connection"
        }
    }
}
