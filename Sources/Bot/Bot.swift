package import Basics
package import Conversations
package import Knowledge
package import Organization
package import Store
import Web

/// Answers what it knows, asks back where it is not sure, and leaves the rest to people.
package struct Bot: Sendable {
    package let understanding: Understanding
    package let dialogue: Dialogue
    /// An upgrade; everything works without.
    package let model: LanguageModel?

    package let connectors: Connectors?

    /// - Parameter connectors: to the company's own systems; without them look-ups fail.
    package init(
        database: any Database, surroundings: Surroundings, facts: Facts, knowledge: KnowledgeStore,
        connectors: Connectors? = nil,
        model: LanguageModel? = nil
    ) {
        (self.connectors, self.model) = (connectors, model)
        let understanding = Understanding(database: database, knowledge: knowledge)
        self.understanding = understanding
        dialogue = Dialogue(
            database: database, surroundings: surroundings, knowledge: knowledge, understanding: understanding,
            flows: Flows(
                database: database, surroundings: surroundings,
                store: FlowStore(knowledge: knowledge, surroundings: surroundings), connectors: connectors),
            grounding: model.map { Grounding(model: $0) }
        )
        facts.listen(to: KnowledgeChanged.self) { understanding.learn($0.workspace, revision: $0.revision) }
    }

    /// The one whom Conversations asks first.
    package var answering: any Answering { dialogue }

    package func feature(audit: Audit) -> Feature {
        var feature = Feature(name: "bot")
        feature.migrations = ModelStore.migrations + GroundedAnswers.migrations + FlowStore.migrations
        feature.routes =
            TrialAPI(dialogue: dialogue).routes + RulesTrialAPI(database: dialogue.database).routes
            + CopilotAPI(copilot: Copilot(dialogue: dialogue, grounding: dialogue.grounding)).routes
            + FlowAPI(dialogue: dialogue, audit: audit).routes
        if let model { feature.routes += ModelAPI(model: model, audit: audit).routes }
        if let connectors {
            feature.routes += ConnectorAPI(database: dialogue.database, store: connectors.store, audit: audit).routes
        }
        feature.permissions = [
            "model.edit": .adminsUp, "flows.read": Set(Role.allCases), "flows.edit": [.owner, .admin, .supervisor],
            "connectors.edit": .adminsUp,
        ]
        feature.workers = [Worker("bot.learning") { try await learnEverything() }]
        return feature
    }

    /// So that the first question after a start does not wait for the lessons, and a change that was told in vain is learnt
    /// nevertheless.
    private func learnEverything() async throws {
        let (database, knowledge) = (dialogue.database, dialogue.knowledge)
        while true {
            let revisions = try await database.read { transaction in
                try knowledge.workspaces(transaction).map { ($0, try knowledge.revision(in: $0, transaction)) }
            }
            for (workspace, revision) in revisions { understanding.learn(workspace, revision: revision) }
            try await Task.sleep(for: .seconds(30))
        }
    }
}
