import Basics
import Foundation

/// How the shipped models of temper are made: `nightdesk train temper --training-data DIR > Sources/Bot/Temper/ShippedTemper.swift`.
///
/// What is said in anger, and what asks for a person, is written for this project (`Training/temper.tsv`). The calm class is
/// customers' questions of the development data (NOTICE.md) and calm lines with angry words in them.
package struct TemperRecipe: Sendable {
    private static let epochs = 12
    private static let seed: UInt64 = 11
    /// Variants that one line with alternatives, `(a|b)`, is written out to.
    private static let mostVariants = 24
    /// Of the calm texts that were not learnt from, so many may be called otherwise.
    private static let falseAlarms = 0.0005

    /// The calm texts know fewer subjects than customers do: it is never left to a narrow lead.
    private static let leastThreshold: Float = 1.5

    private let data: String
    private let sentences: String
    private let packs: String

    package init(data: String, sentences: String, packs: String) {
        (self.data, self.sentences, self.packs) = (data, sentences, packs)
    }

    private struct Example {
        let features: [Int]
        let isMeant: Bool
    }

    /// The Swift source that holds both models.
    package func source() throws -> String {
        """
        // Made by `nightdesk train temper`; see TemperRecipe and NOTICE.md. Do not edit.

        extension TemperModel {
            static let anger = \(try model("angry").source)

            static let person = \(try model("person").source)
        }

        """
    }

    func model(_ label: String) throws -> TemperModel {
        let sheet = try Sheet(path: sentences)
        let labelled = Array(zip(try sheet("label"), try sheet("text")))
        var generator = SplitMix(state: Self.seed)
        func variants(_ texts: [(String, String)]) -> [String] {
            texts.flatMap { Self.variants(of: $0.1, &generator) }.map { Wording.tidy($0) }
        }
        let meant = variants(labelled.filter { $0.0 == label })
        let others = variants(labelled.filter { $0.0 != label && $0.0 != "angry" && $0.0 != "person" })
        var calmTalk = try questions()
        calmTalk.shuffle(using: &generator)
        let kept = calmTalk.count / 5
        // What somebody is angry about is told with it: half of the meant texts stand before or after a question.
        let told = meant.flatMap { text in
            [
                text, text, "\(text) \(calmTalk.randomElement(using: &generator)!)",
                "\(calmTalk.randomElement(using: &generator)!) \(text)",
            ]
        }
        let calm = others + others + (try packQuestions()) + calmTalk.dropFirst(kept)
        let examples = (told.map { ($0, true) } + calm.map { ($0, false) }).map {
            Example(features: TemperModel.features(of: $0.0), isMeant: $0.1)
        }
        let learnt = Self.learn(examples, &generator)
        return Self.packed(learnt, calm: Array(calmTalk.prefix(kept)))
    }

    /// Customers' questions and other calm talk of the development data.
    private func questions() throws -> [String] {
        let files = [
            "en_clinc150_train", "en_clinc150_oos_train", "en_hwu64_train", "zh_crosswoz_val_user", "zh_ecom_faq_kb",
            "zh_ecom_oos_dev",
        ]
        return try files.flatMap { try Sheet(path: "\(data)/\($0).tsv")("text") }.map { Wording.tidy($0) }
    }

    /// What the demo shop's customers ask.
    private func packQuestions() throws -> [String] {
        struct Pack: Decodable {
            struct Entry: Decodable { let title: String, phrasings: [String] }
            let entries: [Entry]
        }
        return try ["zh-CN", "en"].flatMap { language in
            let path = "\(packs)/demo/knowledge.\(language).json"
            guard let file = FileManager.default.contents(atPath: path) else {
                throw Refusal(.invalid, "pack.unreadable", detail: path)
            }
            return try JSONDecoder().decode(Pack.self, from: file).entries.flatMap { [$0.title] + $0.phrasings }
        }.map { Wording.tidy($0) }
    }

    /// Writes alternatives out, at most so many of them, without repeating one.
    private static func variants(of line: String, _ generator: inout SplitMix) -> [String] {
        guard line.contains("(") else { return [line] }
        var found: Set<String> = []
        for _ in 0..<mostVariants {
            var text = line
            while let open = text.lastIndex(of: "("), let close = text[open...].firstIndex(of: ")") {
                let choices = text[text.index(after: open)..<close].split(separator: "|", omittingEmptySubsequences: false)
                text.replaceSubrange(open...close, with: choices.randomElement(using: &generator)!)
            }
            found.insert(text)
        }
        return found.sorted()
    }
}

extension TemperRecipe {
    private struct Learnt {
        var weights = [Float](repeating: 0, count: 1 << TemperModel.bits)
        var bias: Float = 0

        func sum(_ features: [Int]) -> Float {
            features.isEmpty ? bias : bias + features.reduce(Float(0)) { $0 + weights[$1] } / Float(features.count).squareRoot()
        }
    }

    /// Logistic regression by stochastic gradient descent with a step per weight; both classes count alike.
    private static func learn(_ examples: [Example], _ generator: inout SplitMix) -> Learnt {
        var learnt = Learnt()
        var gathered = [Float](repeating: 1e-3, count: learnt.weights.count)
        let meant = examples.count { $0.isMeant }
        let importance = Float(examples.count - meant) / Float(max(meant, 1)) / 4
        for _ in 0..<epochs {
            for example in examples.shuffled(using: &generator) {
                let error = 1 / (1 + exp(-learnt.sum(example.features))) - (example.isMeant ? 1 : 0)
                let gradient = error * (example.isMeant ? importance : 1) / Float(max(example.features.count, 1)).squareRoot()
                guard abs(gradient) > 1e-5 else { continue }
                for place in example.features {
                    let full = gradient + 1e-4 * learnt.weights[place]
                    gathered[place] += full * full
                    learnt.weights[place] -= 0.3 * full / gathered[place].squareRoot()
                }
                learnt.bias -= 0.01 * gradient
            }
        }
        return learnt
    }

    /// Weights in one byte each, and the threshold that calm texts nobody learnt from pass as seldom as wanted.
    private static func packed(_ learnt: Learnt, calm: [String]) -> TemperModel {
        let scale = max(learnt.weights.map(abs).max() ?? 1, 1e-6) / 127
        let weights = learnt.weights.map { Int8(($0 / scale).rounded()) }
        let model = TemperModel(weights: weights, scale: scale, bias: learnt.bias, threshold: 0)
        let scores = calm.map(model.score).sorted(by: >)
        let threshold = max(scores[min(Int(Double(scores.count) * falseAlarms), scores.count - 1)], leastThreshold)
        return TemperModel(weights: weights, scale: scale, bias: learnt.bias, threshold: threshold + 0.01)
    }
}

extension TemperModel {
    fileprivate var source: String {
        let lines = base64.enumerated().reduce(into: [""]) { lines, next in
            if next.offset > 0, next.offset % 100 == 0 { lines.append("") }
            lines[lines.count - 1].append(next.element)
        }
        let text = lines.map { "            " + $0 }.joined(separator: "\n")
        return """
            TemperModel(
                    base64: \"\"\"
            \(text)
                        \"\"\", scale: \(scale), bias: \(bias), threshold: \(threshold)
                )
            """
    }
}
