import Basics
import Foundation
import Organization
import Testing

@testable import Conversations

/// Every shape ever published must be understood for ever. A file here is never changed and never removed;
/// a fact that learns to say more gets one more file.
@Suite struct GoldenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    static let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

    /// How each published shape is read and written again, by the beginning of its file's name.
    private static let shapes: [(name: String, again: @Sendable (JSONText) throws -> [UInt8])] = [
        shape(EntryAdded.self), shape(RowChanged.self), shape(RowGone.self), shape(SessionChanged.self), shape(QueueMoved.self),
        shape(Typing.self), shape(MarksChanged.self), shape(AgentChanged.self), shape(CasesChanged.self),
        ("welcome.desk", shape(DeskWelcome.self).again),
        ("welcome.visitor", { try JSON.write($0.read(Visits.Welcome.self, known: ["type"]), after: [("type", "welcome")]) }),
    ]

    /// Read strictly: a member that the type does not ask for any more is refused.
    private static func shape<Told: Fact>(_: Told.Type) -> (name: String, again: @Sendable (JSONText) throws -> [UInt8]) {
        (Told.name, { try $0.read(Told.self, known: ["type"]).wire })
    }

    @Test(arguments: files)
    func `what was published once is read without loss`(file: String) throws {
        let data = try Data(contentsOf: Self.folder.appending(path: file))
        let shape = try #require(Self.shapes.first { file.hasPrefix($0.name + ".") }, "no fact of this name is known any more")
        let again = try shape.again(try JSONText([UInt8](data)))
        let (old, new) = (try JSONSerialization.jsonObject(with: data), try JSONSerialization.jsonObject(with: Data(again)))
        #expect(old as? NSDictionary == new as? NSDictionary)
    }

    @Test func `every fact has its files`() {
        for shape in Self.shapes { #expect(Self.files.contains { $0.hasPrefix(shape.name + ".") }, "\(shape.name)") }
    }

    @Test func `every kind of entry and of sender is among them`() throws {
        let texts = try Self.files.map { try String(contentsOf: Self.folder.appending(path: $0), encoding: .utf8) }
        for kind in Entry.Kind.allCases { #expect(texts.contains { $0.contains(#""kind": "\#(kind.rawValue)""#) }, "\(kind)") }
        for kind in Author.Kind.allCases { #expect(texts.contains { $0.contains(#""kind": "\#(kind.rawValue)""#) }, "\(kind)") }
        for reason in HandOffReason.allCases { #expect(texts.contains { $0.contains(#""\#(reason.rawValue)""#) }, "\(reason)") }
    }

    /// A fact is an object whose first member is its type, so that a reader may look at the beginning only.
    @Test func `the type stands first`() throws {
        let told = try String(decoding: RowGone(conversation: ID(rawValue: 7)).wire, as: UTF8.self)
        #expect(told == #"{"type":"row.gone","conversation":"7"}"#)
    }
}
