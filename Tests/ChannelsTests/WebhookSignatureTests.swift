import Basics
import Testing

@testable import Channels

@Suite struct WebhookSignatureTests {
    /// The vector of the Standard Webhooks reference libraries.
    @Test func `a signature is the one of the specification`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8)
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `a secret is written as it is read`() {
        let secret = WebhookSecret(bytes: Array(0..<32))
        #expect(WebhookSecret(secret.text) == secret)
        #expect(WebhookSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == nil)
    }

    @Test func `the time of an attempt is told in seconds`() {
        let headers = [WebhookSecret(bytes: [1])].headers(id: "m", at: Timestamp(milliseconds: 1_614_265_330_999), body: [])
        #expect(headers["webhook-timestamp"] == "1614265330" && headers["webhook-id"] == "m")
    }
}

@Suite struct BackoffTests {
    @Test func `pauses double from five seconds and end after most of a day`() throws {
        let pauses = (1..<Backoff.attempts).compactMap { Backoff.pause(after: $0, chance: 128) }
        #expect(pauses.count == 14 && pauses[0] > .seconds(4) && pauses[0] < .seconds(6))
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $1 == $0 * 2 })
        let total = pauses.reduce(Duration.zero, +)
        #expect(total > .seconds(20 * 3600) && total < .seconds(25 * 3600))
        #expect(Backoff.pause(after: Backoff.attempts, chance: 0) == nil)
    }

    @Test func `receivers that failed together are tried apart`() {
        #expect(Backoff.pause(after: 3, chance: 0) == .seconds(16))
        #expect(Backoff.pause(after: 3, chance: 255) == .seconds(24))
    }
}
