package import Organization
import Store

extension ContactAPI {
    /// People and how each channel knows them.
    package var feature: Feature {
        var feature = Feature(name: "contacts")
        feature.migrations = [Self.migration]
        feature.routes = routes
        return feature
    }

    static let migration = Migration(
        "contacts.1",
        """
        CREATE TABLE contact (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            name TEXT NOT NULL,
            email TEXT,
            phone TEXT,
            note TEXT,
            locale TEXT,
            created_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE identity (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            contact_id BIGINT NOT NULL REFERENCES contact (id),
            account_id BIGINT NOT NULL,
            key TEXT NOT NULL,
            name TEXT,
            is_verified INTEGER NOT NULL,
            created_at BIGINT NOT NULL,
            UNIQUE (account_id, key)
        )
        """,
        "CREATE INDEX identity_contact ON identity (contact_id)"
    )
}
