import Store
import Web

extension Organization {
    /// Everything this chapter adds to the product.
    package func feature() -> Feature {
        var feature = Feature(name: "organization")
        feature.migrations = [
            Nodes.migration,
            WorkspaceStore.migration, AgentStore.migration, TeamStore.migration, AuditStore.migration,
            SignInStore.migration, SetupStore.migration, InvitationStore.migration, WorkingCalendarStore.migration,
            OwnerLinkStore.migration,
        ]
        feature.routes =
            setupRoutes + signInRoutes + meRoutes + workspaceRoutes + agentRoutes + invitationRoutes + teamRoutes + calendarRoutes
            + auditRoutes + recoveryRoutes
        feature.permissions = [
            "desk.use": .everyone,
            "team.read": .everyone,
            "team.edit": .adminsUp,
            "calendar.edit": .adminsUp,
            "audit.read": .adminsUp,
            "workspace.edit": .adminsUp,
            "ownership": [.owner],
        ]
        feature.authenticators = [authenticator]
        return feature
    }
}
