import Foundation

/// The files of one industry pack.
struct Pack: Sendable {
    private let files: [String: [UInt8]]

    /// - Parameter files: by name.
    init(_ files: [String: [UInt8]]) { self.files = files }

    func has(_ file: String) -> Bool { files[file] != nil }

    func raw(_ file: String) throws -> [UInt8] {
        guard let bytes = files[file] else { throw Misuse("the pack has no \(file)") }
        return bytes
    }

    func read<Value: Decodable>(_ file: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(try raw(file)))
    }

    /// What sample customers say, by language.
    var talks: [String: [SampleTalk]] {
        get throws {
            let all = try ["zh-CN", "en"].map { try read("sayings.\($0).json", as: SampleTalks.self) }
            return Dictionary(uniqueKeysWithValues: all.map { ($0.language, $0.conversations) })
        }
    }
}
