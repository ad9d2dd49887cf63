import Conversations
import Store

enum RatingStore {
    static let table = Table<Rating>("rating", key: "session_id")

    static let migration = Migration(
        "satisfaction.1",
        """
        CREATE TABLE rating (
            session_id BIGINT PRIMARY KEY,
            workspace_id BIGINT NOT NULL,
            stars BIGINT NOT NULL,
            reason TEXT,
            at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX rating_time ON rating (workspace_id, at)"
    )
}
