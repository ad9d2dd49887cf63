import Basics
import HTTPTypes
import Organization
import Store
import Web

/// The chapter of the one who runs the installation: health, readiness, figures.
struct Operation: Sendable {
    let ground: Ground
    private let pulse = Pulse()

    init(_ ground: Ground) {
        self.ground = ground
        ground.metrics.observeProcess()
        ground.metrics.observe(ground.bus)
    }

    struct Health: Codable, Sendable {
        let status: String
        let version: String
    }

    static let port = Setting(
        key: "port", fallback: 8080, explanation: "The port to serve on, up to 65535; 0 takes any free one.",
        accepts: { (0...65_535).contains($0) })
    static let host = Setting(key: "host", fallback: "0.0.0.0", explanation: "The address to serve on.")
    static let trustsProxy = Setting(
        key: "trust-proxy", fallback: false,
        explanation: "Believe a proxy in front about the client's address and the host asked for."
    )

    static let metricsToken = Setting(
        key: "metrics.token", fallback: "",
        explanation:
            "Show /metrics only to requests with 'Authorization: Bearer' and this secret; without it everybody may read them."
    )

    static let drain = Setting(
        key: "drain", fallback: 0,
        explanation: "Seconds, up to 600, between the order to stop and the end, for a load balancer to notice at /readyz.",
        accepts: { (0...600).contains($0) })

    var feature: Feature {
        var feature = Feature(name: "operation")
        feature.migrations = [Pulse.migration, SharedKey.migration, SharedPlace.migration]
        feature.routes = [
            Route(
                .get, "/healthz", access: .open(because: "Supervisors ask whether the process lives; it says nothing else."),
                summary: "The process lives.", takes: Nothing.self, gives: Health.self
            ) { _, _ in Health(status: "ok", version: Product.version) },
            Route(
                .get, "/readyz", access: .open(because: "Load balancers ask whether to send visitors; it says nothing else."),
                summary: "The process can serve: the database answers and takes writes, and nobody told it to stop.",
                takes: Nothing.self, gives: Health.self
            ) { _, _ in try await ready() },
            Route(
                .get, "/metrics",
                access: .open(because: "Prometheus reads it; it holds counts and nothing of anybody's. A setting closes it."),
                summary: "Figures in the text format of Prometheus.", gives: ["text/plain"]
            ) { call in
                try checkMetricsToken(call)
                return Reply(
                    headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], .bytes(Array(ground.metrics.text.utf8)))
            },
        ]
        return feature
    }

    private func checkMetricsToken(_ call: Call) throws(Refusal) {
        let token = ground.settings[Self.metricsToken]
        let shown = call.headers[.authorization] ?? ""
        guard token.isEmpty || Array(shown.utf8).isSame(as: Array("Bearer \(token)".utf8)) else {
            throw Refusal(.unauthorized, "metrics.token")
        }
    }

    private func ready() async throws -> Health {
        guard !ground.farewell.isSaid else { throw Refusal(.unavailable, "node.leaving") }
        guard await pulse.beats(in: ground.database, at: ground.surroundings.now()) else {
            throw Refusal(.unavailable, "database.unavailable")
        }
        return Health(status: "ok", version: Product.version)
    }
}
