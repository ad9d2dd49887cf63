import Basics

/// From one time on the wall clock to another: `["09:00", "12:00"]`. An end at or before the beginning is on the
/// next day, `["22:00", "06:00"]`; the whole day is `["00:00", "24:00"]`.
package struct WorkingHours: Hashable, Sendable {
    /// Minutes after midnight, 0 to 1439.
    let from: Int
    /// Minutes after the same midnight, up to 24 hours after `from`.
    let to: Int
}

extension WorkingHours {
    init(_ texts: [String]) throws(Refusal) {
        guard texts.count == 2, let from = Self.minutes(texts[0]), let to = Self.minutes(texts[1]), from < 1440, from != to
        else { throw Refusal(.invalid, "calendar.interval", detail: "two different times, HH:MM") }
        (self.from, self.to) = (from, to > from ? to : to + 1440)
    }

    var texts: [String] { [Self.text(from), Self.text(to > 1440 ? to - 1440 : to)] }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    private static func text(_ minutes: Int) -> String {
        [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

extension WorkingHours: Codable {
    package init(from decoder: any Decoder) throws { try self.init([String](from: decoder)) }
    package func encode(to encoder: any Encoder) throws { try texts.encode(to: encoder) }
}

extension [WorkingHours] {
    /// In order, at most twelve a day, none of them overlapping another.
    func checked() throws(Refusal) -> Self {
        let sorted = sorted { $0.from < $1.from }
        guard count <= 12 else { throw Refusal(.invalid, "calendar.intervals", detail: "at most 12 a day") }
        guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0.to <= $1.from }) else {
            throw Refusal(.invalid, "calendar.overlap")
        }
        return sorted
    }
}
