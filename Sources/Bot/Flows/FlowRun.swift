package import Basics

/// How far a flow has come with one customer. Only what was learnt and done is kept; where it stands follows from that.
package struct FlowRun: Codable, Hashable, Sendable {
    package let flow: ID<Flow>
    package let version: Int
    /// By name; an optional one that was left out is empty.
    package var values: [String: String] = [:]
    /// What look-ups brought, by the name of the result.
    package var found: [String: [String: String]] = [:]
    /// The lines of what was said, confirmed and performed, and of look-ups that were made.
    var done: Set<Int> = []
    var declined: Set<Int> = []
    var failed: Set<Int> = []
    /// The line whose question is on the table.
    var waiting: Int?
    /// How often it was asked without an answer.
    var tries = 0
    /// Flows that were left for this one and go on after it.
    package var parents: [FlowRun] = []

    package init(_ flow: ID<Flow>, version: Int) { (self.flow, self.version) = (flow, version) }

    /// More would be a maze.
    static let deepest = 3
}

extension FlowRun {
    /// A value, a look-up's field, or nil where nothing is known: `order`, `parcel.status`.
    func value(_ name: String) -> String? {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return values[name].flatMap { $0.isEmpty ? nil : $0 } ?? found[name].map { _ in "" } }
        return found[parts[0]]?[parts[1]]
    }

    func filled(_ text: String) -> String { Template.filled(text) { value($0) } }

    func holds(_ condition: Outline.Condition) -> Bool {
        let value = value(condition.subject)
        switch condition.test {
        case .known: return value != nil
        case .unknown: return value == nil
        case .equals: return value.map { Self.isSame($0, condition.value) } ?? false
        case .differs: return value.map { !Self.isSame($0, condition.value) } ?? true
        case .over, .under:
            guard let number = value.flatMap(Self.number), let limit = Self.number(condition.value) else { return false }
            return condition.test == .over ? number > limit : number < limit
        }
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased() == other.lowercased() || number(one).map { $0 == number(other) } ?? false
    }

    private static func number(_ text: String) -> Double? {
        Double(text) ?? text.split(separator: " ").first.flatMap { Double($0) }
    }

    /// Takes a value in. Another one than before undoes what followed from it; what was changed in other systems stays changed.
    mutating func learn(_ name: String, _ value: String, in outline: Outline) {
        guard values[name] != value else { return }
        let isNew = values.updateValue(value, forKey: name) == nil
        guard !isNew else { return }
        let performed = Set(outline.calls.filter(\.changes).map(\.line))
        found = found.filter { name, _ in outline.calls.contains { $0.changes && $0.call.name == name && done.contains($0.line) }
        }
        done.formIntersection(performed)
        (declined, failed) = ([], failed.intersection(performed))
    }
}

/// What a flow does next.
enum NextStep: Hashable, Sendable {
    case ask(Int, Outline.Question)
    case form(Int, String, [Outline.Question])
    case card(Int, Outline.Card)
    case confirm(Int, String)
    case say(Int, String, buttons: [String])
    case suggest(Int, String, asks: String)
    case lookUp(Int, Outline.Call)
    case perform(Int, Outline.Call)
    case handOff(String)
    case over
}

extension Outline {
    func next(_ run: FlowRun) -> NextStep { Self.next(in: steps, run) ?? .over }

    /// Nil where everything in the block is done.
    private static func next(in steps: [Step], _ run: FlowRun) -> NextStep? {
        for step in steps { if let next = next(step, run) { return next } }
        return nil
    }

    private static func next(_ step: Step, _ run: FlowRun) -> NextStep? {
        let (line, isDone) = (step.line, run.done.contains(step.line))
        switch step.act {
        case .ask(let question): return run.values[question.name] == nil ? .ask(line, question) : nil
        case .form(let text, let questions):
            let open = questions.filter { run.values[$0.name] == nil }
            return open.isEmpty ? nil : .form(line, run.filled(text), open)
        case .card(let card): return isDone ? nil : .card(line, card)
        case .say(let text, let buttons): return isDone ? nil : .say(line, run.filled(text), buttons: buttons)
        case .suggest(let text, let asks): return isDone ? nil : .suggest(line, run.filled(text), asks: run.filled(asks))
        case .lookUp(let call, let failed):
            if run.failed.contains(line) { return next(in: failed, run) }
            return run.found[call.name] == nil ? .lookUp(line, call) : nil
        case .when(let branches, let otherwise):
            return next(in: branches.first { run.holds($0.condition) }?.steps ?? otherwise, run)
        case .confirm(let text, let declined):
            if run.declined.contains(line) { return next(in: declined, run) ?? .over }
            return isDone ? nil : .confirm(line, run.filled(text))
        case .perform(let call, let failed):
            if run.failed.contains(line) { return next(in: failed, run) ?? .handOff("") }
            return isDone ? nil : .perform(line, call)
        case .handOff(let text): return .handOff(run.filled(text))
        case .end: return .over
        }
    }
}
