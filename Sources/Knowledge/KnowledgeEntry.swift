package import Basics
import Foundation
package import Organization
import Store

/// One thing the company can answer: what it says now, whether the bot may use it, and how it fared.
package struct KnowledgeEntry: Codable, Hashable, Sendable {
    /// Whether the bot may use it.
    package enum State: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
        /// Being written; the bot does not know it.
        case draft
        case published
        /// Deleted, as far as people see; earlier answers still name it.
        case archived
    }

    package let id: ID<KnowledgeEntry>
    package let workspaceId: ID<Workspace>
    package private(set) var state: State
    /// The number of the newest version, from 1.
    package private(set) var version: Int
    package private(set) var language: Language
    package private(set) var category: String
    package private(set) var title: String
    package private(set) var phrasings: Phrasings
    package private(set) var answer: String
    package private(set) var effectiveFrom: Timestamp?
    package private(set) var effectiveUntil: Timestamp?
    /// How often the bot answered with it, and what customers thought of that.
    package let hits: Int
    package let helpful: Int
    package let unhelpful: Int
    package private(set) var updatedAt: Timestamp
    /// Title, phrasings and answer as they are searched.
    private var search: String

    package init(id: ID<KnowledgeEntry>, workspace: ID<Workspace>, content: EntryContent, state: State, at now: Timestamp) {
        (self.id, workspaceId, self.state, version) = (id, workspace, state, 1)
        (language, category, title) = (content.language, content.category, content.title)
        (phrasings, answer) = (content.phrasings, content.answer)
        (effectiveFrom, effectiveUntil) = (content.effectiveFrom, content.effectiveUntil)
        (hits, helpful, unhelpful, updatedAt, search) = (0, 0, 0, now, content.searched)
    }

    /// As it was when this version was published; without what was counted since.
    init(published version: EntryVersion) {
        (id, workspaceId, state, self.version) = (version.entryId, version.workspaceId, .published, version.number)
        (language, category, title) = (version.language, version.category, version.title)
        (phrasings, answer) = (version.phrasings, version.answer)
        (effectiveFrom, effectiveUntil) = (version.effectiveFrom, version.effectiveUntil)
        (hits, helpful, unhelpful, updatedAt, search) = (0, 0, 0, version.createdAt, "")
    }
}

extension KnowledgeEntry {
    /// Whether the bot may answer with it at this moment.
    package func isEffective(at now: Timestamp) -> Bool {
        state == .published && effectiveFrom.map { $0 <= now } ?? true && effectiveUntil.map { now < $0 } ?? true
    }

    /// Says something else from now on; false when it says just that already.
    mutating func revise(_ content: EntryContent, at now: Timestamp) -> Bool {
        guard content != self.content else { return false }
        (language, category, title) = (content.language, content.category, content.title)
        (phrasings, answer) = (content.phrasings, content.answer)
        (effectiveFrom, effectiveUntil) = (content.effectiveFrom, content.effectiveUntil)
        (version, updatedAt, search) = (version + 1, now, content.searched)
        return true
    }

    mutating func move(to state: State, at now: Timestamp) { (self.state, updatedAt) = (state, now) }

    package var content: EntryContent {
        EntryContent(
            stored: language, category, title, phrasings, answer, effectiveFrom: effectiveFrom, effectiveUntil: effectiveUntil
        )
    }
}

/// What an entry said from one moment on. Written once, never changed.
package struct EntryVersion: Codable, Hashable, Sendable {
    package let workspaceId: ID<Workspace>
    package let entryId: ID<KnowledgeEntry>
    package let number: Int
    package let language: Language
    package let category: String
    package let title: String
    package let phrasings: Phrasings
    package let answer: String
    package let effectiveFrom: Timestamp?
    package let effectiveUntil: Timestamp?
    /// Who wrote it; nil for the product itself, e.g. the demo.
    package let author: ID<Agent>?
    package let createdAt: Timestamp

    init(of entry: KnowledgeEntry, author: ID<Agent>?) {
        (workspaceId, entryId, number, language) = (entry.workspaceId, entry.id, entry.version, entry.language)
        (category, title, phrasings, answer) = (entry.category, entry.title, entry.phrasings, entry.answer)
        (effectiveFrom, effectiveUntil) = (entry.effectiveFrom, entry.effectiveUntil)
        (self.author, createdAt) = (author, entry.updatedAt)
    }
}

/// Published knowledge is different now: whoever has learnt it should learn it again.
package struct KnowledgeChanged: Fact {
    package static let name = "knowledge.changed"
    package let workspace: ID<Workspace>
    /// Rises with every change in the workspace.
    package let revision: Int
}

extension EntryContent {
    /// Only for what was checked when it was stored.
    fileprivate init(
        stored language: Language, _ category: String, _ title: String, _ phrasings: Phrasings, _ answer: String,
        effectiveFrom: Timestamp?, effectiveUntil: Timestamp?
    ) {
        (self.language, self.category, self.title) = (language, category, title)
        (self.phrasings, self.answer) = (phrasings, answer)
        (self.effectiveFrom, self.effectiveUntil) = (effectiveFrom, effectiveUntil)
    }

    fileprivate var searched: String {
        ([title, category] + phrasings.list + [answer]).joined(separator: "\n").folded
    }
}

extension String {
    /// As it is searched: full width, compatibility forms and case made the same.
    package var folded: String { precomposedStringWithCompatibilityMapping.lowercased() }
}
