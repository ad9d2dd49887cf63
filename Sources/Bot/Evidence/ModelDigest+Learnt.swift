import Basics
import Conversations
import Crypto
import Knowledge

extension ModelDigest {
    /// Exactly as docs/decisions/017-evidence-of-the-bot.md says.
    init(_ subjects: [Language: Learnt.Subject], revision: Int) {
        let ordered = subjects.sorted { $0.key.rawValue < $1.key.rawValue }
        var (lessons, weights) = (Fingerprint("lessons"), Fingerprint("weights"))
        for (language, subject) in ordered {
            lessons.add(language.rawValue, subject.entries.count)
            for entry in subject.entries { lessons.add(entry) }
            for group in subject.synonyms.groups { lessons.add(group.joined(separator: "\t")) }
        }
        let taught = lessons.finish()
        weights.add(taught, revision)
        for (language, subject) in ordered {
            weights.add(language.rawValue)
            weights.add(subject.matcher)
            weights.add(subject.calibrator)
        }
        self.init(revision: revision, lessons: taught, weights: weights.finish())
    }
}

/// SHA-256 over values, each with its length before it; numbers by their bits, least significant byte first.
struct Fingerprint {
    private var hash = SHA256()

    init(_ name: String) { add("nightdesk \(name) 1") }

    mutating func add(_ values: any Printed...) { for value in values { value.print(into: &self) } }

    mutating func add(text: String) {
        add(UInt64(text.utf8.count))
        hash.update(data: Array(text.utf8))
    }

    mutating func add(_ number: UInt64) { withUnsafeBytes(of: number.littleEndian) { hash.update(bufferPointer: $0) } }

    /// As they lie in memory: the machines that this runs on put the least significant byte first.
    mutating func add(_ numbers: [Float]) {
        add(UInt64(numbers.count))
        numbers.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    mutating func add(_ numbers: [Double]) {
        add(UInt64(numbers.count))
        for number in numbers { add(number.bitPattern) }
    }

    func finish() -> String { hash.finalize().hexadecimal }
}

/// What a fingerprint can be taken of.
protocol Printed { func print(into fingerprint: inout Fingerprint) }

extension String: Printed { func print(into fingerprint: inout Fingerprint) { fingerprint.add(text: self) } }
extension Int: Printed { func print(into fingerprint: inout Fingerprint) { fingerprint.add(UInt64(bitPattern: Int64(self))) } }

extension Fingerprint {
    /// Everything of an entry that is learnt or decides whether it may be used.
    fileprivate mutating func add(_ entry: KnowledgeEntry) {
        add(entry.id.description, entry.version, entry.title, entry.answer, entry.phrasings.list.count)
        for phrasing in entry.phrasings.list { add(phrasing) }
        for moment in [entry.effectiveFrom, entry.effectiveUntil] { add(moment.map { "\($0.milliseconds)" } ?? "") }
    }

    fileprivate mutating func add(_ matcher: Matcher) {
        add(matcher.weighting.idf)
        add(matcher.softmax?.weights ?? [])
        add(matcher.softmax?.bias ?? [])
    }

    fileprivate mutating func add(_ calibrator: Calibrator) {
        for (curve, bend) in [(calibrator.right, calibrator.rightBend), (calibrator.amongThree, calibrator.amongThreeBend)] {
            add([curve.intercept] + curve.weights + [bend.slope, bend.shift])
        }
    }
}
