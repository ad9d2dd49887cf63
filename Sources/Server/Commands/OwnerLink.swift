import Basics
import Organization
import Store

extension Command {
    private static let owner = Setting(
        key: "owner", fallback: "", explanation: "The e-mail of the owner whom 'owner-link' is for, where there are several.")

    static let ownerLink = Command(
        "owner-link", summary: "Print a link, good once and for a day, by which an owner sets a new password.",
        settings: [SettingDeclaration(owner), SettingDeclaration(Operation.port)]
    ) { _, settings in
        let installation = try await Installation(existing: settings)
        guard try await installation.missingMigrations().isEmpty else {
            throw Misuse("this data folder was made by an older version; start 'nightdesk serve' once, then try again")
        }
        let email = settings[owner]
        let (token, found) = try await installation.contents.organization.ownerLink(for: email.isEmpty ? nil : email)
        try await installation.ground.database.close()
        print("A new password for \(found.name) (\(found.email)), once and within 24 hours:")
        print("http://localhost:\(settings[Operation.port])/desk#owner=\(token)")
        print("Where the desk has another address, put that before /desk.")
    }
}
