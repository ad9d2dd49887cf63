package import Basics
package import Organization
package import Store
import Web

/// What the company knows: entries, their versions, search, import and export.
package struct Knowledge: Sendable {
    package let store: KnowledgeStore
    package let imports: ImportStore
    private let database: any Database

    package init(database: any Database, surroundings: Surroundings, facts: Facts) {
        self.database = database
        store = KnowledgeStore(surroundings: surroundings, facts: facts)
        imports = ImportStore(surroundings: surroundings, knowledge: store)
    }

    package func feature(audit: Audit) -> Feature {
        var feature = Feature(name: "knowledge")
        feature.migrations = KnowledgeStore.migrations
        // Fixed names before the named part, for routers that take the first match.
        feature.routes =
            ExchangeAPI(database: database, knowledge: store, imports: imports, audit: audit).routes
            + SynonymAPI(database: database, store: store, audit: audit).routes
            + KnowledgeAPI(database: database, store: store, audit: audit).routes
        feature.permissions = [
            "knowledge.read": Set(Role.allCases),
            "knowledge.edit": [.owner, .admin, .supervisor],
        ]
        return feature
    }
}
