import Basics
import Conversations
import Knowledge
import Organization

/// Plays a flow with one customer: takes in what was said, and goes on until something must be asked.
struct FlowPlay: Sendable {
    /// How it ends for this turn.
    enum End: Hashable, Sendable {
        /// A question is on the table.
        case waiting
        case over
        case handOff
        /// The words are no answer: another part of the bot may know them.
        case unheard
    }

    let outline: Outline
    let phrases: Phrases
    let today: Day
    /// What the same customer said the last time, by name.
    let earlier: [String: String]
    let lookUp: @Sendable (Outline.Call, FlowRun, _ line: Int, _ changes: Bool) async -> LookUpResult
    private(set) var run: FlowRun
    private(set) var speech = FlowSpeech()

    init(
        _ outline: Outline, _ run: FlowRun, phrases: Phrases, today: Day, earlier: [String: String],
        lookUp: @escaping @Sendable (Outline.Call, FlowRun, Int, Bool) async -> LookUpResult
    ) {
        (self.outline, self.run, self.phrases, self.today) = (outline, run, phrases, today)
        (self.earlier, self.lookUp) = (earlier, lookUp)
    }

    // Hearing

    /// What the customer said while a question is on the table. False where it says nothing to the flow.
    mutating func hear(_ text: String) -> Bool {
        let waiting = outline.next(run)
        if case .confirm(let line, _) = waiting, let answer = Agreement(text) {
            if answer == .yes { run.done.insert(line) } else { run.declined.insert(line) }
            speech.note(line, answer == .yes ? "confirmed" : "declined")
            return settled()
        }
        if case .form(let line, _, let open) = waiting { return fill(open, text, line) }
        guard case .ask(let line, let question) = waiting else {
            return take(SlotReader(today: today).read(text, for: types), nil)
        }
        if FlowRemark.isSameAsBefore(text), let value = earlier[question.name] { return keep(value, question, line) }
        if let choice = question.choices.first(where: { $0.lowercased() == text.trimmingSpaces.lowercased() }) {
            return keep(choice, question, line)
        }
        if question.isOptional, FlowRemark.isSkipping(text) { return keep("", question, line) }
        return take(SlotReader(today: today).read(text, for: types, asked: [question.type]), question)
    }

    /// A form that was sent, line by line, or the same in words. What may be left out is, once the rest is there.
    private mutating func fill(_ open: [Outline.Question], _ text: String, _ line: Int) -> Bool {
        var isHeard = false
        for (question, said) in FormLines(text).values(of: open, in: run) {
            guard let value = value(said, of: question) else { continue }
            speech.note(line, "heard", "\(question.name) = \(value)")
            run.learn(question.name, value, in: outline)
            isHeard = true
        }
        if !isHeard {
            isHeard = take(SlotReader(today: today).read(text, for: types, asked: open.map(\.type).filter { $0 != .text }), nil)
        }
        let rest = open.filter { run.values[$0.name] == nil }
        guard rest.allSatisfy(\.isOptional), isHeard || FlowRemark.isSkipping(text) else { return isHeard && settled() }
        for question in rest { run.learn(question.name, "", in: outline) }
        return settled()
    }

    private func value(_ said: String, of question: Outline.Question) -> String? {
        if said.isEmpty { return question.isOptional ? "" : nil }
        if FlowRemark.isSameAsBefore(said), let value = earlier[question.name] { return value }
        return SlotReader(today: today).read(said, for: [question.type], asked: [question.type]).first?.value
    }

    /// What is said with the wish that begins the flow: nothing has been asked yet.
    mutating func overhear(_ text: String) {
        let kinds = types.filter { $0 != .text && $0 != .yesNo }
        _ = take(SlotReader(today: today).read(text, for: kinds), nil)
    }

    /// What may be heard at any moment: free text only when it is asked for.
    private var types: [SlotType] {
        var types: [SlotType] = []
        for question in outline.questions
        where question.type != .text && question.type != .yesNo && !types.contains(question.type) {
            types.append(question.type)
        }
        if case .ask(_, let question) = outline.next(run), !types.contains(question.type) { types.append(question.type) }
        return types
    }

    private mutating func keep(_ value: String, _ question: Outline.Question, _ line: Int) -> Bool {
        speech.note(line, "heard", "\(question.name) = \(value)")
        run.learn(question.name, value, in: outline)
        return settled()
    }

    /// The question on the table first; another of the same type only where it has no value yet or is corrected.
    private mutating func take(_ values: [SlotValue], _ asked: Outline.Question?) -> Bool {
        var isHeard = false
        for value in values {
            let fitting = outline.questions.filter { $0.type == value.type }
            let question =
                asked.flatMap { $0.type == value.type ? $0 : nil } ?? fitting.first { run.values[$0.name] == nil }
                ?? fitting.first
            guard let question, run.values[question.name] != value.value else { continue }
            speech.note(0, "heard", "\(question.name) = \(value.value)")
            run.learn(question.name, value.value, in: outline)
            isHeard = true
        }
        return isHeard && settled()
    }

    private mutating func settled() -> Bool {
        (run.tries, run.waiting) = (0, nil)
        return true
    }

    // Going on

    private static let mostSteps = 60

    /// Does what can be done without the customer.
    mutating func goOn() async -> End {
        for _ in 0..<Self.mostSteps {
            switch outline.next(run) {
            case .ask(let line, let question): return ask(question, line)
            case .form(let line, let text, let open):
                run.waiting = line
                speech.note(line, "ask", open.map(\.name).joined(separator: ", "))
                speech.say(text, line: line, of: run)
                speech.ask(open, of: run)
                return .waiting
            case .card(let line, let card):
                run.done.insert(line)
                speech.note(line, "say", "card")
                speech.show(card, of: run)
            case .confirm(let line, let text):
                run.waiting = line
                speech.note(line, "confirm")
                speech.say(text, buttons: phrases.yesOrNo, line: line, of: run)
                return .waiting
            case .say(let line, let text, let buttons):
                run.done.insert(line)
                speech.note(line, "say")
                speech.say(text, buttons: buttons, line: line, of: run)
            case .suggest(let line, let text, let asks):
                run.done.insert(line)
                speech.note(line, "suggest", asks)
                speech.say(text, buttons: [asks], line: line, of: run)
            case .lookUp(let line, let call): await look(call, line, changes: false)
            case .perform(let line, let call): await look(call, line, changes: true)
            case .handOff(let text):
                speech.note(0, "hand-off")
                speech.say(text, line: 0, of: run)
                return .handOff
            case .over:
                speech.note(0, "over")
                return .over
            }
        }
        return .handOff
    }

    private mutating func ask(_ question: Outline.Question, _ line: Int) -> End {
        run.waiting = line
        speech.note(line, "ask", question.name)
        speech.say(
            run.filled(question.text),
            buttons: question.choices + (question.isOptional && !question.choices.isEmpty ? [phrases.skipped] : []),
            line: line, of: run)
        return .waiting
    }

    private mutating func look(_ call: Outline.Call, _ line: Int, changes: Bool) async {
        speech.note(line, changes ? "perform" : "look-up", call.connector)
        switch await lookUp(call, run, line, changes) {
        case .found(let fields):
            run.found[call.name] = fields
            run.done.insert(line)
            speech.note(line, "found", fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))
        case .missing:
            run.failed.insert(line)
            speech.note(line, "missing")
        case .unproved:
            run.failed.insert(line)
            speech.note(line, "failed", "identity")
            speech.say(phrases.identityUnproved, line: line, of: run)
        case .failed(let reason):
            run.failed.insert(line)
            speech.note(line, "failed", reason)
        }
    }

    // Asking again

    /// The words were no answer: the question once more, in other words; after its last round a person.
    mutating func askAgain() async -> End {
        run.tries += 1
        switch outline.next(run) {
        case .ask(let line, let question):
            guard run.tries < question.rounds else { return .handOff }
            let again =
                question.again.isEmpty
                ? phrases.notUnderstood + "\n" + question.text : question.again[(run.tries - 1) % question.again.count]
            speech.note(line, "ask", question.name)
            speech.say(run.filled(again), buttons: question.choices, line: line, of: run)
            return .waiting
        case .form(let line, let text, let open):
            guard run.tries < open.map(\.rounds).max() ?? Outline.rounds else { return .handOff }
            speech.note(line, "ask", open.map(\.name).joined(separator: ", "))
            speech.say(phrases.notUnderstood + "\n" + text, line: line, of: run)
            speech.ask(open, of: run)
            return .waiting
        case .confirm(let line, _):
            guard run.tries < Outline.rounds else { return .handOff }
            speech.note(line, "confirm")
            speech.say(phrases.confirmAgain, buttons: phrases.yesOrNo, line: line, of: run)
            return .waiting
        default: return await goOn()
        }
    }

    /// Back after something else was answered.
    mutating func goBack(after text: String) async -> End {
        speech.note(0, "digression")
        speech.say(text + "\n\n" + phrases.backToQuestion, line: 0, of: run)
        return await goOn()
    }
}
