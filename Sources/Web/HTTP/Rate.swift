package import Basics

/// How often one and the same may ask: so many at once, and as many more each minute. Declared on routes as a value; routes of
/// one rate share one count, and an installation may set another number.
package struct Rate: Hashable, Sendable {
    package enum Subject: String, Sendable {
        /// Everybody behind one address together.
        case address
        /// Each caller, however many connections they hold; by address where nobody is known.
        case caller
    }

    package let name: String
    package let subject: Subject
    /// 0 is without end.
    package internal(set) var perMinute: Int
    /// One sentence for the person who runs the installation.
    package let explanation: String

    package init(_ name: String, per subject: Subject, perMinute: Int, explanation: String) {
        (self.name, self.subject, self.perMinute, self.explanation) = (name, subject, perMinute, explanation)
    }

    /// The installation's own number.
    package var setting: Setting<Int> { Setting(key: "rate.\(name)", fallback: perMinute, explanation: explanation) }
}

extension [Route] {
    /// The same routes, counted together.
    package func rated(_ rate: Rate) -> [Route] {
        map { route in
            var route = route
            route.rate = rate
            return route
        }
    }

    /// The same routes, refusing whoever asks more often than is in force.
    func limited(_ perMinute: (Rate) -> Int) -> [Route] {
        var limits: [String: RateLimit] = [:]
        return map { route in
            guard var rate = route.rate else { return route }
            rate.perMinute = perMinute(rate)
            guard rate.perMinute > 0 else { return route.limited(by: nil, nil) }
            let limit = limits[rate.name] ?? RateLimit(burst: rate.perMinute, every: .seconds(60) / rate.perMinute)
            limits[rate.name] = limit
            return route.limited(by: limit, rate)
        }
    }
}

extension Route {
    fileprivate func limited(by limit: RateLimit?, _ rate: Rate?) -> Route {
        var route = self
        route.rate = rate
        guard let limit, let rate else { return route }
        let inner = handle
        route.handle = { call, content in
            try limit.take(rate.subject == .caller ? call.caller?.key ?? call.remoteAddress : call.remoteAddress)
            return try await inner(call, content)
        }
        return route
    }
}
