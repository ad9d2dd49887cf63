package import Basics

/// A file that was uploaded and is sent now.
package struct Upload: Sendable {
    let id: String
    /// Who uploaded it; nobody else may send it.
    let uploader: String
}

/// An entry before it has a number.
package struct Draft: Sendable {
    let kind: Entry.Kind
    let author: Author
    let client: String?
    let text: String?
    let file: Upload?
    var answer: Answer?
    var choices: [Choice]?
    var parts: Parts?
    var detail: Detail?

    private init(
        _ kind: Entry.Kind, by author: Author, client: String? = nil, text: String? = nil, file: Upload? = nil,
        answer: Answer? = nil, choices: [Choice]? = nil, detail: Detail? = nil
    ) {
        (self.kind, self.author, self.client, self.text) = (kind, author, client, text)
        (self.file, self.answer, self.choices, self.detail) = (file, answer, choices, detail)
    }

    /// Words or a file from a person.
    package static func message(
        by author: Author, client: String?, text: String?, file: Upload? = nil
    ) throws(Refusal) -> Draft {
        try checked(client: client)
        let text = try checked(text: text)
        guard text != nil || file != nil else { throw Refusal(.invalid, "message.empty") }
        return Draft(.message, by: author, client: client, text: text, file: file)
    }

    package static func note(by author: Author, client: String?, text: String) throws(Refusal) -> Draft {
        try checked(client: client)
        guard let text = try checked(text: text) else { throw Refusal(.invalid, "message.empty") }
        return Draft(.note, by: author, client: client, text: text)
    }

    /// What the bot says; `client` makes saying it twice impossible.
    package static func botMessage(
        _ text: String, client: String? = nil, answer: Answer? = nil, choices: [Choice]? = nil
    ) -> Draft {
        Draft(.message, by: .bot, client: client, text: text, answer: answer, choices: choices)
    }

    /// Something that happened rather than was said.
    package static func event(_ kind: Entry.Kind, by author: Author, text: String? = nil, _ detail: Detail? = nil) -> Draft {
        Draft(kind, by: author, text: text, detail: detail)
    }

    private static func checked(client: String?) throws(Refusal) {
        guard let client else { return }
        guard (1...Entry.longestClient).contains(client.utf8.count) else { throw Refusal(.invalid, "message.client") }
    }

    private static func checked(text: String?) throws(Refusal) -> String? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        guard text.count <= Entry.longestText else { throw Refusal(.tooLarge, "message.too-long") }
        guard !text.unicodeScalars.contains("\0") else { throw Refusal(.invalid, "message.text") }
        return text
    }
}
