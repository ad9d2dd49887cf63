/// One customer in one visit: says a line, waits like a person, reacts to what comes back.
struct SampleCustomer {
    let link: ShopLink
    let pace: CustomerPace
    let tally: TrafficTally
    private var owner = ShopFrame.Owner.bot
    private var unrated: String?
    private var answers = 0

    init(link: ShopLink, pace: CustomerPace, tally: TrafficTally) {
        (self.link, self.pace, self.tally) = (link, pace, tally)
    }

    mutating func play(_ talk: SampleTalk, showing token: String) async throws {
        try await link.send(.hello(token: token))
        guard try await wait(pace.patience.bot, until: { $0.type == "welcome" }) else { throw ShopTrouble.silent }
        for turn in talk.turns {
            try await wait(pace.thinking())
            guard try await play(turn) else { break }
        }
        try await sayGoodbye()
    }

    /// False when the customer gave up waiting.
    private mutating func play(_ turn: SampleTalk.Turn) async throws -> Bool {
        try await link.send(.typing)
        try await wait(pace.typing(turn.text))
        let before = answers
        try await link.send(.say(turn.text))
        tally.count(\.said)
        return try await isAnswered(since: before, wanting: turn.kind)
    }

    private mutating func isAnswered(since before: Int, wanting kind: SampleTalk.Turn.Kind) async throws -> Bool {
        switch kind {
        case .ask:
            return try await waitForAnswer(since: before)
        case .person:
            return try await wait(pace.patience.person) { $0.isAnswer(by: .agent) }
        case .thanks:
            try await wait(pace.thinking())
            return true
        }
    }

    /// The bot answers at once; when it hands over meanwhile, the customer waits for a person.
    private mutating func waitForAnswer(since before: Int) async throws -> Bool {
        if answers > before { return true }
        if try await wait(pace.patience.bot, until: { $0.isAnswer || $0.session?.owner.kind == .queue }), answers > before {
            return true
        }
        return owner == .bot ? false : try await wait(pace.patience.person) { $0.isAnswer(by: .agent) }
    }

    /// With a person, leave the closing to them for a while; then go, and rate what was closed.
    private mutating func sayGoodbye() async throws {
        if owner == .agent { try await wait(.seconds(40 / pace.hurry)) { $0.rating != nil } }
        if unrated == nil {
            try await link.send(.leave)
            try await wait(pace.patience.bot) { $0.rating != nil }
        }
        guard let session = unrated else { return }
        try await wait(pace.thinking())
        try await link.send(.rate(session: session, stars: [5, 5, 5, 4, 4, 3].randomElement() ?? 5))
        try await wait(pace.patience.bot) { $0.type == "done" || $0.type == "refused" }
        tally.count(\.rated)
    }

    /// Lets time pass, noticing everything that arrives; true as soon as something wanted does.
    @discardableResult
    private mutating func wait(_ duration: Duration, until isWanted: (ShopFrame) -> Bool = { _ in false }) async throws -> Bool {
        let deadline = ContinuousClock.now + duration
        while let moment = try await link.nextMoment() {
            guard let frame = moment else {
                if ContinuousClock.now >= deadline { return false }
                continue
            }
            try await notice(frame)
            if isWanted(frame) { return true }
        }
        throw ShopTrouble.hungUp
    }

    private mutating func notice(_ frame: ShopFrame) async throws {
        if frame.type == "ping" { try await link.send(.pong) }
        if let session = frame.session { owner = session.owner.kind }
        if let rating = frame.rating { unrated = rating.session }
        if let entry = frame.entry, frame.isAnswer { try await react(to: entry) }
    }

    private mutating func react(to entry: ShopFrame.Entry) async throws {
        answers += 1
        tally.count(entry.author.kind == .agent ? \.answeredByPeople : \.answeredByBot)
        try await link.send(.read(entry.number))
        if let choice = entry.choices?.first {
            answers -= 1
            try await link.send(.choose(choice.entry))
        } else if entry.answer != nil, Int.random(in: 0..<3) == 0 {
            try await link.send(.judge(entry.number, helpful: Int.random(in: 0..<8) > 0))
        }
    }
}
