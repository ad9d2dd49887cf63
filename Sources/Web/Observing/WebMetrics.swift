/// What the server itself measures.
struct WebMetrics: Sendable {
    let requests: Metrics.Counter
    let requestSpan: Metrics.Histogram
    let commands: Metrics.Counter
    let commandSpan: Metrics.Histogram

    init(_ metrics: Metrics) {
        requests = metrics.counter("http_requests_total", "Requests answered.", labels: ["method", "route", "status"])
        requestSpan = metrics.histogram("http_request_duration_seconds", "From the whole request to its answer.")
        commands = metrics.counter("live_commands_total", "Frames that asked for something.", labels: ["command", "outcome"])
        commandSpan = metrics.histogram("live_command_duration_seconds", "From a frame's turn to its answer.")
    }
}
