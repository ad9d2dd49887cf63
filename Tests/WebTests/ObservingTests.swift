import Basics
import Foundation
import Logging
import Synchronization
import Testing

@testable import Web

@Suite struct ObservingTests {
    @Test func `metrics read as Prometheus wants them`() {
        let metrics = Metrics()
        let counter = metrics.counter("bells_total", "Bells rung.", labels: ["door"])
        counter.add(1, "front\"\n")
        counter.add(2, "back")
        metrics.gauge("guests", "Inside now.") { 3 }
        let spans = metrics.histogram("visit_seconds", "How long.")
        spans.observe(.milliseconds(2))
        spans.observe(.seconds(60))
        let text = metrics.text
        #expect(text.contains("# HELP bells_total Bells rung.\n# TYPE bells_total counter\n"))
        #expect(text.contains("bells_total{door=\"back\"} 2\nbells_total{door=\"front\\\"\\n\"} 1\n"))
        #expect(text.contains("guests 3\n"))
        #expect(text.contains("visit_seconds_bucket{le=\"0.001\"} 0\nvisit_seconds_bucket{le=\"0.0025\"} 1\n"))
        #expect(text.contains("visit_seconds_bucket{le=\"+Inf\"} 2\nvisit_seconds_sum 60.002\nvisit_seconds_count 2\n"))
    }

    @Test func `requests, commands and connections are counted`() async throws {
        let metrics = Metrics()
        try await withServer(kitchen(gate: KitchenGate(), metrics: metrics)) { port in
            _ = try await ask(port, "GET", "/api/dishes/7")
            _ = try await ask(port, "GET", "/api/dishes/8")
            try await RawClient.dial(port) { guest in
                _ = try await guest.enter()
                try await guest.say(#"{"type":"burn","ref":"a"}"#)
                _ = try await guest.hear()
                #expect(metrics.text.contains("live_connections 1\n"))
            }
        }
        #expect(metrics.text.contains(#"http_requests_total{method="GET",route="/api/dishes/{dish}",status="404"} 1"#))
        #expect(metrics.text.contains("http_request_duration_seconds_count"))
        #expect(metrics.text.contains(#"live_commands_total{command="unknown",outcome="refused"} 1"#))
    }

    @Test func `log lines are JSON, hold no secrets and have an end`() throws {
        let lines = Mutex<[[UInt8]]>([])
        let handler = JSONLines(label: "desk") { line in lines.withLock { $0.append(line) } }
        var logger = Logger(label: "desk") { _ in handler }
        logger[metadataKey: "request"] = "7"
        logger.info(
            "a \"visitor\" came",
            metadata: ["token": "s3cret", "text": "my name is", "long": "\(String(repeating: "x", count: 9000))"])
        let line = lines.withLock { $0[0] }
        struct Line: Decodable {
            let time: String; let level: String; let label: String; let message: String; let long: String; let request: String;
            let text: String; let token: String
        }
        let read = try JSON.read(Line.self, from: line)
        #expect((read.level, read.label, read.message, read.request) == ("info", "desk", "a \"visitor\" came", "7"))
        #expect((read.text, read.token, read.long.count) == ("[left out]", "[left out]", 501))
        #expect(line.last == UInt8(ascii: "\n"))
    }
}
