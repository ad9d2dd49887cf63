package import Basics
import Foundation
package import Organization

/// What the administrators of a workspace say about takeover: topics that the bot does not answer by itself, and who is on call.
package struct TakeoverRules: Codable, Hashable, Sendable {
    package var topics: [Topic]
    package var rota: [Shift]
    /// Minutes until a page nobody answered goes to the next person on call.
    package var passOnAfter: Int
    /// Minutes that an answer waits for approval before a person takes over.
    package var approveWithin: Int
    /// Minutes, from the next opening on, within which a customer is promised an answer.
    package var answerWithin: Int

    package init(topics: [Topic], rota: [Shift] = [], passOnAfter: Int = 5, approveWithin: Int = 10, answerWithin: Int = 60) {
        (self.topics, self.rota, self.passOnAfter) = (topics, rota, passOnAfter)
        (self.approveWithin, self.answerWithin) = (approveWithin, answerWithin)
    }
}

/// A subject, known by words that customers use for it, and what happens when one comes up.
package struct Topic: Codable, Hashable, Sendable {
    /// What happens.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// The person on call is paged at any hour, and the customer goes to the front of the queue.
        case urgent
        /// The bot's answer leaves only when a colleague has looked at it.
        case approval
        /// The bot never answers this, whatever it knows: it says its own words and hands over.
        case forbidden
    }

    package let name: String
    package let kind: Kind
    package let words: [String]
    /// What holds one of the words and is about something else.
    package let exceptions: [String]
    /// What the bot says, where it is not the usual.
    package let reply: Reply?

    /// The same in both languages.
    package struct Reply: Codable, Hashable, Sendable {
        package let chinese: String
        package let english: String

        package init(chinese: String, english: String) { (self.chinese, self.english) = (chinese, english) }
    }

    package init(_ name: String, _ kind: Kind, words: [String], exceptions: [String] = [], reply: Reply? = nil) {
        (self.name, self.kind, self.words, self.exceptions, self.reply) = (name, kind, words, exceptions, reply)
    }
}

/// Who is on call while a calendar is open, in the order in which they are paged.
package struct Shift: Codable, Hashable, Sendable {
    package let name: String
    /// Left out: for customers of any team.
    package let team: ID<Team>?
    /// Left out: around the clock.
    package let calendar: ID<WorkingCalendar>?
    package let agents: [ID<Agent>]
}

extension TakeoverRules {
    /// The topic that a text is about; of several an urgent one before a forbidden one before one that needs approval.
    package func topic(of text: String, _ kinds: Topic.Kind...) -> Topic? {
        let wording = PlainText(text)
        return kinds.lazy.compactMap { kind in topics.first { $0.kind == kind && $0.covers(wording) } }.first
    }

    /// Refuses what cannot be followed.
    func checked() throws(Refusal) -> Self {
        guard topics.count <= 100, rota.count <= 50 else { throw Refusal(.invalid, "takeover.many") }
        for topic in topics { try topic.check() }
        guard Set(topics.map(\.name)).count == topics.count else { throw Refusal(.invalid, "takeover.topic-twice") }
        for shift in rota {
            guard (1...80).contains(shift.name.count), (1...20).contains(Set(shift.agents).count) else {
                throw Refusal(.invalid, "takeover.shift")
            }
        }
        guard [passOnAfter, approveWithin, answerWithin].allSatisfy({ (1...1_440).contains($0) }) else {
            throw Refusal(.invalid, "takeover.minutes", detail: "1 to 1440")
        }
        return self
    }
}

extension Topic {
    fileprivate func covers(_ text: PlainText) -> Bool {
        let rest = exceptions.reduce(text) { $0.without($1) }
        return words.contains { rest.holds($0) }
    }

    fileprivate func check() throws(Refusal) {
        guard (1...80).contains(name.count) else { throw Refusal(.invalid, "takeover.topic-name") }
        guard (1...200).contains(words.count), exceptions.count <= 200 else { throw Refusal(.invalid, "takeover.words") }
        let areWords = (words + exceptions).allSatisfy { (1...80).contains($0.count) && !PlainText($0).isEmpty }
        guard areWords else { throw Refusal(.invalid, "takeover.words") }
        guard [reply?.chinese, reply?.english].allSatisfy({ ($0?.count ?? 0) <= 1_000 }) else {
            throw Refusal(.invalid, "takeover.reply")
        }
    }
}

/// A text as topics look at it: case, full width and punctuation do not matter. Chinese words are found anywhere, others as whole words.
private struct PlainText {
    private var spaced: String

    init(_ text: String) {
        let scalars = text.prefix(10_000).precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        var units = ""
        for scalar in scalars {
            if Self.isHan(scalar) {
                units.append(" \(scalar) ")
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                units.unicodeScalars.append(scalar)
            } else if scalar != "'" && scalar != "’" {
                units.append(" ")
            }
        }
        spaced = " " + units.split(separator: " ").joined(separator: " ") + " "
    }

    var isEmpty: Bool { spaced.allSatisfy(\.isWhitespace) }

    func holds(_ word: String) -> Bool { spaced.contains(PlainText(word).spaced) }

    func without(_ word: String) -> Self {
        var rest = self
        rest.spaced = spaced.replacingOccurrences(of: PlainText(word).spaced, with: " / ")
        return rest
    }

    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        (0x3400...0x9FFF).contains(scalar.value) || scalar.value >= 0x20000
    }
}
