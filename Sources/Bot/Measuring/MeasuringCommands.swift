import Basics
import Foundation
import Knowledge

/// The commands that measure the bot and make its calibrators. Each takes the words after its name and gives what to print.
package enum MeasuringCommands {
    package static let usage = """
        eval bot --knowledge K.tsv --questions Q.tsv [--out-of-scope O.tsv] [--threshold 0.75] [--language zh-CN|en] [--json]
        eval human --questions Q.tsv [--json]
        calibrate --data DIR --packs DIR
        """

    package static func run(_ words: [String]) throws -> String {
        switch words.prefix(2) {
        case ["eval", "bot"]: try evaluateBot(Options(words.dropFirst(2)))
        case ["eval", "human"]: try evaluateHuman(Options(words.dropFirst(2)))
        default:
            if words.first == "calibrate" { try calibrate(Options(words.dropFirst())) } else { throw Refusal(.invalid, "command.unknown") }
        }
    }

    /// K and Q have the columns `answer` and `text`, O has `text`.
    private static func evaluateBot(_ options: Options) throws -> String {
        let knowledge = try Sheet(path: try options.needed("knowledge"))
        let questions = try Sheet(path: try options.needed("questions"))
        let phrasings = zip(try knowledge("answer"), try knowledge("text")).map { (label: $0, text: $1) }
        var asked = zip(try questions("answer"), try questions("text")).map { Evaluation.Question(text: $1, label: $0) }
        if let path = options["out-of-scope"] {
            asked += try Sheet(path: path)("text").map { Evaluation.Question(text: $0, label: nil) }
        }
        let language = options["language"].flatMap(Language.init(locale:)) ?? mostSpoken(phrasings.map(\.text))
        guard let threshold = Double(options["threshold"] ?? "0.75") else { throw Refusal(.invalid, "option.threshold") }
        return try text(Evaluation(phrasings: phrasings).run(asked, threshold: threshold, language: language), options)
    }

    private static func mostSpoken(_ texts: [String]) -> Language {
        let chinese = texts.count { Language.detect($0) == .chinese }
        return chinese * 2 >= texts.count ? .chinese : .english
    }

    private struct Detection: Codable {
        let questions: Int
        let precision: Double
        let recall: Double
    }

    /// Q has the columns `label` (or `human_request`), 0 or 1, and `text`.
    private static func evaluateHuman(_ options: Options) throws -> String {
        let sheet = try Sheet(path: try options.needed("questions"))
        let labels = try (try? sheet("label")) ?? sheet("human_request")
        let cases = zip(labels, try sheet("text")).map { (isAsked: $0 == "1", isHeard: HumanRequest.isMade(in: $1)) }
        let right = Double(cases.count { $0.isAsked && $0.isHeard })
        return try text(
            Detection(
                questions: cases.count,
                precision: right / Double(max(cases.count(where: \.isHeard), 1)),
                recall: right / Double(max(cases.count(where: \.isAsked), 1))
            ), options
        )
    }

    private static func calibrate(_ options: Options) throws -> String {
        try CalibrationRecipe(data: try options.needed("data"), packs: try options.needed("packs")).source()
    }

    private static func text(_ figures: some Encodable, _ options: Options) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = options.isSet("json") ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
        return String(decoding: try encoder.encode(figures), as: UTF8.self) + "\n"
    }

    /// `--name value` and `--flag`.
    private struct Options {
        private var values: [String: String] = [:]

        init(_ words: some Sequence<String>) {
            var name: String?
            for word in words {
                if word.hasPrefix("--") {
                    name = String(word.dropFirst(2))
                    values[name!] = ""
                } else if let known = name {
                    values[known] = word
                    name = nil
                }
            }
        }

        subscript(name: String) -> String? { values[name] }
        func isSet(_ name: String) -> Bool { values[name] != nil }

        func needed(_ name: String) throws(Refusal) -> String {
            guard let value = values[name], !value.isEmpty else { throw Refusal(.invalid, "option.missing", detail: "--\(name)") }
            return value
        }
    }
}
