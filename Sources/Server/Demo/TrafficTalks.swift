/// A conversation as a customer would lead it.
struct SampleTalk: Decodable, Sendable {
    let title: String
    let turns: [Turn]

    struct Turn: Decodable, Sendable {
        enum Kind: String, Decodable, Sendable {
            case ask
            /// Asks for a human being.
            case person
            case thanks
        }

        let kind: Kind
        let text: String
    }
}

/// One `sayings.….json` of a pack.
struct SampleTalks: Decodable, Sendable {
    let language: String
    let conversations: [SampleTalk]
}
