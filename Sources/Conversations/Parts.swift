/// What stands below a bot's words: cards to look at, and a form to fill in.
package struct Parts: Codable, Hashable, Sendable {
    /// A picture, a title, words and a link; each but the title may be missing.
    package struct Card: Codable, Hashable, Sendable {
        package let title: String
        package let text: String?
        /// An https address, or a path on this server.
        package let image: String?
        package let link: Link?

        package init(title: String, text: String?, image: String?, link: Link?) {
            (self.title, self.text, self.image, self.link) = (title, text, image, link)
        }
    }

    package struct Link: Codable, Hashable, Sendable {
        package let text: String
        package let url: String

        package init(text: String, url: String) { (self.text, self.url) = (text, url) }
    }

    /// One line of a form; it is answered by a message of lines like `label: value`.
    package struct Field: Codable, Hashable, Sendable {
        package let label: String
        /// What kind of thing is asked for: `phone`, `date`, `text` …
        package let type: String
        package let isOptional: Bool

        package init(label: String, type: String, isOptional: Bool) {
            (self.label, self.type, self.isOptional) = (label, type, isOptional)
        }
    }

    package var cards: [Card]?
    package var form: [Field]?

    package init(cards: [Card] = [], form: [Field] = []) {
        (self.cards, self.form) = (cards.isEmpty ? nil : cards, form.isEmpty ? nil : form)
    }

    package var isEmpty: Bool { cards == nil && form == nil }
}
