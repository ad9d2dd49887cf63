import Logging

/// Failures are the weather here: what the product logs about them is not shown while a simulation runs.
enum Quiet {
    @TaskLocal static var isOn = false

    /// Once for the whole process.
    static let begin: Void = LoggingSystem.bootstrap { QuietHandler(others: StreamLogHandler.standardError(label: $0)) }
}

private struct QuietHandler: LogHandler {
    var others: StreamLogHandler

    var metadata: Logger.Metadata {
        get { others.metadata }
        set { others.metadata = newValue }
    }
    var logLevel: Logger.Level {
        get { others.logLevel }
        set { others.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { others[metadataKey: key] }
        set { others[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        if !Quiet.isOn { others.log(event: event) }
    }
}
