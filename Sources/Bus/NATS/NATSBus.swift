import Foundation

/// A bus over NATS (https://docs.nats.io): the servers pass on only what somebody listens to.
package enum NATSBus {
    /// Where the servers are and who we are.
    package struct Address: Sendable {
        let servers: [String]
        /// A `.creds` file.
        let credentials: String?
        /// Certificates of authorities, in PEM, that the servers' certificates are checked with instead of the system's.
        let authorities: String?
        let prefix: String

        /// - Parameters:
        ///   - servers: `nats://` or `tls://`, several joined by commas, each with `user:password@` where that is needed.
        ///   - prefix: what all subjects begin with.
        package init(_ servers: String, prefix: String, credentials: String? = nil, authorities: String? = nil) {
            let scheme = servers.prefix { $0 != ":" }
            self.servers = servers.split(separator: ",").map { $0.contains("://") ? String($0) : "\(scheme)://\($0)" }
            (self.prefix, self.credentials, self.authorities) = (prefix, credentials, authorities)
        }

        var isSecure: Bool { servers.contains { $0.hasPrefix("tls://") } }

        /// The servers without what must not be shown.
        var shown: String {
            servers.map { server in
                server.lastIndex(of: "@").map { server.prefix { $0 != "/" } + "//" + server[server.index(after: $0)...] }
                    ?? server
            }.joined(separator: ",")
        }
    }

    /// Throws ``BusError`` when no server can be reached, does not know us, or does not let us publish and listen.
    package static func open(_ address: Address) throws -> any Bus {
        for file in [address.credentials, address.authorities].compactMap(\.self)
        where !FileManager.default.isReadableFile(atPath: file) {
            throw BusError.unusable("the file \(file) cannot be read")
        }
        return try NodeBus("bus.nats") { incoming, bell in try NATSLine(address, NATSInbox(incoming, bell)) }
    }
}
