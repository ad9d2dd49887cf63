import Logging

/// The chapter's log: ids and codes only, never what people wrote.
let log = Logger(label: "nightdesk.conversations")
