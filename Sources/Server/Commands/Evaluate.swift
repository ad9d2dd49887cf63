import Basics
import Bot
import Foundation
import Knowledge
import Organization

extension Command {
    private static let knowledge = Setting(
        key: "knowledge", fallback: "", explanation: "A table of phrasings with the columns answer and text.")
    private static let questions = Setting(
        key: "questions", fallback: "", explanation: "A table of questions: answer and text, or label and text.")
    private static let outOfScope = Setting(
        key: "out-of-scope", fallback: "", explanation: "A table of questions without an answer: text.")
    private static let threshold = Setting(
        key: "threshold", fallback: 0.75, explanation: "From which confidence on the bot answers.")
    private static let json = Setting(
        key: "json", fallback: false, explanation: "Print one line of JSON."
    )
    private static let trainingData = Setting(
        key: "training-data", fallback: "", explanation: "The folder of the development data (NOTICE.md).")
    private static let embedding = Setting(
        key: "embedding", fallback: "",
        explanation: "An English embedding made by 'train embedding', in place of the shipped one.")
    private static let count = Setting(key: "count", fallback: 0, explanation: "Into how many groups the questions are sorted.")
    private static let out = Setting(key: "out", fallback: "", explanation: "The file to be written.")
    private static let sources = Setting(
        key: "sources", fallback: "clinc150,hwu64", explanation: "What is learnt from: clinc150, hwu64 or both.")
    private static let seed = Setting(
        key: "seed", fallback: 1, explanation: "The seed of chance; the same seed gives the same weights.")
    private static let packs = Setting(
        key: "packs", fallback: "Packs", explanation: "The folder of the industry packs."
    )

    private static let sentences = Setting(
        key: "sentences", fallback: "Training/temper.tsv",
        explanation: "A table of sentences: label and text, with (a|b) for alternatives.")

    static let evaluateBot = Command(
        "eval bot", summary: "Measure the bot on labelled questions.",
        settings: [
            SettingDeclaration(knowledge), SettingDeclaration(questions), SettingDeclaration(outOfScope),
            SettingDeclaration(threshold), SettingDeclaration(embedding), SettingDeclaration(json),
        ]
    ) { _, settings in
        let strangers = settings[outOfScope]
        let figures = try Evaluation.run(
            knowledge: settings[knowledge], questions: settings[questions], outOfScope: strangers.isEmpty ? nil : strangers,
            threshold: settings[threshold], embedding: try read(settings[embedding])
        )
        try tell(figures, settings)
    }

    static let evaluateHuman = Command(
        "eval human", summary: "Measure how well requests for a person are recognised.",
        settings: [SettingDeclaration(questions), SettingDeclaration(json)]
    ) { _, settings in
        try tell(try HumanRequest.evaluate(questions: settings[questions]), settings)
    }

    static let evaluateClusters = Command(
        "eval clusters", summary: "Measure how well questions are sorted by what they ask for.",
        settings: [
            SettingDeclaration(questions), SettingDeclaration(count), SettingDeclaration(embedding), SettingDeclaration(json),
        ]
    ) { _, settings in
        let figures = try ClusterEvaluation.run(
            questions: settings[questions], count: settings[count], embedding: try read(settings[embedding]))
        try tell(figures, settings)
    }

    static let trainEmbedding = Command(
        "train embedding", summary: "Learn the English embedding anew and write its weights to a file.",
        settings: [
            SettingDeclaration(trainingData), SettingDeclaration(out), SettingDeclaration(sources), SettingDeclaration(seed),
        ]
    ) { _, settings in
        guard !settings[out].isEmpty else { throw Misuse("'train embedding' needs '--out FILE'") }
        let recipe = try EmbeddingRecipe(
            data: settings[trainingData], sources: settings[sources], seed: UInt64(max(settings[seed], 0)))
        try Data(try recipe.weights()).write(to: URL(filePath: settings[out]))
    }

    /// The weights in a file; nil for none.
    private static func read(_ path: String) throws -> Embedding? {
        if path.isEmpty { return nil }
        guard let bytes = FileManager.default.contents(atPath: path), let embedding = Embedding(bytes) else {
            throw Refusal(.invalid, "embedding.unreadable", detail: "no English embedding: \(path)")
        }
        return embedding
    }

    static let evaluateAnger = Command(
        "eval anger",
        summary: "Measure how well anger and complaints are recognised, and how often calm customers are taken for angry.",
        settings: [SettingDeclaration(questions), SettingDeclaration(json)]
    ) { _, settings in
        try tell(try Anger.evaluate(questions: settings[questions]), settings)
    }

    static let trainTemper = Command(
        "train temper", summary: "Train the models that hear anger and a wish for a person anew and print their source.",
        settings: [SettingDeclaration(trainingData), SettingDeclaration(packs), SettingDeclaration(sentences)]
    ) { _, settings in
        let recipe = TemperRecipe(data: settings[trainingData], sentences: settings[sentences], packs: settings[packs])
        print(try recipe.source(), terminator: "")
    }

    private static let today = Setting(
        key: "today", fallback: "", explanation: "The day that \"tomorrow\" counts from, as 2026-10-01; without it this one.")
    private static let misses = Setting(
        key: "misses", fallback: false, explanation: "Print the lines that were read otherwise, too.")

    static let evaluateSlots = Command(
        "eval slots", summary: "Measure how well order numbers, dates, amounts and the like are read.",
        settings: [
            SettingDeclaration(questions), SettingDeclaration(today), SettingDeclaration(misses), SettingDeclaration(json),
        ]
    ) { _, settings in
        let now = Int(Surroundings.system().now().milliseconds / 86_400_000)
        guard let day = settings[today].isEmpty ? Day(number: now) : Day(settings[today]) else {
            throw Refusal(.invalid, "eval.today", detail: "YYYY-MM-DD")
        }
        let (figures, missed) = try SlotEvaluation(questions: settings[questions], today: day).run()
        try tell(figures, settings)
        for miss in missed where settings[misses] { print("\(miss.text)\t\(miss.expected)\t\(miss.read)") }
    }

    static let calibrate = Command(
        "calibrate", summary: "Fit the bot's shipped calibrators anew and print their source.",
        settings: [SettingDeclaration(trainingData), SettingDeclaration(packs)]
    ) { _, settings in
        print(try CalibrationRecipe(data: settings[trainingData], packs: settings[packs]).source(), terminator: "")
    }

    private static func tell(_ figures: some Encodable, _ settings: Settings) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = settings[json] ? [.sortedKeys] : [.sortedKeys, .prettyPrinted]
        print(String(decoding: try encoder.encode(figures), as: UTF8.self))
    }
}
