import Logging

/// What the library's threads hand over to us.
///
/// The library may call until some time after its connection was destroyed: an inbox is kept for good, one for each connection
/// that was made.
final class NATSInbox: Sendable {
    private let incoming: Incoming
    private let bell: Bell

    init(_ incoming: Incoming, _ bell: Bell) { (self.incoming, self.bell) = (incoming, bell) }

    /// To be handed to the library.
    func context() -> LibNATS.Context { Unmanaged.passRetained(self).toOpaque() }

    private static func found(_ context: LibNATS.Context?) -> NATSInbox? {
        context.map { Unmanaged<NATSInbox>.fromOpaque($0).takeUnretainedValue() }
    }

    static let take: LibNATS.MessageHandler = { _, _, message, context in
        guard let library = try? LibNATS.shared.get(), let message else { return }
        defer { library.destroyMessage(message) }
        let bytes = UnsafeRawBufferPointer(start: library.data(message), count: Int(library.dataLength(message)))
        found(context)?.incoming.take(Array(bytes))
    }

    /// A connection that is gone is found out by the thread, which the bell wakes.
    static let closed: LibNATS.ConnectionHandler = { _, context in found(context)?.bell.ring() }

    /// What is not permitted is found out by the thread, too, and said with more words.
    static let failed: LibNATS.ErrorHandler = { _, _, status, context in
        guard status != NATSDialling.notPermitted, let library = try? LibNATS.shared.get() else { return }
        log.warning("NATS reports an error", metadata: ["error": "\(String(cString: library.statusText(status)))"])
        if status == NATSDialling.slowConsumer { found(context)?.incoming.interrupted() }
    }
}
