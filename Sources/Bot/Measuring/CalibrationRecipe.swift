import Basics
import Foundation
package import Knowledge

/// How the shipped calibrators are made, from the development data (see NOTICE.md) and the demo pack:
/// `nightdesk calibrate --training-data DIR > Sources/Bot/Confidence/ShippedCalibrators.swift`.
package struct CalibrationRecipe: Sendable {
    private static let rounds = 120
    private static let mostPhrasings = 30
    /// Topics with fewer questions cannot be both taught and asked.
    private static let leastPhrasings = 6

    private let data: String
    private let packs: String

    package init(data: String, packs: String) { (self.data, self.packs) = (data, packs) }

    /// The Swift source that holds both calibrators.
    package func source() throws -> String {
        let (chinese, english) = (try calibrator(.chinese), try calibrator(.english))
        return """
            // Made by `nightdesk calibrate`; see CalibrationRecipe and NOTICE.md. Do not edit.

            extension Calibrator {
                static let chinese = \(chinese.text)

                static let english = \(english.text)
            }

            """
    }

    package func calibrator(_ language: Language) throws -> Calibrator {
        let outcomes = try sources(language).enumerated().flatMap { number, source in
            var rehearsal = Rehearsal(source.hearing, seed: UInt64(number + 1))
            return rehearsal.play(source.played, rounds: Self.rounds)
        }
        return Calibrator(fitting: outcomes)
    }

    /// What is rehearsed, heard as a company's customers will be: with an embedding that does not know these very questions.
    private struct Stage {
        let played: Rehearsal.Source
        let hearing: Hearing

        init(_ topics: [Rehearsal.Topic], strangers: [String], _ hearing: Hearing) {
            (played, self.hearing) = (Rehearsal.Source(topics: topics, strangers: strangers), hearing)
        }
    }

    private func sources(_ language: Language) throws -> [Stage] {
        switch language {
        case .chinese: try chineseSources()
        case .english: try englishSources()
        }
    }

    private func chineseSources() throws -> [Stage] {
        let (demo, shop, travel) = (
            try pack(.chinese), try topics("zh_ecom_faq_kb.tsv", label: "faq"), try crossWOZ()
        )
        let strangers = try Sheet(path: data + "/zh_ecom_oos_dev.tsv")("text")
        let travelling = Array(travel.flatMap(\.phrasings).prefix(60))
        return [
            Stage(demo, strangers: strangers + travelling, Hearing(.chinese)),
            Stage(shop, strangers: strangers + travelling, Hearing(.chinese)),
            Stage(travel, strangers: strangers + demo.flatMap(\.phrasings), Hearing(.chinese)),
        ]
    }

    private func englishSources() throws -> [Stage] {
        let strangers = try ["train", "val"].flatMap { try Sheet(path: data + "/en_clinc150_oos_\($0).tsv")("text") }
        let demo = try pack(.english)
        let others = strangers + demo.flatMap(\.phrasings)
        return [
            Stage(demo, strangers: strangers, Hearing(.english)),
            Stage(try topics("en_clinc150_train.tsv"), strangers: others, try hearing(without: .clinc150)),
            Stage(try topics("en_hwu64_train.tsv"), strangers: others, try hearing(without: .hwu64)),
        ]
    }

    private func hearing(without source: EmbeddingRecipe.Source) throws -> Hearing {
        let others = EmbeddingRecipe.Source.allCases.filter { $0 != source }
        return Hearing(.english, embedding: Embedding(try EmbeddingRecipe(data: data, sources: others, seed: 1).weights()))
    }

    private func topics(_ file: String, label: String = "label") throws -> [Rehearsal.Topic] {
        let sheet = try Sheet(path: data + "/" + file)
        return Self.topics(Array(zip(try sheet(label), try sheet("text"))), atLeast: 1)
    }

    /// Turns with exactly one act besides politeness; the act without its value is the topic.
    private func crossWOZ() throws -> [Rehearsal.Topic] {
        let sheet = try Sheet(path: data + "/zh_crosswoz_val_user.tsv")
        let labelled: [(String, String)] = zip(try sheet("acts"), try sheet("text")).compactMap { acts, text in
            let acts = acts.split(separator: "|").filter { !$0.hasPrefix("General") }
            let parts = acts.first?.split(separator: "+") ?? []
            return acts.count == 1 && parts.count >= 3 ? (parts[0..<3].joined(separator: "+"), text) : nil
        }
        return Self.topics(labelled, atLeast: Self.leastPhrasings)
    }

    private static func topics(_ labelled: [(label: String, text: String)], atLeast least: Int) -> [Rehearsal.Topic] {
        Dictionary(grouping: labelled, by: \.label).sorted { $0.key < $1.key }
            .filter { $0.value.count >= least }
            .map { Rehearsal.Topic(phrasings: $0.value.prefix(mostPhrasings).map(\.text)) }
    }

    private func pack(_ language: Language) throws -> [Rehearsal.Topic] {
        let path = packs + "/demo/knowledge.\(language.rawValue).json"
        guard let file = FileManager.default.contents(atPath: path) else {
            throw Refusal(.invalid, "pack.unreadable", detail: path)
        }
        return try ImportPreview(reading: [UInt8](file), as: .json).good.map(\.entry.content).map {
            Rehearsal.Topic(phrasings: [$0.title] + $0.phrasings.list, answer: $0.answer)
        }
    }
}

extension Calibrator {
    fileprivate var text: String { "Calibrator(\n        right: \(right.text),\n        amongThree: \(amongThree.text)\n    )" }
}

extension Calibrator.Curve {
    fileprivate var text: String {
        let numbers = weights.map { String(format: "%.4f", $0) }.joined(separator: ", ")
        return
            "Curve(\n            intercept: \(String(format: "%.4f", intercept)),\n            weights: [\(numbers)]\n        )"
    }
}
