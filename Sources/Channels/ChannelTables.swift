import Store

/// The tables of this chapter.
enum ChannelTables {
    static let migrations = [first, second, third, fourth]

    /// A secret that was replaced still signs for a while.
    private static let second = Migration(
        "channels.2",
        "ALTER TABLE channel_account ADD COLUMN earlier_webhook_secret TEXT",
        "ALTER TABLE channel_account ADD COLUMN webhook_secret_at BIGINT"
    )

    /// Ids made by several nodes do not tell the order.
    private static let third = Migration("channels.3", "ALTER TABLE delivery ADD COLUMN number BIGINT NOT NULL DEFAULT 0")

    /// Accounts that were left to people stay with them.
    private static let fourth = Migration(
        "channels.4",
        "ALTER TABLE channel_account ADD COLUMN bot_when_busy INTEGER NOT NULL DEFAULT 1",
        "UPDATE channel_account SET bot_when_busy = 0 WHERE mode = 'people'"
    )

    private static let first =
        Migration(
            "channels.1",
            """
            CREATE TABLE channel_account (
                id BIGINT PRIMARY KEY,
                workspace_id BIGINT NOT NULL REFERENCES workspace (id),
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                key TEXT NOT NULL UNIQUE,
                locale TEXT NOT NULL,
                mode TEXT NOT NULL,
                off_hours_mode TEXT NOT NULL,
                calendar_id BIGINT REFERENCES working_calendar (id),
                team_id BIGINT REFERENCES team (id),
                threshold DOUBLE PRECISION NOT NULL,
                appearance TEXT NOT NULL,
                allowed_origins TEXT NOT NULL,
                webhook_url TEXT,
                identity_secret TEXT,
                webhook_secret TEXT,
                inbound_secret_hash TEXT UNIQUE,
                is_active INTEGER NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE delivery (
                id BIGINT PRIMARY KEY,
                workspace_id BIGINT NOT NULL REFERENCES workspace (id),
                account_id BIGINT NOT NULL REFERENCES channel_account (id),
                conversation_id BIGINT NOT NULL,
                recipient TEXT NOT NULL,
                webhook_id TEXT NOT NULL,
                payload TEXT NOT NULL,
                state TEXT NOT NULL,
                due_at BIGINT NOT NULL,
                attempts INTEGER NOT NULL,
                last_error TEXT,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX delivery_due ON delivery (due_at, id) WHERE state = 'waiting'",
            "CREATE INDEX delivery_open ON delivery (account_id, conversation_id, id) WHERE state IN ('waiting', 'sending')",
            "CREATE INDEX delivery_state ON delivery (workspace_id, state, id)",
            """
            CREATE TABLE attachment (
                id TEXT PRIMARY KEY,
                workspace_id BIGINT NOT NULL REFERENCES workspace (id),
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                size BIGINT NOT NULL,
                uploaded_by TEXT NOT NULL,
                conversation_id BIGINT,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX attachment_unsent ON attachment (uploaded_by, created_at) WHERE conversation_id IS NULL"
        )
}
