package import Basics
package import Knowledge
package import Organization
import Store

/// A dialogue that the company wrote down: what is asked, looked up, confirmed and said. It is found like a knowledge entry,
/// and has one whose phrasings are its own.
package struct Flow: Codable, Hashable, Sendable {
    package let id: ID<Flow>
    package let workspaceId: ID<Workspace>
    /// The entry by which it is found; published when the flow is.
    package let entryId: ID<KnowledgeEntry>
    package var isPublished: Bool
    /// The newest version, from 1.
    package var version: Int
    /// The version that customers get; what is written after it is a draft.
    package var publishedVersion: Int?
    package var title: String
    package var updatedAt: Timestamp
}

/// What a flow said from one moment on. Written once, never changed.
package struct FlowEdition: Codable, Hashable, Sendable {
    package let flowId: ID<Flow>
    package let number: Int
    package let workspaceId: ID<Workspace>
    package let outline: String
    package let author: ID<Agent>?
    package let createdAt: Timestamp
}
