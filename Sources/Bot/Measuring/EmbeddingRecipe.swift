package import Basics
import Foundation
import Knowledge

/// How the shipped embedding is made (see NOTICE.md):
/// `nightdesk train embedding --training-data DIR --out Sources/CWeights/english.embedding`.
package struct EmbeddingRecipe: Sendable {
    /// A set of questions sorted by what they ask for, by its name in `--sources`.
    package enum Source: String, CaseIterable, Sendable {
        case clinc150, hwu64

        var file: String {
            switch self {
            case .clinc150: "en_clinc150_train.tsv"
            case .hwu64: "en_hwu64_train.tsv"
            }
        }
    }

    private let data: String
    private let sources: [Source]
    private var tuning = EmbeddingTrainer.Tuning()

    /// - Parameter data: the folder of the development data.
    package init(data: String, sources: [Source] = Source.allCases, seed: UInt64) {
        (self.data, self.sources) = (data, sources)
        tuning.seed = seed
    }

    /// - Parameter sources: names, apart by commas.
    package init(data: String, sources: String, seed: UInt64) throws(Refusal) {
        let known = Source.allCases.map(\.rawValue).joined(separator: ", ")
        var chosen: [Source] = []
        for name in sources.split(separator: ",") {
            guard let source = Source(rawValue: String(name)) else {
                throw Refusal(.invalid, "train.source", detail: "unknown source \(name); there are \(known)")
            }
            chosen.append(source)
        }
        self.init(data: data, sources: chosen, seed: seed)
    }

    /// The bytes of the file, buckets one after the other.
    package func weights() throws -> [UInt8] {
        EmbeddingTrainer.train(try sources.map(meanings), .english, tuning: tuning)
    }

    private func meanings(_ source: Source) throws -> [[String]] {
        let sheet = try Sheet(path: data + "/" + source.file)
        return Dictionary(grouping: zip(try sheet("label"), try sheet("text")), by: \.0)
            .sorted { $0.key < $1.key }.map { $0.value.map(\.1) }
    }
}
