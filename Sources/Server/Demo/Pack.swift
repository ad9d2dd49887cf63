import Foundation

/// The files of one industry pack, wherever they lie: compiled in, or in a folder.
struct Pack: Sendable {
    private let bytes: @Sendable (String) throws -> [UInt8]

    /// - Parameter bytes: gives a file of the pack by its name.
    init(bytes: @escaping @Sendable (_ file: String) throws -> [UInt8]) { self.bytes = bytes }

    init(folder: URL) {
        self.init { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }

    func raw(_ file: String) throws -> [UInt8] { try bytes(file) }

    func read<Value: Decodable>(_ file: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(try bytes(file)))
    }

    /// What sample customers say, by language.
    var talks: [String: [SampleTalk]] {
        get throws {
            let all = try ["zh-CN", "en"].map { try read("sayings.\($0).json", as: SampleTalks.self) }
            return Dictionary(uniqueKeysWithValues: all.map { ($0.language, $0.conversations) })
        }
    }
}
