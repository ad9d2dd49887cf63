package import Basics
package import Conversations
import Dispatch
package import Knowledge
import Logging
package import Organization
package import Store
import Synchronization

/// What the bot has learnt of every workspace's published knowledge. Learns again in the background whenever that changes;
/// until the new lessons are learnt the old ones serve.
package final class Understanding: Sendable {
    private struct Student {
        var learnt: Learnt?
        /// The revision that somebody knows to exist.
        var wanted = 0
        var isLearning = false
        var waiting: [UInt64: AsyncStream<Learnt>.Continuation] = [:]
        var lastWaiting: UInt64 = 0
    }

    private let database: any Database
    private let knowledge: KnowledgeStore
    private let students = Mutex<[ID<Workspace>: Student]>([:])
    /// Training is seconds of arithmetic: it has a thread of its own, not one of those that answer requests.
    private let classroom = DispatchQueue(label: "bot.learning", qos: .utility)
    private let logger = Logger(label: "bot")

    package init(database: any Database, knowledge: KnowledgeStore) { (self.database, self.knowledge) = (database, knowledge) }

    /// What is known now; waits only while nothing has been learnt at all.
    package func current(in workspace: ID<Workspace>) async throws -> Learnt {
        if let learnt = students.withLock({ $0[workspace]?.learnt }) { return learnt }
        return try await learnt(in: workspace, revision: 0)
    }

    /// What is known once this revision, or a newer one, has been learnt.
    package func learnt(in workspace: ID<Workspace>, revision: Int) async throws -> Learnt {
        let (changes, continuation) = AsyncStream.makeStream(of: Learnt.self, bufferingPolicy: .bufferingNewest(1))
        let key = students.withLock { students in
            let student = students[workspace] ?? Student()
            if let learnt = student.learnt, learnt.revision >= revision { continuation.yield(learnt) }
            let key = student.lastWaiting + 1
            students[workspace, default: student].lastWaiting = key
            students[workspace]?.waiting[key] = continuation
            return key
        }
        defer { students.withLock { $0[workspace]?.waiting[key] = nil } }
        learn(workspace, revision: revision)
        for await learnt in changes where learnt.revision >= revision { return learnt }
        try Task.checkCancellation()
        throw Refusal(.unavailable, "bot.learning")
    }

    /// As ``learnt(in:revision:)``, but gives what there is when the time is over.
    package func learnt(in workspace: ID<Workspace>, revision: Int, within limit: Duration) async throws -> Learnt {
        let newest = try await withThrowingTaskGroup(of: Learnt?.self) { group in
            group.addTask { try await self.learnt(in: workspace, revision: revision) }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        if let newest { return newest }
        return try await current(in: workspace)
    }

    /// Sees to it that this revision is learnt, now or right after what is being learnt.
    package func learn(_ workspace: ID<Workspace>, revision: Int) {
        let begins = students.withLock { students in
            var student = students[workspace] ?? Student()
            student.wanted = max(student.wanted, revision)
            let begins = !student.isLearning && student.learnt?.revision ?? -1 < student.wanted
            student.isLearning = student.isLearning || begins
            students[workspace] = student
            return begins
        }
        if begins { Task { await self.study(workspace) } }
    }

    private func study(_ workspace: ID<Workspace>) async {
        repeat {
            do {
                let learnt = try await lesson(in: workspace)
                students.withLock { students in
                    students[workspace]?.learnt = learnt
                    students[workspace]?.waiting.values.forEach { $0.yield(learnt) }
                }
            } catch {
                logger.error("learning failed", metadata: ["workspace": "\(workspace)", "error": "\(error)"])
                return students.withLock { students in
                    students[workspace]?.isLearning = false
                    students[workspace]?.waiting.values.forEach { $0.finish() }
                }
            }
        } while isMoreWanted(in: workspace)
    }

    /// Ends the learning when there is nothing newer, in one step with finding that out.
    private func isMoreWanted(in workspace: ID<Workspace>) -> Bool {
        students.withLock { students in
            guard let student = students[workspace], let learnt = student.learnt else { return false }
            students[workspace]?.isLearning = learnt.revision < student.wanted
            return learnt.revision < student.wanted
        }
    }

    private func lesson(in workspace: ID<Workspace>) async throws -> Learnt {
        let (entries, synonyms, revision) = try await database.read { [knowledge] transaction in
            (
                try knowledge.published(in: workspace, transaction), try knowledge.synonyms(in: workspace, transaction),
                try knowledge.revision(in: workspace, transaction)
            )
        }
        return await withCheckedContinuation { continuation in
            classroom.async { continuation.resume(returning: Learnt(entries, synonyms: synonyms, revision: revision)) }
        }
    }
}

/// One workspace's knowledge, learnt at one revision: a matcher per language.
package struct Learnt: Sendable {
    package let revision: Int
    /// What was learnt, and what came of it.
    package let digest: ModelDigest
    private let subjects: [Language: Subject]

    struct Subject: Sendable {
        let matcher: Matcher
        let calibrator: Calibrator
        let entries: [KnowledgeEntry]
        let synonyms: Synonyms
        /// What somebody wrote down word for word, and for which entries.
        let known: [String: Set<Int>]
    }

    /// Said in the very words of one entry and of no other. Assumed, as no data set asks what it has taught.
    private static let asWritten = 0.97

    package init(_ entries: [KnowledgeEntry], synonyms: [Language: Synonyms] = [:], revision: Int) {
        self.revision = revision
        let subjects: [Language: Subject] = Dictionary(grouping: entries, by: \.language).reduce(into: [:]) { subjects, group in
            let lessons = group.value.map { Matcher.Lesson(phrasings: [$0.title] + $0.phrasings.list, answer: $0.answer) }
            let own = synonyms[group.key] ?? Synonyms()
            let hearing = Hearing(group.key, synonyms: own)
            let calibrator = Calibrator.shipped(group.key).refitted(to: lessons, hearing)
            subjects[group.key] = Subject(
                matcher: Matcher(lessons, hearing), calibrator: calibrator, entries: group.value, synonyms: own,
                known: Self.known(lessons)
            )
        }
        self.subjects = subjects
        digest = ModelDigest(subjects, revision: revision)
    }

    private static func known(_ lessons: [Matcher.Lesson]) -> [String: Set<Int>] {
        lessons.enumerated().reduce(into: [:]) { known, lesson in
            for phrasing in lesson.element.phrasings { known[bare(phrasing), default: []].insert(lesson.offset) }
        }
    }

    /// Letters and digits only.
    private static func bare(_ text: String) -> String { Wording.tidy(text).filter { $0.isLetter || $0.isNumber } }

    /// What fits the question best among what is effective now.
    ///
    /// - Parameter speaker: the language of whoever asks. Many English words are pinyin, too ("again", "hanger"): letters are heard as
    ///   Chinese only from those who speak it, or where there is nothing in English to be said.
    package func findings(for question: String, _ language: Language, speaker: Language?, at now: Timestamp) -> Findings {
        var findings = spoken(question, language, speaker: speaker, at: now)
        (findings.model, findings.at) = (digest, now)
        (findings.language, findings.speaker) = (language, speaker)
        return findings
    }

    private func spoken(_ question: String, _ language: Language, speaker: Language?, at now: Timestamp) -> Findings {
        let own = subjects[language].map { findings(question, $0, at: now) } ?? Findings()
        guard
            language == .english, speaker == .chinese || subjects[.english] == nil, own.confidence < 0.5,
            let chinese = subjects[.chinese], Pinyin.isPinyin(question)
        else { return own }
        let heard = findings(question, chinese, at: now)
        return heard.confidence > own.confidence ? heard : own
    }

    private func findings(_ question: String, _ subject: Subject, at now: Timestamp) -> Findings {
        let matches = subject.matcher.match(question) { subject.entries[$0].isEffective(at: now) }
        let isAsWritten = matches.candidates.first.map { first in
            subject.known[Self.bare(question)]?.filter { subject.entries[$0].isEffective(at: now) } == [first.lesson]
        }
        let calibrated = subject.calibrator.confidence(matches)
        let confidence = isAsWritten == true ? max(calibrated, Self.asWritten) : calibrated
        let best = matches.candidates.first?.share ?? 1
        return Findings(
            candidates: matches.candidates.map {
                Findings.Candidate(
                    entry: subject.entries[$0.lesson], confidence: confidence * $0.share / best, score: $0.share)
            },
            plausibility: subject.calibrator.plausibility(matches)
        )
    }
}

/// Entries that may answer a question, the likeliest first.
package struct Findings: Sendable {
    /// An entry that may be meant, and how probably it is.
    package struct Candidate: Sendable {
        package let entry: KnowledgeEntry
        /// The calibrated probability that this is the right answer.
        package let confidence: Double
        /// The matcher's own share, not calibrated.
        package let score: Double
    }

    package var candidates: [Candidate] = []
    /// The calibrated probability that the right answer is among the first three.
    package var plausibility = 0.0
    /// Which model found them.
    package internal(set) var model: ModelDigest?
    /// The moment whose knowledge was looked through.
    package internal(set) var at: Timestamp?
    /// The language that the question was read in, and that of whoever asked.
    package internal(set) var language: Language?
    package internal(set) var speaker: Language?

    package var confidence: Double { candidates.first?.confidence ?? 0 }
    package init() {}

    init(candidates: [Candidate], plausibility: Double) { (self.candidates, self.plausibility) = (candidates, plausibility) }

    /// What to do with them.
    package func band(threshold: Double) -> Band {
        if confidence >= threshold { return .answer }
        return plausibility >= Band.worthAsking ? .offer : .handOff
    }
}

/// What follows from how sure the bot is.
package enum Band: String, Codable, Hashable, Sendable {
    case answer, offer
    case handOff = "hand-off"

    /// From which plausibility on the bot asks back rather than giving up.
    static let worthAsking = 0.4
}
