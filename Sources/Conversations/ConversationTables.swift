import Store

extension Migration {
    /// Entries lie together by conversation and number, which is how they are read; every append touches one page of them,
    /// one of the index on the sender's ids and one of the conversations.
    static let conversations = Migration(
        "conversations.1",
        """
        CREATE TABLE conversation (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            account_id BIGINT NOT NULL,
            identity_id BIGINT NOT NULL UNIQUE,
            contact_id BIGINT NOT NULL,
            locale TEXT NOT NULL,
            last_number BIGINT NOT NULL,
            last_at BIGINT NOT NULL,
            session_id BIGINT,
            owner_kind TEXT,
            owner_id BIGINT,
            team_id BIGINT,
            epoch BIGINT NOT NULL,
            waiting_since BIGINT,
            visitor_delivered BIGINT NOT NULL,
            visitor_read BIGINT NOT NULL,
            staff_delivered BIGINT NOT NULL,
            staff_read BIGINT NOT NULL
        )
        """,
        """
        CREATE INDEX conversation_owner ON conversation (workspace_id, owner_kind, owner_id, session_id)
            WHERE owner_kind IS NOT NULL
        """,
        "CREATE INDEX conversation_contact ON conversation (contact_id)",
        """
        CREATE TABLE session (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            conversation_id BIGINT NOT NULL,
            opened_at BIGINT NOT NULL,
            closed_at BIGINT,
            closed_by TEXT,
            category TEXT,
            note TEXT,
            served_by BIGINT,
            bot_misses BIGINT NOT NULL,
            bot_seen BIGINT NOT NULL,
            source_url TEXT,
            source_title TEXT,
            referrer TEXT
        )
        """,
        "CREATE INDEX session_conversation ON session (conversation_id, id)",
        "CREATE INDEX session_closed ON session (workspace_id, closed_at) WHERE closed_at IS NOT NULL",
        """
        CREATE TABLE assignment (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            session_id BIGINT NOT NULL,
            kind TEXT NOT NULL,
            agent_id BIGINT,
            team_id BIGINT,
            reason TEXT,
            started_at BIGINT NOT NULL,
            ended_at BIGINT
        )
        """,
        "CREATE INDEX assignment_session ON assignment (session_id, id)",
        """
        CREATE INDEX assignment_handling ON assignment (workspace_id, kind, ended_at) WHERE ended_at IS NOT NULL
        """,
        """
        CREATE TABLE entry (
            conversation_id BIGINT NOT NULL,
            number BIGINT NOT NULL,
            session_id BIGINT NOT NULL,
            at BIGINT NOT NULL,
            kind TEXT NOT NULL,
            author TEXT NOT NULL,
            author_id BIGINT,
            client TEXT,
            text TEXT,
            extra TEXT,
            PRIMARY KEY (conversation_id, number)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE visited_page (
            conversation_id BIGINT PRIMARY KEY,
            url TEXT,
            title TEXT,
            referrer TEXT
        )
        """,
        """
        CREATE TABLE judgement (
            conversation_id BIGINT NOT NULL,
            number BIGINT NOT NULL,
            helpful BIGINT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (conversation_id, number)
        )
        """,
        "CREATE UNIQUE INDEX entry_client ON entry (conversation_id, client) WHERE client IS NOT NULL",
        """
        CREATE TABLE snippet (
            id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            agent_id BIGINT,
            shortcut TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL
        )
        """,
        "CREATE INDEX snippet_workspace ON snippet (workspace_id, agent_id)"
    )

    /// Each kind of sender has ids of its own, so that a customer cannot use up the one that the bot's answer will need.
    static let clientsBySender = Migration(
        "conversations.2",
        "DROP INDEX entry_client",
        "CREATE UNIQUE INDEX entry_client ON entry (conversation_id, client, author) WHERE client IS NOT NULL"
    )

    /// The desk's lists begin with the newest session, and read no more than their page however many conversations there are.
    static let lists = Migration(
        "conversations.3",
        "CREATE INDEX conversation_live ON conversation (workspace_id, session_id) WHERE owner_kind IS NOT NULL",
        """
        CREATE INDEX conversation_owner_kind ON conversation (workspace_id, owner_kind, session_id) WHERE owner_kind IS NOT NULL
        """,
        "CREATE INDEX session_over ON session (workspace_id, id) WHERE closed_at IS NOT NULL",
        "CREATE INDEX session_served ON session (workspace_id, served_by, id) WHERE closed_at IS NOT NULL",
        "CREATE INDEX entry_rated ON entry (conversation_id, session_id) WHERE kind = 'rated'"
    )
}
