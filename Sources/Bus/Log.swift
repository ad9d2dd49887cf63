import Logging

/// Where the bus reports connections lost and found.
let log = Logger(label: "nightdesk.bus")
