import Foundation

/// Makes a connection, and says in one line why that cannot be.
struct NATSDialling {
    private static let timeout: Int64 = 5000
    /// Of `natsStatus` in nats/status.h.
    private static let (unwantedTLS, unknownUser): (LibNATS.Status, LibNATS.Status) = (8, 11)
    private static let (badAddress, badTLS): (LibNATS.Status, LibNATS.Status) = (14, 29)
    static let (notPermitted, slowConsumer): (LibNATS.Status, LibNATS.Status) = (12, 20)

    private let library: LibNATS
    private let address: NATSBus.Address

    init(_ library: LibNATS, _ address: NATSBus.Address) { (self.library, self.address) = (library, address) }

    /// Nil when memory is out.
    func connection(_ context: LibNATS.Context) throws(BusError) -> LibNATS.Connection? {
        var options: LibNATS.Options?
        _ = library.createOptions(&options)
        guard let options else { return nil }
        defer { library.destroyOptions(options) }
        try set(options)
        try setHandlers(options, context)
        var connection: LibNATS.Connection?
        try succeed(library.connect(&connection, options))
        return connection
    }

    private func set(_ options: LibNATS.Options) throws(BusError) {
        let servers = address.servers.map { strdup($0) }
        defer { servers.forEach { free($0) } }
        var texts = servers.map { $0.map { LibNATS.Text($0) } }
        try succeed(library.setServers(options, &texts, CInt(texts.count)))
        try succeed(library.setName(options, "nightdesk"))
        try succeed(library.setTimeout(options, Self.timeout))
        try succeed(library.setWriteDeadline(options, Self.timeout))
        try succeed(library.setAllowReconnect(options, false))
        try succeed(library.setNoEcho(options, true))
        // Our thread collects what goes together: waiting again would only cost time.
        try succeed(library.setSendAsap(options, true))
        try succeed(library.useGlobalMessageDelivery(options, true))
        if address.isSecure { try succeed(library.setSecure(options, true)) }
        if let authorities = address.authorities {
            guard library.loadCATrustedCertificates(options, authorities) == 0 else {
                throw .unusable("the file \(authorities) does not hold certificates")
            }
        }
        if let credentials = address.credentials {
            try succeed(library.setUserCredentialsFromFiles(options, credentials, nil))
        }
    }

    private func setHandlers(_ options: LibNATS.Options, _ context: LibNATS.Context) throws(BusError) {
        try succeed(library.setErrorHandler(options, NATSInbox.failed, context))
        try succeed(library.setClosedCB(options, NATSInbox.closed, context))
    }

    /// Everything sent before is in force at the server when it has answered, and what it does not permit it has said before.
    func check(_ connection: LibNATS.Connection) throws(BusError) {
        try succeed(library.flushTimeout(connection, Self.timeout))
        var text: LibNATS.Text?
        guard library.lastError(connection, &text) == Self.notPermitted else { return }
        throw .notPermitted(
            "NATS at \(address.shown) does not let us publish and subscribe to \(address.prefix).>: "
                + (text.map { String(cString: $0) } ?? ""))
    }

    private func succeed(_ status: LibNATS.Status) throws(BusError) {
        guard status != 0 else { return }
        let reason = "NATS at \(address.shown): \(String(cString: library.statusText(status)))"
        switch status {
        case Self.unknownUser: throw .unknownUser("NATS at \(address.shown) refuses the user name, password or credentials")
        case Self.badTLS: throw .unusable("no trusted TLS with \(reason)")
        case Self.unwantedTLS: throw .unusable("NATS at \(address.shown) does not speak TLS")
        case Self.badAddress: throw .unusable("NATS at \(address.shown): the address has no host")
        default: throw .unreachable(reason)
        }
    }
}
