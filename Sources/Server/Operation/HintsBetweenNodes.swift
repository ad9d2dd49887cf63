import Basics
import Bus
import Web

/// How nodes tell each other what changed: by the database they share, unless a NATS is named.
enum HintsBetweenNodes {
    static let bus = Setting(
        key: "bus", fallback: "",
        explanation:
            "A NATS as nats://host:4222 or tls://host:4222, several joined by commas; without it hints go through PostgreSQL, and stay in the process with SQLite.",
        accepts: { $0.isEmpty || $0.hasPrefix("nats://") || $0.hasPrefix("tls://") })
    static let prefix = Setting(
        key: "bus.prefix", fallback: "nightdesk",
        explanation:
            "What the names on the bus begin with, up to 24 letters, digits, _ and -: each installation on the same servers needs its own.",
        accepts: { $0.wholeMatch(of: /[A-Za-z0-9_-]{1,24}/) != nil })
    static let credentials = Setting(
        key: "bus.credentials", fallback: "", explanation: "The .creds file with which NATS knows us.")
    static let authorities = Setting(
        key: "bus.ca", fallback: "",
        explanation: "The certificates (PEM) that NATS' own is checked with; the system's without it.")

    static let settings = [
        SettingDeclaration(bus), SettingDeclaration(prefix), SettingDeclaration(credentials), SettingDeclaration(authorities),
    ]

    /// Throws ``BusError``: what waiting cannot mend, at once.
    static func open(_ settings: Settings, database: String) throws -> any Bus {
        try waiting(for: "the bus") {
            try dial(settings, database)
        } passing: { error in
            (error as? BusError).flatMap { $0.mayPass ? $0.reason : nil }
        }
    }

    private static func dial(_ settings: Settings, _ database: String) throws -> any Bus {
        func optional(_ setting: Setting<String>) -> String? { settings[setting].isEmpty ? nil : settings[setting] }
        guard let servers = optional(bus) else {
            return database.isEmpty ? MemoryBus() : try NotifyBus.open(database, prefix: settings[prefix])
        }
        return try NATSBus.open(
            NATSBus.Address(
                servers, prefix: settings[prefix], credentials: optional(credentials), authorities: optional(authorities)))
    }
}

extension Metrics {
    func observe(_ bus: any Bus) {
        gauge("bus_connected", "Whether hints flow between nodes: 1 or 0.") { bus.traffic.isConnected ? 1 : 0 }
        gauge("bus_hints_sent_total", "Hints sent to other nodes.", type: "counter") { Double(bus.traffic.sent) }
        gauge("bus_hints_received_total", "Hints that came from other nodes.", type: "counter") { Double(bus.traffic.received) }
        gauge("bus_hints_dropped_total", "Hints that could not be sent.", type: "counter") { Double(bus.traffic.dropped) }
        gauge("bus_interruptions_total", "How often hints may have been lost.", type: "counter") {
            Double(bus.traffic.interruptions)
        }
    }
}
