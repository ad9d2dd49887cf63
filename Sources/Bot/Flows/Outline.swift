/// What a flow does, read from its text. Steps are walked from the top: what is known, said or done already is passed over.
package struct Outline: Hashable, Sendable {
    package let title: String
    package let phrasings: [String]
    package let steps: [Step]
    /// What it asks for, in order.
    var questions: [Question] { Self.questions(in: steps) }

    /// One line with what belongs to it.
    package struct Step: Hashable, Sendable {
        package let line: Int
        let act: Act
    }

    indirect enum Act: Hashable, Sendable {
        case ask(Question)
        /// Several questions at once.
        case form(String, [Question])
        case say(String, buttons: [String])
        case card(Card)
        case lookUp(Call, failed: [Step])
        case when([Branch], otherwise: [Step])
        case confirm(String, declined: [Step])
        /// Changes something in another system; a confirmation comes before it.
        case perform(Call, failed: [Step])
        /// Something that may be of use, too: what it is called, and what tapping it asks.
        case suggest(String, asks: String)
        case handOff(String)
        case end
    }

    struct Question: Hashable, Sendable {
        let name: String
        let type: SlotType
        let isOptional: Bool
        /// How often it is asked before a person takes over.
        let rounds: Int
        let text: String
        /// Said in turn when the answer was not understood.
        let again: [String]
        let choices: [String]
    }

    /// Something to look at: a picture, a title, words and a link.
    struct Card: Hashable, Sendable {
        struct Link: Hashable, Sendable { let text: String, url: String }
        let title: String
        var text: String?
        var image: String?
        var link: Link?
    }

    /// A connector by its name, and what the result is called.
    struct Call: Hashable, Sendable {
        let connector: String
        let name: String
    }

    struct Branch: Hashable, Sendable {
        let condition: Condition
        let steps: [Step]
    }

    struct Condition: Hashable, Sendable {
        enum Test: String, Sendable { case equals, differs, over, under, known, unknown }
        let subject: String
        let test: Test
        let value: String
    }

    /// How often a question is asked when its line does not say.
    static let rounds = 3
    static let mostRounds = 5
}

extension Outline {
    static func questions(in steps: [Step]) -> [Question] {
        steps.flatMap { step -> [Question] in
            switch step.act {
            case .ask(let question): return [question]
            case .form(_, let questions): return questions
            default: return step.blocks.flatMap(questions)
            }
        }
    }

    /// Every step, those of blocks after the line they belong to.
    static func all(_ steps: [Step]) -> [Step] { steps.flatMap { [$0] + $0.blocks.flatMap(all) } }

    /// The names of the connectors it calls, with whether they may change something.
    var calls: [(line: Int, call: Call, changes: Bool)] {
        Self.all(steps).compactMap { step in
            switch step.act {
            case .lookUp(let call, _): (step.line, call, false)
            case .perform(let call, _): (step.line, call, true)
            default: nil
            }
        }
    }
}

extension Outline.Step {
    var blocks: [[Outline.Step]] {
        switch act {
        case .lookUp(_, let failed), .perform(_, let failed): [failed]
        case .when(let branches, let otherwise): branches.map(\.steps) + [otherwise]
        case .confirm(_, let declined): [declined]
        default: []
        }
    }
}
