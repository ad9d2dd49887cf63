import Foundation
import Synchronization

/// What can be counted and measured, and how Prometheus reads it (text format 0.0.4).
package final class Metrics: Sendable {
    private struct Family: Sendable {
        let name: String
        let type: String
        let help: String
        let lines: @Sendable () -> [String]
    }

    private let families = Mutex<[Family]>([])

    package init() {}

    /// - Parameter labels: the names of the labels whose values `add` is given.
    package func counter(_ name: String, _ help: String, labels: [String] = []) -> Counter {
        let counter = Counter(name: name, labels: labels)
        register(Family(name: name, type: "counter", help: help, lines: counter.lines))
        return counter
    }

    package func histogram(_ name: String, _ help: String) -> Histogram {
        let histogram = Histogram(name: name)
        register(Family(name: name, type: "histogram", help: help, lines: histogram.lines))
        return histogram
    }

    /// A value that is asked for when somebody reads the metrics.
    package func gauge(_ name: String, _ help: String, type: String = "gauge", read: @escaping @Sendable () -> Double) {
        register(Family(name: name, type: type, help: help) { ["\(name) \(read().forMetrics)"] })
    }

    private func register(_ family: Family) { families.withLock { $0.append(family) } }

    package var text: String {
        families.withLock { $0 }.map { family in
            (["# HELP \(family.name) \(family.help)", "# TYPE \(family.name) \(family.type)"] + family.lines()).joined(
                separator: "\n") + "\n"
        }.joined()
    }

    /// Counts up, for every combination of its labels' values.
    package final class Counter: Sendable {
        private let name: String
        private let labels: [String]
        private let counts = Mutex<[[String]: Int]>([:])

        init(name: String, labels: [String]) { (self.name, self.labels) = (name, labels) }

        package func add(_ amount: Int = 1, _ values: String...) { counts.withLock { $0[values, default: 0] += amount } }

        @Sendable func lines() -> [String] {
            let counts = counts.withLock { $0 }
            if counts.isEmpty, labels.isEmpty { return ["\(name) 0"] }
            return counts.map { values, count in
                let pairs = zip(labels, values).map { "\($0)=\"\($1.escapedForMetrics)\"" }
                return name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(count)"
            }.sorted()
        }
    }

    /// How long things took, in seconds.
    package final class Histogram: Sendable {
        private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
        private struct Seen {
            var counts = [Int](repeating: 0, count: bounds.count)
            var total = 0
            var sum = 0.0
        }

        private let name: String
        private let seen = Mutex(Seen())

        init(name: String) { self.name = name }

        package func observe(_ span: Duration) {
            let seconds = span / .seconds(1)
            seen.withLock { seen in
                if let place = Self.bounds.firstIndex(where: { seconds <= $0 }) { seen.counts[place] += 1 }
                seen.total += 1
                seen.sum += seconds
            }
        }

        @Sendable func lines() -> [String] {
            let seen = seen.withLock { $0 }
            var sum = 0
            let buckets = zip(Self.bounds, seen.counts).map { bound, count in
                sum += count
                return "\(name)_bucket{le=\"\(bound.forMetrics)\"} \(sum)"
            }
            return buckets + [
                "\(name)_bucket{le=\"+Inf\"} \(seen.total)", "\(name)_sum \(seen.sum.forMetrics)", "\(name)_count \(seen.total)",
            ]
        }
    }
}

extension Metrics {
    /// Memory, CPU time and open files of this process, under the names that everybody uses.
    package func observeProcess() {
        let startedAt = Date().timeIntervalSince1970
        gauge("process_start_time_seconds", "When the process began, since 1970.") { startedAt }
        gauge("process_resident_memory_bytes", "Memory in use.") {
            let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").dropFirst()
                .first
            return Double(pages.flatMap { Int($0) } ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE)))
        }
        gauge("process_open_fds", "Open files and sockets.") {
            Double((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0)
        }
        gauge("process_cpu_seconds_total", "CPU time used.", type: "counter") {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
    }
}

extension Double {
    fileprivate var forMetrics: String { Int64(exactly: self).map(String.init) ?? description }
}

extension String {
    fileprivate var escapedForMetrics: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
