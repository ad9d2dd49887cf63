import CWeights
package import Knowledge

extension Embedding {
    /// The one that comes with the product: English only, trained on public questions (NOTICE.md).
    package static func shipped(_ language: Language) -> Embedding? {
        switch language {
        case .chinese: nil
        case .english: english
        }
    }

    private static let english = Embedding(
        UnsafeBufferPointer(start: english_embedding(), count: english_embedding_size()))
}
