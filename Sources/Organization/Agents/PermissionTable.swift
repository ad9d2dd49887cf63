private import Synchronization
package import Web

/// Which role holds which permissions, put together at start from what the features declare.
package final class PermissionTable: Sendable {
    private let held = Mutex<[Role: Set<Permission>]>([:])

    package init() {}

    package func adopt(_ features: [Feature]) {
        held.withLock { held in
            for (permission, roles) in features.flatMap(\.permissions) {
                for role in roles { held[role, default: []].insert(permission) }
            }
        }
    }

    package func held(by role: Role) -> Set<Permission> { held.withLock { $0[role] ?? [] } }
}

extension Set<Role> {
    package static let everyone: Self = [.owner, .admin, .supervisor, .agent]
    package static let supervisorsUp: Self = [.owner, .admin, .supervisor]
    package static let adminsUp: Self = [.owner, .admin]
}
