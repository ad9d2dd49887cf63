import Conversations

/// What a flow says in one turn, put together step by step.
struct FlowSpeech: Sendable {
    private(set) var texts: [String] = []
    private(set) var buttons: [Offered.Button] = []
    private var cards: [Parts.Card] = []
    private var form: [Parts.Field] = []
    /// What happened, for those who test a flow.
    private(set) var trace: [FlowTrace] = []

    mutating func say(_ text: String, buttons: [String] = [], line: Int, of run: FlowRun) {
        if !text.isEmpty { texts.append(text) }
        self.buttons += buttons.enumerated().map {
            Offered.Button(id: "flow-\(run.flow)-\(run.version)-\(line)-\($0.offset)", text: $0.element)
        }
    }

    mutating func show(_ card: Outline.Card, of run: FlowRun) {
        let link = card.link.flatMap { link in
            Self.address(run.filled(link.url)).map { Parts.Link(text: run.filled(link.text), url: $0) }
        }
        let shown = Parts.Card(
            title: run.filled(card.title), text: card.text.map(run.filled),
            image: card.image.flatMap { Self.address(run.filled($0)) }, link: link)
        cards.append(shown)
    }

    mutating func ask(_ questions: [Outline.Question], of run: FlowRun) {
        form = questions.map { Parts.Field(label: run.filled($0.text), type: $0.type.rawValue, isOptional: $0.isOptional) }
    }

    /// Only what leads to a site: values may come from elsewhere.
    private static func address(_ text: String) -> String? {
        let isPath = text.hasPrefix("/") && !text.hasPrefix("//") && !text.hasPrefix("/\\")
        return isPath || text.hasPrefix("https://") || text.hasPrefix("http://") ? text : nil
    }

    var parts: Parts? {
        let parts = Parts(cards: cards, form: form)
        return parts.isEmpty ? nil : parts
    }

    mutating func note(_ line: Int, _ what: String, _ detail: String = "") {
        trace.append(FlowTrace(line: line, what: what, detail: detail))
    }

    /// A card alone is told by its title, where no cards can be shown.
    var text: String { texts.isEmpty ? cards.map(\.title).joined(separator: "\n") : texts.joined(separator: "\n\n") }
}

/// One thing that a flow did: a line of the outline, what kind of thing, and with what.
package struct FlowTrace: Codable, Hashable, Sendable {
    package let line: Int
    /// `ask`, `heard`, `say`, `look-up`, `found`, `missing`, `failed`, `confirm`, `confirmed`, `declined`, `perform`, `digression`,
    /// `suggest`, `hand-off`, `over`.
    package let what: String
    package let detail: String
}
