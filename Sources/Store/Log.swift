import Logging

/// The store's log: codes and names only, never what is stored.
let log = Logger(label: "nightdesk.store")
