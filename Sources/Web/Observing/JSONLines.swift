import Basics
import Foundation
package import Logging

/// Writes one JSON object a line. What people write to each other, and secrets, have no place in a log: values under such names
/// are left out, long ones are cut.
package struct JSONLines: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void

    private static let unspoken: Set<String> = [
        "text", "body", "token", "password", "secret", "authorization", "cookie", "message.text",
    ]
    private static let longest = 500

    /// - Parameter write: takes whole lines; to the standard error output by default.
    package init(
        label: String, level: Logger.Level = .info, write: @escaping @Sendable ([UInt8]) -> Void = JSONLines.toStandardError
    ) {
        (self.label, logLevel, self.write) = (label, level, write)
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let output = JSONOutput()
        output.begin(UInt8(ascii: "{"), UInt8(ascii: "}"))
        put("time", Date().ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true)), into: output)
        put("level", event.level.rawValue, into: output)
        put("label", label, into: output)
        put("message", event.message.description, into: output)
        if let error = event.error { put("error", "\(error)", into: output) }
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
            put(key, Self.unspoken.contains(key.lowercased()) ? "[left out]" : "\(value)", into: output)
        }
        output.close(to: 0)
        write(output.bytes + [UInt8(ascii: "\n")])
    }

    private func put(_ key: String, _ value: String, into output: JSONOutput) {
        output.next(key, at: 1)
        output.write(value.count > Self.longest ? value.prefix(Self.longest) + "…" : value)
    }

    /// One system call a line, so that lines of several threads do not mix.
    package static let toStandardError: @Sendable ([UInt8]) -> Void = { line in
        _ = line.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
