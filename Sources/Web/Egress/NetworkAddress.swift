import Foundation

/// An IPv4 or IPv6 address, and whether something that strangers can name may be dialled there.
package struct NetworkAddress: Hashable, Sendable, LosslessStringConvertible {
    package enum Reach: Hashable, Sendable {
        /// On the open internet.
        case everywhere
        /// Loopback, private and shared networks.
        case inside
        /// Link-local (cloud metadata lives there), unspecified, multicast, documentation and translation ranges.
        case never
    }

    /// 4 or 16 of them.
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    package init?(_ description: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, description, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, description, &six) == 1 {
            bytes = withUnsafeBytes(of: six) { Array($0) }
        } else {
            return nil
        }
    }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    }

    package var reach: Reach {
        if let embedded { return embedded.reach }
        let ranges = bytes.count == 4 ? Self.four : Self.six
        return ranges.first { $0.range.contains(self) }?.reach ?? (bytes.count == 4 ? .everywhere : .never)
    }

    /// The IPv4 address that an IPv6 address leads to: mapped, compatible, NAT64, 6to4.
    private var embedded: NetworkAddress? {
        guard bytes.count == 16 else { return nil }
        let last = NetworkAddress(bytes: Array(bytes[12...]))
        if Self.mapped.contains(self) || Self.translated.contains(self) { return last }
        if Self.compatible.contains(self), bytes[12...] != [0, 0, 0, 0], bytes[12...] != [0, 0, 0, 1] { return last }
        if Self.sixToFour.contains(self) { return NetworkAddress(bytes: Array(bytes[2..<6])) }
        return nil
    }
}

extension NetworkAddress {
    struct Range: ExpressibleByStringLiteral {
        let start: [UInt8]
        let bits: Int

        init(stringLiteral text: String) {
            let halves = text.split(separator: "/")
            (start, bits) = (NetworkAddress(String(halves[0]))!.bytes, Int(halves[1])!)
        }

        func contains(_ address: NetworkAddress) -> Bool {
            guard address.bytes.count == start.count else { return false }
            return (0..<bits).allSatisfy { bit in (start[bit / 8] ^ address.bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0 }
        }
    }

    private static let mapped: Range = "::ffff:0:0/96"
    private static let compatible: Range = "::/96"
    private static let translated: Range = "64:ff9b::/96"
    private static let sixToFour: Range = "2002::/16"

    /// The first that fits decides.
    private static let four: [(range: Range, reach: Reach)] = [
        ("0.0.0.0/8", .never), ("10.0.0.0/8", .inside), ("100.64.0.0/10", .inside), ("127.0.0.0/8", .inside),
        ("169.254.0.0/16", .never), ("172.16.0.0/12", .inside), ("192.0.0.0/24", .never), ("192.0.2.0/24", .never),
        ("192.88.99.0/24", .never), ("192.168.0.0/16", .inside), ("198.18.0.0/15", .never), ("198.51.100.0/24", .never),
        ("203.0.113.0/24", .never), ("224.0.0.0/3", .never),
    ]
    private static let six: [(range: Range, reach: Reach)] = [
        ("::1/128", .inside), ("fc00::/7", .inside), ("2001::/32", .never), ("2001:db8::/32", .never), ("2000::/3", .everywhere),
    ]
}
