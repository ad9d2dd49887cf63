import Basics
import Logging

/// Carries out the frames of live connections, which ask for the same routes as HTTP does.
struct Commands: Sendable {
    private struct Command: Sendable {
        let route: Route
        let parameters: [String]
        /// Members that belong to the frame, the path or the query rather than to the request.
        let known: Set<String>
    }

    private let commands: [String: [Command]]
    private let metrics: WebMetrics
    private let logger: Logger

    init(_ routes: [Route], metrics: WebMetrics, logger: Logger) {
        (self.metrics, self.logger) = (metrics, logger)
        commands = Dictionary(grouping: routes.filter { $0.command != nil }) { $0.command! }.mapValues {
            $0.map { route in
                let parameters = route.parameterNames
                return Command(route: route, parameters: parameters, known: Set(["type", "ref"] + parameters + route.query.keys))
            }
        }
    }

    /// What answers a frame: `done` or `refused`.
    func answer(_ text: JSONText, caller: any Caller, link: any Link, remoteAddress: String) async -> Frame {
        guard case .object(let frame) = text.value, case .string(let type)? = frame["type"] else { return .malformed }
        let ref = frame["ref"]?.word
        let name = commands[type] == nil ? "unknown" : type
        let began = ContinuousClock.now
        defer { metrics.commandSpan.observe(.now - began) }
        do {
            let command = try command(type, for: caller)
            let call = Call(
                caller: caller, link: link, remoteAddress: remoteAddress,
                parameters: frame.words(command.parameters), query: frame.words(command.route.query.keys)
            )
            let outcome = try await command.route.handle(call, Route.Content { try text.read($0, known: command.known) })
            guard case .json(let value, _) = outcome else { throw Refusal(.notFound, "command.unknown") }
            let answer = try Frame.done(ref, value)
            metrics.commands.add(1, name, "done")
            return answer
        } catch {
            metrics.commands.add(1, name, "refused")
            return .refused(ref, error, logger: logger)
        }
    }

    /// Routes of the same name differ in who may use them.
    private func command(_ type: String, for caller: any Caller) throws(Refusal) -> Command {
        guard let named = commands[type] else { throw Refusal(.notFound, "command.unknown") }
        guard let command = named.first(where: { $0.route.access.admits(caller) }) else {
            throw Refusal(.forbidden, "permission.missing")
        }
        return command
    }
}

extension Access {
    fileprivate func admits(_ caller: any Caller) -> Bool {
        switch self {
        case .open: true
        case .needs(let permission): caller.may(permission)
        }
    }
}

extension JSONObject {
    fileprivate func words(_ names: some Sequence<String>) -> [String: String] {
        var words: [String: String] = [:]
        for name in names { words[name] = self[name]?.word }
        return words
    }
}

/// What a frame says of a refusal; there is no status beside it that would tell whether it passes.
struct Refused: Encodable {
    let code: String
    let detail: String?
    /// Seconds.
    let retryAfter: Int64?

    init(_ reason: ErrorAnswer.Reason, retryAfter: Int64? = nil) {
        (code, detail, self.retryAfter) = (reason.code, reason.detail, retryAfter)
    }
}

extension Frame {
    static let ping = Frame(Array(#"{"type":"ping"}"#.utf8))
    static let pong = Frame(Array(#"{"type":"pong"}"#.utf8))
    static let malformed = refused(nil, Refused(ErrorAnswer.Reason(code: "frame.malformed", detail: nil)))

    static func done(_ ref: String?, _ value: some Encodable) throws -> Frame {
        Frame(try JSON.write(value, after: [("type", "done")] + (ref.map { [("ref", $0)] } ?? [])))
    }

    static func refused(_ ref: String?, _ error: any Error, logger: Logger) -> Frame {
        refused(ref, Refused(ErrorAnswer.Reason(error, logger: logger), retryAfter: Refusal.retryAfter(error)))
    }

    static func refused(_ ref: String?, _ refused: Refused) -> Frame {
        let members = [("type", "refused")] + (ref.map { [("ref", $0)] } ?? [])
        // Strings and a number always make JSON.
        return Frame(try! JSON.write(refused, after: members))
    }

    /// Asks the client to come back after a while of its own, so that not everybody comes at once.
    static func reconnect(after span: Duration) -> Frame {
        Frame(Array(#"{"type":"reconnect","after":\#(span.milliseconds)}"#.utf8))
    }
}
