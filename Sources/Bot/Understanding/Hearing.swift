package import Knowledge

/// How texts of one language are heard: the company's own synonyms as one word, with the language's embedding.
package struct Hearing: Sendable {
    package let language: Language
    let embedding: Embedding?
    private let thesaurus: Thesaurus

    package init(_ language: Language, synonyms: Synonyms = Synonyms(), embedding: Embedding?) {
        (self.language, self.embedding) = (language, embedding)
        thesaurus = Thesaurus(synonyms, language)
    }

    /// With the embedding that comes with the product.
    package init(_ language: Language, synonyms: Synonyms = Synonyms()) {
        self.init(language, synonyms: synonyms, embedding: .shipped(language))
    }

    func wording(_ text: String) -> Wording { Wording(text, language, thesaurus) }
}
