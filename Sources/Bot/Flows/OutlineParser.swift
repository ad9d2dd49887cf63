import Basics
import Foundation

extension Outline {
    /// Reads the text of a flow; the first mistake is thrown with its line.
    package init(parsing text: String) throws(OutlineMistake) {
        let lines = try OutlineLine.tree(text)
        guard let first = lines.first, first.keyword == .flow, !first.parts.body.isEmpty else {
            throw OutlineMistake(lines.first?.number ?? 1, "title", "the first line is 'flow: what it is called'")
        }
        title = first.parts.body
        guard title.count <= 200 else { throw OutlineMistake(first.number, "title", "at most 200 characters") }
        var (phrasings, rest): ([String], [OutlineLine]) = ([], [])
        for line in Array(lines.dropFirst()) + first.children {
            if line.keyword == .phrasings { phrasings += line.children.map(\.text) } else { rest.append(line) }
        }
        self.phrasings = phrasings
        steps = try Self.steps(rest)
        guard !steps.isEmpty else { throw OutlineMistake(first.number, "empty", "the flow does nothing yet") }
        var names: Set<String> = []
        try Self.check(steps, names: &names, isConfirmed: false)
    }

    private static func steps(_ lines: [OutlineLine]) throws(OutlineMistake) -> [Step] {
        var steps: [Step] = []
        for line in lines {
            switch line.keyword {
            case .ask: steps.append(Step(line: line.number, act: .ask(try question(line))))
            case .form: steps.append(Step(line: line.number, act: .form(try body(line), try fields(line))))
            case .card: steps.append(Step(line: line.number, act: .card(try card(line))))
            case .say:
                let buttons = try texts(.button, line)
                steps.append(Step(line: line.number, act: .say(try body(line), buttons: buttons)))
            case .lookUp:
                steps.append(Step(line: line.number, act: .lookUp(try call(line), failed: try block(.failed, line))))
            case .perform:
                steps.append(Step(line: line.number, act: .perform(try call(line), failed: try block(.failed, line))))
            case .when:
                let branch = Branch(condition: try condition(line), steps: try Self.steps(line.children))
                steps.append(Step(line: line.number, act: .when([branch], otherwise: [])))
            case .otherwise:
                guard case .when(let branches, let otherwise)? = steps.last?.act, otherwise.isEmpty, let last = steps.popLast()
                else {
                    throw OutlineMistake(line.number, "otherwise", "'otherwise' follows an 'if'")
                }
                steps.append(Step(line: last.line, act: .when(branches, otherwise: try Self.steps(line.children))))
            case .confirm:
                steps.append(Step(line: line.number, act: .confirm(try body(line), declined: try block(.declined, line))))
            case .suggest: steps.append(Step(line: line.number, act: try suggestion(line)))
            case .handOff: steps.append(Step(line: line.number, act: .handOff(line.parts.body)))
            case .end: steps.append(Step(line: line.number, act: .end))
            case .flow, .phrasings, .again, .choice, .button, .words, .image, .link, .failed, .declined, nil:
                throw OutlineMistake(line.number, "keyword", "no step begins with '\(line.text.prefix(30))'")
            }
        }
        return steps
    }

    private static func body(_ line: OutlineLine) throws(OutlineMistake) -> String {
        let body = line.parts.body
        guard !body.isEmpty else { throw OutlineMistake(line.number, "text", "say what after a colon") }
        guard body.count <= 2000 else { throw OutlineMistake(line.number, "text", "at most 2000 characters") }
        return body.replacing("\\n", with: "\n")
    }

    /// The texts of the lines below that begin with the keyword; other lines do not belong there.
    private static func texts(_ keyword: OutlineLine.Keyword, _ line: OutlineLine) throws(OutlineMistake) -> [String] {
        var texts: [String] = []
        for child in line.children {
            guard child.keyword == keyword else {
                throw OutlineMistake(child.number, "keyword", "'\(child.text.prefix(30))' does not belong here")
            }
            texts.append(try body(child))
        }
        guard texts.count <= 8 else { throw OutlineMistake(line.number, "choices", "at most 8") }
        return texts
    }

    /// The questions of a form; they are asked at once.
    private static func fields(_ line: OutlineLine) throws(OutlineMistake) -> [Question] {
        var questions: [Question] = []
        for child in line.children {
            guard child.keyword == .ask, child.children.isEmpty else {
                throw OutlineMistake(child.number, "keyword", "a form holds 'ask' lines and nothing below them")
            }
            questions.append(try question(child))
        }
        guard (1...8).contains(questions.count) else { throw OutlineMistake(line.number, "fields", "1 to 8 'ask' lines") }
        return questions
    }

    private static func card(_ line: OutlineLine) throws(OutlineMistake) -> Card {
        var card = Card(title: try body(line))
        for child in line.children {
            switch child.keyword {
            case .words: card.text = try body(child)
            case .image: card.image = try address(try body(child), child)
            case .link:
                let (text, url) = try sides(child)
                card.link = Card.Link(text: text, url: try address(url, child))
            default: throw OutlineMistake(child.number, "keyword", "'\(child.text.prefix(30))' does not belong here")
            }
        }
        return card
    }

    /// A value may stand for the whole address; then it is looked at when it is known.
    private static func address(_ text: String, _ line: OutlineLine) throws(OutlineMistake) -> String {
        let isFine = ["https://", "http://", "/", "{"].contains { text.hasPrefix($0) } && !text.contains(" ")
        guard isFine else { throw OutlineMistake(line.number, "address", "https://…, or a path that begins with /") }
        return text
    }

    private static func block(_ keyword: OutlineLine.Keyword, _ line: OutlineLine) throws(OutlineMistake) -> [Step] {
        var steps: [Step] = []
        for child in line.children {
            guard child.keyword == keyword else {
                throw OutlineMistake(child.number, "keyword", "'\(child.text.prefix(30))' does not belong here")
            }
            steps += try Self.steps(child.children)
        }
        return steps
    }

    /// `ask order (order number, optional, 4 rounds): Which order is it?`
    private static func question(_ line: OutlineLine) throws(OutlineMistake) -> Question {
        let head = line.parts.head.replacing("（", with: "(").replacing("）", with: ")")
        let name = String(head.prefix { $0 != "(" }).trimmingSpaces
        guard isName(name) else { throw OutlineMistake(line.number, "name", "a name of letters, digits and '-' after 'ask'") }
        var (type, isOptional, rounds) = (SlotType.text, false, Self.rounds)
        let inner = head.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
        for word in inner.split(whereSeparator: { ",，、".contains($0) }).map({ String($0).trimmingSpaces }) {
            if ["optional", "可选"].contains(word.lowercased()) {
                isOptional = true
            } else if ["required", "必填"].contains(word.lowercased()) {
                isOptional = false
            } else if let number = word.split(separator: " ").first.flatMap({ Int($0.filter(\.isNumber)) }) {
                guard (1...mostRounds).contains(number) else {
                    throw OutlineMistake(line.number, "rounds", "1 to \(mostRounds) rounds")
                }
                rounds = number
            } else if let named = SlotType(named: word) {
                type = named
            } else {
                throw OutlineMistake(
                    line.number, "type", "'\(word)' is no type: \(SlotType.allCases.map(\.rawValue).joined(separator: ", "))")
            }
        }
        var (again, choices): ([String], [String]) = ([], [])
        for child in line.children {
            switch child.keyword {
            case .again: again.append(try body(child))
            case .choice: choices.append(try body(child))
            default: throw OutlineMistake(child.number, "keyword", "'\(child.text.prefix(30))' does not belong here")
            }
        }
        guard choices.count <= 8 else { throw OutlineMistake(line.number, "choices", "at most 8") }
        return Question(
            name: name, type: type, isOptional: isOptional, rounds: rounds, text: try body(line), again: again, choices: choices)
    }

    /// `look up order-status as parcel`
    private static func call(_ line: OutlineLine) throws(OutlineMistake) -> Call {
        let words = line.parts.head.split { $0 == " " }.map(String.init)
        guard let connector = words.first, isName(connector) else {
            throw OutlineMistake(line.number, "connector", "name a connector")
        }
        if words.count == 1 { return Call(connector: connector, name: connector) }
        guard words.count == 3, ["as", "为", "存为"].contains(words[1].lowercased()), isName(words[2]) else {
            throw OutlineMistake(line.number, "connector", "write 'look up CONNECTOR as NAME'")
        }
        return Call(connector: connector, name: words[2])
    }

    private static let tests: [(words: String, test: Condition.Test)] = [
        (" is not ", .differs), (" is known", .known), (" is unknown", .unknown), (" is ", .equals), (" over ", .over),
        (" under ", .under),
        (" 不是 ", .differs), (" 已知", .known), (" 未知", .unknown), (" 是 ", .equals), (" 大于 ", .over), (" 小于 ", .under),
    ]

    private static func condition(_ line: OutlineLine) throws(OutlineMistake) -> Condition {
        var text = line.parts.head
        while text.hasSuffix(":") || text.hasSuffix("：") { text.removeLast() }
        for (words, test) in tests {
            guard let range = (text + " ").range(of: words) else { continue }
            let whole = text + " "
            let subject = String(whole[..<range.lowerBound]).trimmingSpaces
            guard !subject.contains(" ") else { continue }
            let value = String(whole[range.upperBound...]).trimmingSpaces
            let needsValue = test != .known && test != .unknown
            guard needsValue != value.isEmpty else { continue }
            return Condition(subject: subject, test: test, value: value)
        }
        throw OutlineMistake(
            line.number, "condition", "write 'if NAME is VALUE', 'is not', 'over', 'under', 'is known' or 'is unknown'")
    }

    /// `suggest: Would you like to know how to send it back? -> Sending it back`
    private static func suggestion(_ line: OutlineLine) throws(OutlineMistake) -> Act {
        let (said, asks) = try sides(line)
        return .suggest(said, asks: asks)
    }

    /// What stands on either side of an arrow.
    private static func sides(_ line: OutlineLine) throws(OutlineMistake) -> (String, String) {
        let text = try body(line)
        guard let arrow = text.range(of: "->") ?? text.range(of: "→") else {
            throw OutlineMistake(line.number, "arrow", "write 'what is shown -> what tapping it asks', or where it leads")
        }
        let (left, right) = (String(text[..<arrow.lowerBound]).trimmingSpaces, String(text[arrow.upperBound...]).trimmingSpaces)
        guard !left.isEmpty, !right.isEmpty else {
            throw OutlineMistake(line.number, "arrow", "both sides of the arrow need words")
        }
        return (left, right)
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 40 && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }
}

// What holds for the whole

extension Outline {
    /// Names are there before they are used, and nothing is changed that was not confirmed on the way to it.
    private static func check(_ steps: [Step], names: inout Set<String>, isConfirmed: Bool) throws(OutlineMistake) {
        var isConfirmed = isConfirmed
        for step in steps {
            for text in step.act.texts { try check(text, in: step, names) }
            switch step.act {
            case .ask(let question): try check(question, in: step, &names)
            case .form(_, let questions): for question in questions { try check(question, in: step, &names) }
            case .lookUp(let call, _): names.insert(call.name)
            case .perform(let call, _):
                guard isConfirmed else { throw OutlineMistake(step.line, "unconfirmed", "'do' needs a 'confirm' before it") }
                names.insert(call.name)
                isConfirmed = false
            case .when(let branches, _):
                for branch in branches where !names.contains(root(branch.condition.subject)) {
                    throw OutlineMistake(step.line, "unknown-name", "'\(branch.condition.subject)' is not known here")
                }
            case .confirm: isConfirmed = true
            default: break
            }
            for block in step.blocks {
                let isDeclined = if case .confirm = step.act { true } else { false }
                try check(block, names: &names, isConfirmed: isConfirmed && !isDeclined)
            }
        }
    }

    private static func check(_ question: Question, in step: Step, _ names: inout Set<String>) throws(OutlineMistake) {
        guard names.insert(question.name).inserted else {
            throw OutlineMistake(step.line, "name", "'\(question.name)' is asked for twice")
        }
    }

    private static func check(_ text: String, in step: Step, _ names: Set<String>) throws(OutlineMistake) {
        for name in Template.names(in: text) where !names.contains(root(name)) {
            throw OutlineMistake(step.line, "unknown-name", "'{\(name)}' is not known here")
        }
    }

    private static func root(_ name: String) -> String { String(name.prefix { $0 != "." }) }
}

extension Outline.Act {
    fileprivate var texts: [String] {
        switch self {
        case .ask(let question): [question.text] + question.again
        case .form(let text, let questions): [text] + questions.map(\.text)
        case .card(let card):
            [card.title] + [card.text, card.image, card.link?.text, card.link?.url].compactMap { $0 }
        case .say(let text, _), .confirm(let text, _), .handOff(let text): [text]
        case .suggest(let text, let asks): [text, asks]
        default: []
        }
    }
}
