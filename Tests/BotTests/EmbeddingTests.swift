import Bot
import Foundation
import Knowledge
import Testing

@Suite struct EmbeddingTests {
    /// Four meanings, each asked with either of two words that never meet in one question.
    private static let meanings = [
        ["parcel", "package"], ["refund", "reimbursement"], ["lamp", "light"], ["invoice", "receipt"],
    ].map { words in
        words.flatMap { word in
            ["about the \(word)", "my \(word)", "\(word) please help", "the \(word) again", "this \(word) now"]
        }
    }

    private func train(seed: UInt64) -> [UInt8] {
        var tuning = EmbeddingTrainer.Tuning()
        (tuning.seed, tuning.epochs) = (seed, 60)
        return EmbeddingTrainer.train([Self.meanings], .english, tuning: tuning)
    }

    @Test func `training repeats exactly with the same seed, and not with another`() {
        let once = train(seed: 3)
        #expect(once.count == Embedding.buckets * Embedding.dimensions)
        #expect(once == train(seed: 3))
        #expect(once != train(seed: 4))
    }

    @Test func `what was learnt to mean the same is found in words the knowledge base does not have`() throws {
        let lessons = ["the parcel", "a refund", "that lamp", "one invoice"].map { Matcher.Lesson(phrasings: [$0]) }
        let deaf = Matcher(lessons, Hearing(.english, embedding: nil))
        let embedding: Embedding = try #require(Embedding(train(seed: 3)))
        let hearing = Matcher(lessons, Hearing(.english, embedding: embedding))
        for (number, word) in ["package", "reimbursement", "light", "receipt"].enumerated() {
            #expect(hearing.match(word).candidates.first?.lesson == number, "\(word)")
            #expect(deaf.match(word).evidence.map { $0.values[3] > 0.5 } != true, "\(word)")
        }
    }

    @Test func `the shipped embedding makes the clearest questions of the shop no worse`() throws {
        let shop = try Shop(.english)
        let deaf = Matcher(shop.entries.map(Shop.lesson), Hearing(.english, embedding: nil))
        let questions = try #require(Shop.clear[.english])
        let (with, without) = (
            questions.count { shop.title($0.question) == $0.title },
            questions.count { question in
                deaf.match(question.question).candidates.first.map { shop.entries[$0.lesson].title } == question.title
            }
        )
        #expect(with >= without)
    }

    @Test(arguments: [0, 100, Embedding.buckets * Embedding.dimensions + 1])
    func `bytes of another size are no embedding`(size: Int) {
        #expect(Embedding([UInt8](repeating: 1, count: size)) == nil)
    }

    @Test func `Chinese has no embedding, English one of at most three megabytes`() {
        #expect(Embedding.shipped(.chinese) == nil)
        #expect(Embedding.shipped(.english) != nil)
        #expect(Embedding.buckets * Embedding.dimensions <= 3_000_000)
    }
}
